"""Shows that sessions are found by their words on every database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from storage import Records, Storage
from storage.finding import Search
from storage.notes import Notes
from storage.sessions import Session
from storage.sight import PUBLIC

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    """Have a session held, two to come, and a draft."""
    storage = Storage(database_url)
    with storage.write() as transaction:
        home = transaction.community_at("local", "home", NOW, "en", "UTC")
        records = transaction.records(home.id)
        keep(records, "Held", -3, "soil water 100%", ["es"])
        keep(records, "Later", 9, "soil a_b", ["en", "es"])
        keep(records, "Soon", 2, "soil")
        keep(records, "Draft", 3, "soil", state="draft")
        yield records
    storage.close()


def keep(
    records: Records,
    title: str,
    days: int,
    words: str,
    languages: list[str] | None = None,
    state: str = "announced",
) -> None:
    at = NOW + timedelta(days=days)
    kept = Session(
        title=title, starts_at=at, wall=f"{at:%Y-%m-%d %H:%M}", zone="UTC", minutes=60,
        created_at=NOW, state=state, search_words=words, languages=languages or [],
    )  # fmt: skip
    records.sessions.add(kept)


def titles(records: Records, *words: str, **how: str | bool) -> list[str]:
    search = Search(words, **how)  # type: ignore[arg-type]
    return [one.title for one in records.finding.listed(records.finding.ids(search, PUBLIC, NOW))]


def test_what_is_to_come_stands_before_what_was_held(records: Records) -> None:
    assert titles(records, "soil") == ["Soon", "Later", "Held"]
    assert titles(records, past=True) == ["Held"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("%", ["Held"]), ("_", ["Later"]), ("a_b", ["Later"]), ("axb", []), ("/", [])],
)
def test_signs_of_patterns_stand_for_themselves(
    records: Records, words: str, found: list[str]
) -> None:
    assert titles(records, words) == found


def test_every_word_and_the_language_are_needed(records: Records) -> None:
    assert titles(records, "soil", "water") == ["Held"]
    assert titles(records, "soil", language="en") == ["Later"]
    assert titles(records, "soil", language="e") == []


def test_words_are_dropped_of_what_somebody_took_notes_of(records: Records) -> None:
    member = records.members.meet("local", "home", "bruno", "Bruno", NOW)
    held = records.finding.listed(records.finding.ids(Search(("water",)), PUBLIC, NOW))[0]
    note = Notes(about=held.about, written_at=NOW, discussed="Rivers", member_id=member.id)
    records.db.add(note)
    note.community_id = records.community_id
    records.db.flush()
    assert "Rivers" in records.finding.said_beside(held.about)
    records.finding.forget(member.id)
    assert titles(records, "water") == []
    assert titles(records, "held") == ["Held"]
    assert [one.title for one in records.finding.unread(9)] == ["Held"]
