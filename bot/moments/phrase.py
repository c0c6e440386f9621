"""A phrase of tokens, from which is cut what has been understood, and why one was not."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal

Reason = Literal[
    "unreadable", "impossible", "weekday", "no_time", "no_day", "span", "length", "several",
    "too_far", "series", "one_date", "except_day", "two_ends", "midnight", "which_day",
]  # fmt: skip

LONGEST_TEXT = 100
"""Characters of a moment, a day or a duration."""


class Unclear(ValueError):
    """What was written is no moment, day or duration; `reason` says why.

    `day` is the date that does not fall on the "weekday" written beside it; `word` one that is not
    known; `readings` are what may be meant where it is "several" things.
    """

    def __init__(
        self,
        reason: Reason,
        day: date | None = None,
        word: str = "",
        readings: Sequence[Any] = (),
    ) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.day = day
        self.word = word
        self.readings = readings


def pattern(words: str) -> re.Pattern[str]:
    """Compile a pattern of whole tokens."""
    return re.compile(rf"(?<!\S)(?:{words})(?!\S)")


class Phrase:
    """A phrase from which is cut what has been understood; `;` stands where something was."""

    def __init__(self, tokens: str) -> None:
        self.left = tokens

    def cut(
        self, *patterns: re.Pattern[str], wanted: Callable[[re.Match[str]], bool] = bool
    ) -> list[re.Match[str]]:
        """Cut all that some patterns match, as far as it is wanted."""
        matches = []
        for each in patterns:
            matches += [match for match in each.finditer(self.left) if wanted(match)]
            self.left = each.sub(lambda match: ";" if wanted(match) else match[0], self.left)
        return matches

    def one(
        self, *patterns: re.Pattern[str], wanted: Callable[[re.Match[str]], bool] = bool
    ) -> re.Match[str] | None:
        """Cut the only match there may be. Raises Unclear for a second one."""
        matches = self.cut(*patterns, wanted=wanted)
        if len(matches) > 1:
            raise Unclear("unreadable")
        return matches[0] if matches else None
