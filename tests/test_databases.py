"""Makes sure that a test gets the database it asks for, and leaves nothing behind."""

import os

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, text

from tests.databases import ELSEWHERE, Server


def tables(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_database_is_migrated(database_url: str) -> None:
    assert "alembic_version" in tables(database_url)


@pytest.mark.parametrize("time", ["first", "second"])
def test_database_holds_nothing_of_another_test(database_url: str, time: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mine (id INTEGER)"))
    engine.dispose()
    assert "mine" in tables(database_url)


def test_database_without_tables_is_empty(empty_database_url: str) -> None:
    assert tables(empty_database_url) == []


@pytest.mark.postgresql
def test_server_drops_a_database_somebody_still_uses(postgresql_server: Server) -> None:
    with postgresql_server.database() as name:
        login = postgresql_server.url(name, "postgresql")
        connection = psycopg.connect(login)
    with pytest.raises(psycopg.OperationalError, match=r"terminating|closed"):
        connection.execute("SELECT 1")
    connection.close()


@pytest.mark.postgresql
@pytest.mark.skipif(ELSEWHERE in os.environ, reason="only our own server may be careless")
def test_server_of_our_own_does_not_wait_for_the_disk(postgresql_server: Server) -> None:
    with psycopg.connect(postgresql_server.url("postgres", "postgresql")) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)
