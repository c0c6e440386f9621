"""Shows that what is kept for a while goes, and that backups and exports bring nobody back."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from bot.app.backup import backup, restore
from bot.app.export import export, import_
from storage import Storage, metadata
from storage.retention import prune
from storage.tables import Thing
from tests.bot.app.test_moving import kept, plan, quietly
from tests.chatting import Chat

pytestmark = pytest.mark.slow

BRUNO = "bruno"


def names(url: str) -> list[str]:
    storage = Storage(url)
    with storage.read() as open:
        found = open.db.execute(text("SELECT name FROM members ORDER BY name"))
        gone = [str(row[0]) for row in found]
    storage.close()
    return gone


def erase(url: str, name: str) -> None:
    with kept(url) as chat:
        chat.say(name, "/my erase")
        chat.press(name, "my.erase-now")


def test_older_backup_erases_again_who_was_erased_since(
    database_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    with kept(database_url) as chat:
        plan(chat)
        now = chat.now
    backup(database_url, tmp_path / "all.zip")
    erase(database_url, BRUNO)
    restore(empty_database_url, tmp_path / "all.zip", now, before=database_url)
    assert names(empty_database_url) == ["", "amina"]
    backup(empty_database_url, tmp_path / "again.zip")
    with ZipFile(tmp_path / "again.zip") as archive:
        assert not [name for name in archive.namelist() if BRUNO.encode() in archive.read(name)]


def test_older_export_erases_again_who_was_erased_since(sqlite_url: str, tmp_path: Path) -> None:
    with kept(sqlite_url) as chat:
        plan(chat)
        now = chat.now
    export(sqlite_url, tmp_path / "before", quietly)
    erase(sqlite_url, BRUNO)
    storage = Storage(sqlite_url)
    with storage.write() as open:
        open.db.execute(text("DELETE FROM communities"))
    storage.close()
    import_(sqlite_url, tmp_path / "before", quietly, now)
    assert names(sqlite_url) == ["", "amina"]
    export(sqlite_url, tmp_path / "after", quietly)
    words = [file.read_text() for file in (tmp_path / "after").rglob("*") if file.is_file()]
    assert not [one for one in words if BRUNO in one]


def test_who_came_back_before_the_backup_stays(sqlite_url: str, tmp_path: Path) -> None:
    with kept(sqlite_url) as again:
        plan(again)
        again.say(BRUNO, "/my erase")
        again.press(BRUNO, "my.erase-now")
        again.time("+1d")
        again.join(BRUNO, zone="America/Bogota", locale="en", role="member")
        now = again.now
    backup(sqlite_url, tmp_path / "all.zip")
    restore(f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "all.zip", now, before=sqlite_url)
    assert names(f"sqlite:///{tmp_path / 'new.db'}") == ["", "amina", BRUNO]


def sent(chat: Chat) -> int:
    with chat.storage.read() as open:
        found = open.db.scalar(text("SELECT count(*) FROM deliveries WHERE state = 'sent'"))
        return int(found or 0)


def test_sent_deliveries_go_after_ninety_days_when_nothing_about_them_is_to_come(
    chat: Chat,
) -> None:
    plan(chat)
    far = '/session plan title=Far when="2027-06-01 15:00"'
    chat.say("amina", far, "#general")
    chat.press("amina", "Announce now")
    chat.time("+60d")
    assert sent(chat) > 2
    chat.time("+40d")
    assert sent(chat) == 2  # the announcement of what is to come, and its thread


def test_note_to_hosts_goes_thirty_days_after_the_session(chat: Chat) -> None:
    plan(chat)
    chat.say("amina", '/session note session="Élan" note="wheelchair"')
    chat.time("+30d")
    assert "wheelchair" in chat.say("amina", '/session who "Élan d’été 🌱"').text
    chat.time("+5d")
    assert "wheelchair" not in chat.say("amina", '/session who "Élan d’été 🌱"').text


def test_note_to_hosts_can_be_emptied_by_its_author(chat: Chat) -> None:
    plan(chat)
    chat.say("amina", '/session note session="Élan" note="wheelchair"')
    note = chat.forge("amina", "session.note", session="Élan").form["note"]
    assert note.value == "wheelchair"
    assert "deleted your note" in chat.fill("amina", note="").text
    assert "wheelchair" not in chat.say("amina", '/session who "Élan d’été 🌱"').text


def test_many_old_rows_go_some_at_a_time(chat: Chat) -> None:
    plan(chat)
    with chat.storage.write() as open:
        for number in range(1200):
            open.events.add(f"local|local|{number}", chat.now, "")
    chat.time("+4d")
    with chat.storage.write() as open:
        assert prune(open.db.connection(), chat.now) == 0
        assert open.db.scalar(text("SELECT count(*) FROM events")) == 0


def test_every_table_says_what_it_is_for_and_how_long_it_is_kept() -> None:
    declared = {kind.class_.__tablename__: kind.class_.privacy for kind in Thing.registry.mappers}
    assert declared.keys() >= metadata.tables.keys()
    for privacy in declared.values():
        assert all((privacy.what, privacy.why, privacy.seen_by, privacy.keep.words))
