"""Shows that hosts are reminded of what they have to do, once, and hear nothing of what is done."""

import pytest

from tests.chatting import Chat
from tests.hosts import announce, core_group, series
from tests.scenes import scene

LIST = (
    "book interpretation: 14 days before\nbook a room: 14 days before\n"
    "print badges: 3 days before\nopen the doors: on the day\n"
    "thank the speaker: the day after\nsend the slides: 3 days after"
)
"""What hosts of “Seeds” have to do, which is on 2 December at noon."""
FOURTEEN, THREE, TWO_HOURS = "2026-11-18T12:00Z", "2026-11-29T12:00Z", "2026-12-02T10:00Z"
DAY_AFTER, THREE_AFTER = "2026-12-03T12:00Z", "2026-12-05T12:00Z"


@pytest.fixture
@scene
def listed(chat: Chat) -> Chat:
    """Announce a session for which there is a checklist, and let bruno host it."""
    core_group(chat)
    chat.say("amina", "/host checklist", "#core")
    chat.press("amina", "Change")
    chat.fill("amina", items=LIST)
    announce(chat, "Seeds", week=2)
    chat.say("bruno", "/host take Seeds", "#core")
    return chat


def test_form_shows_what_is_there_and_what_is_left_out_goes(listed: Chat) -> None:
    listed.say("claire", "/host checklist", "#core")
    form = listed.press("claire", "Change").form
    assert form.fields[0].value.splitlines()[0] == "book interpretation: 14 days before"
    told = listed.fill("claire", items="call the guest: the day before\nbuy cake")
    assert "“buy cake”" in told
    assert told.form.fields[0].value == "call the guest: the day before\nbuy cake"
    told = listed.fill("claire", items="call the guest: the day before")
    assert told[0].text.splitlines()[1:2] == ["- call the guest: 1 day before"]
    assert not listed.time(FOURTEEN).to("@bruno")
    assert "- call the guest" in listed.time("2026-12-01T12:00Z").to("@bruno")


def test_what_is_to_be_done_on_a_day_is_one_message(listed: Chat) -> None:
    told = listed.time(FOURTEEN).to("@bruno")
    assert [shown.text.count("- book") for shown in told] == [2]
    assert not listed.time("2026-11-29T11:59Z").to("@bruno")


def test_what_falls_on_another_message_joins_it(listed: Chat) -> None:
    listed.time("2026-11-29T11:59Z")
    for when, title, item in [
        (THREE, "You're hosting “Seeds” in 3 days.", "print badges"),
        (TWO_HOURS, "You're hosting “Seeds” in 2 hours.", "open the doors"),
        (DAY_AFTER, "Thank you for hosting “Seeds”!", "thank the speaker"),
        (THREE_AFTER, "You hosted “Seeds”", "send the slides"),
    ]:
        (shown,) = listed.time(when).to("@bruno")
        assert title in shown.title
        assert f"- {item}" in shown.text


def test_done_by_one_host_is_done_for_all(listed: Chat) -> None:
    listed.say("bruno", "/host ask Seeds @claire", "#core")
    listed.press("claire", "I'll host")
    listed.press("claire", "See the whole list")
    listed.choose("claire", "Mark as done", "book interpretation")
    assert "Done\n- book interpretation: @claire" in listed.choose(
        "claire", "Mark as done", "send the slides"
    )
    told = listed.time(FOURTEEN).to("@bruno")
    assert "book a room" in told
    assert "book interpretation" not in told
    assert "“book a room” was already done." not in listed.press("bruno", "Mark as done")
    assert "book a room: @bruno" in listed.say("claire", "/host to-do Seeds")
    listed.time(DAY_AFTER)
    assert not listed.time(THREE_AFTER).to("@claire")


def test_done_by_mistake_is_to_be_done_again(listed: Chat) -> None:
    listed.say("bruno", "/host to-do Seeds")
    listed.choose("bruno", "Mark as done", "print badges")
    told = listed.choose("bruno", "Mark as not done", "print badges")
    assert "“print badges” is to be done again." in told
    assert "- print badges" in listed.time(THREE).to("@bruno")


def test_moved_session_takes_its_checklist_along(listed: Chat) -> None:
    listed.say("amina", '/session move Seeds "2026-12-09 15:00"', "#general")
    listed.time("2026-11-25T11:59Z")
    (shown,) = listed.time("2026-11-25T12:00Z").to("@bruno")
    assert "- book a room" in shown.text
    listed.say("amina", '/session move Seeds "2026-12-16 15:00"', "#general")
    assert "book a room" not in listed.time("2026-12-02T12:00Z").to("@bruno")


def test_cancelled_session_needs_nothing(listed: Chat) -> None:
    listed.say("amina", "/session cancel Seeds reason=Rain", "#general")
    assert not listed.time("2026-12-10T12:00Z").to("@bruno").labels


def test_whoever_takes_a_turn_late_reads_what_is_due(listed: Chat) -> None:
    listed.time("2026-11-20T12:00Z")
    listed.say("bruno", "/host decline Seeds", "#core")
    told = listed.say("claire", "/host take Seeds", "#core").to("@claire")
    assert "To be done by now:\n- book interpretation\n- book a room" in told[0].text
    assert "print badges" not in told


def test_week_of_a_host_shows_what_is_due(listed: Chat) -> None:
    assert "To do for" not in listed.say("bruno", "/my week")
    listed.time("2026-11-12T12:00Z")
    told = listed.say("bruno", "/my week")
    assert "To do for “Seeds”:\n- book interpretation: 14 days before (Wed 18 Nov 2026)" in told
    assert "print badges" not in told
    listed.time("2026-12-06T12:00Z")
    told = listed.say("bruno", "/my week")
    assert "send the slides" in told
    assert "book interpretation" not in told, "the session is over"


def test_programme_has_a_checklist_of_its_own(listed: Chat) -> None:
    dates = [announce(listed, "First", week=4), announce(listed, "Second", week=8)]
    series(listed, "Rivers", *dates)
    listed.say("amina", "/host checklist")
    listed.choose("amina", "Add one for a programme", "Rivers")
    assert "The checklist of “Rivers”:" in listed.fill("amina", items="boats: 20 days before")
    shown = listed.say("amina", "/host checklist Rivers").to("@amina")
    assert "boats: 20 days before\nFor all sessions\nbook" in shown.text.replace("- ", "")
    listed.say("claire", "/host take First", "#core")
    assert "boats" in listed.time("2026-11-26T12:00Z").to("@claire")
    assert "boats" not in listed.say("bruno", "/host to-do Seeds")
    assert "boats" in listed.say("amina", "/host checklist")


def test_only_hosts_and_the_core_group_see_what_is_to_be_done(listed: Chat) -> None:
    told = listed.say("dan", "/host to-do Seeds")
    assert "Only the session's hosts and the core group can do that." in told
    assert "For all sessions" not in listed.say("dan", "/host checklist")
