"""Takes out of what people and platforms wrote what cannot be seen, or cannot be kept."""

import re
import unicodedata
from collections.abc import Mapping

from bot.folding import normalized

UNSEEN = {"\u200b", "⁠", "﻿", "­"}
TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
BLANK = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}
"""Letters and signs that are drawn as nothing."""
LOST = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""Control characters that part no words, and halves of an emoji: databases refuse some of them."""
NAME = 100
"""Characters of a name, of somebody or of a channel."""


def cleaned(raw: str) -> str:
    """Bring words onto one line, without what cannot be seen or turns the words around.

    Letters of any script stay, and what joins the parts of an emoji. Empty when nothing is seen.
    """
    belong = "".join(sign for sign in raw if sign.isspace() or _belongs(sign))
    kept = normalized("NFC", " ".join(belong.split()))
    visible = any(unicodedata.category(sign)[0] not in "CZ" and sign not in BLANK for sign in kept)
    return kept if visible else ""


def _belongs(sign: str) -> bool:
    return sign not in UNSEEN | TURNING and unicodedata.category(sign) not in ("Cc", "Cs")


def named(raw: str) -> str:
    """Bring what a platform calls somebody, or a channel, into a name that can be kept."""
    return cleaned(raw)[:NAME].rstrip()


def storable(raw: str) -> str:
    """Leave out of words what no database or platform takes; lines and spaces stay."""
    return LOST.sub("", raw)


def storable_id(raw: str) -> str:
    """Write an id so that it can be kept; what no platform has in one makes it nobody's."""
    return LOST.sub("\ufffd", raw)


def all_storable(raw: Mapping[str, str]) -> dict[str, str]:
    """Do the same for words under names."""
    return {storable(name): storable(words) for name, words in raw.items()}
