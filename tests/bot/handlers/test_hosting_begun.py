"""Shows that nobody is asked to host what has begun, and that who presses too late is thanked."""

from tests.chatting import Chat
from tests.hosts import announce


def pressable(chat: Chat, to: str, label: str) -> bool:
    return any(label in shown.labels for shown in chat.seen("amina").to(to))


def test_an_offer_has_no_button_any_more_once_the_session_has_begun(offered: Chat) -> None:
    offered.time("2026-11-18T11:59Z")
    assert pressable(offered, "#core", "I'll take it")
    told = offered.time("2026-11-18T12:01Z").to("#core")
    assert "“Seeds” is no longer offered." in told
    assert not pressable(offered, "#core", "I'll take it")


def test_an_offer_follows_a_session_that_moves(offered: Chat) -> None:
    offered.say("amina", '/session move Seeds when="2026-11-19 15:00"', "#general")
    offered.time("2026-11-19T11:59Z")
    assert pressable(offered, "#core", "I'll take it")
    offered.time("2026-11-19T12:01Z")
    assert not pressable(offered, "#core", "I'll take it")


def test_questions_to_hosts_have_no_buttons_once_the_session_has_begun(hosted: Chat) -> None:
    announce(hosted, "Rivers", week=1)
    hosted.say("claire", "/host take Rivers")
    hosted.say("bruno", "/host swap Seeds @claire turn=Rivers")
    hosted.say("amina", "/host together Seeds")
    hosted.say("bruno", "/host ask Seeds @dan")
    told = hosted.time("2026-11-18T12:01Z")
    assert "This question about a turn no longer needs an answer." in told.to("@claire")
    assert "“Seeds” has begun. You no longer need to answer." in told.to("@dan")
    edited = [label for shown in told if shown.edits for label in shown.labels]
    of_sessions = {
        "Details",
        "Coming",
        "Maybe",
        "Can't come",
        "Add to my calendar",
        "I was there",
        "Who's coming",
    }
    assert set(edited) <= of_sessions


def test_who_presses_too_late_is_thanked(offered: Chat) -> None:
    session = offered.last("#core").buttons[0].command.rpartition("=")[2]
    offered.time("2026-11-18T12:01Z")
    told = offered.forge("bruno", "host.take", session=session)
    assert "“Seeds” has already begun. Thank you all the same!" in told
    assert "“Seeds” has already begun." in offered.say("amina", "/host offer Seeds")
    offered.time("2026-11-18T16:00Z")
    told = offered.forge("bruno", "host.take", session=session)
    assert "“Seeds” is over. Thank you all the same!" in told
    assert told.labels == ["See other turns"]


def test_my_week_shows_sessions_before_turns_and_asks_no_host_whether_they_come(
    hosted: Chat,
) -> None:
    week = hosted.say("bruno", "/my week").text
    assert week.index("You haven't said yes to any upcoming session.") < week.index(
        "You're hosting “Seeds”"
    )
    assert "You haven't answered yet" not in week
    assert "You haven't answered yet" in hosted.say("claire", "/my week").text
