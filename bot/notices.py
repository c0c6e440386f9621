"""Declares what the bot does by itself: words messages, and changes state when it is time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.chat import Message
from bot.i18n import Text
from storage import Records
from storage.people import Member

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Sending:
    """A delivery about to be worded: what it is about, for whom, when, how late."""

    about: int
    kind: str
    now: datetime
    late: timedelta
    member: Member | None
    args: Mapping[str, Any]
    seen: dict[str, Any] = field(default_factory=dict)
    by_id: int | None = None

    def once(self, name: str, find: Callable[[], Found]) -> Found:
        """Find something once for all deliveries that are worded together."""
        if name not in self.seen:
            self.seen[name] = find()
        found: Found = self.seen[name]
        return found


Word = Callable[[Records, Sending], Message | None]


@dataclass(frozen=True, slots=True)
class Notice:
    """A declared function that words a message the bot sends by itself; None: needed no more.

    `called` is what coordinators read where messages are listed.
    The post of a `live` one is remembered and worded anew when what it is about changes.
    """

    name: str
    called: Text
    word: Word
    live: bool = False


@dataclass(frozen=True, slots=True)
class Timer:
    """A declared function that changes the state of a thing when an instant has come."""

    name: str
    run: Callable[[Records, int, datetime], None]
