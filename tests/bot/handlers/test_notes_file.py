"""Shows that hosts add notes as a text file, and nobody else does."""

import pytest
from sqlalchemy import select

from bot.options.files import BIG, NO_TEXT
from storage.assets import Asset
from tests.chatting import Chat

LONG = "\n".join(f"{number}. What we said, and *why*" for number in range(1500))


@pytest.fixture
def held(attended: Chat) -> Chat:
    """Have the session begin."""
    attended.time("2026-11-05T15:30Z")
    return attended


def notes(chat: Chat) -> list[str]:
    with chat.storage.read() as transaction:
        return [asset.words for asset in transaction.db.scalars(select(Asset))]


def test_notes_of_forty_thousand_characters_are_kept_in_pages(held: Chat) -> None:
    assert len(LONG) > 40_000
    held.say("amina", "/session notes-file Hello")
    assert f"I've kept the notes of “Hello”: {len(LONG):,} characters." in held.fill(
        "amina", file=LONG
    )
    assert "\n".join(notes(held)) == LONG
    assert all(len(page) <= 3000 for page in notes(held))


@pytest.mark.parametrize(
    ("file", "refused"),
    [(BIG, "This file is too big."), (NO_TEXT, "I can only read text files")],
)
def test_what_cannot_be_read_is_said_in_its_field(held: Chat, file: str, refused: str) -> None:
    held.say("amina", "/session notes-file Hello")
    assert refused in held.fill("amina", file=file)
    assert not notes(held)


def test_only_hosts_and_those_who_may_change_it_add_notes(held: Chat) -> None:
    refused = held.say("bruno", '/session notes-file Hello file="Mine"')
    assert "Only the session's hosts" in refused
    assert not notes(held)


def test_nothing_is_added_before_it_begins(attended: Chat) -> None:
    early = attended.say("amina", '/session notes-file Hello file="Early"')
    assert "You can do that once the session has begun." in early
