"""Makes rows of what was read of a file of sessions: plain data, as an import keeps them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from bot.moments import instant, wall
from bot.signs import cleaned

HOUR, DAY = 60, 24 * 60
"""Minutes of a session of which no end is said, and of a day."""
LONGEST = 14 * DAY
YEARS = 10
HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?:/\S*)?")
"""A web address as people say it, from the host's name on."""
LIMITS: Mapping[str, int] = {"title": 150, "description": 3000, "link": 500, "place": 300}
"""Characters that are kept of what is said of a session; what is longer is cut."""
MOST = 50_000
"""Entries of a file that are read."""


class LeftOut(Exception):
    """An entry that cannot be a session: `why` is the name of a reason, `words` what was wrong."""

    def __init__(self, why: str, words: str = "") -> None:
        super().__init__(why)
        self.why, self.words = why, shortened(cleaned(words), 80)


@dataclass(slots=True)
class Entries:
    """What was read of a file: rows, problems (where, why, what, a title), notes for the preview.

    `error` says why nothing could be read at all.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[list[Any]] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    error: str = ""

    def unfit(self, where: int, reason: LeftOut, title: str = "") -> None:
        """Keep why an entry is left out, and its title where the reason does not say it."""
        name = shortened(cleaned(title), 80)
        named = [name] if name and name != reason.words else []
        self.problems.append([where, reason.why, reason.words, *named])

    def count(self, what: str, number: int = 1) -> None:
        """Count something that the preview says."""
        self.notes[what] = self.notes.get(what, 0) + number


def said_of(values: Mapping[str, str]) -> dict[str, str]:
    """Give what is said of a session, cleaned and cut. Raises LeftOut without a title.

    A place that is a web address is the link, where there is no other.
    """
    said = {name: _seen(name, values.get(name, "")) for name in LIMITS}
    if not said["title"]:
        raise LeftOut("no_title")
    if is_address(said["place"]):
        said["link"], said["place"] = said["link"] or said["place"], ""
    return said


def _seen(name: str, words: str) -> str:
    lines = words.splitlines() if name == "description" else [words]
    kept = "\n".join(cleaned(line) for line in lines).strip()
    if name == "link":
        kept = kept if "://" in kept or not HOST.fullmatch(kept) else f"https://{kept}"
        return kept if is_address(kept) and len(kept) <= LIMITS[name] else ""
    return shortened(kept, LIMITS[name])


def shortened(words: str, limit: int) -> str:
    """Cut words that are too long."""
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def is_address(words: str) -> bool:
    """Say whether words are a web address."""
    return words.casefold().startswith(("https://", "http://")) and " " not in words


def placed(begin: str, zone: str, minutes: int, now: datetime) -> dict[str, Any]:
    """Say when something is. Raises LeftOut for what is too long or too far away."""
    at = instant(begin, ZoneInfo(zone))
    if at.year > now.year + YEARS or at.year < 1970:
        raise LeftOut("too_far", begin)
    if minutes > LONGEST:
        raise LeftOut("too_long")
    if minutes < 0:
        raise LeftOut("end")
    return {"at": at.isoformat(), "wall": begin, "zone": zone, "minutes": minutes or HOUR}


def minutes_between(begin: datetime, end: datetime) -> int:
    """Count the minutes from one instant to another."""
    return int((end - begin) // timedelta(minutes=1))


def wall_of(at: datetime, zone: str) -> str:
    """Write an instant as clocks show it in a zone."""
    return wall(at.astimezone(UTC), zone)


def key_of(*parts: str) -> str:
    """Give the key by which an entry is known again."""
    words = "\n".join(parts)
    return words if len(words) <= 200 else sha256(words.encode("utf-8", "replace")).hexdigest()
