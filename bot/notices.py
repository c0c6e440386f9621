"""Declares what the bot does by itself: messages it words, timers, and jobs that take long."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar

from bot.chat import Choice, Message
from bot.i18n import Text, t
from storage import Records
from storage.community import Channel
from storage.jobs import Job as JobRow
from storage.people import Member

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Sending:
    """A delivery about to be worded: what it is about, for whom, when, how late.

    `spoken_in` is the channel it goes to, where that has a language of its own.
    """

    about: int
    kind: str
    now: datetime
    late: timedelta
    member: Member | None
    args: Mapping[str, Any]
    seen: dict[str, Any] = field(default_factory=dict)
    by_id: int | None = None
    spoken_in: Channel | None = None

    def once(self, name: str, find: Callable[[], Found]) -> Found:
        """Find something once for all deliveries that are worded together."""
        if name not in self.seen:
            self.seen[name] = find()
        found: Found = self.seen[name]
        return found


Word = Callable[[Records, Sending], Message | None]
FOLLOWING = t("Updates after a change")
"""What coordinators read where that broke."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A declared function that words a message the bot sends by itself; None: needed no more.

    `called` is what coordinators read where messages are listed.
    The post of a `live` one is remembered and worded anew when what it is about changes. An `aloud`
    one stands in the channel itself, also where there is a thread. Of one that `asks`, whoever is
    asked is looked up first where the platform does not say who has left.
    """

    name: str
    called: Text
    word: Word
    live: bool = False
    aloud: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class TimerDeclaration:
    """A declared function that changes the state of a thing when an instant has come.

    `called` is what coordinators read where it could not be run.
    """

    name: str
    called: Text
    run: Callable[[Records, int, datetime], None]


@dataclass(frozen=True, slots=True)
class Work:
    """What a job computes apart: a pure function, and the plain data that it is given.

    While `state` is the same, the result still holds; without it, while what is given is.
    """

    compute: Callable[[Any], dict[str, Any]]
    given: Mapping[str, Any]
    state: Any = None

    @property
    def function(self) -> str:
        """Name the function as another process finds it: `module:function`."""
        return f"{self.compute.__module__}:{self.compute.__qualname__}"

    @property
    def digest(self) -> str:
        """Identify the state for which the result holds."""
        state = self.given if self.state is None else self.state
        return sha256(json.dumps([self.function, state], sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Issue:
    """A digest for somebody: what came after `since` is new, what begins until `ahead` is next.

    What came after `until` is left to the next one.
    """

    reader: Member
    since: datetime
    until: datetime
    now: datetime
    ahead: datetime

    @property
    def fresh(self) -> tuple[datetime, datetime]:
        """Say after which instant something is new, and up to which."""
        return self.since, self.until


@dataclass(frozen=True, slots=True)
class Share:
    """What an area adds to a digest: lines of each kind of news, of what is next, of what waits.

    `choices` are menus by which its reader answers.
    """

    new: Sequence[Sequence[Text]] = ()
    next: Sequence[Text] = ()
    waits: Sequence[Text] = ()
    choices: Sequence[Choice] = ()


Describe = Callable[[Records, JobRow, datetime], Work | None]
Then = Callable[[Records, JobRow, datetime], None]


@dataclass(frozen=True, slots=True)
class JobDeclaration:
    """Declared long work: `describe` only reads, and says what to compute; None: needed no more.

    `then` changes what follows from the result, in the transaction that keeps it. `told` is the
    notice for whoever asked, when it is done or has failed. `called` is what coordinators read.
    """

    name: str
    called: Text
    describe: Describe
    told: Notice
    then: Then | None = None
