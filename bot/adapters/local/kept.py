"""Says what the local platform keeps over a restart, and writes it as plain JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass, replace
from datetime import datetime
from typing import Any, Literal, Protocol

from bot.adapters.local import shown
from bot.adapters.local.shown import Shown, ShownForm
from bot.chat import Account, MessageRef, Place
from bot.errors import UserError
from bot.i18n import t
from bot.protocol import Target
from bot.signs import storable

Role = Literal["", "guest", "member", "core", "coordinator"]


Key = tuple[str, str, str]
"""By what a message is found: workspace, person or channel, key."""
USUAL = "local"
"""The workspace of everybody who is let in without naming one."""
MAIL = "mail"


def check_name(name: str) -> None:
    """Let only names pass that can be kept as they are. Raises UserError."""
    if storable(name) != name:
        raise UserError(t("“{name}” has characters that a name can't have.", name=storable(name)))


def handle(name: str, workspace: str) -> str:
    """Name somebody or a channel among all workspaces: `amina`, or `amina/riverside`."""
    return name if workspace == USUAL else f"{name}/{workspace}"


def parted(handle: str) -> tuple[str, str]:
    """Divide a handle into the name and the workspace."""
    name, _, workspace = handle.partition("/")
    return name, workspace or USUAL


def _other(place: Place) -> str:
    """Name the workspace of a place, unless it is the usual one."""
    return "" if place.workspace == USUAL else place.workspace


def named(target: Target) -> str:
    """Name a person, a channel or a thread, within its workspace."""
    if isinstance(target, Account):
        return f"@{target.id}"
    return f"#{target.channel}/{target.thread}".rstrip("/")


def key_of(target: Target, key: str) -> Key:
    """Give by what a message is found that was posted to a target under a key."""
    return target.workspace, named(target), key


def stamp(at: datetime) -> str:
    """Write an instant in UTC as a program reads it."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the chat. `where` is the place they spoke last; `role` what was vouched for.

    Who is `gone` has left their workspace. Somebody known `elsewhere` has no account here: they see
    what they would be sent there, or be mailed by the community whose id is the workspace.
    """

    name: str
    zone: str = ""
    locale: str = ""
    role: Role = ""
    where: Place | None = None
    workspace: str = USUAL
    gone: bool = False
    elsewhere: Account | None = None

    def account(self, platform: str) -> Account:
        """Give by what the bot knows them: their account elsewhere, or else here."""
        return self.elsewhere or Account(platform, self.workspace, self.name)

    @property
    def mail(self) -> str:
        """Their address, if they are reached by mail."""
        known = self.elsewhere
        return known.id if known and known.platform == MAIL else ""

    @property
    def handle(self) -> str:
        """What the person is called among all workspaces."""
        return handle(self.name, self.workspace)


@dataclass(frozen=True, slots=True)
class PostedMessage:
    """A message where it stands; with `person` only that one sees it."""

    id: str
    place: Place
    shown: Shown
    at: datetime
    person: str = ""
    key: str = ""
    edited: bool = False

    @property
    def to(self) -> str:
        """Whose screen it is on: `#channel` or `@person`."""
        return f"@{self.person}" if self.person else f"#{self.place.channel}"

    @property
    def ref(self) -> MessageRef:
        """Where it stands, as the bot remembers it."""
        channel = f"@{self.person}" if self.person else self.place.channel
        below = "" if self.person or self.place.thread else self.id
        return MessageRef(replace(self.place, channel=channel), self.id, below)

    @property
    def known_by(self) -> Key:
        """By what it is found again."""
        to = self.to if self.person else named(self.place)
        return self.place.workspace, to, self.key

    def is_only_for(self, person: str) -> bool:
        """Say whether somebody, named by handle, is the only one who sees it."""
        return (self.person, self.place.workspace) == parted(person)

    def seen(self, at: datetime, edits: str = "") -> Shown:
        """Give it as it appears on a screen at an instant."""
        return replace(
            self.shown,
            at=stamp(at),
            to=self.to,
            workspace=_other(self.place),
            private=bool(self.person),
            id=self.id,
            edits=edits,
            thread=self.place.thread,
        )


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form somebody has before them; `origin` is the message whose button opened it."""

    form: ShownForm
    place: Place
    origin: str = ""

    def filled(self, values: Mapping[str, str]) -> "OpenForm":
        """Give it with what was typed so far, by the names of the fields."""
        return replace(self, form=self.form.filled(values))

    def seen(self, at: datetime, person: str) -> Shown:
        """Give it as it appears before a person, named by handle, at an instant."""
        words = (self.form.intro,) if self.form.intro else ()
        to, workspace = f"@{parted(person)[0]}", _other(self.place)
        return Shown(stamp(at), to, workspace, private=True, parts=words, form=self.form)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the clock of the chat was moved."""

    at: datetime


Kept = Somebody | PostedMessage | OpenForm | Place | Reached


def known_as(account: Account, people: Mapping[str, Somebody]) -> str:
    """Name who has an account here, or sees what is mailed to an address."""
    there = (one.handle for one in people.values() if one.account(account.platform) == account)
    return next(there, handle(account.id, account.workspace))


def shown_to(person: str, people: Mapping[str, Somebody]) -> tuple[str, ...]:
    """Name for whom the messages are that somebody sees: everybody, but for who has only mail."""
    known = people.get(person)
    everybody = () if known and known.mail else ("",)
    return (*everybody, parted(person)[0])


def newest(messages: dict[str, PostedMessage]) -> int:
    """Give the id of the newest message as a number; 0 where there is none."""
    return int(next(reversed(messages), "0"))


def next_id(messages: dict[str, PostedMessage]) -> str:
    """Give the id of the message to come."""
    return str(newest(messages) + 1)


async def unnoticed(account: Account, there: bool) -> None:
    """Tell nobody who leaves."""


async def nobodys(workspace: str) -> str:
    """Name no community."""
    return ""


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
    for kind in (Account, Somebody, PostedMessage, OpenForm, Place, Reached, *vars(shown).values())
    if isinstance(kind, type) and is_dataclass(kind)
}
