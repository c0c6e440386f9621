"""Writes the proceedings of an open space, as Markdown in one language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.authored import description_of, paragraphs_of, question_of, title_of
from bot.chat import File, Link, Moment, Person
from bot.commands import person
from bot.handlers.openspace.words import spaces as words
from bot.i18n import Text, format_moment, joined, plain, render, t
from storage.notes import Notes
from storage.people import Member
from storage.topics import Topic, Whole

SPACES = re.compile(r"(\s+)")
LINK = re.compile(r"https?://[^\s<>\[\]|`\\]+")
SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
LEADING = re.compile(r"\A([-+=]|\d{1,9}(?=[.)]))")


@dataclass(frozen=True, slots=True)
class Written:
    """What was noted of the topics, and by whom."""

    notes: Mapping[int, Sequence[Notes]]
    authors: Mapping[int, Member]

    def of(self, topic: Topic) -> Sequence[Notes]:
        """List the notes of one topic."""
        return self.notes.get(topic.id, ())


def proceedings(whole: Whole, written: Written, locale: str, zone: str) -> File:
    """Write everything down that came of a space, for a reader of a language in a zone."""

    def show(value: object) -> str:
        return _shown(value, locale, zone)

    lines = [f"{mark}{render(text, locale, show)}" for mark, text in _lines(whole, written)]
    return File("proceedings.md", ("\n".join(lines) + "\n").encode(), "text/markdown")


def _shown(value: object, locale: str, zone: str) -> str:
    match value:
        case Person(name):
            return inert(name)
        case Moment(at):
            return format_moment(at, locale, zone)
        case Link(url):
            return f"<{url}>"
    return inert(str(value))


def inert(said: str) -> str:
    """Keep Markdown from reading signs in what people wrote; their links stay links."""
    words = SPACES.split(said)
    inside = (word if LINK.fullmatch(word) else SPECIAL.sub(r"\\\1", word) for word in words)
    return LEADING.sub(_unlisted, "".join(inside))


def _unlisted(begin: re.Match[str]) -> str:
    """Keep what begins like a list or the line below a heading from being one."""
    return f"{begin[1]}\\" if begin[1].isdigit() else f"\\{begin[1]}"


Line = tuple[str, Text]
EMPTY: Line = ("", Text(""))


def _lines(whole: Whole, written: Written) -> Iterator[Line]:
    """Give the lines, each with the mark before it."""
    yield "# ", t("Proceedings: {question}", question=question_of(whole.space))
    yield EMPTY
    if whole.space.opened_at:
        yield "- ", t("Opened {when}", when=Moment(whole.space.opened_at))
    if whole.space.closed_at:
        yield "- ", t("Closed {when}", when=Moment(whole.space.closed_at))
    noted = [topic for topic in whole.topics if written.of(topic)]
    for topic in noted:
        yield from _topic(whole, topic, written)
    yield from _actions(noted, written)
    yield from _bare(whole, [topic for topic in whole.topics if topic not in noted])


def _topic(whole: Whole, topic: Topic, written: Written) -> Iterator[Line]:
    yield EMPTY
    yield "## ", plain(title_of(topic))
    yield EMPTY
    if whole.convened(topic):
        names = joined([plain(person(member)) for member in whole.convened(topic)], ", ")
        yield "", t("Convened by {names}", names=names)
    if description_of(topic):
        yield EMPTY
        for line in paragraphs_of(topic):
            yield ("> ", plain(line)) if line else (">", Text(""))
    for notes in written.of(topic):
        yield from _notes(notes, written.authors.get(notes.member_id or 0))


def _notes(notes: Notes, author: Member | None) -> Iterator[Line]:
    parts = (
        (t("Discussion"), _long("", notes.discussed)),
        (t("Insights"), _long("", notes.insights)),
        (t("Actions"), _list(notes.actions)),
        (t("Resources"), _list(notes.resources)),
    )
    for heading, lines in parts:
        if found := list(lines):
            yield EMPTY
            yield "### ", heading
            yield EMPTY
            yield from found
    if author and notes.named:
        yield EMPTY
        yield "", t("Notes by {who}", who=person(author))


def _actions(topics: Sequence[Topic], written: Written) -> Iterator[Line]:
    """Gather all actions, so that nobody has to look for theirs."""
    found = [
        (topic, action)
        for topic in topics
        for notes in written.of(topic)
        for _, action in _list(notes.actions)
    ]
    if found:
        yield EMPTY
        yield "## ", t("All actions")
        yield EMPTY
    for topic, action in found:
        yield "- ", t("{action} ({title})", action=action, title=title_of(topic))


def _bare(whole: Whole, topics: Sequence[Topic]) -> Iterator[Line]:
    if topics:
        yield EMPTY
        yield "## ", t("Topics without notes")
        yield EMPTY
    for topic in topics:
        yield "- ", words.convened(whole, topic)


def _long(mark: str, said: str) -> Iterator[Line]:
    for line in said.splitlines():
        yield (mark, plain(line)) if line.strip() else (mark.rstrip(), Text(""))


def _list(said: str) -> Iterator[Line]:
    for line in said.splitlines():
        if words := line.strip(" -*•\t"):
            yield "- ", plain(words)
