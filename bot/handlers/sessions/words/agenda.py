"""Words the agenda of a session: when each item is, who contributes, what is on now and next."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.authored import item_of, title_of
from bot.chat import (
    Block,
    Context,
    Fields,
    Heading,
    Items,
    Message,
    Moment,
    Paragraph,
    button,
)
from bot.commands import person
from bot.domain.agenda import plan_of
from bot.domain.contributions import answers_to, contributors, named, names_people
from bot.i18n import Text, joined, plain, series, t
from bot.options.meetings import FORMATS, format_names
from bot.rules.agenda import Item, Odd, Plan
from bot.wording.meetings import where
from bot.wording.spans import span
from storage import Records
from storage.contributions import CONFIRMED, Contribution
from storage.people import Member
from storage.sessions import Session

ODD: Mapping[Odd, Text] = {
    "early": t("The agenda begins before the session does."),
    "long": t("The agenda takes longer than the session."),
    "order": t("The times of the agenda weren't in order. I've sorted them."),
    "overlap": t("Two items of the agenda overlap. Put & before one that runs beside another."),
    "clocks": t("The clocks change during this session. I've counted that in."),
}
"""What an organiser is told of an agenda; nothing of it is forbidden."""


@dataclass(frozen=True, slots=True)
class Contributors:
    """Who contributes to a session: those who agreed, and the names that are no member's."""

    agreed: Sequence[tuple[Contribution, Member]] = ()
    members: Collection[tuple[str, str]] = ()

    def at(self, item: Item) -> list[Text]:
        """Name who contributes to an item, in the order in which they are written."""
        return [text for name in item.line.names for text in self._named(item.key, name)]

    def _named(self, title: str, name: str) -> Iterator[Text]:
        agreed = [who for row, who in self.agreed if row.item == title]
        known = [who for who in agreed if answers_to(who.name, name)]
        if known:
            yield from (plain(person(who)) for who in known)
        elif (title, name) not in self.members:
            yield plain(name)


def public(records: Records, session: Session) -> Contributors:
    """Find who may be named in public: who agreed, and whoever is no member."""
    if not names_people(session):
        return Contributors()
    agreed = [row for row in contributors(records, session) if row[0].state == CONFIRMED]
    members = {(one.item, one.name) for one in named(records, session) if one.people}
    return Contributors(agreed, members)


def read(session: Session) -> Plan:
    """Give the agenda of a session, with its formats."""
    return plan_of(session, format_names())


def agenda_of(session: Session, people: Contributors | None = None) -> list[Block]:
    """Show the agenda of a session in the reader's time; names as they are written, or `people`."""
    agenda = read(session)
    items = tuple(_items(session, agenda, people or Contributors()))
    return [Heading(t("Agenda")), Items(items)] if items else []


def _items(session: Session, agenda: Plan, people: Contributors) -> Iterator[Text]:
    begins = None
    for item in agenda.items:
        yield item_line(session, item, people, again=item.line.beside and item.begins == begins)
        begins = item.begins or begins


def item_line(session: Session, item: Item, people: Contributors, *, again: bool = False) -> Text:
    """Word an item with its time, but for one that is said `again`, and who contributes."""
    parts = [plain("&")] if item.line.beside else []
    if item.begins and not again:
        parts.append(plain(Moment(item.begins, style=style_of(session))))
    parts.append(plain(item_of(item.line)))
    if inside := _inside(item, people):
        parts.append(t("({details})", details=joined(inside, ", ")))
    return joined(parts)


def style_of(session: Session) -> Literal["full", "hour"]:
    """Say how its times are shown: those of several days with the day."""
    return "full" if session.is_span else "hour"


def _inside(item: Item, people: Contributors) -> list[Text]:
    kind = [FORMATS[item.line.format]] if item.line.format else []
    return [*people.at(item), *kind]


def odd(session: Session) -> tuple[Context, ...]:
    """Say what is odd about the times of an agenda."""
    wrong = read(session).odd
    told = [words for key, words in ODD.items() if key in wrong]
    return (Context(joined(told)),) if told else ()


def to_be_asked(records: Records, session: Session) -> tuple[Context, ...]:
    """Say who will be asked to contribute once a session is announced."""
    names = [one for one in named(records, session) if one.people]
    people = {one.people[0].id: one.people[0] for one in names if len(one.people) == 1}
    others = [plain(person(who)) for id, who in people.items() if id != session.organiser_id]
    if not others:
        return ()
    words = t("Once it's announced, I'll ask {people} to contribute.", people=series(others))
    return (Context(words),)


def running_order(
    records: Records, session: Session, now: datetime, *, follows: bool = False
) -> Message:
    """Word the running order of a session, with what is on now and what is next.

    A channel that does not see what is on does so again with the button that `follows` adds.
    """
    agenda, people = read(session), public(records, session)
    title = t("Agenda of “{title}”", title=title_of(session))
    details = button(t("Details"), "session.show", session=session.id)
    head = (Paragraph(span(session)), *places(session))
    if not agenda.items:
        return Message(title, (*head, Paragraph(t("It has no agenda yet."))), (details,))
    on, following = _marked(session, agenda, now)
    lines = []
    for item, line in zip(agenda.items, _items(session, agenda, people), strict=True):
        mark = t("Now: {item}", item=line) if item in on else line
        lines.append(t("Next: {item}", item=line) if item in following else mark)
    again = button(
        t("Follow the agenda"), "session.follow-agenda", session=session.id, follow="yes"
    )
    buttons = (details, *((again,) if follows else ()))
    return Message(title, (*head, Items(tuple(lines))), buttons)


def places(session: Session) -> tuple[Block, ...]:
    """Give where people meet."""
    pairs = where(session)
    return (Fields(tuple(pairs)),) if pairs else ()


def is_on(session: Session, now: datetime) -> bool:
    """Say whether a session is on."""
    return session.state == "announced" and session.starts_at <= now < session.ends_at


def _marked(session: Session, agenda: Plan, now: datetime) -> tuple[Sequence[Item], Sequence[Item]]:
    """Give what is on and what is next, while a session is."""
    if not is_on(session, now):
        return (), ()
    return agenda.now(now), agenda.next(now)


def now_and_next(session: Session, now: datetime) -> list[Text]:
    """Word in a line each what is on in a session that is on, and what is next."""
    on, following = _marked(session, read(session), now)
    told = [t("Now: {item}", item=_titles(on))] if on else []
    if following:
        at = Moment(following[0].begins or now, style=style_of(session))
        told.append(t("Next: {when} {item}", when=at, item=_titles(following)))
    return told


def _titles(items: Iterable[Item]) -> Text:
    return joined([plain(item_of(item.line)) for item in items], " · ")


def running(records: Records, session: Session, now: datetime) -> Message:
    """Word for a channel what is on in a session, and what is next."""
    show = button(t("Agenda"), "session.agenda", session=session.id)
    if session.agenda_off or not is_on(session, now):
        return Message(plain(title_of(session)), (Paragraph(_off(session, now)),), (show,))
    people = public(records, session)
    on, following = _marked(session, read(session), now)
    pairs = [(t("Now"), item_line(session, item, people, again=True)) for item in on]
    pairs += [(t("Next"), item_line(session, item, people)) for item in following]
    pairs += where(session)
    stop = t("Stop this for everyone")
    off = button(stop, "session.follow-agenda", session=session.id, follow="no")
    title = t("On now: {title}", title=title_of(session))
    return Message(title, (Fields(tuple(pairs)),) if pairs else (), (show, off))


def _off(session: Session, now: datetime) -> Text:
    """Say why a channel does not see what is on any more."""
    if session.state == "cancelled":
        return t("This session has been cancelled.")
    if session.ends_at <= now:
        return t("This session is over.")
    return (
        span(session) if session.starts_at > now else t("I don't follow the agenda here any more.")
    )


def followed(session: Session, *, follow: bool) -> Text:
    """Confirm that a channel sees what is on in a session, or does not any more."""
    named = {"title": title_of(session)}
    if not follow:
        return t("I don't show any more what's on in “{title}”.", **named)
    return t("While “{title}” is on, I show what's on now and next.", **named)
