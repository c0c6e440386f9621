"""Shows that what people need, and who meets it, is found alike on both databases."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from storage import Records, Storage
from storage.interpreters import CONFIRMED, INTERPRETATION, Interpreter
from storage.sessions import Session
from tests.toys import NOW

LATER = NOW + timedelta(days=9)


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    storage = Storage(database_url)
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC")
        yield transaction.records(home.id)
    storage.close()


def test_needs_and_interpreters_are_those_of_who_is_there(records: Records) -> None:
    session = Session(
        title="Soil", starts_at=LATER, wall="2026-11-11 08:00", zone="UTC", minutes=60,
        created_at=NOW, state="announced",
    )  # fmt: skip
    records.sessions.add(session)
    ana, ben, eva = (records.members.meet("toy", "home", name, name, NOW) for name in "abe")
    for who, answer in ((ana, "yes"), (ben, "maybe"), (eva, "no")):
        given, _ = records.rsvps.answer(session.id, who.id, answer, NOW)
        given.access = ["captions"] if who is not ben else []
    row = Interpreter(session_id=session.id, kind=INTERPRETATION, language="fr", asked_at=NOW)
    row.member_id, row.state = ben.id, CONFIRMED
    records.interpreters.add(row)
    needs = records.interpreters.needs(session.id)
    assert [(need.member_id, need.access) for need in needs] == [(ana.id, ["captions"])]
    assert records.interpreters.needed_ahead(NOW) == [session]
    assert records.interpreters.confirmed(session.id) == [ben.id]
    assert records.interpreters.tasks_of(ben.id, NOW) == [(row, session)]
    ben.left_at = ana.left_at = NOW
    records.db.flush()
    assert not records.interpreters.of(session.id)
    assert not records.interpreters.needs(session.id)
