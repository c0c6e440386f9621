"""Shows that what is read is an ordinary thing, and that a change to it is never lost unheard."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage import Records, Storage
from storage.engine import cut
from storage.reading import ChangedWhileReading
from storage.sessions import Session
from tests.toys import NOW


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    opened = Storage(database_url)
    yield opened
    opened.close()


@pytest.fixture
def home(storage: Storage) -> int:
    """Found a community with one session, and give its id."""
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC").id
        transaction.records(home).sessions.add(planned())
    return home


def planned() -> Session:
    return Session(
        title="Soil", starts_at=NOW, wall="2026-11-22 09:00", zone="UTC", minutes=60,
        created_at=NOW, languages=["en", "es"],
    )  # fmt: skip


def only(records: Records) -> Session:
    return records.sessions.all(records.sessions.mine())[0]


def add(records: Records) -> None:
    records.db.add(planned())


def add_and_flush(records: Records) -> None:
    records.sessions.add(planned())


def change_listed(records: Records) -> None:
    only(records).title = "Water"


def change_found(records: Records) -> None:
    records.sessions.get(only(records).id).title = "Water"


def remove(records: Records) -> None:
    records.db.delete(only(records))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (add, r"Session new \(.*title.*\)"),
        (add_and_flush, r"Session new \(.*title.*\)"),
        (change_listed, r"Session \d+ \(title\)"),
        (change_found, r"Session \d+ \(title\)"),
        (remove, r"Session \d+ \(\)"),
    ],
)
def test_change_in_a_transaction_that_reads_is_an_error_that_names_it(
    storage: Storage, home: int, change: Callable[[Records], None], named: str
) -> None:
    with pytest.raises(ChangedWhileReading, match=named), storage.read() as transaction:
        change(transaction.records(home))
    with storage.read() as transaction:
        assert only(transaction.records(home)).title == "Soil"


def test_what_is_set_to_what_it_is_counts_as_no_change(storage: Storage, home: int) -> None:
    with storage.read() as transaction:
        only(transaction.records(home)).title = "Soil"


def test_error_of_the_reader_is_the_one_that_is_heard(storage: Storage, home: int) -> None:
    def broken() -> None:
        with storage.read() as transaction:
            only(transaction.records(home)).title = "Water"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()


def test_what_is_found_and_what_is_listed_are_one_thing(storage: Storage, home: int) -> None:
    with storage.read() as transaction:
        records = transaction.records(home)
        assert records.sessions.get(only(records).id) is only(records)


def test_what_was_read_can_be_looked_at_afterwards(storage: Storage, home: int) -> None:
    with storage.read() as transaction:
        one = only(transaction.records(home))
    assert (one.title, one.ends_at > NOW, one.languages) == ("Soil", True, ["en", "es"])


def killed(storage: Storage) -> None:
    """Ask something on a connection that the server has closed meanwhile."""
    with storage.write() as transaction:
        pid = transaction.db.scalar(text("SELECT pg_backend_pid()"))
        with storage.read() as other:
            other.db.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        transaction.events.answer("some")


@pytest.mark.postgresql
def test_connection_that_broke_is_known_to_be_and_not_used_again(postgresql_url: str) -> None:
    storage = Storage(postgresql_url)
    with pytest.raises(OperationalError) as broken:
        killed(storage)
    assert cut(broken.value)
    with storage.read() as transaction:
        assert transaction.events.answer("some") is None
    storage.close()
