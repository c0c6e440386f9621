"""Tests that what people do at Slack becomes a call, and that its answer gets back to them."""

import asyncio
from datetime import date

import pytest

from bot.chat import (
    Account,
    Choice,
    Day,
    File,
    Message,
    Option,
    Paragraph,
    Place,
    button,
    choice,
    said,
)
from bot.i18n import t
from bot.protocol import Ask, Change, Form, Reader, Say
from tests.bot.adapters.slack.conftest import NOW, SlackStage
from tests.fakes.slack.seen import seen


async def test_a_slash_command_becomes_a_call_with_all_that_slack_knows(stage: SlackStage) -> None:
    await stage.slash("toy add blue  one")
    call = stage.core.last
    assert call.account == Account("slack", "T0HOME", "UAMINA")
    assert call.place == Place("slack", "T0HOME", stage.general, "general")
    assert (call.command, call.words, call.at) == ("toy.add", "blue  one", NOW)
    assert (call.name, call.locale, call.zone) == ("Amina Otieno", "en-US", "Africa/Nairobi")
    assert call.role == "coordinator"


async def test_a_private_answer_is_seen_by_nobody_else(stage: SlackStage) -> None:
    await stage.slash("toy see")
    assert stage.amina.last.text == "Here you are."
    assert stage.bruno.seen == []


async def test_a_public_answer_is_in_the_language_of_the_community(stage: SlackStage) -> None:
    words = said(t("{day}", day=Day(date(2026, 12, 2))))
    stage.core.replies["toy.see"] = Say(words, private=False)
    stage.core.everybody = Reader("fr")
    await stage.slash("toy see")
    assert stage.bruno.last.text == "mer. 2 déc. 2026"


async def test_typed_group_alone_asks_for_help_about_it(stage: SlackStage) -> None:
    await stage.slash("toy")
    assert (stage.core.last.command, stage.core.last.words) == ("help", "toy")


async def test_nothing_typed_asks_for_help(stage: SlackStage) -> None:
    await stage.slash("")
    assert stage.core.last.command == "help"


@pytest.mark.parametrize("blank", ["\n", "\t", "\u00a0", "  "])
async def test_a_command_ends_at_any_space(http: SlackStage, blank: str) -> None:
    await http.slash(f"toy{blank}add{blank}title=Ball\nsize=4")
    assert (http.core.last.command, http.core.last.words) == ("toy.add", "title=Ball\nsize=4")


async def test_a_crowd_that_is_named_is_not_asked_for_one_by_one(http: SlackStage) -> None:
    await http.slash("toy add " + " ".join(f"<@U{number:05}>" for number in range(200)))
    assert len(http.asked("users.info")) == 1 + 25
    assert http.core.last.words.endswith("<@U00199>")


async def test_a_lone_command_takes_all_words(stage: SlackStage) -> None:
    await stage.slash("help toy add")
    assert (stage.core.last.command, stage.core.last.words) == ("help", "toy add")


async def test_mentions_and_links_come_as_the_core_reads_them(stage: SlackStage) -> None:
    links = "<https://a.org/?x=1&amp;y=2> <http://b.org|b.org>"
    await stage.slash(f"toy add <@UBRUNO|bruno> <#C123|x> {links} &lt;b&gt;")
    assert stage.core.last.words == (
        "<@UBRUNO|Bruno Silva> <#C123> https://a.org/?x=1&y=2 b.org <b>"
    )


async def test_a_mass_mention_that_was_typed_stays_words(stage: SlackStage) -> None:
    await stage.slash("toy add <!channel> <!subteam^S1|@all>")
    assert stage.core.last.words == "@channel @@all"


async def test_a_button_calls_the_command_it_is_bound_to(stage: SlackStage) -> None:
    again = button(t("Again"), "toy.add", title="Ball & bat")
    stage.core.replies["toy.see"] = Say(said(t("Yes"), again), private=False)
    await stage.slash("toy see")
    await stage.press("Again")
    assert (stage.core.last.command, stage.core.last.args) == ("toy.add", {"title": "Ball & bat"})


async def test_a_menu_gives_the_missing_option(stage: SlackStage) -> None:
    colours: Choice = choice(
        t("Colour"), "toy.add", "colour", (Option("red", t("Red")),), title="Ball"
    )
    stage.core.replies["toy.see"] = Say(Message(choices=(colours,)))
    await stage.slash("toy see")
    await stage.amina.choose("Colour", "Red")
    await stage.settled()
    assert stage.core.last.args == {"title": "Ball", "colour": "red"}


async def test_a_change_takes_the_place_of_the_message(stage: SlackStage) -> None:
    stage.core.replies["toy.see"] = Say(said(t("Yes"), button(t("On"), "toy.add")), private=False)
    stage.core.replies["toy.add"] = Change(said(t("No")))
    await stage.slash("toy see")
    await stage.press("On")
    assert [posted.text for posted in stage.bruno.seen] == ["No"]


async def test_a_change_of_a_private_message_takes_its_place(stage: SlackStage) -> None:
    stage.core.replies["toy.see"] = Say(said(t("Yes"), button(t("On"), "toy.add")))
    stage.core.replies["toy.add"] = Change(said(t("No")))
    await stage.slash("toy see")
    await stage.press("On")
    assert [posted.text for posted in stage.amina.seen] == ["No"]


async def test_an_answer_to_a_button_in_a_thread_stays_in_the_thread(stage: SlackStage) -> None:
    root = await stage.app.post(
        Place("slack", "T0HOME", stage.general), said(t("Yes")), stage.core.everybody, "a"
    )
    below = Place("slack", "T0HOME", stage.general, thread=root.id)
    message = said(t("No"), button(t("On"), "toy.add"))
    await stage.app.post(below, message, stage.core.everybody, "b")
    await stage.press("On")
    assert stage.core.last.place.thread == root.id
    assert stage.amina.last.thread == root.id


async def test_a_private_file_comes_as_a_direct_message(stage: SlackStage) -> None:
    calendar = File("toy.ics", b"BEGIN", "text/calendar")
    stage.core.replies["toy.see"] = Say(Message(blocks=(Paragraph(t("Yes")),), files=(calendar,)))
    await stage.slash("toy see")
    assert stage.amina.last.channel == "DAMINA"
    assert stage.amina.last.files == ["toy.ics"]
    assert not any(posted.files for posted in stage.bruno.seen)


async def test_a_spent_response_url_is_no_end(stage: SlackStage) -> None:
    await stage.slash("toy see")
    for hook in stage.state.hooks.values():
        hook.used = 5
    stage.state.messages.clear()
    body = stage.amina.slash_body("toy see", stage.general)
    stage.state.hooks[body["response_url"].rsplit("/", 1)[-1]].used = 5
    await stage.slack.deliver("slash", body)
    await stage.settled()
    assert stage.amina.last.only == "UAMINA"


async def test_where_the_bot_is_not_in_the_channel_it_answers_directly(stage: SlackStage) -> None:
    stage.state.channels[stage.general].bot = False
    body = stage.amina.slash_body("toy see", stage.general)
    stage.state.hooks[body["response_url"].rsplit("/", 1)[-1]].used = 5
    await stage.slack.deliver("slash", body)
    await stage.settled()
    assert stage.amina.last.channel == "DAMINA"


async def test_the_same_event_twice_is_answered_once(stage: SlackStage) -> None:
    body = stage.amina.slash_body("toy see", stage.general)
    if stage.slack.url:
        await stage.slack.deliver("slash", body)
        await stage.slack.deliver("slash", body | {"token": "other"})
    else:
        await asyncio.gather(*(stage.slack.send("slash", body) for _ in "ab"))
    await stage.settled()
    assert len(stage.amina.seen) == len(stage.core.calls) == 1


async def test_an_unknown_action_of_an_older_version_is_passed_on(stage: SlackStage) -> None:
    stage.core.replies["toy.see"] = Say(said(t("Yes"), button(t("On"), "toy.add")))
    await stage.slash("toy see")
    found = stage.amina.thing("On")
    action = {"type": "button", "action_id": "old_rsvp_yes", "text": found.element["text"]}
    await stage.slack.deliver("interactive", stage.amina.action_body(found, action))
    await stage.settled()
    assert stage.core.last.command == "old_rsvp_yes"
    assert stage.amina.last.text == "Here you are."


async def test_forty_thousand_characters_are_all_said(stage: SlackStage) -> None:
    long = " ".join(f"word{number}" for number in range(4500))
    stage.core.replies["toy.see"] = Say(said(t("{long}", long=long)))
    await stage.slash(f"toy see {long}")
    told = " ".join(seen(posted.blocks) for posted in reversed(stage.amina.seen))
    assert told.split() == long.split()


async def test_a_person_without_rights_is_no_coordinator(stage: SlackStage) -> None:
    await stage.bruno.slash("toy see", stage.general)
    await stage.settled()
    assert (stage.core.last.role, stage.core.last.zone) == ("", "America/Sao_Paulo")


async def test_a_guest_who_administers_elsewhere_is_no_coordinator(stage: SlackStage) -> None:
    stage.state.users["UAMINA"]["is_stranger"] = True
    await stage.slash("toy see")
    assert stage.core.last.role == ""


@pytest.mark.parametrize("zone", ["Mars/Base", "../../etc/passwd", "posixrules", "", None])
async def test_a_zone_nobody_else_knows_is_none(http: SlackStage, zone: str | None) -> None:
    http.state.users["UAMINA"]["tz"] = zone
    await http.slash("toy see")
    assert http.core.last.zone == ""


async def test_people_are_asked_for_once(stage: SlackStage) -> None:
    await stage.slash("toy see")
    await stage.slash("toy see")
    assert len(stage.asked("users.info")) == 1


async def test_a_person_who_changed_is_known_anew(stage: SlackStage) -> None:
    await stage.slash("toy see")
    stage.state.users["UAMINA"]["tz"] = "Asia/Tokyo"
    user = dict(stage.state.users["UAMINA"])
    await stage.slack.event({"type": "user_change", "user": user})
    await stage.slash("toy see")
    assert stage.core.last.zone == "Asia/Tokyo"


async def test_a_call_goes_on_when_slack_cannot_say_who_it_is(stage: SlackStage) -> None:
    del stage.state.users["UAMINA"]
    body = {"channel_id": stage.general, "user_name": "amina"}
    stage.state.users["UAMINA"] = {"name": "amina"}
    made = stage.amina.slash_body("toy see", stage.general) | body
    del stage.state.users["UAMINA"]
    await stage.slack.deliver("slash", made)
    await stage.settled()
    assert (stage.core.last.name, stage.core.last.command) == ("", "toy.see")


async def test_a_mention_is_answered_with_help_for_its_author_alone(stage: SlackStage) -> None:
    await stage.amina.say("<@U0BOT> what is this?", stage.general)
    await stage.settled()
    assert stage.core.last.command == "help"
    assert stage.amina.last.only == "UAMINA"


async def test_a_direct_message_is_answered_with_what_is_next(stage: SlackStage) -> None:
    channel = stage.state.direct("UAMINA")
    await stage.amina.say("hello", channel, "message")
    await stage.settled()
    assert stage.core.last.command == "my.week"
    assert stage.core.last.place.channel == ""
    assert (stage.amina.last.channel, stage.amina.last.text) == (channel, "Here you are.")


async def test_what_comes_with_a_file_is_answered_too(http: SlackStage) -> None:
    channel = http.state.direct("UAMINA")
    await http.amina.say("look", channel, "message", subtype="file_share")
    await http.settled()
    assert http.core.last.command == "my.week"


async def test_bots_edits_and_channel_talk_are_not_answered(stage: SlackStage) -> None:
    direct = stage.state.direct("UAMINA")
    await stage.amina.say("beep", direct, "message", bot_id="B1")
    await stage.amina.say("edited", direct, "message", subtype="message_changed")
    await stage.amina.say("talk", stage.general, "message")
    stage.state.users["UBRUNO"]["is_bot"] = True
    await stage.bruno.say("<@U0BOT>", stage.general)
    await stage.settled()
    assert stage.core.calls == []


async def test_a_form_where_nothing_opens_it_is_offered_by_a_button(stage: SlackStage) -> None:
    stage.core.replies["help"] = Ask(Form(t("Title"), "toy.add", (), {"session": "7"}))
    await stage.amina.say("<@U0BOT>", stage.general)
    await stage.settled()
    await stage.press("Open the form")
    await stage.submit()
    assert (stage.core.last.command, stage.core.last.args) == ("toy.add", {"session": "7"})


async def test_the_global_shortcut_answers_in_a_modal(stage: SlackStage) -> None:
    await stage.amina.shortcut("help")
    await stage.settled()
    assert seen(stage.amina.modal["blocks"]) == "Here you are."


async def test_a_shortcut_of_an_older_version_is_passed_on(stage: SlackStage) -> None:
    await stage.bruno.say("we learned", stage.general)
    await stage.settled()
    await stage.amina.message_shortcut("insights.keep", stage.state.messages[0])
    await stage.settled()
    assert (stage.core.last.command, stage.core.last.args) == ("insights.keep", {})
