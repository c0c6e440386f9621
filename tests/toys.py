"""Declares a small group of commands and a platform in memory, to test the core with."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot import questions
from bot.chat import Account, Message, MessageRef, Option, Place, button, said
from bot.commands import COORDINATORS, Answers, Caller, person
from bot.dispatcher import Dispatcher
from bot.errors import FieldError, PostError, UserError
from bot.groups import Group
from bot.i18n import Text, render, t
from bot.notices import Sending
from bot.options.basic import Line, Number, OneOf
from bot.options.people import PlaceKind
from bot.options.things import PersonOption, SessionOption
from bot.protocol import Answer, Ask, Call, Form, Reader, Reply, Say, Target
from storage import Rank, Records, Storage, Transaction
from storage.deliveries import Delivery
from storage.engine import sync
from storage.questions import Question

Result = TypeVar("Result")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
toy = Group("toy", t("Toys"))
COLOURS = (Option("red", t("Red")), Option("blue", t("Blue")))
Title = Annotated[str, Line(t("Title"), limit=20)]


@toy.command(title=t("Add a toy"), submit=t("Add"))
def add(
    caller: Caller,
    records: Records,
    title: Title,
    size: Annotated[int, Number(t("Size"), most=10)] = 3,
    colour: Annotated[str, OneOf(t("Colour"), options=COLOURS)] = "red",
) -> Reply:
    """Add a toy.

    Only the first paragraph is shown.
    """
    if title == "forbidden":
        raise FieldError("title", t("Choose another title."))
    member = records.members.get(caller.member.id)
    member.brings = f"{title} {size} {colour}"
    words = t("{who} added {title}", who=person(member), title=title)
    return Say(said(words, button(t("Again"), add, title=title)))


@toy.command(reads=True)
def see(caller: Caller, records: Records) -> Reply:
    """See what you added."""
    brings = records.members.get(caller.member.id).brings
    return Say(said(t("{brings} in {zone}", brings=brings, zone=caller.zone)))


@toy.command(fill=lambda caller, records: {"title": "kept"})
def change(caller: Caller, records: Records, title: Title | None = None) -> Reply:
    """Change a toy."""
    return Say(said(t("Title: {title}", title=repr(title))))


@toy.command(who=COORDINATORS)
def clear(caller: Caller, records: Records) -> Reply:
    """Clear all toys."""
    return Say(said(t("Cleared")))


@toy.command
def stumble(caller: Caller, records: Records) -> Reply:
    """Break in the middle of a change."""
    records.members.get(caller.member.id).brings = "half done"
    records.db.flush()
    raise ZeroDivisionError


@toy.command
def refuse(caller: Caller, records: Records) -> Reply:
    """Refuse in the middle of a change."""
    records.members.get(caller.member.id).brings = "half done"
    records.db.flush()
    raise UserError(t("Not today."))


@toy.command
def look(caller: Caller, records: Records, session: SessionOption, who: PersonOption) -> Reply:
    """Look at a session with somebody."""
    return Say(said(t("{title} with {who}", title=session.title, who=who.name)))


@toy.command
def point(
    caller: Caller,
    records: Records,
    where: Annotated[Place, PlaceKind(t("Channel"))] | None = None,
    who: PersonOption | None = None,
) -> Reply:
    """Point at a channel and at somebody."""
    seen = t("{place} {who}", place=where or "", who=who.name if who else "")
    return Say(said(seen))


def _asked(caller: Caller, records: Records) -> Sequence[Question]:
    return records.questions.asked("toy")


@toy.command(questions=_asked)
def tell(caller: Caller, records: Records, title: Title, answers: Answers) -> Reply:
    """Tell what you know of a toy."""
    kept = {id: questions.kept(value) for id, value in answers.items()}
    records.answers.put(f"toy:{title}", kept, caller.locale, caller.member.id)
    words = ", ".join(value for value in kept.values() if value)
    return Say(said(t("{title}: {words}", title=title, words=words)))


@toy.notice(Text("A toy"), live=True)
def told(records: Records, sending: Sending) -> Message | None:
    """Tell something, and fail at what cannot be told."""
    if "broken" in sending.args:
        raise ZeroDivisionError
    return None if sending.args.get("needless") else said(t("Told: {kind}", kind=sending.kind))


@toy.notice(Text("A broken toy"))
def breaks(records: Records, sending: Sending) -> Message | None:
    """Break in the middle of a change: at once, or when the database refuses what was changed."""
    records.community.name = "half done"
    records.db.flush()
    if "at once" in sending.args:
        raise ZeroDivisionError("half a character \ud800, and \0")
    for _ in range(2):
        twice = Delivery(key="twice", notice="toy.told", about="toy:2", due_at=sending.now)
        twice.community_id = records.community_id
        records.db.add(twice)
    return said(t("Broken"))


def call(command: str, words: str = "", who: str = "amina", **given: Any) -> Call:
    """Make a call as the local platform would."""
    workspace = given.pop("workspace", "home")
    known = {"name": who.title(), "locale": "en", "zone": "Africa/Nairobi"} | given
    return Call(
        Account("toy", workspace, who), Place("toy", workspace, "general", "general"), command, NOW,
        words=words, **known,
    )  # fmt: skip


def wording(text: Text, locale: str = "en") -> str:
    """Word a text without markup."""
    return render(text, locale, str)


def spoken(answer: Answer) -> str:
    """Word the first paragraph of an answer."""
    assert isinstance(answer.reply, Say), answer.reply
    return wording(answer.reply.message.blocks[0].text, answer.reader.locale)  # type: ignore[union-attr]


def asked(answer: Answer) -> Form:
    """Give the form of an answer."""
    assert isinstance(answer.reply, Ask), answer.reply
    return answer.reply.form


@contextmanager
def dispatcher(url: str, sync: Callable[[Engine], None] = sync) -> Iterator[Dispatcher]:
    """Make a dispatcher of toys on a database."""
    storage = Storage(url, sync)
    yield Dispatcher(storage, [toy])
    storage.close()


class ToyPlatform:
    """A platform that remembers what was posted and does what a test tells it."""

    name = "toy"
    gap = 0.0
    edits = finds = gathers = founds = True

    def __init__(self) -> None:
        self.posted: list[tuple[Target, Message, Reader, str]] = []
        self.edited: list[tuple[MessageRef, Message]] = []
        self.trouble: Callable[[Target], PostError | Exception | None] = lambda target: None
        self.searching: Callable[[], Exception | None] = lambda: None
        self.waiting: Callable[[Target], Awaitable[object]] = lambda target: asyncio.sleep(0)
        self.arrived = asyncio.Event()
        self.hidden: dict[str, MessageRef] = {}

    async def start(self, listen: bool = True) -> None:
        """Need no connection."""

    async def stop(self) -> None:
        """Need no end."""

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Remember a message, or wait or fail as told."""
        await self.waiting(target)
        if trouble := self.trouble(target):
            raise trouble
        self.posted.append((target, message, reader, key))
        channel = target.channel if isinstance(target, Place) else target.id
        ref = MessageRef(Place(target.platform, target.workspace, channel), str(len(self.posted)))
        self.hidden[key] = ref
        self.arrived.set()
        return ref

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Remember an edit."""
        self.edited.append((ref, message))

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Find what was posted with a key, or fail as told."""
        if trouble := self.searching():
            raise trouble
        return self.hidden.get(key)

    async def obstacle(self, place: Place) -> Text | None:
        """Know of nothing in the way."""
        return None

    async def time(self) -> datetime | None:
        """Have no clock of its own."""
        return None


class Watch:
    """A clock that a test moves."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        """Move on by a timedelta's arguments."""
        self.at += timedelta(**by)


class StorageAway:
    """A storage whose database is away the first few times."""

    def __init__(self, storage: Storage, times: int) -> None:
        self.storage = storage
        self.times = times
        self.run, self.write, self.change = storage.run, storage.write, storage.change

    async def look(self, work: Callable[[Transaction], Result], rank: Rank) -> Result:
        """Fail as long as the database is away."""
        self.times -= 1
        if self.times >= 0:
            raise OperationalError("SELECT", {}, ConnectionError("away"))
        return await self.storage.look(work, rank)
