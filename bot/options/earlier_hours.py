"""Takes at which hours a series was held before, and how often: "15:00 × 10, 9:00 × 2"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import Unreadable
from bot.folding import normalized
from bot.i18n import t
from bot.options.basic import Kind, Reading
from bot.signs import cleaned

_CLOCK = r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)?)? ?(?P<half>am|pm)?"
_HELD = re.compile(rf"{_CLOCK} ?(?:[x×*] ?(?P<times>\d{{1,3}}))?", re.IGNORECASE)
MOST = 12
"""Different hours at most."""


@dataclass(frozen=True, slots=True)
class EarlierHours(Kind):
    """Hours of the day, each with how many times a session was held then; 0 leaves one out."""

    limit: int = 300
    empty: Any = ()

    def read(self, raw: str, reading: Reading) -> Sequence[tuple[str, int]]:
        parts = [part.strip() for part in re.split(r"[,;\n]", normalized("NFKC", raw))]
        held = [row for part in parts if part and (row := _held(part))[1]]
        if len(held) > MOST:
            raise Unreadable(t("That's too many hours: {count} at most.", count=MOST))
        return held

    def raw(self, value: Any, reading: Reading) -> str:
        return ", ".join(f"{clock} × {times}" for clock, times in value)


def _held(part: str) -> tuple[str, int]:
    match = _HELD.fullmatch(part)
    if match is None or match[0].isdecimal() or not _possible(match):
        raise Unreadable(
            t(
                "I don't understand “{words}”. Write it like 15:00 × 10.",
                words=cleaned(part)[:40],
            )
        )
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return f"{hour:02}:{match['minute'] or '00'}", int(match["times"] or 1)


def _possible(match: re.Match[str]) -> bool:
    hour, minute = (int(match[part] or 0) for part in ("hour", "minute"))
    return hour <= (12 if match["half"] else 23) and minute < 60
