"""Says what the local platform keeps over a restart, and writes it as plain JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass, replace
from datetime import datetime
from typing import Any, Literal, Protocol

from bot.adapters.local import shown
from bot.adapters.local.shown import Shown, ShownForm
from bot.chat import MessageRef, Place

Role = Literal["", "guest", "member", "core", "coordinator"]


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
    shown: Shown
    at: datetime
    person: str = ""
    key: str = ""

    @property
    def to(self) -> str:
        """Whose screen it is on: `#channel` or `@person`."""
        return f"@{self.person}" if self.person else f"#{self.place.channel}"

    @property
    def ref(self) -> MessageRef:
        """Where it stands, as the bot remembers it."""
        channel = f"@{self.person}" if self.person else self.place.channel
        return MessageRef(replace(self.place, channel=channel), self.id)

    def seen(self, at: datetime, edits: str = "") -> Shown:
        """Give it as it appears on a screen at an instant."""
        return replace(
            self.shown,
            at=stamp(at),
            to=self.to,
            private=bool(self.person),
            id=self.id,
            edits=edits,
            thread=self.place.thread,
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
        """Keep things, all or none; they are safe when this returns. Raises RecordsAway."""


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
