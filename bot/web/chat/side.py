"""Lists beside the conversation who one can be and which channels there are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.adapters.local import LocalPlatform
from bot.adapters.local.kept import Somebody
from bot.adapters.local.seat import ME
from bot.folding import folded
from bot.i18n import format_hour, own_name, zone_label
from bot.web.chat.unread import Unread
from bot.web.chat.window import ALONE, Window, channels

MOST = 20
"""How many people are listed at once; others are searched for."""
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

    colour: int


@dataclass(frozen=True, slots=True)
class SideChannel:
    """A channel to go to; `where` is `@` for what the bot says to somebody alone."""

    where: str
    path: str
    current: bool
    unread: int


def colours(platform: LocalPlatform) -> Mapping[str, int]:
    """Give everybody, by handle, the number of a colour; neighbours in the list differ."""
    return {who: number % COLOURS for number, who in enumerate(platform.people)}


@dataclass(frozen=True, slots=True)
class PeopleAsked:
    """Who is to be listed: those in whose names some words are, with the hour it is where they are.

    Of many those are listed first who were sent something they have not seen.
    """

    now: datetime
    words: str = ""

    def among(
        self, there: Iterable[Somebody], current: str, counts: Mapping[str, int]
    ) -> Sequence[Somebody]:
        """Choose from those who are there, whoever sits at the terminal last."""
        wanted = folded(self.words)
        found = [one for one in there if not one.gone and wanted in folded(one.handle)]
        if len(found) > MOST:
            chosen = sorted(found, key=lambda one: (one.handle != current, not counts[one.handle]))
            kept = {one.handle for one in chosen[:MOST]}
            found = [one for one in found if one.handle in kept]
        return sorted(found, key=lambda one: one.handle == ME)


def people(
    platform: LocalPlatform, window: Window, unread: Unread, asked: PeopleAsked
) -> Sequence[SidePerson]:
    """List who is here."""
    counts = Counter(unread.alone())
    there = asked.among(platform.people.values(), window.who.handle, counts)
    colour = colours(platform)
    return [
        SidePerson(
            who=one,
            path=Window(one, ALONE if one.mail else window.channel).path(),
            current=one.handle == window.who.handle,
            hour=format_hour(asked.now, window.reader.locale, one.zone or "UTC"),
            city=zone_label(one.zone or "UTC", window.reader.locale),
            language=own_name(one.locale or "en", window.reader.locale),
            unread=0 if one.handle == window.who.handle else counts.get(one.handle, 0),
            colour=colour[one.handle],
        )
        for one in there
    ]


def places(platform: LocalPlatform, window: Window, unread: Unread) -> Sequence[SideChannel]:
    """List the channels somebody sees, and where the bot and they are alone."""
    counts = unread.channels(window)
    there = [*channels(platform, window.who), Window(window.who, ALONE)]
    return [
        SideChannel(one.where, one.path(), one.where == window.channel, counts.get(one.where, 0))
        for one in there
    ]
