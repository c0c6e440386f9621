"""Shows what is read of an uploaded file, and what is refused kindly."""

import pytest

from bot.errors import Unreadable
from bot.i18n import t
from bot.options.basic import HELD, Reading
from bot.options.files import BIG, MOST, NO_TEXT, FileText, text_of

WORDS = "Água y ñandú\nfin"


def test_each_kind_of_file_has_its_own_limit(reading: Reading) -> None:
    notes, calendar = FileText(t("File")), FileText(t("File"), limit=MOST, exact=True)
    long = " x\n" * 500_000
    with pytest.raises(Unreadable, match="at most"):
        notes.read(long, reading)
    assert len(calendar.read(long, reading)) > HELD


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_text_is_read_however_it_was_saved(encoding: str) -> None:
    assert text_of(WORDS.encode(encoding)) == WORDS


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00 docx", NO_TEXT),
        (b"\x89PNG\r\n\x1a\n\x00", NO_TEXT),
        (b"%PDF-1.7\n1 0 obj", NO_TEXT),
        (b"x" * (MOST + 1), BIG),
    ],
)
def test_what_is_no_text_or_too_big_is_not_read(content: bytes, refused: str) -> None:
    assert text_of(content) == refused
