"""Writes texts as Discord reads them, so that nobody's words are taken for anything but words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bot.chat import CommandRef, Link, Moment, Person, Place
from bot.i18n import Text, labelled, render
from bot.plain_text import as_plain_text
from bot.protocol import Reader

PLATFORM = "discord"
STYLES = {"full": "<t:{0}:F> (<t:{0}:R>)", "hour": "<t:{0}:t>", "relative": "<t:{0}:R>"}
URL = re.compile(r"(https?://[^\s<>]+)")
SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\*_~`|<>[]"})
SPECIAL = re.compile(r"[\\*_~`|<>\[\]@]|^[^\S\n]*[#+-]", re.MULTILINE)
LEADING = re.compile(r"^([^\S\n]*)([#+-])", re.MULTILINE)
EVERYBODY = re.compile(r"@(?=everyone\b|here\b)")
TOKEN = re.compile(r"\\.|<[^<>\s]*>|\]\([^)\]\s]*\)|https?://[^\s<>]+|[\[ \n]", re.DOTALL)
MASKED = re.compile(r"\[([^\[\]\n]+)\]\(<?(https?://[^\s()<>]+)>?\)")
LINE_MARK = re.compile(r"^[^\S\n]*(?:#{1,3}|-#|>>?>?)[^\S\n]+|^[^\S\n]*```\w*$\n?", re.MULTILINE)
MARK = re.compile(r"\*{1,3}|_{1,3}|~~|\|\||`{1,3}")
LABEL = 1000
"""Characters behind which an open bracket is no link's."""


def escaped(words: str) -> str:
    """Write words so that they stay words; web addresses are left as they are."""
    if not SPECIAL.search(words):
        return words
    first, *parts = URL.split(words)
    behind = "".join(part if at % 2 else _apart(_escaped(part)) for at, part in enumerate(parts, 1))
    return _escaped(first) + behind


def unmarked(words: str) -> str:
    """Take out the Markdown of what people wrote, for where it may be read and cannot be escaped.

    Web addresses are left as they are.
    """
    parts = URL.split(MASKED.sub(r"\1 (\2)", words))
    return "".join(part if at % 2 else _unmarked(part) for at, part in enumerate(parts))


def _unmarked(words: str) -> str:
    """Take out the marks that come in pairs around words, in one pass over them."""
    words = LINE_MARK.sub("", words)
    opened: dict[str, list[re.Match[str]]] = {}
    paired: set[int] = set()
    for mark in MARK.finditer(words):
        before = words[max(mark.start() - 1, 0) : mark.start()]
        behind = words[mark.end() : mark.end() + 1]
        if before.strip() and not _in_word(behind) and opened.get(mark[0]):
            paired |= {opened[mark[0]].pop().start(), mark.start()}
        elif behind.strip() and not _in_word(before):
            opened.setdefault(mark[0], []).append(mark)
    return MARK.sub(lambda mark: "" if mark.start() in paired else mark[0], words)


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _apart(words: str) -> str:
    """Put a space before what Discord would take for the end of the address before it."""
    return f" {words}" if words.startswith("\\") else words


def _escaped(words: str) -> str:
    words = LEADING.sub(r"\1\\\2", words.translate(SIGNS))
    return EVERYBODY.sub("@\u200b", words)


@dataclass(frozen=True, slots=True)
class DiscordWording:
    """Words things for those who read them in one server.

    `commands` are Discord's ids of the commands, by what is typed. `workspace` is empty where it is
    not known.
    """

    reader: Reader
    workspace: str = ""
    commands: Mapping[str, str] = field(default_factory=dict)

    def marked(self, text: Text) -> str:
        """Word a text in Discord's markup."""
        if not text.values:
            return _marked(text.template, self.reader.locale)
        return render(text, self.reader.locale, self._marked, _literal).strip()

    def label(self, name: Text) -> str:
        """Word a label, with the sign that leads to its value."""
        if not name.values:
            return _label(name.template, self.reader.locale)
        return self.marked(labelled(name))

    def plain(self, text: Text) -> str:
        """Word a text for where Discord takes no markup: labels, titles, files."""
        if not text.values:
            return _plain(text.template, self.reader.locale)
        return render(text, self.reader.locale, self._as_plain_text).strip()

    def known(self, person: Person) -> str:
        """Give the id a person has on Discord, or nothing; it is the same in every server."""
        return next((one.id for one in person.accounts if one.platform == PLATFORM), "")

    def _marked(self, value: Any) -> str:
        match value:
            case str():
                return escaped(value)
            case Person() if id := self.known(value):
                return f"<@{id}>"
            case Place(platform, _, channel, _, thread) if channel and platform == PLATFORM:
                return f"<#{thread or channel}>"
            case Moment(at, zone, style) if not zone:
                return STYLES[style].format(int(at.timestamp()))
            case Link(url, label) if value.safe:
                return f"[{escaped(label)}]({_closed(url)})" if label else url
            case CommandRef(group, command):
                typed = f"{group} {command}".rstrip()
                known = self.commands.get(typed)  # none of a whole group, or of what is not listed
                return f"</{typed}:{known}>" if known else f"`{self._as_plain_text(value)}`"
        return escaped(self._as_plain_text(value))

    def _as_plain_text(self, value: Any) -> str:
        return as_plain_text(value, self.reader)


# What stands in the catalogues is worded over and over, and there is little of it.
_literal = lru_cache(maxsize=4096)(escaped)


@lru_cache(maxsize=4096)
def _marked(template: str, locale: str) -> str:
    return render(Text(template), locale, str, escaped).strip()


@lru_cache(maxsize=4096)
def _label(template: str, locale: str) -> str:
    return render(labelled(Text(template)), locale, str, escaped).strip()


@lru_cache(maxsize=4096)
def _plain(template: str, locale: str) -> str:
    return render(Text(template), locale, str).strip()


def _closed(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29")


def cut(words: str, limit: int) -> int:
    """Say where marked words can be cut: at a line's end, else between words, in no mention."""
    if len(words) <= limit:
        return len(words)
    line, workspace, whole = _ends(words, limit)
    return next((end for end in (line, workspace) if end >= max(limit // 2, 1)), whole) or limit


def _ends(words: str, limit: int) -> tuple[int, int, int]:
    """Find in one walk the last end of a line, and the last space, that stand in no link.

    The third place is the limit, or where the link, mention or escaped sign begins that it cuts.
    """
    line, workspace, whole = 0, 0, limit
    link: tuple[int, int] | None = None
    for token in TOKEN.finditer(words):
        start = token.start()
        if token.end() > limit:
            whole = min(start, limit)
            break
        match token[0]:
            case "\n":
                line, link = start, None
            case " ":
                workspace = start
            case "[":
                link = start, workspace
            case closing if link and closing.startswith("]("):
                (_, workspace), link = link, None
    if link and limit - link[0] < LABEL:
        whole, workspace = link
    return line, workspace, whole
