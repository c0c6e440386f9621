"""Makes of the messages in a window what its page shows, the oldest first."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from bot.adapters.local import LocalPlatform, Shown
from bot.adapters.local.kept import PostedMessage, parted
from bot.adapters.local.shown import Passage, ShownFile, Side
from bot.i18n import format_day, format_hour
from bot.web.chat.window import Window

TOGETHER = timedelta(minutes=5)
"""How soon somebody has to write again for their messages to stand under one name."""
PAGE = 50
"""Messages of a page; those before are a link away."""
DIGITS = 18
"""How long the number of a message is at most."""
Part = str | Passage | Side


@dataclass(frozen=True, slots=True)
class ChatEntry:
    """A message on a page, in the language and zone of who looks at it.

    `day` is said where another one begins; `below` is the title of the message whose thread it
    stands in. One that `follows` stands under the name above it.
    """

    id: str
    shown: Shown
    time: str
    day: str
    private: bool
    edited: bool
    rings: bool
    thread: str = ""
    below: str = ""
    follows: bool = False

    @property
    def version(self) -> int:
        """A number that is another one when it reads differently."""
        seen = (self.shown, self.time, self.private, self.edited, self.below, self.follows)
        return zlib.crc32(repr(seen).encode("utf-8", "replace"))

    @property
    def files(self) -> Sequence[ShownFile]:
        """The files that are not shown as pictures."""
        parts = self.shown.parts
        pictures = [one.name for one in parts if isinstance(one, Passage) and one.kind == "picture"]
        return [one for one in self.shown.files if one.name not in pictures]

    @property
    def blocks(self) -> Iterator[tuple[str, Sequence[Part]]]:
        """Go through its parts, those of a list together, each with its kind."""
        for kind, parts in groupby(self.shown.parts, _kind):
            yield kind, list(parts)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The messages of a page; `before` is the id to ask for those before it, if there are any."""

    entries: Sequence[ChatEntry]
    before: str = ""


def timeline(platform: LocalPlatform, window: Window, before: str = "") -> Timeline:
    """Show the newest messages of a window, or those before one of them."""
    seen = (one for one in platform.visible(window.who.handle) if window.has(one))
    if before.isdecimal() and len(before) <= DIGITS:
        seen = (one for one in seen if int(one.id) < int(before))
    page = list(islice(seen, PAGE + 1))
    shown = page[PAGE - 1 :: -1]
    above = page[PAGE] if len(page) > PAGE else None
    entries = list(_entries(platform, window, shown, above))
    return Timeline(entries, shown[0].id if len(page) > PAGE else "")


def _entries(
    platform: LocalPlatform,
    window: Window,
    page: Sequence[PostedMessage],
    above: PostedMessage | None,
) -> Iterator[ChatEntry]:
    zone, locale = window.reader.zone, window.reader.locale
    last = ""
    for posted in page:
        day = format_day(posted.at.astimezone(ZoneInfo(zone)).date(), locale)
        thread = "" if window.thread else posted.place.thread
        head = platform.messages.get(thread)
        yield ChatEntry(
            id=posted.id,
            shown=posted.shown,
            time=format_hour(posted.at, locale, zone),
            day=day if day != last else "",
            private=bool(posted.person and posted.place.channel),
            edited=posted.edited,
            rings=parted(window.who.handle)[0] in posted.shown.rings,
            thread=thread,
            follows=_follows(posted, above),
            below=(head.shown.title or head.shown.text.partition("\n")[0]) if head else "",
        )
        last, above = day, posted


def _follows(posted: PostedMessage, above: PostedMessage | None) -> bool:
    """Say whether a message goes on with the one above it: same author, readers and thread."""
    if above is None or posted.at - above.at > TOGETHER:
        return False
    same = (above.shown.by, above.person, above.place)
    return (posted.shown.by, posted.person, posted.place) == same and not posted.shown.title


def _kind(part: Part) -> str:
    """Name what a part is; items with numbers are a list of their own."""
    if isinstance(part, Side):
        return "row"
    if isinstance(part, str):
        return "text"
    return "steps" if part.kind == "item" and part.name != "-" else part.kind
