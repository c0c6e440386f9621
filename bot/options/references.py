"""Knows the kinds of argument that refer to what is kept, by its title or by its id."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot import moments
from bot.authored import title_of
from bot.chat import Moment, Option
from bot.errors import Gone, Unreadable
from bot.folding import folded
from bot.i18n import Authored, Text, format_moment, plain, t
from bot.options.basic import Kind, Reading, worded
from bot.protocol import Widget
from bot.signs import cleaned
from storage.sessions import Session
from storage.sight import Sight

SUGGESTIONS = 25
ID = re.compile(r"[0-9]{1,19}")
SOUGHT = 1000
"""Characters that are looked for: no title has more, and databases refuse far more."""
DATES = 500
"""Sessions of one title among which a day is looked for."""
TITLE = 36
"""Characters of a title in a menu, which leave room for its date within the 75 of Slack."""


def is_id(words: str) -> bool:
    """Say whether words can be an id, by which buttons and menus name things."""
    return bool(ID.fullmatch(words)) and int(words) < 2**63


class Listed(Protocol):
    """What a reference looks things up in."""

    def look_up(self, id: int, sight: Sight, now: datetime) -> Any: ...
    def named(self, words: str, sight: Sight, now: datetime, limit: int = ...) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Reference(Kind):
    """Something that is kept, named by its title.

    `area` is where the records keep them; buttons and menus name it by its id. `none` is said
    where there is nothing to choose.
    """

    area: str = ""
    widget: Widget = "look"
    none: Text = field(default_factory=lambda: t("There's nothing to choose from here yet."))

    def read(self, raw: str, reading: Reading) -> Any:
        listed: Listed = getattr(reading.records, self.area)
        words = raw if is_id(raw) else cleaned(raw)
        if is_id(words):
            found = listed.look_up(int(words), reading.sight, reading.now)
            if found is not None:
                return found
        matching = self.named(words, reading) if words and not is_id(words) else ()
        exact = [one for one in matching if words.casefold() in _titles(one)]
        meant = self.meant(exact, matching, reading)
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise Unreadable(t("Several match “{words}”. Which one do you mean?", words=words[:60]))
        raise Unreadable(t("I found nothing called “{words}” here.", words=words[:60]))

    def raw(self, value: Any, reading: Reading) -> str:
        return str(value.id)

    def offered(self, typed: str, reading: Reading) -> Sequence[Option]:
        found = self.named(cleaned(typed), reading)
        return tuple(Option(str(one.id), self.called(one, reading)) for one in found[:SUGGESTIONS])

    def called(self, one: Any, reading: Reading) -> Text:
        """Name one thing among others."""
        return plain(title_of(one))

    def meant(
        self, exact: Sequence[Any], matching: Sequence[Any], reading: Reading
    ) -> Sequence[Any]:
        """Choose among those whose title is what was typed, or has it in it."""
        return exact[:1] or matching

    def named(self, words: str, reading: Reading, limit: int = SUGGESTIONS) -> Sequence[Any]:
        """List what words may name."""
        listed: Listed = getattr(reading.records, self.area)
        return listed.named(words[:SOUGHT], reading.sight, reading.now, limit)


@dataclass(frozen=True, slots=True)
class Unnamed(Reference):
    """Something that is kept and has no name: only buttons and menus lead to it, by its id.

    Typed words are never taken for it.
    """

    def read(self, raw: str, reading: Reading) -> Any:
        found = getattr(reading.records, self.area).find(int(raw)) if is_id(raw) else None
        if found is None:
            raise Gone
        return found

    def named(self, words: str, reading: Reading, limit: int = SUGGESTIONS) -> Sequence[Any]:
        return ()


@dataclass(frozen=True, slots=True)
class ProgrammeKind(Reference):
    """A programme, named by its title in any language."""

    area: str = "programmes"

    def named(self, words: str, reading: Reading, limit: int = SUGGESTIONS) -> Sequence[Any]:
        found = [*Reference.named(self, words, reading, limit)]
        said, ids = folded(words[:SOUGHT]), {one.id for one in found}
        written = reading.records.programmes.written(reading.sight, reading.now) if said else ()
        return [*found, *(one for one in written if one.id not in ids and _says(one, said))]


@dataclass(frozen=True, slots=True)
class SessionKind(Reference):
    """Something that is kept, named by its title.

    What somebody planned is theirs to name before it is announced.
    """

    area: str = "sessions"

    def named(self, words: str, reading: Reading, limit: int = SUGGESTIONS) -> Sequence[Any]:
        kept, folded_words = reading.records.sessions, folded(words)
        drafts = kept.drafts(reading.sight, reading.now)
        own = [one for one in drafts if _says(one, folded_words)]
        found = [*own, *kept.named(words[:SOUGHT], reading.sight, reading.now, limit)]
        if said := folded(words[:SOUGHT]).split():
            others = kept.named_otherwise(said, reading.sight, reading.now, limit)
            ids = {one.id for one in found}
            found += [one for one in others if one.id not in ids and _says(one, folded_words)]
        if found or not words:
            return found
        dated = self._on_a_day(words, reading)
        return dated or [
            one for one in self.named("", reading) if self._labelled(one, reading) == words
        ]

    def _on_a_day(self, words: str, reading: Reading) -> Sequence[Any]:
        """List those with a title and on a day, as in "CoLab, 3 March": dates share a title."""
        title, _, day = words.rpartition(",")
        try:
            meant = moments.read_day(day, locale=reading.locale, zone=reading.zone, now=reading.now)
        except moments.Unclear:
            return []
        named = self.named(title.strip(), reading, DATES) if title.strip() else []
        zone = ZoneInfo(reading.zone)
        days = [(one, one.starts_at.astimezone(zone).date()) for one in named]
        return [one for one, at in days if at == meant] or [
            one for one, at in days if (at.month, at.day) == (meant.month, meant.day)
        ]

    def called(self, one: Any, reading: Reading) -> Text:
        return _dated(title_of(one), format_moment(one.starts_at, reading.locale, reading.zone))

    def meant(
        self, exact: Sequence[Any], matching: Sequence[Any], reading: Reading
    ) -> Sequence[Any]:
        """Leave those out that are cancelled or over, unless there are no others."""
        found = exact or matching
        ahead = [one for one in found if one.state != "cancelled" and one.ends_at > reading.now]
        return ahead or found

    def _labelled(self, one: Any, reading: Reading) -> str:
        return cleaned(worded(self.called(one, reading), reading.locale))


@dataclass(frozen=True, slots=True)
class LastOf(SessionKind):
    """A session named by its title; of several the last that was held, if one was."""

    def meant(
        self, exact: Sequence[Any], matching: Sequence[Any], reading: Reading
    ) -> Sequence[Any]:
        """Choose the last that has begun."""
        fitting = exact or matching
        held = [session for session in fitting if session.starts_at <= reading.now]
        return sorted(held, key=lambda session: session.starts_at)[-1:] or fitting


def session_option(session: Session) -> Option:
    """Offer a session among others, which may have the same title: with its date."""
    return Option(str(session.id), _dated(title_of(session), Moment(session.starts_at)))


def _dated(title: Authored, when: str | Moment) -> Text:
    return t("{title}: {when}", title=title.shortened(TITLE), when=when)


def _titles(one: Any) -> tuple[str, ...]:
    """Give what a thing is called in any language, in small letters."""
    title = title_of(one)
    return (*(words.casefold() for words in (title.original, *title.others.values())),)


def _says(one: Any, words: str) -> bool:
    """Say whether some folded words are in what a thing is called in any language."""
    return any(words in folded(title) for title in _titles(one))
