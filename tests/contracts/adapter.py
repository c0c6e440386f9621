"""Says what a platform has to offer a test, so that one suite can be run on all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pytest

from bot.chat import Account, MessageRef, Place, said
from bot.i18n import plain
from bot.protocol import Adapter, Answer, Call, Dispatch, Reader, Reply, Say, Target
from tests.keeping import Keeping

READER = Reader("en", "Africa/Nairobi")
EVERYBODY = Reader("en", "Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as somebody sees it: `words` are all of them, title and labels aside or not."""

    words: str
    buttons: Sequence[str] = ()
    menus: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeenForm:
    """A form as somebody sees it: what stands in its fields, what is wrong, and its words."""

    values: Mapping[str, str]
    errors: Mapping[str, str]
    labels: Mapping[str, str]
    words: str = ""


class Noticed:
    """Who has left, as an adapter tells it."""

    def __init__(self) -> None:
        self.left: set[tuple[str, str]] = set()

    async def presence(self, workspace: str, account: str, there: bool) -> None:
        """Note who is there."""
        (self.left.discard if there else self.left.add)((workspace, account))

    def is_there(self, who: Account) -> bool:
        """Say whether somebody has not left."""
        return (who.workspace, who.id) not in self.left


class Scripted:
    """The bot, as far as an adapter can tell: it gives the replies it was told to, in order."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.replies: list[Reply] = []
        self.answers: list[Answer] = []
        self.forms = Keeping()
        self.core: Dispatch | None = None

    async def __call__(self, call: Call) -> Answer:
        """Note the call and give the next reply, or what the core says where there is one."""
        if self.core is not None:
            self.calls.append(call)
            self.answers.append(await self.core(call))
            return self.answers[-1]
        taken = self.forms.taken(call)
        if not isinstance(taken, Call):
            return Answer(taken, READER, EVERYBODY)
        self.calls.append(taken)
        reply = self.replies.pop(0) if self.replies else Say(said(plain("Done.")))
        return Answer(self.forms.kept(taken, reply), READER, EVERYBODY)


class World(Protocol):
    """A platform with two people in it, a channel, and the adapter under test, started.

    The commands are those of `tests.toys.toy`.
    """

    bot: Scripted
    place: Place
    vanished: Place
    elsewhere: Place
    """A channel of another workspace, said to be of this one."""
    amina: Account
    bruno: Account
    posts_once: bool
    """Whether the platform promises that one key posts one message."""

    @property
    def adapter(self) -> Adapter:
        """The adapter under test; another one after a restart."""

    async def see(self, target: Target, who: Account) -> list[Seen]:
        """Give what somebody sees in a place, or in their direct messages, the oldest first."""

    async def rung(self) -> set[str]:
        """Give the ids of accounts some message has rung for; `*` for everybody."""

    async def say_command(self, who: Account, command: str, **args: str) -> None:
        """Give `group.command` in the channel with options, as one does on this platform."""

    async def type(self, who: Account, words: str) -> None:
        """Type a command, letter by letter: alone with the bot, where the platform reads it."""

    async def write(self, who: Account, words: str) -> None:
        """Write plain words to the bot, alone with it."""

    async def press(self, who: Account, label: str) -> None:
        """Press the newest button of that label that the person sees."""

    async def choose(self, who: Account, label: str, option: str) -> None:
        """Choose from the newest menu of that label that the person sees."""

    async def form(self, who: Account) -> SeenForm | None:
        """Give the form somebody has before them, or its next page where it has several."""

    async def submit(self, who: Account, **values: str) -> None:
        """Fill fields of that form by name, and send it off."""

    async def restart(self) -> None:
        """Stop the adapter, and start another one on the same platform."""

    async def posting_only(self) -> Adapter:
        """Start an adapter that is only to send, beside the one under test or in its place."""

    async def delete(self, words: str) -> None:
        """Have somebody delete the newest post in the channel that has some words in it."""

    async def close_channel(self) -> None:
        """Have somebody delete the channel with all that is in it."""

    def thread(self, ref: MessageRef) -> Place:
        """Give the thread below a message."""

    async def leave(self, who: Account) -> None:
        """Have somebody leave the workspace."""

    async def come_back(self, who: Account) -> None:
        """Let somebody in again who left."""

    async def is_there(self, who: Account) -> bool:
        """Say whether somebody is there, as far as the adapter tells, or looks up."""


def usual(world: World) -> Target:
    """Give where posts go to that everybody can read: to a person where there are no channels."""
    return world.place if world.adapter.gathers else world.amina


def needs(world: World, capability: str) -> None:
    """Skip a test of what a platform cannot do."""
    if not getattr(world.adapter, capability):
        pytest.skip(f"{world.adapter.name}: not {capability}")


def words(seen: Sequence[Seen]) -> str:
    """Put all the words that are seen together."""
    return "\n".join(one.words for one in seen)
