"""Makes sure that what the driver carries out itself is as right as what SQLAlchemy carries out."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from storage import Records, Storage
from storage.engine import cut
from storage.events import Event
from storage.plain import Change, Query, loosely
from storage.sessions import Session
from storage.tables import new_id
from tests.toys import NOW

COLUMNS = (Session.id, Session.title, Session.starts_at, Session.languages, Session.told_at)
FOUND = Query(select(*COLUMNS).where(Session.title == bindparam("title")), lambda *row: row)
NEW = Change(insert(Event))
LATER = Change(update(Session).where(Session.id == bindparam("row")), ("starts_at", "languages"))


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    opened = Storage(database_url)
    yield opened
    opened.close()


@pytest.fixture
def records(storage: Storage) -> Iterator[Records]:
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC")
        yield transaction.records(home.id)


def planned(records: Records, title: str = "Soil") -> Session:
    made = Session(
        title=title, starts_at=NOW, wall="2026-11-22 09:00", zone="UTC", minutes=60,
        created_at=NOW, languages=["en", "es"],
    )  # fmt: skip
    return records.sessions.add(made)


def test_values_come_as_the_mapper_gives_them(records: Records) -> None:
    one = planned(records)
    assert FOUND.all(records.session, title="Soil") == [(one.id, "Soil", NOW, ["en", "es"], None)]


def test_what_was_changed_in_this_transaction_is_found(records: Records) -> None:
    planned(records).title = "Water"
    assert FOUND.first(records.session, title="Soil") is None
    assert FOUND.first(records.session, title="Water") is not None


def test_update_sets_the_columns_it_is_given(records: Records) -> None:
    one, later = planned(records), NOW + timedelta(days=1)
    LATER.make(records.session, {"row": one.id, "starts_at": later, "languages": ["fr"]})
    records.session.refresh(one)
    assert (one.starts_at, one.languages, one.title) == (later, ["fr"], "Soil")


def test_new_rows_have_defaults_where_nothing_is_given(records: Records) -> None:
    NEW.make(records.session, *({"id": new_id(), "key": f"k{n}", "at": NOW} for n in range(3)))
    kept = records.session.scalars(select(Event).order_by(Event.key)).all()
    assert [(one.key, one.answer, one.at) for one in kept] == [(f"k{n}", "", NOW) for n in range(3)]


def test_value_that_is_missing_is_an_error_and_not_nothing(records: Records) -> None:
    with pytest.raises(KeyError):
        NEW.make(records.session, {"id": new_id(), "key": "k"})


def test_driver_refuses_as_sqlalchemy_would_say_it(records: Records) -> None:
    rows = [{"id": new_id(), "key": "k", "at": NOW} for _ in range(2)]
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        NEW.make(records.session, *rows)
    records.session.rollback()


def test_thing_is_read_in_full_where_nothing_is_written(storage: Storage) -> None:
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC").id
        one = planned(transaction.records(home))
    with storage.read() as transaction:
        seen = transaction.records(home).sessions.get(one.id)
    assert (seen, seen.about, seen.ends_at) == (one, one.about, one.ends_at)


def test_thing_that_was_only_read_cannot_be_changed(storage: Storage) -> None:
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC").id
        one = planned(transaction.records(home))
    with storage.read() as transaction, pytest.raises(AttributeError):
        transaction.records(home).sessions.get(one.id).title = "Water"


def test_thing_is_made_of_all_its_columns_or_not_at_all() -> None:
    with pytest.raises(ValueError, match="zip"):
        loosely(Session)("Soil")


def killed(storage: Storage) -> None:
    """Ask something on a connection that the server has closed meanwhile."""
    with storage.write() as transaction:
        pid = transaction.session.scalar(text("SELECT pg_backend_pid()"))
        with storage.read() as other:
            other.session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        FOUND.all(transaction.session, title="Soil")


@pytest.mark.postgresql
def test_connection_that_broke_is_known_to_be_and_not_used_again(postgresql_url: str) -> None:
    storage = Storage(postgresql_url)
    with pytest.raises(OperationalError) as broken:
        killed(storage)
    assert cut(broken.value)
    with storage.read() as transaction:
        assert FOUND.all(transaction.session, title="Soil") == []
    storage.close()
