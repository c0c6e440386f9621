"""Words past sessions, and those that were looked for, with what was kept of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.authored import title_of
from bot.chat import Block, Context, Items, Message, button, choice, said
from bot.commands import person
from bot.domain.finding import sought
from bot.handlers.sessions.words.lists import on_now, past_ones, spoken
from bot.handlers.sessions.words.shown import starts
from bot.i18n import LanguageName, Text, joined, plain, series, t, tn
from bot.options.references import session_option
from bot.wording.pages import Paged
from storage.assets import KINDS, LINK, NOTES, RECORDING, SLIDES
from storage.people import Member
from storage.sessions import Session

KEPT: Mapping[str, Text] = {
    RECORDING: t("recording"),
    SLIDES: t("slides"),
    NOTES: t("notes"),
    LINK: t("links"),
}
"""What a list calls the kinds of what stays of a session."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What somebody looked for: words, a language, past sessions only."""

    past: bool
    find: str
    language: str

    @property
    def args(self) -> dict[str, str]:
        """Give what buttons carry that turn the pages: words as they are compared are shorter."""
        given = {"past": "yes" if self.past else "", "find": " ".join(sought(self.find))}
        return {name: raw for name, raw in (given | {"language": self.language}).items() if raw}


@dataclass(frozen=True, slots=True)
class SessionsFound:
    """A page of what is found, with hosts by session, and kinds of what was kept by name.

    `several`: the community speaks more than one language; `count` is how many there are in all.
    """

    page: Paged[Session]
    hosts: Mapping[int, Sequence[Member]] = field(default_factory=dict)
    kept: Mapping[str, Collection[str]] = field(default_factory=dict)
    several: bool = False
    count: int = 0


def found(looked: Looked, shown: SessionsFound, now: datetime) -> Message:
    """Word a page of past sessions, or of what was looked for."""
    if not shown.page.things:
        return _none(looked)
    lines = tuple(_line(session, shown, now) for session in shown.page.things)
    options = tuple(session_option(session) for session in shown.page.things)
    show = choice(t("Show"), "session.show", "session", options)
    count = Context(tn("{count} session", "{count} sessions", shown.count))
    turns = shown.page.turns("session.list", **looked.args)
    hint: tuple[Block, ...] = ()
    if shown.page.count > 1 and not turns:
        hint = (Context(t("To see the other pages, look for fewer words.")),)
    return Message(_title(looked), (count, Items(lines), *shown.page.foot, *hint), turns, (show,))


def _title(looked: Looked) -> Text:
    if looked.find:
        return t("Sessions with “{words}”", words=looked.find)
    if looked.language:
        return t("Past sessions in {language}", language=LanguageName(looked.language))
    return t("Past sessions")


def _none(looked: Looked) -> Message:
    if looked.find:
        words = t("I found no session with “{words}”. Try fewer words.", words=looked.find)
        if looked.language:
            spoken = LanguageName(looked.language)
            words = t(
                "I found no session with “{words}” in {language}.",
                words=looked.find,
                language=spoken,
            )
        return said(words, *(() if looked.past else (past_ones(),)))
    if looked.language:
        return none_spoken(looked.language)
    return said(t("No session has taken place yet."))


def none_spoken(language: str) -> Message:
    """Say that there is no session in a language in a list."""
    words = t("There's no session in {language} here.", language=LanguageName(language))
    return said(words, button(t("All sessions"), "session.list"))


def _line(session: Session, shown: SessionsFound, now: datetime) -> Text:
    """Word a session on one line: when it was, who hosted it, and what was kept."""
    if session.state == "announced" and session.starts_at <= now < session.ends_at:
        return on_now(session, now)
    title: object = title_of(session)
    if session.state == "cancelled":
        title = t("Cancelled: {title}", title=title_of(session))
    parts = [t("{title}: {when}", title=title, when=starts(session))]
    if hosts := shown.hosts.get(session.id):
        parts.append(series(plain(person(host)) for host in hosts))
    parts += spoken(session) if shown.several else ()
    if kinds := shown.kept.get(session.about):
        parts.append(joined([KEPT[kind] for kind in KINDS if kind in kinds], ", "))
    return joined(parts, " · ")
