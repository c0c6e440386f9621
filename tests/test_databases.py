"""Makes sure that a test gets the database it asks for, and leaves nothing behind."""

import os
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, text

from storage import Storage
from storage.engine import revisions
from tests.reused import Reused
from tests.servers import ELSEWHERE, DatabaseServer
from tests.toys import NOW


def execute(url: str, words: str) -> Sequence[Any]:
    engine = create_engine(url)
    with engine.begin() as connection:
        done = connection.execute(text(words))
        answer = done.all() if done.returns_rows else ()
    engine.dispose()
    return answer


def tables(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def found(url: str) -> None:
    """Found a community."""
    storage = Storage(url)
    with storage.write() as transaction:
        transaction.community_at("toy", "home", NOW, "en", "UTC")
    storage.close()


def rows(url: str) -> int:
    [(count,)] = execute(url, "SELECT count(*) FROM workspaces")
    return int(count)


def test_database_is_migrated(database_url: str) -> None:
    assert "alembic_version" in tables(database_url)


@pytest.mark.parametrize("time", ["first", "second"])
def test_database_holds_nothing_of_another_test(database_url: str, time: str) -> None:
    assert "mine" not in tables(database_url)
    assert rows(database_url) == 0
    found(database_url)
    execute(database_url, "CREATE TABLE mine (id INTEGER)")
    assert "mine" in tables(database_url)


@pytest.fixture
def own(postgresql_server: DatabaseServer, postgresql_template: str) -> Iterator[Reused]:
    """Give a database beside the one all tests share, with something that counts."""
    with postgresql_server.database(postgresql_template) as counting:
        execute(postgresql_server.url(counting), "CREATE SEQUENCE counter")
        made = Reused(postgresql_server, counting)
        yield made
        made.close()


@pytest.mark.postgresql
def test_database_is_emptied_and_counts_from_one_again(own: Reused) -> None:
    for _ in range(2):
        name, url = own.name, own.fresh()
        assert rows(url) == 0
        assert execute(url, "SELECT nextval('counter')") == [(1,)]
        found(url)
    assert own.name == name


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE mine (id INTEGER)",
        "DROP TABLE alembic_version",
        "UPDATE alembic_version SET version_num = '0999'",
        "ALTER TABLE deliveries RENAME COLUMN error TO reason",
        "ALTER TABLE workspaces RENAME TO places",
        "ALTER TABLE deliveries ALTER attempts TYPE TEXT",
        "ALTER TABLE members ADD CHECK (id > 0)",
        "CREATE UNIQUE INDEX once ON deliveries (about)",
    ],
)
def test_database_whose_tables_were_changed_is_made_anew(own: Reused, change: str) -> None:
    execute(own.fresh(), change)
    before, url = own.name, own.fresh()
    assert own.name != before
    assert "mine" not in tables(url)
    assert execute(url, "SELECT version_num FROM alembic_version") == [(revisions()[-1],)]


@pytest.mark.postgresql
def test_what_is_still_open_hinders_nobody(own: Reused) -> None:
    own.fresh()
    left = psycopg.connect(own.server.url(own.name, "postgresql"))
    left.execute("LOCK TABLE communities")
    assert rows(own.fresh()) == 0
    with pytest.raises(psycopg.OperationalError):
        left.execute("SELECT 1")
    left.close()


def test_database_without_tables_is_empty(empty_database_url: str) -> None:
    assert tables(empty_database_url) == []


@pytest.mark.postgresql
def test_server_drops_a_database_somebody_still_uses(postgresql_server: DatabaseServer) -> None:
    with postgresql_server.database() as name:
        login = postgresql_server.url(name, "postgresql")
        connection = psycopg.connect(login)
    with pytest.raises(psycopg.OperationalError, match=r"terminating|closed"):
        connection.execute("SELECT 1")
    connection.close()


@pytest.mark.postgresql
@pytest.mark.skipif(ELSEWHERE in os.environ, reason="only our own server may be careless")
def test_server_of_our_own_does_not_wait_for_the_disk(postgresql_server: DatabaseServer) -> None:
    with psycopg.connect(postgresql_server.url("postgres", "postgresql")) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)
