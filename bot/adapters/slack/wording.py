"""Words texts for Slack, as rich text: what somebody wrote can be nothing but words in it."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot.chat import CommandRef, Link, Moment, Person, Place
from bot.i18n import Text, render
from bot.plain_text import as_plain_text, uncut
from bot.protocol import Reader

PLATFORM = "slack"
FORMATS = {"full": "{date_long}, {time}", "hour": "{time}", "relative": "{ago}"}
STASHED = re.compile("\0([0-9]+)\0")
CHANNEL = re.compile("[CG][A-Z0-9]+")
THREAD = re.compile("([0-9]+)[.]([0-9]+)")

Leaf = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SlackWording:
    """Words things for those who read them in one workspace.

    `ringing` are the ids whose mention may ring; None where only the caller sees it, so that
    nobody is rung at all. `command` is the slash command of this app; `site` the web address of
    the workspace, with which links into threads begin.
    """

    reader: Reader
    workspace: str
    command: str = "/cop"
    ringing: frozenset[str] | None = frozenset()
    site: str = ""

    def leaves(self, text: Text, *, bold: bool = False) -> list[Leaf]:
        """Word a text as the elements of a section of rich text."""
        stash: list[Leaf] = []

        def show(value: object) -> str:
            if isinstance(value, str) and "\0" not in value:
                return value
            stash.append(self._leaf(value))
            return f"\0{len(stash) - 1}\0"

        said = render(text, self.reader.locale, show)
        if not stash and not bold:
            return [words(said)] if said else []
        parts = STASHED.split(said)
        found = [stash[int(part)] if place % 2 else words(part) for place, part in enumerate(parts)]
        return list(_merged(found, {"bold": True} if bold else {}))

    def plain(self, text: Text) -> str:
        """Word a text for where Slack takes no markup: headers, labels, buttons."""
        return render(text, self.reader.locale, self._as_plain_text)

    def known(self, person: Person) -> str:
        """Give the id a person has in this workspace, or nothing."""
        return next((a.id for a in person.accounts if self._here(a.platform, a.workspace)), "")

    def ringing_for(self, people: Iterable[Person]) -> "SlackWording":
        """Let the mentions of these people ring, and nobody else's."""
        return replace(self, ringing=frozenset(id for one in people if (id := self.known(one))))

    def mention(self, person: Person) -> Leaf:
        """Mention somebody where it may ring, else give the name."""
        id = self.known(person)
        rings = self.ringing is None or id in self.ringing
        return {"type": "user", "user_id": id} if id and rings else words(person.name)

    def _here(self, platform: str, workspace: str) -> bool:
        return (platform, workspace) == (PLATFORM, self.workspace)

    def _leaf(self, value: object) -> Leaf:
        match value:
            case Person():
                return self.mention(value)
            case Place(platform, workspace, channel) if self._here(platform, workspace):
                if CHANNEL.fullmatch(channel):
                    return self._place(value)
            case Moment(at, zone, style) if not zone:
                shown = {"timestamp": int(at.timestamp()), "format": FORMATS[style]}
                return {"type": "date", **shown, "fallback": self._as_plain_text(Moment(at))}
            case Link(url, label) if value.safe:
                return {"type": "link", "url": url} | ({"text": label} if label else {})
            case CommandRef():
                return words(self._as_plain_text(value), code=True)
        return words(self._as_plain_text(value))

    def _place(self, place: Place) -> Leaf:
        """Mention a channel, or link to a thread in it, as chat.getPermalink does."""
        thread, channel = place.thread, place.channel
        if not self.site or not THREAD.fullmatch(thread):
            return {"type": "channel", "channel_id": channel}
        message = f"{self.site}archives/{channel}/p{thread.replace('.', '')}"
        url = f"{message}?thread_ts={thread}&cid={channel}"
        return {"type": "link", "url": url, "text": f"#{place.name or channel}"}

    def _as_plain_text(self, value: object) -> str:
        return as_plain_text(value, self.reader, f"{self.command} ")


def words(said: str, **style: bool) -> Leaf:
    """Make an element of plain words."""
    return {"type": "text", "text": said} | ({"style": style} if style else {})


def _merged(leaves: Iterable[Leaf], style: dict[str, bool]) -> Iterator[Leaf]:
    """Put words of one style that stand side by side into one element."""
    held: Leaf | None = None
    for leaf in leaves:
        styled = leaf | ({"style": style | leaf.get("style", {})} if style else {})
        if styled["type"] != "text":
            if held:
                yield held
            yield styled
            held = None
        elif held and held.get("style") == styled.get("style"):
            held = held | {"text": held["text"] + styled["text"]}
        elif styled["text"]:
            if held:
                yield held
            held = styled
    if held:
        yield held


def divided(leaves: Iterable[Leaf], limit: int) -> Iterator[list[Leaf]]:
    """Divide elements into as many lots as hold `limit` characters each; nothing is lost."""
    whole = [leaf for leaf in leaves if leaf["type"] != "text" or leaf["text"]]
    if sum(map(_length, whole)) <= limit:
        yield from [whole] if whole else []
        return
    lot: list[Leaf] = []
    room = limit
    for leaf in whole:
        for piece in _pieces(leaf, room, limit):
            if lot and _length(piece) > room:
                yield lot
                lot, room = [], limit
            lot.append(piece)
            room -= _length(piece)
    if lot:
        yield lot


def _pieces(leaf: Leaf, room: int, limit: int) -> Iterator[Leaf]:
    """Cut words at the end of a line or a word; other elements stay whole."""
    left = leaf
    while left["type"] == "text" and len(left["text"]) > max(room, 1):
        end = _cut(left["text"], max(room, 1))
        yield left | {"text": left["text"][:end]}
        left, room = left | {"text": left["text"][end:]}, limit
    if left["type"] != "text" or left["text"]:
        yield left


def _cut(said: str, limit: int) -> int:
    for sign in ("\n", " "):
        end = said.rfind(sign, limit // 2, limit)
        if end > 0:
            return end + 1
    return uncut(said, limit)


def _length(leaf: Leaf) -> int:
    """Weigh an element: words by their characters, anything else by what Slack is sent for it."""
    if leaf["type"] == "text":
        return len(leaf["text"])
    return len(json.dumps(leaf, ensure_ascii=False))


def marked(leaf: Leaf) -> str:
    """Write an element in the markup Slack takes for notifications, everything else escaped."""
    if leaf["type"] == "text":
        return escaped(leaf["text"])
    match leaf:
        case {"type": "user", "user_id": id}:
            return f"<@{id}>"
        case {"type": "channel", "channel_id": id}:
            return f"<#{id}>"
        case {"type": "date", "timestamp": at, "format": form, "fallback": fallback}:
            return f"<!date^{at}^{form}|{escaped(fallback).replace('|', '/')}>"
        case {"type": "link", "url": url}:
            label = escaped(leaf.get("text") or url).replace("|", "/")
            return f"<{escaped(url)}|{label}>"
    raise ValueError(f"an element of type {leaf['type']}")


def escaped(said: str) -> str:
    """Write words so that they stay words (docs.slack.dev, “Escaping text”)."""
    return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
