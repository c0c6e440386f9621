"""Shows that an erasure holds nobody up, however much was sent to somebody, and goes on alone."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, event, func, insert, select, text

from storage import Storage
from storage.deliveries import Delivery
from storage.erasure import AT_A_TIME, erase, forget_some, scrub
from storage.people import Member
from storage.tables import new_id
from tests.chatting import START, Chat

MANY = 2 * AT_A_TIME + 1


@pytest.fixture
def told(chat: Chat) -> Chat:
    """Let somebody in who has been sent very much."""
    chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
    chat.join("bruno", zone="Africa/Nairobi", locale="en", role="member")
    return chat


def send(storage: Storage, number: int, state: str = "sent") -> int:
    """Add deliveries to bruno; gives his id."""
    with storage.write() as open:
        connection = open.db.connection()
        who, home = connection.execute(
            select(Member.id, Member.community_id).where(Member.name == "bruno")
        ).one()
        row = {"community_id": home, "about": "session:1", "due_at": START, "args": {}}
        rows = [
            {
                "id": new_id(),
                "key": f"{state}{n}",
                "notice": "session.over",
                "state": state,
                "member_id": who,
                **row,
            }
            for n in range(number)
        ]
        connection.execute(insert(Delivery), rows)
    return int(who)


def erased(storage: Storage, who: int) -> None:
    """Erase somebody, and stop there."""
    with storage.write() as open:
        home = open.db.scalar(select(Member.community_id).where(Member.id == who)) or 0
        erase(open.db.connection(), home, who, START)


def left(storage: Storage, who: int) -> int:
    with storage.read() as open:
        query = select(func.count(Delivery.id)).where(Delivery.member_id == who)
        return int(open.db.scalar(query) or 0)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Give the list to which each statement is added that is carried out meanwhile."""
    seen: list[str] = []

    def see(connection: Connection, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", see)
    yield seen
    event.remove(engine, "before_cursor_execute", see)


def test_what_was_sent_to_somebody_erased_goes_some_at_a_time(told: Chat) -> None:
    who = send(told.storage, MANY)
    erased(told.storage, who)
    gone = []
    for _ in range(4):
        with told.storage.write() as open:
            gone.append(forget_some(open.db.connection()))
    assert gone == [AT_A_TIME, AT_A_TIME, 1, 0]


def test_erasure_itself_touches_nothing_of_what_was_sent(told: Chat) -> None:
    who = send(told.storage, MANY)
    with statements(told.storage.engine) as seen:
        erased(told.storage, who)
    assert left(told.storage, who) == MANY
    assert len(seen) < 100
    assert not [one for one in seen if "deliveries.member_id = " in one]


def test_nothing_is_left_once_somebody_is_told_that_they_are_erased(told: Chat) -> None:
    who = send(told.storage, MANY)
    told.say("bruno", "/my erase")
    told.press("bruno", "Erase everything")
    assert left(told.storage, who) == 0


def test_erasure_goes_on_where_a_process_was_stopped(told: Chat) -> None:
    who = send(told.storage, MANY)
    erased(told.storage, who)
    assert scrub(told.storage.engine)
    assert left(told.storage, who) == 0


def test_nothing_is_sent_to_somebody_erased(told: Chat) -> None:
    who = send(told.storage, 1, state="pending")
    erased(told.storage, who)
    told.time("+1m")
    with told.storage.read() as open:
        states = open.db.scalars(select(Delivery.state).where(Delivery.member_id == who)).all()
    assert states == ["cancelled"]


def test_what_platforms_said_is_found_by_an_index(told: Chat) -> None:
    with told.storage.read() as open:
        plan = open.db.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT id FROM deliveries "
                "WHERE community_id = 1 AND error <> '' AND replace(error, 'a', '') <> error"
            )
        )
        assert "ix_deliveries_errors" in str(plan.all())
