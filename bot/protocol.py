"""Says what is asked of the bot and what comes back: forms, calls, replies, platforms."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

from bot.chat import Account, Message, MessageRef, Option, Place
from bot.errors import Uncertain
from bot.i18n import Text
from bot.signs import all_storable, named, storable, storable_id

Widget = Literal[
    "text",
    "long",
    "number",
    "yesno",
    "one",
    "several",
    "moment",
    "day",
    "time",
    "person",
    "place",
    "look",
    "file",
]


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    `value` is raw, as a call would carry it; `look` widgets suggest what `Complete` finds, and so
    do `several` that list no options of their own: those take other values, too. The value of a
    `file` is the text in it.
    """

    name: str
    label: Text
    widget: Widget
    value: str = ""
    hint: Text = field(default_factory=lambda: Text(""))
    error: Text | None = None
    required: bool = True
    options: tuple[Option, ...] = ()
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A command whose options are not all filled; `bound` are those that are settled already.

    `about` says what the command does, `submit` is on the button that sends it off.
    `draft` is the id under which it is kept: a call that carries it goes on with this form. One
    that was `begun` earlier can be begun anew.
    """

    title: Text
    command: str
    fields: tuple[Field, ...]
    bound: Mapping[str, str] = field(default_factory=dict)
    intro: Text = field(default_factory=lambda: Text(""))
    draft: str = ""
    begun: bool = False
    about: Text = field(default_factory=lambda: Text(""))
    submit: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class Say:
    """Answer with a message, to the caller alone unless `private` is False.

    It is the last that somebody reads who `goes`: they were erased, nothing of it is kept. Of the
    channels that were `chosen` it is said where none can be posted in. `locale`: if not theirs.
    """

    message: Message
    private: bool = True
    goes: bool = False
    chosen: tuple[Place, ...] = ()
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer with a form."""

    form: Form


@dataclass(frozen=True, slots=True)
class Change:
    """Answer by changing the message the button was on; without one, say it privately."""

    message: Message


Reply = Say | Ask | Change


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose language and zone something is worded in."""

    locale: str = "en"
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply with those who will read it: the caller, and everybody in that place."""

    reply: Reply
    reader: Reader
    everybody: Reader


def _storable_account(account: Account) -> Account:
    return replace(account, id=storable_id(account.id), workspace=storable_id(account.workspace))


def _storable_place(place: Place) -> Place:
    ids = {part: storable_id(getattr(place, part)) for part in ("workspace", "channel", "thread")}
    return replace(place, name=named(place.name), **ids)


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody invoked a command: plain data, made by an adapter.

    `words` is what was typed behind the command and is still to be taken apart; `args` are raw
    options by name. `event` is the platform's own id of this event, the same when it comes twice.
    `role` is what the platform vouches for: those who administer the workspace are coordinators
    when they first come, and while there is none. One `unasked` is the platform's own doing: nobody
    who was erased comes back by it. One is `unsure` while the platform has not said who it is by.
    One is `typed` that was not pressed. `home_locale` and `home_zone` are the workspace's own.

    `form` says what it does with a form: a `page` of it is kept, and the form is given again; it is
    `sent` off as a whole; it is begun `anew`. `draft` is the id of that form: its command and all
    it holds go with the call, which has to give only what is new.

    `vouched` are the people (`@id`) and channels (`#id`) the platform itself found, for this
    workspace and this call, with their names: picked from a list, or a mention it made. It may say
    more of people: their `@id locale` and `@id zone`. What somebody typed is not among them.
    """

    account: Account
    place: Place
    command: str
    at: datetime
    args: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    event: str = ""
    name: str = ""
    locale: str = ""
    zone: str = ""
    role: Literal["", "guest", "member", "core", "coordinator"] = ""
    form: Literal["", "page", "sent", "anew"] = ""
    draft: str = ""
    vouched: Mapping[str, str] = field(default_factory=dict)
    unasked: bool = False
    unsure: bool = False
    typed: bool = False
    home_locale: str = ""
    home_zone: str = ""

    def __post_init__(self) -> None:
        """Keep only what can be kept of words that people and platforms wrote."""
        clean = {
            "account": _storable_account(self.account),
            "place": _storable_place(self.place),
            "command": storable(self.command),
            "args": all_storable(self.args),
            "words": storable(self.words),
            "event": storable(self.event),
            "name": named(self.name),
            "locale": storable(self.locale),
            "zone": storable(self.zone),
            "draft": storable(self.draft),
            "vouched": {id: named(name) for id, name in self._all_vouched().items()},
        }
        for name, value in clean.items():
            object.__setattr__(self, name, value)

    @property
    def filled(self) -> bool:
        """Whether a form was sent off."""
        return self.form == "sent"

    def _all_vouched(self) -> dict[str, str]:
        """Add the channel of the call, from which the platform passed it on."""
        place = self.place
        here = {f"#{place.channel}": place.name} if place.channel else {}
        return all_storable(dict(self.vouched) | here)

    def without_channels(self) -> "Call":
        """Give the call as it counts where people do not meet in channels."""
        place = replace(self.place, channel="", name="", thread="")
        people = {id: name for id, name in self.vouched.items() if not id.startswith("#")}
        return replace(self, place=place, vouched=people)


Dispatch = Callable[[Call], Awaitable[Answer]]
Complete = Callable[[Call, str, str], Awaitable[tuple[tuple[str, str], ...]]]
Target = Place | Account
IN_TIME: ContextVar[Callable[[], bool]] = ContextVar("IN_TIME", default=lambda: True)
"""Whether what is being posted may still go out."""


def let_go_out() -> None:
    """Go on only in time, where a request is about to be written. Raises Uncertain.

    A process that was held up for long would post what others have looked for and sent again.
    """
    if not IN_TIME.get()():
        raise Uncertain("too late to go out")


class Capabilities(Protocol):
    """What a platform can do beyond posting. The core leaves out what one cannot."""

    edits: bool
    """A posted message can be changed in place; where not, `edit` is never called."""
    finds: bool
    """A message can be looked up by its key; where not, one key posts once however late."""
    gathers: bool
    """People meet there in channels; where not, everything goes to one person each."""
    founds: bool
    """A first call from a workspace nobody knows founds a community."""


@runtime_checkable
class LooksUp(Protocol):
    """A platform that tells nobody who has left: people are looked up before they are asked."""

    async def is_there(self, account: Account) -> bool:
        """Say whether somebody is in their workspace; when in doubt, they are."""


@runtime_checkable
class Invites(Protocol):
    """A platform where people see a thread in their list once they were added to it."""

    async def invite(self, thread: Place, people: Sequence[Account]) -> Sequence[Account]:
        """Add people to a thread, ringing nobody; gives those who need not be added again.

        The others can't be added now: the platform asks to wait, or takes nobody into the thread.
        """


class AllCapabilities:
    """The capabilities of a platform that has them all."""

    edits = finds = gathers = founds = True


class Adapter(Capabilities, Protocol):
    """A platform: what every one of them can do, and which capabilities it has."""

    name: str
    gap: float
    """Seconds the platform wants between two messages in one channel."""

    async def start(self, listen: bool = True) -> None:
        """Connect, and begin to pass on calls. Returns once connected.

        With `listen` False calls are left to another of our processes: this one only posts.
        """

    async def stop(self) -> None:
        """Take no more calls, finish those under way, disconnect."""

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message, to a person as a direct message. Raises a PostError.

        `key` marks the message so that `find` knows it again, and posting the same key twice in a
        short time posts once where the platform can promise that. Nothing goes out that
        `let_go_out` does not let. The place it gives names the thread that was opened beneath the
        message, if it asked for one and the platform has them.
        """

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Put a message in the place of one posted before. Raises a PostError."""

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Look up a message posted with `key` not before `since`. Raises a PostError.

        Refused and TargetLost say that looking is not allowed, and will not be.
        """

    async def obstacle(self, place: Place) -> Text | None:
        """Say why nothing can be posted in a channel, and what to do; None where nothing is known.

        Raises a PostError.
        """

    async def time(self) -> datetime | None:
        """Tell the time as the platform has it; None when it has none. Raises a PostError."""
