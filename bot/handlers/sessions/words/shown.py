"""Words sessions as they are shown: previews, announcements, who comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.authored import description_of, question_of, title_of
from bot.chat import (
    Block,
    Button,
    CalendarEvent,
    Context,
    EventState,
    Fields,
    Message,
    Moment,
    Paragraph,
    button,
)
from bot.commands import person
from bot.domain.contributions import unclear
from bot.handlers.sessions.words import after
from bot.handlers.sessions.words.agenda import agenda_of, odd, public, to_be_asked
from bot.handlers.sessions.words.calendar import ADD
from bot.handlers.sessions.words.clocks import clocks, meant
from bot.handlers.sessions.words.consents import recorded
from bot.handlers.sessions.words.contributions import which
from bot.handlers.sessions.words.interpreters import offered
from bot.handlers.sessions.words.limits import counted, limits
from bot.i18n import Text, ZoneName, joined, plain, t, tn, zone_label
from bot.moments import WallTime
from bot.options.answers import ANSWERED
from bot.wording import texts
from bot.wording.duties import assistants
from bot.wording.meetings import kind_of, theme, where
from bot.wording.spans import length, span
from storage import Records
from storage.people import Member
from storage.sessions import Session

WHO: Mapping[str, Text] = {"yes": t("Attending"), "maybe": t("Undecided"), "no": t("Not coming")}
"""What stands above the names of those who answered so."""


def answers(session: Session) -> tuple[Button, ...]:
    """Give the three buttons by which people answer."""
    return (
        button(ANSWERED["yes"], "session.rsvp", "primary", session=session.id, answer="yes"),
        button(ANSWERED["maybe"], "session.rsvp", session=session.id, answer="maybe"),
        button(ANSWERED["no"], "session.rsvp", session=session.id, answer="no"),
    )


def open_answers(session: Session, now: datetime) -> tuple[Button, ...]:
    """Give the buttons by which people can still answer: when it is closed, only by no."""
    closed = session.closes_at is not None and session.closes_at <= now
    return answers(session)[-1:] if closed else answers(session)


def all_dates(session: Session) -> tuple[Button, ...]:
    """Give the button by which people answer for all dates of a programme at once."""
    if session.programme_id is None:
        return ()
    return (button(t("All dates"), "programme.rsvp", programme=session.programme_id, answer="yes"),)


def facts(session: Session, hosts: Sequence[Member]) -> tuple[Block, ...]:
    """Give what is known of a session: its length and kind in small print, who hosts, the link."""
    pairs: list[tuple[Text, Text]] = []
    if hosts:
        names = [plain(person(host)) for host in hosts]
        pairs.append((tn("Host", "Hosts", len(hosts)), joined(names, ", ")))
    if session.partners:
        pairs.append((t("With the support of"), plain(session.partners)))
    pairs += where(session)
    small = kind_of(session, length(session))
    return (*small, *((Fields(tuple(pairs)),) if pairs else ()))


def announcement(records: Records, session: Session, now: datetime) -> Message:
    """Word a session for everybody, with what was answered so far."""
    when = Paragraph(span(session))
    if session.state == "cancelled":
        gone = t("Cancelled: {title}", title=title_of(session))
        note = Paragraph(t("This session has been cancelled."))
        why = (when, note, *reason_of(session))
        return Message(gone, why, event=event(session, now), thread=True)
    hosts, counts = hosts_of(records, session), records.rsvps.counts(session.id)
    mirrored = event(session, now)
    over = mirrored.state == "over"
    end = (Paragraph(t("This session is over.")),) if over else ()
    said_so_far = () if over and not any(counts.values()) else (counted(session, counts),)
    helping = assistants(records.roles.assistants(session.id))
    begun = session.starts_at <= now
    doing = records.interpreters.of(session.id)
    ids = [row.member_id for row in doing if row.member_id]
    people = {one.id: one for one in records.members.many(ids)} if ids else {}
    known = (
        *offered(doing, people),
        *contact_of(records, session),
        *helping,
        *limits(session, now),
        *said_so_far,
        *recorded(session, over=over),
    )
    kept = after.stays_of(records, session) if begun else after.Stays()
    about = (*theme(session), *agenda_of(session, public(records, session)))
    head = () if over else texts.by_hand(records, session)
    blocks = (*head, when, *end, *facts(session, hosts), *known, *after.stays(kept), *about)
    blocks = (*blocks, *texts.note(records, session))
    who = button(t("Who's coming"), "session.who", session=session.id)
    keep = button(ADD, "session.calendar", session=session.id)
    still = (*open_answers(session, now), *all_dates(session), who, keep)
    past = (after.was_there(session), who, *after.reading(session, kept))
    again = (another(session),) if over else ()
    buttons = (*past, *again) if begun else still
    return Message(plain(title_of(session)), blocks, buttons, event=mirrored, thread=True)


def another(session: Session) -> Button:
    """Give the button by which another session like this one is planned."""
    return button(t("Plan another like this"), "session.again", session=session.id)


def waiting(records: Records, session: Session, now: datetime, *, changes: bool) -> Message:
    """Word a session that is announced only later, for one reader: whether they change that."""
    message = announcement(records, session, now)
    when = session.announce_at or now
    note = Paragraph(t("I'll announce it later: {when}.", when=Moment(when)))
    buttons = (*_announce(session), *for_organisers(session)) if changes else ()
    return Message(message.title, (note, *message.blocks), buttons)


def event(session: Session, now: datetime) -> CalendarEvent:
    """Give a session as the calendar of a platform keeps it."""
    state: EventState = "over" if now >= session.ends_at else "on"
    parts = [plain(part) for part in (question_of(session), description_of(session)) if part]
    if session.partners:
        parts.append(t("With the support of {partners}", partners=session.partners))
    return CalendarEvent(
        key=session.about,
        title=plain(title_of(session)),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        location=joined([plain(at) for at in (session.place, session.link) if at], " · "),
        about=joined(parts, "\n\n"),
        state="cancelled" if session.state == "cancelled" else state,
    )


NO_CONTACT = t("Nobody is named any more whom people can ask about access.")


def contact_of(records: Records, session: Session) -> tuple[Block, ...]:
    """Say whom people can ask about access, if somebody who is still there was named."""
    contact = records.members.find(session.contact_id) if session.contact_id else None
    if contact is None or contact.left_at is not None:
        return ()
    return (Fields(((t("Access"), t("ask {who}", who=person(contact))),)),)


def reason_of(session: Session) -> tuple[Paragraph, ...]:
    """Say why a session was cancelled, if anything was said."""
    return (Paragraph(plain(session.reason)),) if session.reason else ()


def for_organisers(session: Session) -> tuple[Button, ...]:
    """Give the buttons that only those see who may change a session."""
    return (
        button(t("Move"), "session.move", session=session.id),
        button(t("Change"), "session.change", session=session.id),
        button(t("Cancel session…"), "session.cancel", "danger", session=session.id),
    )


def hosts_of(records: Records, session: Session) -> Sequence[Member]:
    """List who hosts a session."""
    return records.hosting.hosts(session.id)


@dataclass(frozen=True, slots=True)
class Preview:
    """How a preview is shown: in which zones, whether its reader may announce, when it was set for.

    `when` is None where nobody has just said it; `core` says whether anybody can be asked; `notes`
    are what may have been overlooked.
    """

    zones: Sequence[str]
    may: bool
    when: WallTime | None = None
    core: bool = True
    notes: tuple[Block, ...] = ()


def preview(records: Records, session: Session, shown: Preview) -> Message:
    """Word a planned session for its organiser, its moment in each of the zones."""
    told = Fields((_own_clock(session), *_clocks_in(shown.zones, session)))
    hosts = hosts_of(records, session)
    note = Context(t("This is a preview: nobody else has seen it yet."))
    known = (*limits(session), *contact_of(records, session))
    about = (*facts(session, hosts), *known, *theme(session), *agenda_of(session))
    about = (*about, *texts.note(records, session))
    asking, menus = which(session, unclear(records, session))
    after_it = (*odd(session), *to_be_asked(records, session))
    blocks = (note, told, *clocks(session), *shown.notes, *about, *after_it)
    move = button(t("Move"), "session.move", session=session.id)
    change = button(t("Change"), "session.change", session=session.id)
    discard = button(t("Discard"), "session.discard", "danger", session=session.id)
    title = plain(title_of(session))
    first = _announce(session) if shown.may else (_suggest(session) if shown.core else ())
    asked = meant(session, shown.when)
    moves = () if move.call in {one.call for one in asked} else (move,)
    buttons = (*first, *asked, *moves, change, discard)
    return Message(title, (*blocks, *asking), buttons, menus)


def _own_clock(session: Session) -> tuple[Text, Text]:
    """Give the time on the reader's own clock, which shows a zone that was assumed wrongly."""
    return t("Your time"), span(session)


def _clocks_in(zones: Sequence[str], session: Session) -> tuple[tuple[Text, Text], ...]:
    named: dict[str, str] = {}
    for zone in zones:
        named.setdefault(zone_label(zone), zone)
    return tuple(
        (t("Time in {zone}", zone=ZoneName(zone)), span(session, zone)) for zone in named.values()
    )


def _announce(session: Session) -> tuple[Button, ...]:
    return (
        button(t("Announce now"), "session.announce", "primary", session=session.id),
        button(t("Announce later"), "session.announce-later", session=session.id),
    )


def _suggest(session: Session) -> tuple[Button, ...]:
    ask = t("Request announcement")
    return (button(ask, "session.suggest", "primary", session=session.id),)


def suggestion(session: Session, organiser: Member) -> Message:
    """Word for the core group that somebody would like a session announced."""
    words = t(
        "{who} planned “{title}” for {when} and asked you to announce it.",
        who=person(organiser),
        title=title_of(session),
        when=starts(session),
    )
    show = button(t("Show"), "session.show", session=session.id)
    blocks = (Paragraph(words), *facts(session, ()), *theme(session), *agenda_of(session))
    return Message(blocks=blocks, buttons=(*_announce(session), show))


def starts(session: Session) -> Moment:
    """Say when a session begins."""
    return Moment(session.starts_at)
