"""Reads when somebody wants to be reminded of sessions, as people write it in three languages."""

import re
from contextlib import suppress
from datetime import time, timedelta
from typing import NamedTuple

from bot.moments.distance import BEFORE, OF_WHAT, read_distance
from bot.moments.hours import hour_of, length
from bot.moments.phrase import Phrase, Unclear
from bot.moments.words import canonical, fold

DAY = 24 * 60
FARTHEST = 366 * DAY
"""Minutes before the start at most."""
MOST = 6
"""Reminders of one session at most, beside the one at an hour of its day."""
LONGEST_WISH = 300
"""Characters."""
NEVER = "none|never|no|off|nothing|ninguno|ninguna|nunca|nada|aucun|aucune|jamais|non|rien"
USUAL = (
    "usual|the usual|the usual ones|usual ones|default|standard|as usual|los de siempre|"
    "como siempre|lo habitual|los habituales|habitual|habituales|los usuales|comme d habitude|"
    "les habituels|habituel|habituels|par defaut|comme toujours"
)
START = (
    "0|start|the start|at the start|at start|on start|when it starts|when it begins|"
    "at the beginning|now|starting now|inicio|al inicio|al empezar|al comenzar|al comienzo|"
    "cuando empiece|cuando empieza|cuando comienza|debut|au debut|au commencement|"
    "au moment du debut|quand ca commence|quand elle commence|lorsqu elle commence"
)
_NAMED = {"both": (DAY, 60), "day": (DAY,), "hour": (60,)}
"""What menus send; those of earlier messages offer both."""
_COMMAS = re.compile(r"(?<!\d),|,(?!\d)|[;\n]")
_AND = re.compile(r" (?:AND|Y|&|\+) ")
_EXACT = re.compile(r"(\d{1,6})m")
_SHORT = re.compile(r"(\d{1,3}) ?([djws])")
_UNITS = {"UM": 30 * DAY, "Uw": 7 * DAY, "Ud": DAY}
_LENGTH = re.compile(
    r"(?:(?:con|with|;|THE|IN) )*"
    r"(?P<days>(?:\d{1,3} U[Mwd] ?)+)?"
    r"(?P<rest>(?:\d{1,4}(?:[.,]\d{1,2})? )?Uh(?: (?:AND |Y )?(?:P30|P15|\d{1,2}(?: Um)?))?"
    r"|\d{1,4} Um)?"
)
_BEFORE = re.compile(rf" (?:{BEFORE}){OF_WHAT}$")
_OF_THE_DAY = re.compile(
    r"(?<!\S)(?:(?:;|THE|OF|on|that|du|le|de|del|el|al) )*(?:(?:mismo|same|meme|ese|this) )?"
    r"(?:Ud|day|jour|dia)(?: (?:meme|mismo|itself|(?:OF|THE|;|de|du|session|sesion|la|it) ?)*)?$"
    r"|^(?:THE |; |on )*(?:mismo |same |meme )?Ud(?: meme| mismo)? (?=AT )"
)
_NOTHING = re.compile(r"(?:;|THE|AT|IN|OF|on|de|la|las|\s)*")


class Reminding(NamedTuple):
    """When somebody is reminded: minutes before the start, and an hour of its day.

    Without `offsets` that is the usual; with none of both it is never.
    """

    offsets: tuple[int, ...] | None
    at: time | None = None

    @property
    def never(self) -> bool:
        """Whether they are not reminded at all."""
        return self.offsets == () and self.at is None


def read_reminding(raw: str, *, locale: str) -> Reminding:
    """Read "2 days, 3 hours, at the start, 8 in the morning", "never" or "the usual".

    Raises Unclear, with the `word` that was not understood: "too_far" beyond a year, "several" for
    too many of them or two hours of a day.
    """
    if len(raw) > LONGEST_WISH:
        raise Unclear("unreadable")
    whole = _plain(raw)
    if whole in USUAL.split("|"):
        return Reminding(None)
    if whole in NEVER.split("|"):
        return Reminding(())
    if whole in _NAMED:
        return Reminding(_NAMED[whole])
    parts = [part.strip() for part in _COMMAS.split(raw) if part.strip()]
    read = [each for part in parts for each in _part(part, locale, alone=len(parts) == 1)]
    offsets = sorted({each for each in read if isinstance(each, int)}, reverse=True)
    hours = {each for each in read if isinstance(each, time)}
    if len(offsets) > MOST or len(hours) > 1:
        raise Unclear("several")
    if not read:
        raise Unclear("unreadable")
    return Reminding(tuple(offsets), next(iter(hours), None))


def _plain(raw: str) -> str:
    return " ".join(re.sub(r"[^\w&+]+", " ", fold(raw)).split())


def _part(raw: str, locale: str, *, alone: bool) -> list[int | time]:
    """Read what stands between two commas: one of them, or several joined by "and".

    "2 hours and 30 minutes" is one where it is `alone`: in a list the last are joined so.
    """
    if (exact := _exact(raw)) is not None:
        return [_near(exact)]
    tokens = canonical(fold(raw.strip("()[].")), locale)
    try:
        if alone:
            with suppress(Unclear):
                return [_single(tokens)]
        return [0 if _starts(part) else _single(part) for part in _AND.split(tokens)]
    except Unclear as unclear:
        raise Unclear(unclear.reason, word=raw) from None


def _exact(raw: str) -> int | None:
    """Read what is written shortly, or in words that stand for a number; None: it is not."""
    if _plain(raw) in START.split("|"):
        return 0
    if exact := _EXACT.fullmatch(raw):
        return int(exact[1])
    if short := _SHORT.fullmatch(fold(raw)):
        return int(short[1]) * (7 if short[2] in "ws" else 1) * DAY
    days = read_distance(raw)
    return -days * DAY if days is not None and days < 0 else None


def _starts(tokens: str) -> bool:
    return " ".join(tokens.lower().replace(";", " ").split()) in START.split("|")


def _single(tokens: str) -> int | time:
    said = _LENGTH.fullmatch(_BEFORE.sub("", tokens).strip())
    if said and (said["days"] or said["rest"]):
        counted = re.findall(r"(\d+) (U[Mwd])", said["days"] or "")
        days = sum(int(count) * _UNITS[unit] for count, unit in counted)
        return _near(days + (length(said["rest"].strip()) if said["rest"] else 0))
    return _hour(tokens)


def _near(minutes: int) -> int:
    if minutes > FARTHEST:
        raise Unclear("too_far")
    return minutes


def _hour(tokens: str) -> time:
    phrase = Phrase(_OF_THE_DAY.sub("", tokens).strip())
    hour = hour_of(phrase, "24", dated=True)
    if hour is None or not _NOTHING.fullmatch(phrase.left):
        raise Unclear("unreadable")
    minutes = hour.clock // timedelta(minutes=1) % DAY
    return time(*divmod(minutes, 60))
