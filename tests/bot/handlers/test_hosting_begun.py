"""Shows that nobody is asked to host what has begun, and that who presses too late is thanked."""

from tests.chatting import Chat
from tests.hosts import announce


def pressable(chat: Chat, to: str, label: str) -> bool:
    return any(label in shown.labels for shown in chat.seen("amina").to(to))


def test_an_offer_has_no_button_any_more_once_the_session_has_begun(offered: Chat) -> None:
    offered.time("2026-11-18T11:59Z")
    assert pressable(offered, "#core", "I take it")
    told = offered.time("2026-11-18T12:01Z").to("#core")
    assert "“Seeds” is not offered any more." in told
    assert not pressable(offered, "#core", "I take it")


def test_an_offer_follows_a_session_that_moves(offered: Chat) -> None:
    offered.say("amina", '/session move Seeds when="2026-11-19 15:00"', "#general")
    offered.time("2026-11-19T11:59Z")
    assert pressable(offered, "#core", "I take it")
    offered.time("2026-11-19T12:01Z")
    assert not pressable(offered, "#core", "I take it")


def test_questions_to_hosts_have_no_buttons_once_the_session_has_begun(hosted: Chat) -> None:
    announce(hosted, "Rivers", week=1)
    hosted.say("claire", "/host take Rivers")
    hosted.say("bruno", "/host swap Seeds @claire turn=Rivers")
    hosted.say("amina", "/host together Seeds")
    hosted.say("bruno", "/host ask Seeds @dan")
    told = hosted.time("2026-11-18T12:01Z")
    assert "This question about a turn is settled." in told.to("@claire")
    assert "You are not asked to host “Seeds” any more." in told.to("@dan")
    edited = [label for shown in told if shown.edits for label in shown.labels]
    of_sessions = {"Details", "Coming", "Maybe", "Cannot come", "Add to my calendar", "Who comes"}
    assert set(edited) <= of_sessions


def test_who_presses_too_late_is_thanked(offered: Chat) -> None:
    session = offered.last("#core").buttons[0].command.rpartition("=")[2]
    offered.time("2026-11-18T12:01Z")
    told = offered.forge("bruno", "host.take", session=session)
    assert "“Seeds” has begun already. Thank you all the same!" in told
    assert "“Seeds” has begun already." in offered.say("amina", "/host offer Seeds")
    offered.time("2026-11-18T16:00Z")
    told = offered.forge("bruno", "host.take", session=session)
    assert "“Seeds” is over. Thank you all the same!" in told
    assert told.labels == ["Other turns"]


def test_the_desk_shows_sessions_before_turns_and_asks_no_host_whether_they_come(
    hosted: Chat,
) -> None:
    desk = hosted.say("bruno", "/desk").text
    assert desk.index("You have not said yes to any session that is coming up.") < desk.index(
        "You host “Seeds”"
    )
    assert "You have not answered yet" not in desk
    assert "You have not answered yet" in hosted.say("claire", "/desk").text
