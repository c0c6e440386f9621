"""Says what the local platform keeps over a restart, and writes it as plain JSON."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import Any, Literal, Protocol

from bot.adapters.local import shown
from bot.adapters.local.shown import Shown, ShownForm
from bot.chat import Place

Role = Literal["", "member", "core", "coordinator"]


def stamp(at: datetime) -> str:
    """Write an instant in UTC as a program reads it."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the chat. `where` is the place they spoke last; `role` what was vouched for."""

    name: str
    zone: str = ""
    locale: str = ""
    role: Role = ""
    where: Place | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A message where it stands; with `person` only that one sees it."""

    id: str
    place: Place
    person: str
    key: str
    at: datetime
    shown: Shown

    @property
    def to(self) -> str:
        """Whose screen it is on: `#channel`, `#channel/thread` or `@person`."""
        thread = f"/{self.place.thread}" if self.place.thread else ""
        return f"@{self.person}" if self.person else f"#{self.place.channel}{thread}"

    def seen(self, at: datetime, edits: str = "") -> Shown:
        """Give it as it appears on a screen at an instant."""
        return replace(
            self.shown,
            at=stamp(at),
            to=self.to,
            private=bool(self.person),
            id=self.id,
            edits=edits,
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """A form somebody has before them; `origin` is the message whose button opened it."""

    form: ShownForm
    place: Place
    origin: str = ""

    def seen(self, at: datetime, person: str) -> Shown:
        """Give it as it appears before a person at an instant."""
        words = (self.form.intro,) if self.form.intro else ()
        return Shown(stamp(at), f"@{person}", private=True, parts=words, form=self.form)


Kept = Somebody | Posted | Opened | Place


class Store(Protocol):
    """Where the platform keeps things by name, over a restart. None forgets one."""

    async def load(self) -> Mapping[str, Any]:
        """Give all that is kept, as plain JSON."""

    async def save(self, things: Mapping[str, Any]) -> None:
        """Keep things, all or none; they are safe when this returns."""


class Nowhere:
    """A store that keeps nothing."""

    async def load(self) -> Mapping[str, Any]:
        """Give nothing."""
        return {}

    async def save(self, things: Mapping[str, Any]) -> None:
        """Forget at once."""


KNOWN: Mapping[str, Any] = {
    kind.__name__: kind
    for kind in (Somebody, Posted, Opened, Place, *vars(shown).values())
    if isinstance(kind, type) and is_dataclass(kind)
}


def written(thing: Any) -> Any:
    """Write what is kept as plain JSON."""
    if isinstance(thing, bytes):
        return {"=": "bytes", "content": base64.b64encode(thing).decode()}
    if isinstance(thing, datetime):
        return {"=": "datetime", "at": thing.isoformat()}
    if isinstance(thing, tuple | list):
        return [written(part) for part in thing]
    if not is_dataclass(thing):
        return thing
    parts = {one.name: getattr(thing, one.name) for one in fields(thing)}
    return {"=": type(thing).__name__} | {k: written(part) for k, part in parts.items() if part}


def read_back(words: Any) -> Any:
    """Read what `written` wrote."""
    if isinstance(words, list):
        return tuple(read_back(part) for part in words)
    if not isinstance(words, dict) or "=" not in words:
        return words
    parts = {key: read_back(part) for key, part in words.items() if key != "="}
    if words["="] == "bytes":
        return base64.b64decode(words["content"])
    if words["="] == "datetime":
        return datetime.fromisoformat(words["at"])
    return KNOWN[words["="]](**parts)
