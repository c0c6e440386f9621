"""Writes answers down and reads them back, so that an event that comes twice is answered alike."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time

from bot import calls, chat
from bot.i18n import LanguageName, Text, TimeOfDay

KNOWN = {
    name: kind
    for room in (chat, calls)
    for name, kind in vars(room).items()
    if isinstance(kind, type) and is_dataclass(kind)
} | {"Text": Text, "LanguageName": LanguageName, "TimeOfDay": TimeOfDay}
TIMES: Mapping[str, Callable[[str], object]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


def written(answer: calls.Answer) -> str:
    """Write an answer as JSON."""
    return json.dumps(_plain(answer), ensure_ascii=False, separators=(",", ":"))


def read_back(words: str) -> calls.Answer:
    """Read what `written` wrote. Raises ValueError for anything else."""
    answer = _rich(json.loads(words))
    if not isinstance(answer, calls.Answer):
        raise ValueError("not an answer")
    return answer


def _plain(value: object) -> object:
    if is_dataclass(value):
        parts = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return {"=": type(value).__name__, **parts}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, bytes):
        return {"=": "bytes", "b": base64.b64encode(value).decode()}
    if isinstance(value, datetime | date | time):
        return {"=": type(value).__name__, "at": value.isoformat()}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    return value


def _rich(value: object) -> object:
    if isinstance(value, list):
        return tuple(_rich(part) for part in value)
    if not isinstance(value, dict):
        return value
    kind = value.pop("=", None)
    if kind == "bytes":
        return base64.b64decode(value["b"])
    if kind in TIMES:
        return TIMES[kind](value["at"])
    parts = {key: _rich(part) for key, part in value.items()}
    return KNOWN[kind](**parts) if kind else parts
