"""Writes texts as Slack reads them, so that nobody's words are taken for anything but words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bot.calls import Reader
from bot.chat import CommandRef, Day, Link, Moment, Person, Place
from bot.i18n import Text, format_day, format_hour, format_moment, render

PLATFORM = "slack"
FORMATS = {"full": "{date_long}, {time}", "hour": "{time}", "relative": "{ago}"}
HALF_TOKEN = re.compile(r"<[^<>]*\Z|&[a-z]{0,3}\Z")


def escaped(words: str) -> str:
    """Write words so that they stay words (docs.slack.dev, “Escaping text”)."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass(frozen=True, slots=True)
class Wording:
    """Words things for those who read them in one workspace.

    `ringing` are the ids whose mention may ring; None where only the caller sees it, so that
    nobody is rung at all. `command` is the slash command of this app.
    """

    reader: Reader
    space: str
    command: str = "/cop"
    ringing: frozenset[str] | None = frozenset()

    def mrkdwn(self, text: Text) -> str:
        """Word a text in Slack's markup."""
        return render(text, self.reader.locale, self._marked, escaped)

    def plain(self, text: Text) -> str:
        """Word a text for where Slack takes no markup: headers, labels, buttons."""
        return render(text, self.reader.locale, self._plainly)

    def known(self, person: Person) -> str:
        """Give the id a person has in this workspace, or nothing."""
        return next((a.id for a in person.accounts if self._here(a.platform, a.space)), "")

    def ringing_for(self, people: Iterable[Person]) -> "Wording":
        """Let the mentions of these people ring, and nobody else's."""
        return replace(self, ringing=frozenset(id for one in people if (id := self.known(one))))

    def _here(self, platform: str, space: str) -> bool:
        return (platform, space) == (PLATFORM, self.space)

    def mention(self, person: Person) -> str:
        """Write a mention where it may stand, else the name."""
        id = self.known(person)
        rings = self.ringing is None or id in self.ringing
        return f"<@{id}>" if id and rings else escaped(person.name)

    def _marked(self, value: Any) -> str:
        match value:
            case Person():
                return self.mention(value)
            case Place(platform, space, channel) if channel and self._here(platform, space):
                return f"<#{channel}>"
            case Moment(at, zone, style) if not zone:
                fallback = escaped(self._plainly(Moment(at))).replace("|", "/")
                return f"<!date^{int(at.timestamp())}^{FORMATS[style]}|{fallback}>"
            case Link(url, label) if value.safe:
                return f"<{escaped(url)}|{escaped(label or url).replace('|', '/')}>"
            case CommandRef():
                return f"`{escaped(self._plainly(value))}`"
        return escaped(self._plainly(value))

    def _plainly(self, value: Any) -> str:
        match value:
            case Person(name):
                return name
            case Place(channel=channel, name=name):
                return f"#{name or channel}"
            case Moment(at, zone, "hour"):
                return format_hour(at, self.reader.locale, zone or self.reader.zone)
            case Moment(at, zone):
                return format_moment(at, self.reader.locale, zone or self.reader.zone)
            case Day(day):
                return format_day(day, self.reader.locale)
            case Link(url, label):
                return f"{label} ({url})" if label else url
            case CommandRef(group, command):
                return f"{self.command} {group} {command}".rstrip()
        return str(value)


def pieces(words: str, limit: int) -> list[str]:
    """Cut marked words at line ends, else between words, never inside a mention; none is lost."""
    found = []
    while len(words) > limit:
        end = _cut(words, limit)
        found.append(words[:end].rstrip())
        words = words[end:].lstrip("\n ")
    return [piece for piece in (*found, words) if piece.strip()]


def _cut(words: str, limit: int) -> int:
    for sign in ("\n", " "):
        end = words.rfind(sign, limit // 2, limit)
        while end > 0 and HALF_TOKEN.search(words, 0, end):
            end = words.rfind(sign, limit // 2, end)
        if end > 0:
            return end
    half = HALF_TOKEN.search(words, 0, limit)
    return (half.start() if half else limit) or limit


def shortened(words: str, limit: int) -> str:
    """Cut plain words to a limit, with a sign that there was more."""
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
