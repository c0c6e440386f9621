"""Lists beside the conversation who one can be and which channels there are."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.adapters.local import LocalPlatform
from bot.adapters.local.kept import Somebody
from bot.adapters.local.seat import ME
from bot.i18n import format_hour, own_name, zone_label
from bot.web.chat.unread import Unread
from bot.web.chat.window import ALONE, Window, channels

COLOURS = 6
"""How many colours of people the style sheet knows."""


@dataclass(frozen=True, slots=True)
class SidePerson:
    """Somebody one can be with one click, with the hour where they are."""

    who: Somebody
    path: str
    current: bool
    hour: str
    city: str
    language: str
    unread: int

    @property
    def colour(self) -> int:
        """The number of their colour."""
        return colour_of(self.who.name)


@dataclass(frozen=True, slots=True)
class SideChannel:
    """A channel to go to; `where` is `@` for what the bot says to somebody alone."""

    where: str
    path: str
    current: bool
    unread: int


def colour_of(name: str) -> int:
    """Give the number of somebody's colour, the same each time."""
    return zlib.crc32(name.encode()) % COLOURS


def people(
    platform: LocalPlatform, window: Window, unread: Unread, now: datetime
) -> Sequence[SidePerson]:
    """List everybody who is here, whoever sits at the terminal last."""
    counts = unread.alone()
    there = sorted(
        (one for one in platform.people.values() if not one.gone),
        key=lambda one: one.handle == ME,
    )
    return [_person(one, window, counts.get(one.handle, 0), now) for one in there]


def _person(who: Somebody, window: Window, unread: int, now: datetime) -> SidePerson:
    theirs = Window(who, ALONE if who.mail else window.channel)
    reader, mine = theirs.reader, window.reader
    current = who.handle == window.who.handle
    return SidePerson(
        who=who,
        path=theirs.path(),
        current=current,
        hour=format_hour(now, mine.locale, reader.zone),
        city=zone_label(reader.zone, mine.locale),
        language=own_name(reader.locale, reader.locale),
        unread=0 if current else unread,
    )


def places(platform: LocalPlatform, window: Window, unread: Unread) -> Sequence[SideChannel]:
    """List the channels somebody sees, and where the bot and they are alone."""
    counts = unread.channels(window)
    there = [*channels(platform, window.who), Window(window.who, ALONE)]
    return [
        SideChannel(one.where, one.path(), one.where == window.channel, counts.get(one.where, 0))
        for one in there
    ]
