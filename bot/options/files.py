"""Knows the kind of argument that is the text of an uploaded file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.errors import Unreadable
from bot.i18n import Text, t
from bot.options.basic import HELD, Kind, Reading
from bot.protocol import Widget
from bot.signs import cleaned, storable

MOST = 8_000_000
"""Bytes of a file that are read, whatever it is for; each kind may take less."""
TYPES = ("txt", "md", "csv", "ics")
"""How the names of files end that are text for sure; what is in them is looked at all the same."""
BIG, NO_TEXT, AWAY = "\ue000big", "\ue000no text", "\ue000away"
WHY: Mapping[str, Text] = {
    NO_TEXT: t("I can only read text files, such as .txt or .md. Save it as plain text first."),
    AWAY: t("I couldn't get this file. Please upload it again."),
}
"""Why there is no text of a file, by the value that stands in its place."""
NEVER = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
SHARE = 1000
"""Of so many signs one may be no sign of a text: calendars have been seen with such."""
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""How a file that says so itself is written."""


def text_of(content: bytes) -> str:
    """Read the text of a file as a raw value; what is no text is refused when that is read."""
    if len(content) > MOST:
        return BIG
    written = next((MARKS[mark] for mark in MARKS if content.startswith(mark)), "")
    for encoding in (written,) if written else ("utf-8", "cp1252", "latin-1"):
        try:
            words = content.decode(encoding).lstrip("\ufeff")
        except UnicodeError:
            continue
        return NO_TEXT if _is_binary(words) else storable(words)
    return NO_TEXT


def _is_binary(words: str) -> bool:
    """Say whether something has more signs in it that no text has than may be there by mistake."""
    return (
        "\x00" in words
        or words.startswith("%PDF-")
        or len(NEVER.findall(words)) * SHARE > len(words)
    )


@dataclass(frozen=True, slots=True)
class FileText(Kind):
    """A file with plain text in it.

    It has at most `limit` characters; an `exact` one is given as it was written. `refusal`
    is what somebody reads whose file holds no text.
    """

    widget: Widget = "file"
    limit: int = HELD
    empty: Any = ""
    exact: bool = False
    refusal: Text = WHY[NO_TEXT]
    reads: ClassVar[int] = MOST

    def read(self, raw: str, reading: Reading) -> str:
        if raw == NO_TEXT:
            raise Unreadable(self.refusal)
        if raw in WHY:
            raise Unreadable(WHY[raw])
        if raw == BIG or len(raw) > self.limit:
            size = self.limit // 1_000_000
            raise Unreadable(t("This file is too big. Send one of at most {size} MB.", size=size))
        if self.exact:
            words = raw.strip("\ufeff\r\n ")
        else:
            words = "\n".join(cleaned(line) for line in raw.splitlines()).strip()
        if not words:
            raise Unreadable(t("There's nothing in this file."))
        return words
