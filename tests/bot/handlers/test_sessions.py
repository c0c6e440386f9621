"""Shows sessions from the plan to the last reminder, as three people in three zones see them."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene

PLAN = '/session plan title="{title}" when="2026-11-10 15:00" duration=90m'


@pytest.fixture
@scene
def planned(three: Chat) -> Chat:
    """Have a session planned that nobody else knows of yet."""
    three.say("amina", PLAN.format(title="Locally led adaptation"), "#general")
    return three


@pytest.fixture
@scene
def announced(planned: Chat) -> Chat:
    """Have it announced in #general."""
    planned.press("amina", "Announce now")
    return planned


def test_plan_without_arguments_opens_a_form(three: Chat) -> None:
    form = three.say("amina", "/session plan", "#general").form
    assert [field.name for field in form.fields][:3] == ["title", "when", "duration"]


def test_preview_is_private_and_shows_three_zones(three: Chat) -> None:
    screen = three.say("amina", PLAN.format(title="Fair hours"), "#general")
    assert [shown.private for shown in screen] == [True]
    assert "15:00 (Nairobi)" in screen.text.replace("\u202f", " ")
    assert "12:00 (UTC)" in screen.text.replace("\u202f", " ")
    assert "Your time: " in screen


def test_draft_is_seen_by_its_organiser_alone(planned: Chat) -> None:
    assert "No session has been announced" in planned.say("bruno", "/session list", "#general")
    assert "There are no sessions yet" in planned.say("bruno", "/session show Locally", "#general")


def test_announcement_stands_in_the_channel_with_buttons(announced: Chat) -> None:
    post = announced.last("#general")
    assert post.title == "Locally led adaptation"
    assert [one.label for one in post.buttons][:3] == ["Coming", "Maybe", "Can't come"]


def test_announcing_twice_is_refused(announced: Chat) -> None:
    screen = announced.forge("amina", "session.announce", session=_id(announced))
    assert "is already announced" in screen


def test_hour_is_corrected_from_the_preview(planned: Chat) -> None:
    planned.press("amina", "Move")
    screen = planned.fill("amina", when="2026-11-10 17:00")
    assert "17:00 (Nairobi)" in screen.text.replace("\u202f", " ")
    assert "This is a preview" in screen


def test_member_asks_the_core_group_to_announce(three: Chat) -> None:
    three.say("bruno", PLAN.format(title="Youth"), "#general")
    screen = three.press("bruno", "Request announcement")
    assert "asked you to announce it" in screen.to("@amina")
    three.press("amina", "Announce now")
    assert three.last("#general").title == "Youth"


def test_core_group_sees_what_was_suggested_as_it_is_now(three: Chat) -> None:
    three.say("bruno", PLAN.format(title="Youth"), "#general")
    three.press("bruno", "Request announcement")
    edited = three.say("bruno", '/session change Youth title="Young people"').to("@amina")
    assert edited[0].edits
    assert "“Young people”" in edited
    assert "12 Nov" in three.say("bruno", '/session move Young "2026-11-12 15:00"').to("@amina")
    three.press("amina", "Announce now")
    assert three.last("#general").title == "Young people"


def test_what_was_suggested_and_announced_is_not_asked_for_any_more(three: Chat) -> None:
    three.say("bruno", PLAN.format(title="Youth"), "#general")
    three.press("bruno", "Request announcement")
    three.press("amina", "Announce now")
    shown = three.forge("amina", "session.change", session=_id(three), title="Young people")
    assert "asked you to announce" not in shown


def test_member_cannot_announce_with_a_forged_button(three: Chat) -> None:
    three.say("bruno", PLAN.format(title="Youth"), "#general")
    id = three.last("@bruno").buttons[-1].command.split("=")[1]
    assert "can do that." in three.forge("bruno", "session.announce", session=id)


def test_announce_later_waits_for_its_moment(planned: Chat) -> None:
    planned.press("amina", "Announce later")
    assert planned.fill("amina", at="2026-11-05 09:00").to("#general") == []
    shown = planned.time("+3d").to("#general")
    assert shown[0].at == "2026-11-05T06:00:00Z"


def test_answer_is_private_and_counted_in_place(announced: Chat) -> None:
    screen = announced.press("bruno", "Coming")
    assert "You're coming to" in screen.to("@bruno")
    edited = screen.to("#general")[0]
    assert edited.edits
    assert "Coming: 1" in edited.text


def test_changing_an_answer_counts_once(announced: Chat) -> None:
    announced.press("bruno", "Coming")
    screen = announced.press("bruno", "Can't come")
    assert "Coming: 0 · Maybe: 0 · Can't come: 1" in screen.to("#general")


def test_two_people_answering_at_once_are_both_counted(announced: Chat) -> None:
    screen = announced.together(("bruno", "Coming"), ("claire", "Coming"))
    assert "Coming: 2" in screen.to("#general")[-1].text


def test_reminders_reach_channel_and_those_who_come_once_each(announced: Chat) -> None:
    announced.press("bruno", "Coming")
    announced.press("claire", "Maybe")
    shown = announced.time("+9d")
    at = [(one.to, one.at[8:16]) for one in shown if not one.edits]
    assert at == [
        ("#general", "09T12:00"), ("@bruno", "09T12:00"),
        ("#general", "10T11:00"), ("@bruno", "10T12:00"),
        ("@amina", "10T13:40"),  # who planned it is asked what stays
    ]  # fmt: skip


def test_nobody_is_woken_at_night(announced: Chat) -> None:
    announced.press("bruno", "Coming")
    hours = [int(one.at[11:13]) for one in announced.time("+9d").to("@bruno")]
    assert not {3, 4, 5, 6, 7, 8, 9, 10, 11} & set(hours)  # 22:00 to 07:00 in Bogotá


def test_own_wish_is_respected(announced: Chat) -> None:
    announced.press("claire", "Coming" if "Coming" in announced.seen("claire").labels else "Oui")
    announced.forge("claire", "my.reminders", session=_id(announced), before="hour")
    assert [one.at[8:16] for one in announced.time("+9d").to("@claire")] == ["10T11:00"]


def test_reminders_stop_with_one_press(announced: Chat) -> None:
    announced.press("bruno", "Coming")
    announced.time("2026-11-09T13:00Z")
    announced.press("bruno", "No more reminders")
    assert announced.time("+3d").to("@bruno") == []


def test_who_cannot_come_any_more_is_not_reminded(announced: Chat) -> None:
    announced.press("bruno", "Coming")
    announced.press("bruno", "Can't come")
    assert announced.time("+9d").to("@bruno") == []


def test_moving_tells_those_concerned_and_moves_reminders(announced: Chat) -> None:
    announced.time("2026-11-02T13:00Z")  # nobody sleeps
    announced.press("bruno", "Coming")
    announced.say("amina", '/session move Locally "2026-11-12 15:00"', "#general")
    screen = announced.time("+1m")
    assert "@amina moved “Locally led adaptation”." in screen.to("@bruno")
    assert "@amina moved" in screen.to("#general")
    assert "moved" not in screen.to("@claire")
    days = [int(one.at[8:10]) for one in announced.time("+12d").to("@bruno")]
    assert days == [11, 12]


def test_move_can_be_undone(announced: Chat) -> None:
    announced.say("amina", '/session move Locally "2026-11-12 15:00"', "#general")
    screen = announced.press("amina", "Undo")
    assert "Tue 10 Nov" in screen.to("#general")


def test_member_may_not_move_anothers_session(announced: Chat) -> None:
    screen = announced.say("bruno", '/session move Locally "2026-11-12 15:00"', "#general")
    assert "can do that." in screen


def test_moving_into_the_past_is_asked_again(announced: Chat) -> None:
    screen = announced.say("amina", '/session move Locally "2026-11-01 15:00"', "#general")
    assert "has passed" in screen.form.fields[0].error


def test_cancelling_tells_those_who_said_yes_and_stops_reminders(announced: Chat) -> None:
    announced.time("2026-11-02T13:00Z")  # nobody sleeps
    announced.press("bruno", "Coming")
    screen = announced.say("amina", '/session cancel Locally reason="Rain"', "#general")
    assert "won't take place" in screen.to("@bruno")
    assert "Cancelled: Locally" in screen.to("#general")
    assert announced.time("+9d") == []


def test_cancelling_can_be_undone(announced: Chat) -> None:
    announced.time("2026-11-02T13:00Z")  # nobody sleeps
    announced.press("bruno", "Coming")
    announced.say("amina", '/session cancel Locally reason="Rain"', "#general")
    assert "going ahead after all" in announced.press("amina", "Undo").to("@bruno")
    assert len(announced.time("+9d").to("@bruno")) == 2


def test_button_of_a_session_cancelled_a_year_ago_is_answered_kindly(announced: Chat) -> None:
    id = _id(announced)
    announced.say("amina", '/session cancel Locally reason="Rain"', "#general")
    announced.time("+365d")
    screen = announced.forge("bruno", "session.rsvp", session=id, answer="yes")
    assert "was cancelled" in screen
    assert screen[0].private


def test_answer_after_the_end_is_refused(announced: Chat) -> None:
    announced.time("+9d")
    screen = announced.forge("bruno", "session.rsvp", session=_id(announced), answer="yes")
    assert "is over" in screen


def test_change_shows_what_stands_and_edits_the_announcement(announced: Chat) -> None:
    form = announced.say("amina", "/session change Locally", "#general").form
    assert {field.name: field.value for field in form.fields}["duration"] == "1h30"
    screen = announced.fill("amina", title="Nature-based solutions")
    assert screen.to("#general")[0].title == "Nature-based solutions"


def test_field_emptied_in_the_form_is_emptied(planned: Chat) -> None:
    planned.press("amina", "Change")
    assert "Where we stand" in planned.fill("amina", description="Where we stand")
    planned.press("amina", "Change")
    assert "Where we stand" not in planned.fill("amina", description="")


def test_discarded_draft_is_gone(planned: Chat) -> None:
    planned.press("amina", "Discard")
    planned.press("amina", "Discard")
    assert "There are no sessions yet" in planned.say("amina", "/session show Locally", "#general")


def test_needs_reach_the_hosts_alone(three: Chat) -> None:
    words = PLAN.format(title="Open space") + ' languages="English, Spanish"'
    three.say("amina", words, "#general")
    three.press("amina", "Announce now")
    three.press("bruno", "Coming")
    assert "Thank you" in three.choose("bruno", "I need…", "español")
    three.press("bruno", "Add a note")
    screen = three.fill("bruno", note="Only the first hour")
    assert [shown.to for shown in screen] == ["@bruno"]


def test_list_says_what_the_reader_answered(announced: Chat) -> None:
    announced.press("bruno", "Maybe")
    assert "(Maybe)" in announced.say("bruno", "/session list")


def test_who_names_people_by_answer(announced: Chat) -> None:
    assert "Nobody has answered" in announced.say("bruno", "/session who Locally")
    announced.press("claire", "session.rsvp?answer=maybe")
    assert "Undecided: @claire" in announced.say("bruno", "/session who Locally")


def test_mass_mention_stays_words(three: Chat) -> None:
    screen = three.say("amina", PLAN.format(title="@everyone <!channel>"), "#general")
    assert screen[0].title == "@everyone <!channel>"
    assert three.press("amina", "Announce now").to("#general")[0].title == "@everyone <!channel>"


def test_link_that_is_no_web_address_is_asked_again(three: Chat) -> None:
    words = PLAN.format(title="Link") + ' link="javascript:alert(1)"'
    assert "begins with https" in three.say("amina", words, "#general")


def test_without_a_channel_the_announcement_asks_for_one(three: Chat) -> None:
    three.say("amina", PLAN.format(title="From a direct message"), "@")
    form = three.press("amina", "Announce now").form
    assert "Which channel" in form.fields[0].error
    assert three.fill("amina", channel="#general").to("#general")[0].title.startswith("From")


def test_daylight_saving_keeps_the_wall_time_in_the_preview(three: Chat) -> None:
    three.join("dirk", zone="Europe/Amsterdam", locale="en", role="core")
    screen = three.say("dirk", '/session plan title="CoP" when="2027-03-31 10:00"', "#general")
    assert "10:00 (Amsterdam)" in screen.text.replace("\u202f", " ")
    assert "08:00 (UTC)" in screen.text.replace("\u202f", " ")


def _id(chat: Chat) -> str:
    return str(chat.last("#general").buttons[0].command).split("session=")[1].split("&")[0]
