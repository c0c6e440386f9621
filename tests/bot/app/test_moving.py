"""Shows that what a community has comes back whole, from every database to every other."""

import json
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from bot.app import CannotStart
from bot.app.backup import backup, restore
from bot.app.check import integrity
from bot.app.export import export, import_
from bot.app.local import LocalStore
from storage.engine import migrate
from tests.chatting import START, Chat, chatting
from tests.openspaces import running

pytestmark = pytest.mark.slow


def quietly(steps: Sequence[str]) -> AbstractContextManager[Callable[[str], None]]:
    return nullcontext(lambda revision: None)


@contextmanager
def kept(url: str, clock: datetime = START) -> Iterator[Chat]:
    """Open a chat that keeps its messages in the database as well."""
    with chatting(url, clock) as chat:
        chat.local.platform.store = LocalStore(chat.storage)
        chat.runner.run(chat.local.start())
        yield chat


def plan(chat: Chat) -> None:
    chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
    chat.join("bruno", zone="America/Bogota", locale="es", role="member")
    chat.say("amina", '/session plan title="Élan d’été 🌱" when="2026-11-05 15:00"', "#general")
    chat.press("amina", "Announce now")
    chat.say("amina", "/session text session=Élan language=Spanish title=Impulso")
    chat.press("amina", "Coming")


@pytest.fixture(
    params=[
        pytest.param(("sqlite", "postgresql"), id="to-a-server", marks=pytest.mark.postgresql),
        pytest.param(("postgresql", "sqlite"), id="to-a-file", marks=pytest.mark.postgresql),
    ]
)
def way(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Give a database, and an empty one of the other kind to move to."""
    here, there = request.param
    found = request.getfixturevalue(f"{here}_url"), request.getfixturevalue(f"{there}_empty_url")
    return str(found[0]), str(found[1])


@pytest.fixture
def moved(way: tuple[str, str], tmp_path: Path) -> Iterator[Chat]:
    """Play, back up, bring back elsewhere; gives the chat there."""
    here, there = way
    with kept(here) as chat:
        plan(chat)
        backup(here, tmp_path / "all.zip")
        now = chat.now
    restore(there, tmp_path / "all.zip", now)
    with kept(there, now) as chat:
        yield chat


def unpacked_modes(archive: ZipFile) -> set[int]:
    """Give who may do what with the files when they are unpacked."""
    with archive:
        return {stat.S_IMODE(one.external_attr >> 16) for one in archive.infolist()}


def rows(url: str, file: Path) -> dict[str, bytes]:
    backup(url, file)
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "about.json"}


def test_button_of_before_works_after_the_move(moved: Chat) -> None:
    announced = moved.press("bruno", "session.rsvp?answer=yes").to("#general")
    assert announced[0].edits
    assert "Coming: 2" in announced.text
    assert "Impulso" in moved.say("bruno", "/session list").text


def test_reminders_go_on_after_the_move(moved: Chat) -> None:
    told = moved.time("+4d")
    assert len(told.to("@amina")) == 3  # two reminders, and what stays


def test_everything_comes_back_as_it_was(
    database_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    with kept(database_url) as chat:
        running(chat)
        before = rows(database_url, tmp_path / "before.zip")
        restore(empty_database_url, tmp_path / "before.zip", START)
    assert len(before["deliveries.jsonl"]) > 1000
    assert rows(empty_database_url, tmp_path / "after.zip") == before


def test_export_comes_in_with_all_its_ids(way: tuple[str, str], tmp_path: Path) -> None:
    here, there = way
    with kept(here) as chat:
        running(chat)
    export(here, tmp_path / "out", quietly)
    migrate(there)
    import_(there, tmp_path / "out", quietly, START)
    before, after = (
        rows(here, tmp_path / "1.zip"),
        rows(there, tmp_path / "2.zip"),
    )
    own = {"events.jsonl", "local_things.jsonl", "key_values.jsonl", "installations.jsonl"}
    assert {name for name in before if before[name] != after[name]} <= own


def test_exported_community_answers_its_old_buttons_elsewhere(
    way: tuple[str, str], tmp_path: Path
) -> None:
    here, there = way
    with kept(here) as chat:
        plan(chat)
        session = json.loads(rows(here, tmp_path / "all.zip")["sessions.jsonl"])["id"]
    export(here, tmp_path / "out", quietly)
    migrate(there)
    import_(there, tmp_path / "out", quietly, START)
    with chatting(there) as chat:
        chat.join("bruno", zone="America/Bogota", locale="en", role="member")
        said = chat.forge("bruno", "session.rsvp", session=session, answer="yes")
        assert "You're coming to" in said.text


def test_what_was_sent_since_the_backup_is_not_sent_again(sqlite_url: str, tmp_path: Path) -> None:
    with kept(sqlite_url) as chat:
        plan(chat)
        backup(sqlite_url, tmp_path / "all.zip")
        assert len(chat.time("+4d").to("@amina")) == 3
        posted, now = dict(chat.local.platform.messages), chat.now
        keys = dict(chat.local.platform._by_key)
    restore(f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "all.zip", now)
    with chatting(f"sqlite:///{tmp_path / 'new.db'}", now) as chat:
        chat.local.platform.messages, chat.local.platform._by_key = posted, keys
        chat.runner.run(chat.local.outbox.recover())
        assert not chat.time("+1d").to("@amina")


def test_backup_is_for_its_owner_alone_and_replaces_nothing(
    sqlite_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "all.zip"
    with chatting(sqlite_url) as chat:
        plan(chat)
    backup(sqlite_url, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert unpacked_modes(ZipFile(file)) == {0o600}
    with pytest.raises(CannotStart, match="there already"):
        backup(sqlite_url, file)
    assert not list(tmp_path.glob(".*.part"))


def test_backup_is_not_disturbed_by_what_is_written_meanwhile(
    database_url: str, tmp_path: Path
) -> None:
    with chatting(database_url) as chat:
        plan(chat)
        before = rows(database_url, tmp_path / "1.zip")
        with chat.storage.write() as transaction:
            transaction.key_values.put("half", "done", START)
            assert rows(database_url, tmp_path / "2.zip") == before


def test_nothing_is_restored_over_what_is_there(way: tuple[str, str], tmp_path: Path) -> None:
    here, there = way
    with chatting(here) as chat:
        plan(chat)
    backup(here, tmp_path / "all.zip")
    restore(there, tmp_path / "all.zip", START)
    with pytest.raises(CannotStart, match="is not empty"):
        restore(there, tmp_path / "all.zip", START)


def test_tables_of_others_are_left_out(way: tuple[str, str], tmp_path: Path) -> None:
    here, there = way
    with chatting(here) as chat:
        plan(chat)
        with chat.storage.write() as transaction:
            transaction.db.execute(text("CREATE TABLE replicas (seq INTEGER)"))
            transaction.db.execute(text("INSERT INTO replicas VALUES (1)"))
    before = rows(here, tmp_path / "all.zip")
    assert "replicas.jsonl" not in before
    restore(there, tmp_path / "all.zip", START)
    assert rows(there, tmp_path / "again.zip") == before


def test_database_of_a_newer_version_is_not_backed_up_in_part(
    sqlite_url: str, tmp_path: Path
) -> None:
    with chatting(sqlite_url) as chat, chat.storage.write() as transaction:
        transaction.db.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(CannotStart, match="of a newer version"):
        backup(sqlite_url, tmp_path / "all.zip")


def test_what_is_kept_is_sound_after_a_season(database_url: str) -> None:
    with chatting(database_url) as chat:
        running(chat)
        chat.time("+2d")
    assert [found.words for found in integrity(database_url) if not found.right] == []


DEEP = "[" * 100_000
BEYOND = str(2**63)


@pytest.mark.parametrize(
    ("area", "table", "field", "value"),
    [
        ("sessions", "sessions", "zone", "Mars/Olympus"),
        ("sessions", "sessions", "wall", "2027-13-45 15:00"),
        ("sessions", "sessions", "minutes", -5),
        ("sessions", "sessions", "link", "javascript:alert(1)"),
        ("sessions", "sessions", "organiser_id", "17"),
        ("sessions", "sessions", "community_id", "17"),
        ("people", "accounts", "id", BEYOND),
        ("people", "members", "zone", "../etc"),
        ("community", "communities", "zone", "Mars/Olympus"),
    ],
)
def test_row_nobody_here_could_have_written_is_not_imported(
    sqlite_url: str, tmp_path: Path, area: str, table: str, field: str, value: object
) -> None:
    with chatting(sqlite_url) as chat:
        plan(chat)
    [home] = export(sqlite_url, tmp_path / "out", quietly)
    areas = json.loads((home / f"{area}.json").read_text())
    row = areas[table][0]
    row[field] = value
    (home / f"{area}.json").write_text(json.dumps(areas))
    with pytest.raises(CannotStart, match=f"{table}, row {row['id']}, field {field}"):
        import_(f"sqlite:///{tmp_path / 'new.db'}", home, quietly, START)


def test_export_edited_where_a_byte_order_mark_is_written_comes_in(
    sqlite_url: str, tmp_path: Path
) -> None:
    with chatting(sqlite_url) as chat:
        plan(chat)
    [home] = export(sqlite_url, tmp_path / "out", quietly)
    for file in home.glob("*.json"):
        file.write_text(file.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert import_(f"sqlite:///{tmp_path / 'new.db'}", home, quietly, START)


def test_exported_files_are_for_their_owner_alone_wherever_they_are_copied(
    sqlite_url: str, tmp_path: Path
) -> None:
    with chatting(sqlite_url) as chat:
        plan(chat)
    [home] = export(sqlite_url, tmp_path / "out", quietly)
    assert {stat.S_IMODE(file.stat().st_mode) for file in home.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("[a](javascript:x)", r"\[a\](javascript:x)"),
        ("<b>*x*</b> &lt;", r"\<b\>\*x\*\</b\> \&lt;"),
        ("- x", r"\- x"),
        ("1. x", r"1\. x"),
        ("https://example.org/a_b", "https://example.org/a_b"),
    ],
)
def test_exported_markdown_reads_no_signs_in_what_people_wrote(
    sqlite_url: str, tmp_path: Path, title: str, written: str
) -> None:
    with chatting(sqlite_url) as chat:
        plan(chat)
        chat.say("amina", f'/session plan title="{title}" when="2026-11-06 15:00"', "#general")
    [home] = export(sqlite_url, tmp_path / "out", quietly)
    assert f"### {written}\n" in (home / "sessions.md").read_text(encoding="utf-8")
