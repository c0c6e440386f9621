"""Shows what people notice of it when something that follows from what they did breaks."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.chat import MessageRef
from storage.deliveries import Delivery
from storage.timers import PAUSES, Timer
from tests.chatting import Chat


def reminders(chat: Chat, who: str) -> int:
    with chat.storage.read() as transaction:
        member = transaction.known("local", "local", who)
        assert member is not None
        to_them = select(Delivery).where(
            Delivery.member_id == member.id, Delivery.notice == "session.reminder"
        )
        rows = transaction.db.scalars(to_them)
        return sum(row.state == "pending" for row in rows)


def waiting(chat: Chat) -> list[tuple[str, str]]:
    with chat.storage.read() as transaction:
        timers = transaction.db.scalars(select(Timer).where(Timer.name == "follow.session"))
        return [(timer.name, timer.state) for timer in timers]


def test_answer_stands_though_what_follows_breaks(attended: Chat) -> None:
    attended.following.breaks = 1
    assert "You can't come" in attended.press("bruno", "Can't come")
    assert "Not coming: @bruno" in attended.press("amina", "Who's coming")
    assert reminders(attended, "bruno") == 2  # as before


def test_what_broke_is_followed_a_minute_later(attended: Chat) -> None:
    attended.following.breaks = 1
    attended.press("bruno", "Can't come")
    assert waiting(attended) == [("follow.session", "waiting")]
    attended.time("+1m")
    assert reminders(attended, "bruno") == 0
    assert waiting(attended) == []


def test_what_breaks_again_and_again_is_given_up(attended: Chat) -> None:
    attended.following.breaks = 100
    attended.press("bruno", "Can't come")
    attended.time(attended.now + timedelta(minutes=2) + sum(PAUSES, timedelta()))
    assert waiting(attended) == [("follow.session", "dead")]


def test_timer_takes_effect_though_what_follows_breaks(attended: Chat) -> None:
    attended.time("2026-11-05T11:59Z")
    attended.following.breaks = 1
    attended.time("2026-11-05T12:00Z")
    assert waiting(attended) == [("follow.session", "waiting")]
    attended.time("+1m")
    assert waiting(attended) == []


def test_answer_to_what_is_just_going_out_is_counted_there(three: Chat) -> None:
    three.say("amina", '/session plan title=Hello when="2026-11-05 15:00"', "#general")
    platform, place = (
        three.local.platform,
        three.stage.place("#general", three.stage.somebody("amina")),
    )
    assert place
    call = three.stage.call("bruno", place, "session.rsvp", {"session": "Hello", "answer": "yes"})
    post = platform.post

    async def answered_meanwhile(*message: Any) -> MessageRef:
        posted = await post(*message)
        await three.local.dispatcher.answer(call)  # before it is written down that it stands there
        return posted

    platform.post = answered_meanwhile  # type: ignore[method-assign, assignment]
    assert "Coming: 1" in three.press("amina", "Announce now").to("#general")


def test_announcement_counts_somebody_out_who_is_erased(attended: Chat) -> None:
    attended.press("bruno", "Maybe")
    attended.time("+1m")
    attended.say("bruno", "/my erase")
    attended.press("bruno", "Erase everything")
    attended.time("+1m")
    assert "Nobody has answered yet." in attended.seen("amina").to("#general").text
