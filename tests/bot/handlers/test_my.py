"""Shows that people get everything kept of them, and that nothing is left when they are erased."""

import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url

from bot.protocol import Say
from storage import metadata
from storage.integrity import findings
from storage.personal import references
from tests.bot.app.test_moving import unpacked_modes
from tests.chatting import Chat
from tests.lives import CANARIES, called, is_left_alone, kept, lived, member_of, others, rows

pytestmark = pytest.mark.slow


def handed_over(chat: Chat, name: str) -> ZipFile:
    return ZipFile(io.BytesIO(chat.say(name, "/my data").files["my-data.zip"]))


def file_of(chat: Chat) -> bytes:
    """Give the bytes of the file with all that stands beside it."""
    file = Path(str(make_url(str(chat.storage.engine.url)).database))
    return b"".join(one.read_bytes() for one in sorted(file.parent.glob(f"{file.name}*")))


def erase(chat: Chat, name: str) -> str:
    chat.say(name, "/my erase")
    return chat.press(name, "Erase everything").text


@pytest.fixture(scope="module")
def lived_once(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("lived") / "lived.db"))
    with kept(f"sqlite:///{file}") as chat:
        lived(chat)
    return file


@pytest.fixture
def full(lived_once: Path, tmp_path: Path) -> Iterator[Chat]:
    with kept(f"sqlite:///{shutil.copy(lived_once, tmp_path / 'convener.db')}") as chat:
        yield chat


@pytest.fixture
def full_anywhere(database_url: str) -> Iterator[Chat]:
    with kept(database_url) as chat:
        lived(chat)
        yield chat


def test_file_holds_everything_as_json_and_as_tables(full_anywhere: Chat) -> None:
    with handed_over(full_anywhere, "zuleika") as archive:
        everything = json.loads(archive.read("my-data.json"))["tables"]
        assert everything["members"][0]["brings"] == "brings-vexil"
        assert everything["rsvps"][0]["note"] == "note-vexil"
        assert everything["turns"][0]["session"] == "Water"
        for table, kept_rows in everything.items():
            read = list(csv.DictReader(io.StringIO(archive.read(f"{table}.csv").decode())))
            assert len(read) == len(kept_rows) > 0
    assert {"accounts", "aways", "deliveries", "events", "local_things"} <= everything.keys()


def test_file_is_handed_over_to_its_owner_alone_and_tells_of_nobody_else(full: Chat) -> None:
    shown = full.say("zuleika", "/my data", "#general")
    assert [one.to for one in shown if one.files] == ["@zuleika"]
    assert unpacked_modes(handed_over(full, "zuleika")) == {0o600}
    with handed_over(full, "bruno") as archive:
        assert b"vexil" not in archive.read("my-data.json")


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(1)"])
def test_cell_is_no_formula(full: Chat, begins: str) -> None:
    full.say("zuleika", f'/my profile brings="{begins}"')
    with handed_over(full, "zuleika") as archive:
        (member,) = csv.DictReader(io.StringIO(archive.read("members.csv").decode()))
        assert member["brings"] == f"'{begins}"
        assert json.loads(archive.read("my-data.json"))["tables"]["members"][0]["brings"] == begins


def test_erasure_says_first_what_goes_and_what_stays(full: Chat) -> None:
    before = rows(full.storage.engine)
    said = full.say("zuleika", "/my erase").text
    goes, stays = said.split("This stays, without your name:")
    assert "RSVPs, with your notes to hosts: 1" in goes
    assert "Periods away: 1" in goes
    assert "Turns as host: 1" in stays
    assert rows(full.storage.engine)["members"] == before["members"]


def test_nothing_of_somebody_erased_is_left_in_the_file(
    full: Chat, capfd: pytest.CaptureFixture[str]
) -> None:
    assert all(word.encode() in file_of(full) for word in CANARIES)
    erase(full, "zuleika")
    full.time("+1m")
    left = file_of(full)
    assert [word for word in (*CANARIES, "Secretdraft") if word.encode() in left] == []
    told = capfd.readouterr()
    assert "zuleika" not in told.out + told.err


def test_nothing_of_somebody_erased_is_left_in_any_table(full_anywhere: Chat) -> None:
    erase(full_anywhere, "zuleika")
    left = json.dumps(rows(full_anywhere.storage.engine), default=str, ensure_ascii=False)
    assert [word for word in CANARIES if word in left] == []
    assert all(number == 0 for _, number in findings(full_anywhere.storage.engine))


def test_turns_are_offered_to_others_and_past_ones_are_somebodys(full: Chat) -> None:
    told = erase(full, "zuleika")
    assert "I've erased your data" in told
    turns = rows(full.storage.engine)["turns"].values()
    assert {turn["state"] for turn in turns} == {"accepted", "given", "open"}


def test_rows_of_everybody_else_stay_as_they_are(full: Chat) -> None:
    before = rows(full.storage.engine)
    erase(full, "zuleika")
    after = rows(full.storage.engine)
    gone = member_of(before, "zuleika")
    for table, id, row in others(before, gone):
        assert is_left_alone(after, table, id, row), table
    rest = [row for row in before["deliveries"].values() if row["member_id"] not in (gone, None)]
    left = {row["id"] for row in after["deliveries"].values()}
    assert {row["id"] for row in rest if row["about"] != f"member:{gone}"} <= left


def test_stored_replies_say_nothing_more_and_are_not_carried_out_again(full: Chat) -> None:
    erase(full, "zuleika")
    before = rows(full.storage.engine)
    assert sorted(row["answer"] for row in before["events"].values()) == ["", ""]
    answer = called(full, "zuleika", "session.rsvp", "e3", session="Soil", answer="maybe")
    assert isinstance(answer.reply, Say)
    after = rows(full.storage.engine)
    assert (after["rsvps"], after["members"]) == (before["rsvps"], before["members"])


def test_nobody_brings_somebody_erased_back_by_a_mention(full: Chat) -> None:
    erase(full, "zuleika")
    before = rows(full.storage.engine)
    for words in ("/people show <@zuleika|zuleika>", "/host ask session=Water person=<@zuleika|z>"):
        assert "I keep nothing about this person" in full.say("amina", words)
    assert rows(full.storage.engine)["accounts"] == before["accounts"]
    assert "zuleika" not in full.say("amina", "/people find")


def test_who_comes_back_is_somebody_new(full: Chat) -> None:
    erase(full, "zuleika")
    full.join("zuleika", zone="Africa/Nairobi", locale="en", role="member")
    assert "brings-vexil" not in full.say("amina", "/people show @zuleika")
    members = rows(full.storage.engine)["members"].values()
    assert sorted(row["name"] for row in members) == ["", "amina", "bruno", "zuleika"]


def test_somebody_is_said_in_the_language_of_the_reader(full: Chat) -> None:
    full.say("bruno", "/session rsvp session=Water answer=yes")
    full.time("+10d")
    erase(full, "zuleika")
    assert "- somebody: 1 turn" in full.say("amina", "/host history")
    assert "- alguien: 1 turno" in full.say("bruno", "/host history")


class ProcessStopped(Exception):
    """The process was stopped here."""


def stopping_at(number: int) -> Callable[..., None]:
    """Make what stops at the statement of a number."""
    left = [number]

    def stop(connection: Connection, *_: object) -> None:
        left[0] -= 1
        if left[0] == -1:  # whoever apologises for it may ask again
            raise ProcessStopped

    return stop


@pytest.mark.nightly
def test_stopped_at_any_statement_leaves_all_or_nothing(full: Chat) -> None:
    engine, number, before = full.storage.engine, 0, rows(full.storage.engine)
    while True:
        stop = stopping_at(number)
        event.listen(engine, "before_cursor_execute", stop)
        try:
            answer = called(full, "zuleika", "my.erase-now", "gone")
        finally:
            event.remove(engine, "before_cursor_execute", stop)
        assert isinstance(answer.reply, Say)
        if answer.reply.goes:
            break
        assert rows(full.storage.engine) == before, f"half done at statement {number}"
        number += 1
    assert number > 40
    left = json.dumps(rows(full.storage.engine), default=str, ensure_ascii=False)
    assert [word for word in CANARIES if word in left] == []


def test_pages_are_overwritten_by_an_erasure_that_goes_on_alone(full: Chat) -> None:
    called(full, "zuleika", "my.erase-now", "gone")
    full.time("+1m")
    with closing(sqlite3.connect(str(make_url(str(full.storage.engine.url)).database))) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_every_reference_to_a_person_says_what_becomes_of_it() -> None:
    declared = {(one.table.name, one.column.name) for one in references()}
    found = {
        (table.name, key.parent.name)
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "members"
    }
    assert found == declared


def test_my_week_leads_to_the_set_up_until_there_is_one(chat: Chat) -> None:
    chat.join("amina", zone="Africa/Nairobi", locale="en")
    assert "Set up the community" in chat.say("amina", "/my week").labels
    chat.say("amina", '/community setup name="Water Circle"')
    assert "Set up the community" not in chat.say("amina", "/my week").labels
