"""Writes answers down and reads them back, so that an event that comes twice is answered alike."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from bot import chat, protocol
from bot.i18n import texts

KNOWN: Mapping[str, Callable[..., object]] = {
    name: kind
    for room in (chat, protocol, texts)
    for name, kind in vars(room).items()
    if isinstance(kind, type) and is_dataclass(kind)
}
"""The classes an answer is made of, by their names."""
TIMES: Mapping[str, Callable[[str], object]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


def written(answer: protocol.Answer) -> str:
    """Write an answer as JSON, in ASCII: what people type may hold half a character."""
    return json.dumps(answer, default=_opened, separators=(",", ":"))


def digest_of(message: chat.Message, reader: protocol.Reader) -> str:
    """Say in sixteen characters how a message reads for somebody, to see whether it changes."""

    def read(value: object) -> object:
        if isinstance(value, texts.Authored | texts.ByLanguage):
            return value.read_in(reader.locale)
        return _opened(value)

    words = json.dumps((message, reader), default=read, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def read_back(words: str) -> protocol.Answer:
    """Read what `written` wrote. Raises ValueError for anything else."""
    answer = as_rich(json.loads(words))
    if not isinstance(answer, protocol.Answer):
        raise ValueError("not an answer")
    return answer


@cache
def _parts(kind: type) -> tuple[tuple[str, object], ...] | None:
    """Name the fields of a frozen class, each with its default."""
    return tuple((f.name, _default(f)) for f in fields(kind)) if is_dataclass(kind) else None


def _default(field: Field[Any]) -> object:
    made = field.default_factory
    return field.default if made is MISSING else made()


def _opened(value: object) -> dict[str, Any]:
    """Write what JSON does not know as what it does, one level deep. Raises TypeError."""
    kind: Any = type(value)
    parts = _parts(kind)
    if parts is not None:
        named = {"=": kind.__name__}
        for name, default in parts:
            if (part := getattr(value, name)) != default:
                named[name] = part
        return named
    if isinstance(value, bytes):
        return {"=": "bytes", "b": base64.b64encode(value).decode()}
    if isinstance(value, datetime | date | time):
        return {"=": kind.__name__, "at": value.isoformat()}
    if isinstance(value, Mapping):
        return {str(key): part for key, part in value.items()}
    raise TypeError(f"{kind.__name__} cannot be written down")


def as_plain(value: object) -> object:
    """Write values and frozen classes as plain JSON; a class is named under `=`.

    Fields that have their default are left out. Raises TypeError for a value of another kind.
    """
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, tuple | list):
        return [as_plain(part) for part in value]
    return {name: as_plain(part) for name, part in _opened(value).items()}


def as_rich(value: object, known: Mapping[str, Callable[..., object]] = KNOWN) -> object:
    """Read what `as_plain` wrote, lists as tuples; `known` are the classes it may name."""
    if isinstance(value, list):
        return tuple(as_rich(part, known) for part in value)
    if not isinstance(value, dict):
        return value
    kind = str(value.get("=", ""))
    if kind == "bytes":
        return base64.b64decode(value["b"])
    if kind in TIMES:
        return TIMES[kind](value["at"])
    parts = {key: as_rich(part, known) for key, part in value.items() if key != "="}
    return known[kind](**parts) if kind else parts
