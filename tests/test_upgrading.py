"""Has today's version work on what the last released one has written, and beside it."""

import asyncio
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select

from bot.app.backup import backup, restore
from bot.app.parts import all_groups
from bot.chat import Account, Place
from bot.dispatcher import Dispatcher
from bot.protocol import Call, Say
from bot.scheduler.outbox import Outbox
from storage import Storage, metadata
from storage.deliveries import Wanted
from storage.engine import migrate, open_engine, pending
from storage.integrity import findings
from tests.chatting import START, chatting
from tests.storage.test_migrations import LAST, shape
from tests.toys import ToyPlatform, Watch, call, dispatcher

AMINA = Account("local", "local", "amina")


@pytest.fixture(scope="module")
def lived(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Have a community live for a while, in today's version."""
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path_factory.mktemp('lived') / 'lived.db')}"
    with chatting(url) as chat:
        chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
        chat.join("bruno", zone="America/Sao_Paulo", locale="en", role="core")
        for number in range(3):
            words = f'/session plan title="S{number}" when="2026-11-05 1{number}:00"'
            chat.say("amina", words, "#general")
            chat.press("amina", "Announce now")
            chat.press("amina", "Coming")
            chat.press("bruno", "Coming")
    return url


def copied(source: str, target: str, tables: Sequence[Table]) -> None:
    """Write the rows of one database into another, with the columns there were in a version."""
    there, here = open_engine(source), open_engine(target)
    with there.connect() as reading, here.execution_options(writing=True).begin() as writing:
        for table in tables:
            if rows := [dict(row) for row in reading.execute(select(table)).mappings()]:
                writing.execute(insert(table), rows)
    there.dispose()
    here.dispose()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give a file at the schema of the last release."""
    url = f"sqlite:///{tmp_path_factory.mktemp('released') / 'released.db'}"
    migrate(url, to=LAST)
    return url


@pytest.fixture(scope="module")
def released(old: str) -> Sequence[Table]:
    """Give the tables with the columns the last release knows, and nothing filled in for it."""
    known = shape(old).columns
    return [
        Table(table.name, MetaData(), *(Column(c.name, c.type) for c in columns))
        for table in metadata.sorted_tables
        if (columns := [c for c in table.c if (table.name, c.name) in known])
    ]


@pytest.fixture(params=["before the upgrade", "beside today's version"])
def written(
    request: pytest.FixtureRequest, lived: str, released: Sequence[Table], empty_database_url: str
) -> str:
    """Give a database at the newest schema with rows as the last release writes them."""
    before = request.param == "before the upgrade"
    migrate(empty_database_url, to=LAST if before else "head")
    copied(lived, empty_database_url, released)
    migrate(empty_database_url)
    return empty_database_url


@pytest.fixture
def storage(written: str) -> Iterator[Storage]:
    opened = Storage(written)
    yield opened
    opened.close()


async def sent(storage: Storage) -> Sequence[str]:
    """Send what falls due in three days, and give what it was known by."""
    platform, watch = ToyPlatform(), Watch(START)
    outbox = Outbox(storage, Dispatcher(storage, all_groups()).notices, {"local": platform}, watch)
    for _ in range(3 * 24):
        while await outbox.turn():
            pass
        watch.forward(hours=1)
    return sorted(key for *_, key in platform.posted)


@pytest.fixture(scope="module")
def wanted(lived: str, tmp_path_factory: pytest.TempPathFactory) -> Sequence[str]:
    """Say what is sent where it was wanted."""
    copy = tmp_path_factory.mktemp("wanted") / "copy.db"
    shutil.copy(lived.removeprefix("sqlite:///"), copy)
    original = Storage(f"sqlite:///{copy}")
    found = asyncio.run(sent(original))
    original.close()
    return found


@pytest.mark.slow
async def test_what_the_last_release_has_written_fits_is_seen_and_sent(
    storage: Storage, wanted: Sequence[str]
) -> None:
    assert [words for words, rows in findings(storage.engine) if rows] == []
    asks = Call(AMINA, Place("local", "local", "general"), "session.list", START)
    found = Dispatcher(storage, all_groups()).execute(asks)
    assert isinstance(found.reply, Say)
    assert all(f"S{number}" in str(found.reply.message) for number in range(3))
    assert await sent(storage) == wanted
    assert len(wanted) > 3


@pytest.mark.parametrize("prepared", [False, True])
@pytest.mark.slow
def test_backup_of_the_last_release_comes_back(
    lived: str,
    old: str,
    released: Sequence[Table],
    empty_database_url: str,
    tmp_path: Path,
    prepared: bool,
) -> None:
    there = shutil.copy(old.removeprefix("sqlite:///"), tmp_path / "there.db")
    copied(lived, f"sqlite:///{there}", released)
    if prepared:  # as the compose file does
        migrate(empty_database_url)
    rows = backup(f"sqlite:///{there}", tmp_path / "all.zip")
    assert restore(empty_database_url, tmp_path / "all.zip", START) == rows > 10
    brought = open_engine(empty_database_url)
    assert pending(brought) == []
    assert [words for words, wrong in findings(brought) if wrong] == []
    brought.dispose()


@pytest.fixture
def mixed(database_url: str) -> Iterator[tuple[Outbox, Outbox, ToyPlatform, Watch]]:
    """Give a process that does not know a notice yet, and one that does, with a row for it."""
    platform, watch = ToyPlatform(), Watch()
    with dispatcher(database_url) as made:
        made.execute(call("toy.add", "one"))
        with made.storage.write() as transaction:
            known = transaction.known("toy", "home", "amina")
            assert known
            told = Wanted("x", watch(), member_id=known.id)
            transaction.records(known.community_id).deliveries.send("toy:1", "toy.told", told)
        old, new = (
            Outbox(made.storage, notices, {"toy": platform}, watch)
            for notices in ({}, made.notices)
        )
        yield old, new, platform, watch


async def test_notice_of_the_next_version_is_left_to_it(
    mixed: tuple[Outbox, Outbox, ToyPlatform, Watch],
) -> None:
    old, new, platform, watch = mixed
    assert await old.turn() == 1
    assert await old.turn() == await new.turn() == 0
    watch.forward(minutes=6)
    assert await new.turn() == 1
    assert len(platform.posted) == 1


async def test_notice_no_version_knows_is_given_up(
    mixed: tuple[Outbox, Outbox, ToyPlatform, Watch],
) -> None:
    old, new, platform, watch = mixed
    for _ in range(13):
        assert await old.turn() == 1
        watch.forward(minutes=6)
    assert await new.turn() == 0
    assert platform.posted == []
