"""Compares what people type with what is meant: without capitals, accents and odd letters."""

import unicodedata
from collections.abc import Iterator
from typing import Literal

SIGNS = 30
"""Combining signs on one letter, at most."""
APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ′", "'"))
"""Phones write curly ones, and keyboards straight ones."""


def folded(words: str) -> str:
    """Take away capitals, accents and curly apostrophes, to compare typed words."""
    parts = normalized("NFKD", words.translate(APOSTROPHES))
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def normalized(form: Literal["NFC", "NFKC", "NFKD"], words: str) -> str:
    """Normalise words, leaving each letter as many signs as “stream-safe text” does (UAX #15).

    Sorting the signs of one letter takes the square of their number.
    """
    return words if words.isascii() else unicodedata.normalize(form, "".join(_carried(words)))


def _carried(words: str) -> Iterator[str]:
    """Leave out the combining signs that are too many for one letter."""
    row = 0
    for sign in words:
        row = row + 1 if unicodedata.combining(sign) else 0
        if row <= SIGNS:
            yield sign
