"""Knows the kind of argument that is the text of an uploaded file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.errors import Unreadable
from bot.i18n import Text, t
from bot.options.basic import Kind, Reading
from bot.protocol import Widget
from bot.signs import cleaned

MOST = 1_000_000
"""Bytes of a file that are read."""
TYPES = ("txt", "md", "csv")
"""How the names of files end that are text for sure; what is in them is looked at all the same."""
BIG, NO_TEXT, AWAY = "\ue000big", "\ue000no text", "\ue000away"
WHY: Mapping[str, Text] = {
    BIG: t("This file is too big. Send one of at most 1 MB."),
    NO_TEXT: t("I can only read text files, such as .txt or .md. Save it as plain text first."),
    AWAY: t("I couldn't get this file. Please upload it again."),
}
"""Why there is no text of a file, by the value that stands in its place."""
NEVER = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""How a file that says so itself is written."""


def text_of(content: bytes) -> str:
    """Read the text of a file as a raw value; what is no text is refused when that is read."""
    if len(content) > MOST:
        return BIG
    written = next((MARKS[mark] for mark in MARKS if content.startswith(mark)), "")
    for encoding in (written,) if written else ("utf-8", "latin-1"):
        try:
            words = content.decode(encoding)
        except UnicodeError:
            continue
        return NO_TEXT if _is_binary(words) else words
    return NO_TEXT


def _is_binary(words: str) -> bool:
    """Say whether something has signs in it that no text has."""
    return bool(NEVER.search(words))


@dataclass(frozen=True, slots=True)
class FileText(Kind):
    """A file with plain text in it, of at most 1 MB."""

    widget: Widget = "file"
    limit: int = MOST
    empty: Any = ""
    reads: ClassVar[int] = MOST

    def read(self, raw: str, reading: Reading) -> str:
        if raw in WHY:
            raise Unreadable(WHY[raw])
        words = "\n".join(cleaned(line) for line in raw.splitlines()).strip()
        if not words:
            raise Unreadable(t("There's nothing in this file."))
        return words
