"""Reads the lines by which a chat is driven."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.errors import UserError
from bot.i18n import t
from bot.signs import storable

STEP = re.compile(
    r"\+(?=\d)(?:(\d{1,12})w)?(?:(\d{1,12})d)?(?:(\d{1,12})h)?(?:(\d{1,12})m)?(?:(\d{1,12})s)?"
)
QUOTE = r'(?:"(?:[^"\\]|\\.)*"|“[^“”]*”|«[^«»]*»)'
PIECE = re.compile(rf"\\.|{QUOTE}|\S")
ACT = re.compile(r'@?(?P<who>[^\s:"#@=]+)(?:\s+in\s+(?P<where>[#@]\S*?))?\s*:(?:\s+|$)(?P<what>.*)')
JOIN = re.compile(r"join\s+@?(?P<who>[^\s:#@=]+)(?P<options>(?:\s.*)?)")
LEAVE = re.compile(r"leave\s+@?(?P<who>[^\s:#@=]+)")
CHOOSE = re.compile(
    rf"choose\s+(?:(?P<label>{QUOTE})\s*=|(?P<call>\S+)\s+=|(?P<word>[^=\s]+)=)(?P<option>.*)"
)
PAIR = re.compile(rf"\s*(?P<name>{QUOTE}|[^\s=\"]+)\s*=\s*(?P<value>{QUOTE}|[^\s\"]\S*|)(?=\s|$)")
COMMENT = re.compile(rf"\\.|{QUOTE}|(?P<comment>(?<=\s\s)#(?:\s|$))")
ESCAPED = re.compile(r"\\(.)")
YEARS = range(1970, 2500)
ACTIONS = ("press", "choose", "fill", "dismiss")


@dataclass(frozen=True, slots=True)
class JoinLine:
    """Somebody is let in."""

    who: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """Somebody leaves their workspace."""

    who: str


@dataclass(frozen=True, slots=True)
class SayLine:
    """Somebody says words, or gives a command; `where` is `#channel`, `@` or where they are."""

    who: str
    words: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class PressLine:
    """Somebody presses a button, on the message of a title or of an id where that is given."""

    who: str
    wanted: str
    on: str = ""
    where: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class ChooseLine:
    """Somebody chooses from a menu."""

    who: str
    wanted: str
    option: str
    on: str = ""
    where: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class FillLine:
    """Somebody fills fields of their form, and sends it off; `files` are the texts of files."""

    who: str
    values: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DismissLine:
    """Somebody closes their form."""

    who: str


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The clock is moved; without words it is asked."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class AskLine:
    """Something is asked of the chat itself: `help`, `who` or `quit`."""

    what: str


Line = (
    JoinLine
    | LeaveLine
    | SayLine
    | PressLine
    | ChooseLine
    | FillLine
    | DismissLine
    | TimeLine
    | AskLine
)


def read_line(line: str) -> Line | None:
    """Read one line; None where there is nothing to do. Raises UserError."""
    words = _without_comment(storable(line).lstrip("\ufeff").strip())
    if not words or words.startswith("#"):
        return None
    if words in ("help", "who", "quit"):
        return AskLine(words)
    if acting := ACT.fullmatch(words):
        return _act(acting["who"], acting["where"] or "", acting["what"].strip())
    if joining := JOIN.fullmatch(words):
        return JoinLine(joining["who"], read_pairs(joining["options"]))
    if leaving := LEAVE.fullmatch(words):
        return LeaveLine(leaving["who"])
    head, _, rest = words.partition(" ")
    if head == "time":
        return TimeLine(rest.strip())
    raise UserError(t("I can't read this line. Type help to see what you can type."))


def _without_comment(words: str) -> str:
    """Cut off what stands behind a `#` with a gap before it, outside quotes."""
    found = (one for one in COMMENT.finditer(words) if one["comment"])
    comment = next(found, None)
    return words[: comment.start()].rstrip() if comment else words


def _act(who: str, where: str, what: str) -> Line:
    head, _, rest = what.partition(" ")
    if not what:
        raise UserError(t("There's nothing after the colon."))
    acts = head in ACTIONS and (not where or rest.lstrip()[:1] in ('"', "“", "«"))
    if not acts:
        return SayLine(who, ESCAPED.sub(_newline, what) if what.startswith("/") else what, where)
    return READERS[head](who, where, what)


def _press(who: str, where: str, what: str) -> Line:
    wanted, on = _on(what.removeprefix("press").strip())
    if not wanted:
        raise UserError(t("Press a button like this: press “Coming”"))
    return PressLine(who, wanted, on, where)


def _choose(who: str, where: str, what: str) -> Line:
    found = CHOOSE.fullmatch(what)
    option, on = _on(found["option"].strip() if found else "")
    if found is None or not option:
        raise UserError(t("Choose from a menu like this: choose “Remind me” = “A day before”"))
    wanted = found["label"] or found["call"] or found["word"]
    return ChooseLine(who, unquoted(wanted), option, on, where)


def _on(words: str) -> tuple[str, str]:
    """Divide `wanted on "title"`, of which the second part may lack."""
    *_, last = ("", *(found[0] for found in PIECE.finditer(words)))
    lead = words.removesuffix(last)
    rest = lead.rstrip()
    before = rest.removesuffix("on")
    wanted = before.rstrip()
    apart = 0 < len(wanted) < len(before) < len(rest) < len(lead)
    if apart and re.fullmatch(QUOTE, last):
        return unquoted(wanted), unquoted(last)
    return unquoted(words), ""


def _fill(who: str, where: str, what: str) -> Line:
    return FillLine(who, read_pairs(what.removeprefix("fill")))


def _dismiss(who: str, where: str, what: str) -> Line:
    return DismissLine(who)


READERS: Mapping[str, Callable[[str, str, str], Line]] = {
    "press": _press,
    "choose": _choose,
    "fill": _fill,
    "dismiss": _dismiss,
}


def read_pairs(words: str) -> dict[str, str]:
    """Read `name="value"` one behind the other. Raises UserError."""
    found: dict[str, str] = {}
    at, words = 0, words.rstrip()
    while at < len(words):
        pair = PAIR.match(words, at)
        if pair is None:
            begin = words[at:].strip()[:40]
            raise UserError(t('I can\'t read “{begin}”. Write it like name="value".', begin=begin))
        found[unquoted(pair["name"])] = unquoted(pair["value"])
        at = pair.end()
    return found


def unquoted(words: str) -> str:
    r"""Take quotes away; between straight ones `\n` is a new line."""
    if not re.fullmatch(QUOTE, words):
        return words
    inside = words[1:-1]
    return ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], inside)


def _newline(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else found[0]


def read_time(words: str, now: datetime) -> datetime:
    """Read `+3d`, `+2h30m` or an ISO instant. Raises UserError, also for one that is past."""
    step = STEP.fullmatch(words)
    until = _later(step, now) if step else read_instant(words)
    if until is None:
        raise UserError(
            t("I can't read this time. Write it like +3d, +2h30m or 2026-12-02T09:00Z.")
        )
    if until < now:
        raise UserError(t("The clock can't go back."))
    return until


def _later(step: re.Match[str], now: datetime) -> datetime | None:
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in step.groups())
    try:
        until = now + timedelta(days, seconds, 0, 0, minutes, hours, weeks)
    except OverflowError:
        return None
    return until if until.year in YEARS else None


def read_instant(words: str) -> datetime | None:
    """Read an ISO instant with its zone; None for anything else, and beyond all calendars."""
    try:
        at = datetime.fromisoformat(words.strip())
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None and at.year in YEARS else None
