"""Shows that the hourly sweep heals what is out of line, and else writes nothing."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import delete, select

from bot.app.sweep import sweep
from storage.deliveries import Delivery
from storage.timers import Timer
from tests.chatting import Chat, chatting
from tests.hosts import announce, core_group, pool


@pytest.fixture
def planned(database_url: str) -> Iterator[Chat]:
    """Have a session with a host to come, and an open space under way."""
    with chatting(database_url) as chat:
        core_group(chat)
        pool(chat, "bruno", "claire")
        announce(chat, "Seeds")
        chat.press("claire", "Coming")
        chat.press("amina", "Find a host")
        chat.press("bruno", "I'll take it")
        chat.say("amina", "/openspace open Why?", "#general")
        chat.press("amina", "Open now")
        chat.say("amina", '/openspace dates marketplace="2026-11-09 15:00"', "#general")
        yield chat


def swept(chat: Chat) -> int:
    return asyncio.run(sweep(chat.storage, chat.now))


def waiting(chat: Chat) -> list[tuple[object, ...]]:
    with chat.storage.read() as transaction:
        rows = select(Delivery.key, Delivery.due_at).where(Delivery.state == "pending")
        timers = select(Timer.about, Timer.name, Timer.due_at)
        found = [*transaction.db.execute(rows), *transaction.db.execute(timers)]
        return sorted(tuple(row) for row in found)


def test_sweep_brings_back_what_was_lost(planned: Chat) -> None:
    before = waiting(planned)
    with planned.storage.write() as transaction:
        transaction.db.execute(delete(Timer))
        transaction.db.execute(delete(Delivery).where(Delivery.notice == "session.reminder"))
    planned.time("+1h")
    assert swept(planned) == 2
    after = waiting(planned)
    assert [row for row in after if "refresh" not in str(row)] == before


def test_sweep_writes_nothing_where_all_is_in_line(planned: Chat) -> None:
    for later in ("+1h", "+3d", "+2d"):
        planned.time(later)
        before = waiting(planned)
        assert swept(planned) == 0
        assert waiting(planned) == before
