"""Reads what was pressed, chosen, typed or filled in on a page as a line of the chat."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from multidict import MultiDictProxy

from bot.adapters.local.lines import (
    ChooseLine,
    DismissLine,
    FillLine,
    JoinLine,
    Line,
    PressLine,
    SayLine,
    TimeLine,
)
from bot.chat import decoded
from bot.errors import UserError
from bot.names import Names
from bot.web.chat import words
from bot.web.chat.window import Window
from bot.web.posted import values

Sent = MultiDictProxy[str | bytes | bytearray | web.FileField]


def line_of(sent: Sent, window: Window) -> Line:
    """Read a line. Raises UserError for what no page of ours sends, and for nothing said."""
    read = READERS.get(_word(sent, "act"))
    if read is None:
        raise UserError(words.NOT_READ)
    return read(sent, window)


def tried(line: Line, names: Names) -> str:
    """Name what a line does, as the commands are named, whatever language it was typed in."""
    match line:
        case SayLine(words=said) if said.startswith("/"):
            head, *rest = said[1:].split(None, 2)[:2] or [""]
            return names.find(" ".join([head, *rest])) or names.find(head)
        case PressLine(wanted=call) | ChooseLine(wanted=call):
            return decoded(call)[0]
        case TimeLine():
            return "time"
    return ""


def _say(sent: Sent, window: Window) -> Line:
    said = _word(sent, "words").strip()
    if not said:
        raise UserError(words.NOTHING_SAID)
    return SayLine(window.who.handle, said.replace("\r\n", "\n"), window.name)


def _press(sent: Sent, window: Window) -> Line:
    return PressLine(window.who.handle, _word(sent, "call"), message=_word(sent, "message"))


def _choose(sent: Sent, window: Window) -> Line:
    call, option, message = (_word(sent, name) for name in ("call", "option", "message"))
    return ChooseLine(window.who.handle, call, option, message=message)


def _fill(sent: Sent, window: Window) -> Line:
    files = {name for name, value in sent.items() if isinstance(value, web.FileField)}
    given = values(sent)
    texts = {name: raw for name, raw in given.items() if f"f.{name}" in files}
    return FillLine(window.who.handle, given, texts)


def _dismiss(sent: Sent, window: Window) -> Line:
    return DismissLine(window.who.handle)


def _time(sent: Sent, window: Window) -> Line:
    step = _word(sent, "week") or _word(sent, "step").strip() or _instant(sent, window)
    if not step:
        raise UserError(words.NO_STEP)
    return TimeLine(step)


def _instant(sent: Sent, window: Window) -> str:
    """Read a day and hour that was chosen, as they are where the person is."""
    try:
        at = datetime.fromisoformat(_word(sent, "at"))
        return at.replace(tzinfo=ZoneInfo(window.reader.zone)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""


def _join(sent: Sent, window: Window) -> Line:
    name = "-".join(_word(sent, "name").split())
    if not name:
        raise UserError(words.NO_NAME)
    options = {option: _word(sent, option).strip() for option in ("locale", "zone")}
    return JoinLine(name, {key: word for key, word in options.items() if word})


def _word(sent: Sent, name: str) -> str:
    word: Any = sent.get(name, "")
    return word if isinstance(word, str) else ""


READERS: Mapping[str, Callable[[Sent, Window], Line]] = {
    "say": _say,
    "press": _press,
    "choose": _choose,
    "fill": _fill,
    "dismiss": _dismiss,
    "time": _time,
    "join": _join,
}
