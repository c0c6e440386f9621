"""Shows that nobody is told of a change in their night, unless it cannot wait."""

import pytest

from tests.chatting import Chat


@pytest.fixture
def asleep(attended: Chat) -> Chat:
    """Have bruno sleep in Bogotá, who comes to a session of three days later."""
    attended.say("bruno", "/my profile zone=America/Bogota", "#general")
    attended.time("2026-11-03T06:00Z")
    return attended


def test_cancelled_session_is_told_in_the_morning(asleep: Chat) -> None:
    assert not asleep.say("amina", '/session cancel Hello reason="Rain"').to("@bruno")
    assert "Hello" in asleep.time("2026-11-03T12:00Z").to("@bruno")


def test_session_that_comes_back_before_the_morning_is_not_told(asleep: Chat) -> None:
    asleep.say("amina", '/session cancel Hello reason="Rain"')
    asleep.press("amina", "Undo")
    assert not asleep.time("2026-11-03T15:00Z").to("@bruno")


def test_moved_session_is_told_in_the_morning(asleep: Chat) -> None:
    asleep.say("amina", '/session move Hello "2026-11-06 15:00"')
    assert not asleep.time("+1h").to("@bruno")
    assert "Hello" in asleep.time("2026-11-03T12:00Z").to("@bruno")


def test_what_cannot_wait_until_the_morning_is_told_at_once(asleep: Chat) -> None:
    asleep.say("amina", '/session move Hello "2026-11-03 13:00"')
    assert "Hello" in asleep.time("+2m").to("@bruno")


def test_new_role_is_told_in_the_morning(asleep: Chat) -> None:
    assert not asleep.say("amina", "/community role person=@bruno role=core").to("@bruno")
    assert asleep.time("2026-11-03T12:00Z").to("@bruno")


def test_wish_to_host_is_told_once_a_day(attended: Chat) -> None:
    attended.say("bruno", "/host join", "#general")
    attended.time("+2h")
    assert not attended.say("bruno", "/host join often=month", "#general").to("@amina")
    attended.time("+1d")
    assert attended.say("bruno", "/host join", "#general").to("@amina")


def test_move_away_from_the_early_morning_is_told_before_people_get_up_for_it(asleep: Chat) -> None:
    asleep.say("amina", '/session move Hello "2026-11-03 11:30"')
    asleep.time("+2m")
    asleep.say("amina", '/session move Hello "2026-11-20 15:00"')
    assert "20" in asleep.time("+2m").to("@bruno")
