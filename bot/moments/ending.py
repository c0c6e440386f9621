"""Finds the moment at the end of a line that begins with other words: "Team call tomorrow 3pm"."""

import re
from collections.abc import Sequence
from datetime import datetime

from bot.moments.phrase import LONGEST_TEXT, Reason, Unclear
from bot.moments.reading import MomentReader
from bot.moments.series_reading import OF_SERIES_ALONE, is_series, read_series
from bot.moments.series_words import tokens_of
from bot.moments.words import canonical, fold

LONGEST = 12
"""Words of a moment at the end of a line."""
LONGEST_OF_SERIES = 30
"""Words of a series there."""
ASKED: frozenset[Reason] = frozenset(
    ("several", "weekday", "span", "impossible", "too_far", "no_time")
)
"""What is said to be wrong with words that are meant as a moment all the same."""
_NUMBER = re.compile(r"\d{4}", re.ASCII)
_PART = re.compile(r"(?<!\S)(?:AM|PM|MORN|NIGHT)(?!\S)")
_LINK = re.compile(r"[\W_]+|for|para|pour", re.IGNORECASE)
"""What stands between the words and the moment, and belongs to neither."""


def moment_at_end(
    words: Sequence[str], *, locale: str, zone: str, now: datetime
) -> tuple[int, int] | None:
    """Say how many words stand before the moment at their end, and with which one it begins.

    The longest moment is meant. A part of the day that comes first belongs to both: "Movie night
    tomorrow at 8" is a movie night, at 20:00. A moment that is not clear, or lacks its hour, is
    found as well, so that it can be asked about, and so is a series that begins with "every". None
    where there is none.
    """
    reader = MomentReader(locale, zone, now)
    for begin in range(max(0, len(words) - LONGEST), len(words)):
        if _is_moment(words[begin:], reader) or _comes_again(words[begin:], reader):
            return _before(words, begin, locale), begin
    return None


def series_at_end(
    words: Sequence[str], *, locale: str, zone: str, now: datetime
) -> tuple[int, int] | None:
    """Say the same of the series at their end: "Team call last Friday of the month at 10"."""
    reader = MomentReader(locale, zone, now)
    for begin in range(max(0, len(words) - LONGEST_OF_SERIES), len(words)):
        if not _LINK.fullmatch(words[begin]) and _is_series(words[begin:], reader):
            return _before(words, begin, locale), begin
    return None


def _is_series(words: Sequence[str], reader: MomentReader) -> bool:
    text = " ".join(words)
    try:
        read_series(text, locale=reader.locale, zone=reader.zone, now=reader.now)
    except Unclear as unclear:
        known = not any(map(str.islower, tokens_of(fold(text), reader.locale).split()))
        return known and unclear.reason in (*ASKED, *OF_SERIES_ALONE)
    return True


def _is_moment(words: Sequence[str], reader: MomentReader) -> bool:
    """Say whether words are a moment; a number that may be a year or an hour begins none."""
    if sum(map(len, words)) > LONGEST_TEXT:
        return False
    if _NUMBER.fullmatch(words[0]) or _LINK.fullmatch(words[0]):
        return False
    unclear = _unclear(words, reader)
    if unclear is None or unclear.reason not in ASKED:
        return unclear is None
    alone = [_unclear([word], reader) for word in words]
    return not any(word and word.word for word in alone)


def _comes_again(words: Sequence[str], reader: MomentReader) -> bool:
    """Say whether words are a series that begins with "every"."""
    begin = tokens_of(fold(" ".join(words[:2])), reader.locale)
    return begin.startswith(("EACH", "MANY")) and is_series(" ".join(words), reader)


def _unclear(words: Sequence[str], reader: MomentReader) -> Unclear | None:
    try:
        reader.moment(" ".join(words))
    except Unclear as unclear:
        return unclear
    return None


def _before(words: Sequence[str], begin: int, locale: str) -> int:
    """Count the words that belong to what stands before the moment."""
    end = begin
    if begin and _PART.match(_tokens(words[begin:], locale)):
        parts = _parts(words[begin:], locale)
        while end < len(words) and _parts(words[end:], locale) == parts:
            end += 1
    while end > 1 and _LINK.fullmatch(words[end - 1]):
        end -= 1
    return end


def _parts(words: Sequence[str], locale: str) -> int:
    return len(_PART.findall(_tokens(words, locale)))


def _tokens(words: Sequence[str], locale: str) -> str:
    return canonical(fold(" ".join(words)), locale)
