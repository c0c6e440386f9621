"""Shows what people do on Discord: commands, buttons, menus, forms, direct messages."""

from datetime import UTC, datetime
from typing import Any

from simcord.results import InteractionResult

from storage.sight import Sight
from tests.fakes.discord_server import WholeBot

PLAN = {"title": "Fishbowl", "when": "2027-03-03 15:00"}


def text(shown: InteractionResult) -> str:
    """Give the words of an answer."""
    parts = shown.response.components if shown.response else []
    return "\n".join(part["content"] for part in parts if part["type"] == 10)


def labels(shown: InteractionResult) -> list[str]:
    parts = shown.response.components if shown.response else []
    return [one["label"] for part in parts if part["type"] == 1 for one in part["components"]]


def fields(shown: InteractionResult) -> dict[str, dict[str, Any]]:
    """Give the fields of the form that was opened, by name."""
    assert shown.modal is not None
    parts = [one["component"] for one in shown.modal["components"] if one["type"] == 18]
    return {one["custom_id"]: one for one in parts}


async def announced(bot: WholeBot) -> None:
    """Have a session announced in the channel."""
    server = bot.server
    shown = await server.slash(server.amina, "session plan", **PLAN)
    assert shown.response is not None
    await server.amina.click(shown.response.message, label="Announce now")
    await bot.pass_on(seconds=5)


async def test_command_with_all_it_needs_is_carried_out(bot: WholeBot) -> None:
    shown = await bot.server.slash(bot.server.amina, "session plan", **PLAN)
    assert shown.ephemeral
    assert "Fishbowl" in text(shown)
    assert "Announce now" in labels(shown)


async def test_command_without_arguments_opens_a_form(bot: WholeBot) -> None:
    await bot.server.slash(bot.server.bruno, "my profile", zone="Africa/Nairobi")
    shown = await bot.server.slash(bot.server.bruno, "session plan")
    assert list(fields(shown)) == ["title", "when", "duration", "description", "guiding_question"]


async def test_who_manages_the_server_coordinates_at_first(bot: WholeBot) -> None:
    allowed = await bot.server.slash(bot.server.amina, "community setup")
    refused = await bot.server.slash(bot.server.bruno, "community setup")
    assert allowed.modal is not None
    assert "can do that." in text(refused)


async def test_page_that_is_kept_can_be_sent_off_at_once(bot: WholeBot) -> None:
    bruno = bot.server.bruno
    shown = await bot.server.slash(bruno, "session plan")
    kept = await bruno.submit_modal(shown, PLAN)
    assert kept.response is not None
    done = await bruno.click(kept.response.message, label="Send now")
    assert "Fishbowl" in text(done)
    assert "preview" in text(done)


async def test_form_of_four_pages_is_one_call(bot: WholeBot) -> None:
    bruno = bot.server.bruno
    await bot.server.slash(bruno, "my profile", zone="Africa/Nairobi")
    shown = await bot.server.slash(bruno, "session plan")
    kept = await bruno.submit_modal(shown, PLAN)
    assert kept.response is not None
    second = await bruno.click(kept.response.message, label="Go to page 2")
    assert "title" not in fields(second)
    await bruno.submit_modal(second, {"format": ["fishbowl"]})
    for page in (3, 4):
        shown_page = await bruno.click(kept.response.message, label=f"Go to page {page}")
        await bruno.submit_modal(shown_page, {})
    assert "Fishbowl" in text(kept)
    assert "is saved" not in text(kept)


async def test_form_that_was_closed_opens_with_what_was_typed(bot: WholeBot) -> None:
    bruno = bot.server.bruno
    await bruno.submit_modal(await bot.server.slash(bruno, "session plan"), PLAN)
    again = await bot.server.slash(bruno, "session plan")
    assert fields(again)["title"]["value"] == "Fishbowl"


async def test_form_thrown_away_opens_empty(bot: WholeBot) -> None:
    bruno = bot.server.bruno
    kept = await bruno.submit_modal(await bot.server.slash(bruno, "session plan"), PLAN)
    assert kept.response is not None
    await bruno.click(kept.response.message, label="Discard")
    again = await bot.server.slash(bruno, "session plan")
    assert not fields(again)["title"].get("value")


async def test_mistake_in_a_form_loses_nothing(bot: WholeBot) -> None:
    bruno = bot.server.bruno
    shown = await bot.server.slash(bruno, "session plan")
    kept = await bruno.submit_modal(shown, PLAN | {"when": "yesterday noon"})
    assert kept.response is not None
    wrong = await bruno.click(kept.response.message, label="Send now")
    assert wrong.response is not None
    assert "Nothing you typed is lost" in text(wrong)
    again = await bruno.click(wrong.response.message, label="Fix it")
    assert fields(again)["title"]["value"] == "Fishbowl"


async def test_form_sent_off_twice_is_done_once(bot: WholeBot) -> None:
    bruno = bot.server.bruno
    kept = await bruno.submit_modal(await bot.server.slash(bruno, "session plan"), PLAN)
    assert kept.response is not None
    send = next(
        one["custom_id"]
        for part in kept.response.components
        for one in part.get("components", ())
        if one["label"] == "Send now"
    )
    message = kept.response.message
    await bruno.click(message, custom_id=send)
    with bot.storage.read() as transaction:
        found = transaction.known("discord", bot.server.workspace, str(bruno.id))
        assert found is not None
        records = transaction.records(found.community_id)
        drafts = records.sessions.drafts(Sight(found.id, "member"), datetime.now(UTC))
    assert len(drafts) == 1


async def test_form_of_the_form_that_is_gone_says_so(bot: WholeBot) -> None:
    bruno = bot.server.bruno
    first = await bot.server.slash(bruno, "session plan")
    second = await bot.server.slash(bruno, "session plan")
    kept = await bruno.submit_modal(first, PLAN)
    assert kept.response is not None
    await bruno.click(kept.response.message, label="Discard")
    assert "sent or discarded" in text(await bruno.submit_modal(second, PLAN))


async def test_announcement_opens_a_thread_and_an_event(bot: WholeBot) -> None:
    await announced(bot)
    assert [one.name for one in bot.server.channel.threads] == ["Fishbowl"]
    [(_, _, event)] = bot.server.bodies("/scheduled-events")
    assert event["name"] == "Fishbowl"
    assert "announcement" in event["description"]


async def test_answer_changes_the_announcement_and_not_the_event(bot: WholeBot) -> None:
    await announced(bot)
    await bot.server.bruno.click(bot.server.posted()[0], label="Coming")
    await bot.pass_on(seconds=5)
    assert "Coming: 1" in str(bot.server.posted()[0].components[0])
    assert len(bot.server.bodies("/scheduled-events")) == 1


async def test_reminder_goes_into_the_thread(bot: WholeBot) -> None:
    await announced(bot)
    env = bot.server.env
    ahead = 1804086000 - env.now().timestamp()
    await bot.pass_on(seconds=ahead - 1800)
    [thread] = bot.server.channel.threads
    assert "begins" in str([one.components for one in thread.history()])


def _archived(bot: WholeBot) -> bool:
    [thread] = bot.server.channel.threads
    about = bot.server.env.backend.get_channel(thread.id).thread_metadata
    return about is not None and about.archived


async def test_thread_is_archived_and_the_event_left_to_discord_when_a_session_is_over(
    bot: WholeBot,
) -> None:
    await announced(bot)
    ahead = 1804086000 - bot.server.env.now().timestamp()
    await bot.pass_on(seconds=ahead + 3600)
    asked = len(bot.server.bodies("/scheduled-events"))
    assert not _archived(bot)
    await bot.pass_on(seconds=1800 + 5)
    assert _archived(bot)
    assert len(bot.server.bodies("/scheduled-events")) == asked == 1
    assert "is over" in str(bot.server.posted()[0].components)


async def test_cancelled_session_cancels_the_event(bot: WholeBot) -> None:
    await announced(bot)
    amina = bot.server.amina
    await amina.click(bot.server.posted()[0], label="Coming")
    shown = await bot.server.slash(amina, "session list")
    assert shown.response is not None
    [menu] = [one for one in shown.response.components if one["type"] == 1]
    [one] = menu["components"]
    details = await amina.select(
        shown.response.message, [one["options"][0]["value"]], custom_id=one["custom_id"]
    )
    assert details.response is not None
    asked = await amina.click(details.response.message, label="Cancel session…")
    assert "I'll tell" in str(asked.modal)
    await amina.submit_modal(asked, {})
    await bot.pass_on(seconds=5)
    assert bot.server.bodies("/scheduled-events/")[-1][2]["status"] == 4


async def test_autocomplete_offers_what_there_is(bot: WholeBot) -> None:
    await announced(bot)
    bruno = bot.server.bruno
    offered = await bruno.autocomplete(bot.server.channel, "session show", "session", "fish")
    [one] = offered
    assert one["name"].startswith("Fishbowl: ")


async def test_value_that_was_never_offered_is_read_or_asked_again(bot: WholeBot) -> None:
    await announced(bot)
    bruno = bot.server.bruno
    shown = await bot.server.slash(bruno, "session show", session="Fishbowl")
    asked = await bot.server.slash(bruno, "session show", session="99999")
    assert "Fishbowl" in text(shown)
    assert asked.modal is not None
    assert "nothing called" in str(asked.modal)


async def test_person_menu_shows_who_somebody_is(bot: WholeBot) -> None:
    amina, bruno = bot.server.amina, bot.server.bruno
    await bot.server.slash(bruno, "my profile")
    shown = await amina.context_menu(bot.server.channel, "See a profile", bruno)
    assert "bruno" in text(shown)


async def test_direct_message_answers_with_a_way_in(bot: WholeBot) -> None:
    bruno = bot.server.bruno
    await bruno.send_dm("hello")
    assert "/help" in str(bruno.user.dm_channel.history()[-1].components[0])
    await bot.server.slash(bruno, "my week")
    for typed in ("session list", "sesión lista"):
        await bruno.send_dm(typed)
        assert "announced" in str(bruno.user.dm_channel.history()[-1].components[0])


async def test_form_in_direct_messages_is_opened_by_a_button(bot: WholeBot) -> None:
    bruno = bot.server.bruno
    await bot.server.slash(bruno, "my week")
    await bruno.send_dm("/session plan Fishbowl")
    asked = await bruno.user.click(bruno.user.dm_channel.history()[-1], label="Open the form")
    assert fields(asked)["title"]["value"] == "Fishbowl"
    kept = await bruno.user.submit_modal(asked, PLAN)
    assert "Page 1 of 4 is saved." in text(kept)


async def test_zone_is_asked_once_where_hours_matter(bot: WholeBot) -> None:
    bruno = bot.server.bruno
    asked = await bot.server.slash(bruno, "session plan")
    again = await bot.server.slash(bruno, "session plan")
    assert "time zone" in str(asked.modal and asked.modal["components"][0])
    assert "time zone" not in str(again.modal and again.modal["components"][0])


async def test_zone_is_asked_after_what_was_done(bot: WholeBot) -> None:
    shown = await bot.server.slash(bot.server.amina, "session plan", **PLAN)
    assert "preview" in text(shown)
    assert "time zone" in str([one.components for one in shown.followups])


async def test_zone_is_asked_of_those_who_come_since_they_are_reminded(bot: WholeBot) -> None:
    await announced(bot)
    post, bruno = bot.server.posted()[0], bot.server.bruno
    looked = await bruno.click(post, label="Who's coming")
    first = await bruno.click(post, label="Coming")
    again = await bruno.click(post, label="Maybe")
    asked = [
        "time zone" in str([f.components for f in one.followups]) for one in (looked, first, again)
    ]
    assert asked == [False, True, False]


async def test_command_that_can_be_given_is_a_link_and_a_group_is_none(bot: WholeBot) -> None:
    overview = await bot.server.slash(bot.server.bruno, "help")
    assert "`/session`" in text(overview)
    mine = await bot.server.slash(bot.server.bruno, "help", about="my")
    assert "</my profile:" in text(mine)


async def test_zone_that_is_known_is_not_asked(bot: WholeBot) -> None:
    bruno = bot.server.bruno
    await bot.server.slash(bruno, "my profile", zone="Africa/Nairobi")
    asked = await bot.server.slash(bruno, "session plan")
    assert "Discord doesn't tell" not in str(asked.modal)
