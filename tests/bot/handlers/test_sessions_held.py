"""Shows that nobody hears of a move that is taken back at once, nor of one that was a slip."""

import pytest

from tests.chatting import Chat


@pytest.fixture
def hello(attended: Chat) -> Chat:
    """Have bruno come to a session on Thursday at three, seven where he lives."""
    return attended


def move(chat: Chat, when: str) -> str:
    return chat.say("amina", f'/session move Hello "{when}"', "#general").to("@amina").text


def moves(chat: Chat, until: str = "+5m") -> str:
    """Give what bruno and the channel hear of moves."""
    told = chat.time(until)
    return "".join(
        f"{one.title}\n{one.text}"
        for one in (*told.to("@bruno"), *told.to("#general"))
        if "moved “Hello”" in one.title
    )


def test_move_is_told_after_a_minute_and_said_to_be(hello: Chat) -> None:
    hello.time("2026-11-02T13:00Z")  # nobody sleeps
    said = move(hello, "2026-11-05 16:00")
    assert "I'll do that in a minute, unless you undo it." in said
    assert moves(hello, "+50s") == ""
    assert moves(hello, "+10s").count("moved “Hello”") == 2


def test_announcement_shows_the_new_time_at_once(hello: Chat) -> None:
    shown = hello.say("amina", '/session move Hello "2026-11-05 16:00"').to("#general")
    assert "Thu 5 Nov 2026, 16:00 (Nairobi)" in shown.text


def test_nobody_hears_of_a_move_that_is_undone_within_a_minute(hello: Chat) -> None:
    move(hello, "2026-11-06 15:00")
    hello.time("+50s")
    back = hello.press("amina", "Undo")
    assert "I hadn't told anyone about the move yet." in back.to("@amina")
    assert "Thu 5 Nov" in back.to("#general")
    assert moves(hello, "+1h") == ""
    assert "begins in 24 hours" in hello.time("2026-11-04T12:01Z").to("@bruno").text


def test_move_that_is_undone_later_is_told_again(hello: Chat) -> None:
    hello.time("2026-11-02T13:00Z")  # nobody sleeps
    move(hello, "2026-11-06 15:00")
    assert moves(hello).count("moved “Hello”") == 2
    assert "I hadn't told" not in hello.press("amina", "Undo").text
    told = moves(hello)
    assert told.count("moved “Hello”") == 2
    assert told.count("Old time: Fri 6 Nov") == 2


def test_second_move_at_once_tells_one_move_from_where_people_know_it(hello: Chat) -> None:
    hello.time("2026-11-02T13:00Z")  # nobody sleeps
    move(hello, "2026-11-06 15:00")
    move(hello, "2026-11-07 15:00")
    told = moves(hello)
    assert told.count("moved “Hello”") == 2
    assert (told.count("New time: Sat 7 Nov"), told.count("Old time: Thu 5 Nov")) == (2, 2)


def test_move_that_is_taken_back_by_hand_is_told_to_nobody(hello: Chat) -> None:
    move(hello, "2026-11-06 15:00")
    assert "I hadn't told" in move(hello, "2026-11-05 15:00")
    assert moves(hello, "+1h") == ""


def test_somebody_else_who_moves_it_within_the_minute_is_told_of_by_their_own_move(
    hello: Chat,
) -> None:
    hello.join("dirk", zone="Europe/Paris", locale="en", role="core")
    move(hello, "2026-11-06 15:00")
    hello.say("dirk", '/session move Hello "2026-11-07 13:00"', "#general")
    hello.press("dirk", "session.move-to")
    told = hello.time("+5m").to("@amina").text
    assert "New time: Sat 7 Nov" in told
