"""Words what is said of sessions: previews, announcements, reminders, lists."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.chat import (
    Block,
    Button,
    Choice,
    Event,
    Fields,
    Items,
    Link,
    Message,
    Moment,
    Option,
    Paragraph,
    Quote,
    button,
    choice,
    said,
)
from bot.commands import person
from bot.i18n import LanguageName, Text, format_minutes, joined, plain, t, tn
from bot.reminding import REMIND
from storage import Records
from storage.people import Member
from storage.sessions import Rsvp, Session

FORMATS: Mapping[str, Text] = {
    "presentation": t("Presentation"),
    "fishbowl": t("Fishbowl"),
    "openspace": t("Open space"),
    "review": t("Peer review"),
    "visit": t("Field visit"),
    "round": t("Introduction round"),
    "workshop": t("Workshop"),
    "other": t("Other"),
}
ANSWERED: Mapping[str, Text] = {"yes": t("Coming"), "maybe": t("Maybe"), "no": t("Cannot come")}


def answers(session: Session) -> tuple[Button, ...]:
    """Give the three buttons by which people answer."""
    return (
        button(ANSWERED["yes"], "session.rsvp", "primary", session=session.id, answer="yes"),
        button(ANSWERED["maybe"], "session.rsvp", session=session.id, answer="maybe"),
        button(ANSWERED["no"], "session.rsvp", session=session.id, answer="no"),
    )


def _facts(session: Session, hosts: Sequence[Member]) -> tuple[tuple[Text, Text], ...]:
    minutes = format_minutes(session.minutes)
    pairs: list[tuple[Text, Text]] = [(t("Length"), minutes)]
    if session.format:
        pairs.append((t("Format"), FORMATS.get(session.format, plain(session.format))))
    if session.languages:
        spoken = [plain(LanguageName(code)) for code in session.languages]
        pairs.append((t("Languages"), joined(spoken, ", ")))
    if hosts:
        names = [plain(person(host)) for host in hosts]
        pairs.append((tn("Host", "Hosts", len(hosts)), joined(names, ", ")))
    if session.link:
        pairs.append((t("Link"), plain(Link(session.link))))
    return tuple(pairs)


def _body(session: Session) -> list[Block]:
    blocks: list[Block] = []
    if session.guiding_question:
        asked = t("Guiding question: {question}", question=session.guiding_question)
        blocks.append(Paragraph(asked))
    if session.description:
        blocks.append(Quote(plain(session.description)))
    if session.agenda:
        lines = [line.strip(" -*•") for line in session.agenda.splitlines() if line.strip()]
        blocks += [Paragraph(t("Agenda")), Items(tuple(plain(line) for line in lines))]
    return blocks


def _counts(counts: Mapping[str, int]) -> Paragraph:
    words = t(
        "Coming: {yes} · Maybe: {maybe} · Cannot come: {no}",
        yes=counts.get("yes", 0),
        maybe=counts.get("maybe", 0),
        no=counts.get("no", 0),
    )
    return Paragraph(words)


def announcement(records: Records, session: Session) -> Message:
    """Word a session for everybody, with what was answered so far."""
    when = Paragraph(plain(_when(session)))
    if session.state == "cancelled":
        gone = t("Cancelled: {title}", title=session.title)
        note = Paragraph(t("This session does not take place."))
        blocks = (when, note, *_reason(session))
        return Message(gone, blocks, event=event(session), thread=True)
    facts = Fields(_facts(session, hosts_of(records, session)))
    blocks = (when, *_body(session), facts, _counts(records.sessions.counts(session)))
    who = button(t("Who comes"), "session.who", session=session.id)
    buttons = (*answers(session), who)
    return Message(plain(session.title), blocks, buttons, event=event(session), thread=True)


def event(session: Session) -> Event:
    """Give a session as the calendar of a platform keeps it."""
    parts = [plain(part) for part in (session.guiding_question, session.description) if part]
    return Event(
        key=session.about,
        title=plain(session.title),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        location=plain(session.link),
        about=joined(parts, "\n\n"),
        state="cancelled" if session.state == "cancelled" else "on",
    )


def _reason(session: Session) -> tuple[Paragraph, ...]:
    return (Paragraph(plain(session.reason)),) if session.reason else ()


def for_organisers(session: Session) -> tuple[Button, ...]:
    """Give the buttons that only those see who may change a session."""
    return (
        button(t("Move"), "session.move", session=session.id),
        button(t("Change"), "session.change", session=session.id),
        button(t("Cancel"), "session.cancel", "danger", session=session.id),
    )


def hosts_of(records: Records, session: Session) -> Sequence[Member]:
    """List who hosts a session."""
    return records.hosting.hosts(session.id)


def preview(records: Records, session: Session, zones: Sequence[str], may: bool) -> Message:
    """Word a planned session for its organiser, its moment in each of the zones."""
    told = tuple(
        (t("Time in {zone}", zone=zone), plain(Moment(session.starts_at, zone)))
        for zone in dict.fromkeys(zones)
    )
    hosts = hosts_of(records, session)
    blocks = (Fields(told), *_body(session), Fields(_facts(session, hosts)))
    note = t("This is a preview: nobody else has seen it yet.")
    change = button(t("Change"), "session.change", session=session.id)
    discard = button(t("Discard"), "session.discard", "danger", session=session.id)
    title = plain(session.title)
    first = _announce(session) if may else _suggest(session)
    return Message(title, (Paragraph(note), *blocks), (*first, change, discard))


def _announce(session: Session) -> tuple[Button, ...]:
    return (
        button(t("Announce now"), "session.announce", "primary", session=session.id),
        button(t("Announce later"), "session.announce-later", session=session.id),
    )


def _suggest(session: Session) -> tuple[Button, ...]:
    ask = t("Ask the core group to announce it")
    return (button(ask, "session.suggest", "primary", session=session.id),)


def suggestion(session: Session, organiser: Member) -> Message:
    """Word for the core group that somebody would like a session announced."""
    words = t(
        "{who} planned “{title}” for {when} and asks you to announce it.",
        who=person(organiser),
        title=session.title,
        when=_when(session),
    )
    show = button(t("Show"), "session.show", session=session.id)
    return Message(blocks=(Paragraph(words), *_body(session)), buttons=(*_announce(session), show))


def reminder(session: Session, now: datetime, hosts: Sequence[Member]) -> Message:
    """Word a reminder to those who come, or to a channel."""
    words = t("“{title}” begins {soon}.", title=session.title, soon=_soon(session, now))
    when = Paragraph(plain(_when(session)))
    facts = Fields(_facts(session, hosts))
    return Message(
        words, (when, facts), (button(t("Details"), "session.show", session=session.id),)
    )


def own_reminder(session: Session, now: datetime, hosts: Sequence[Member]) -> Message:
    """Word a reminder to one person, who can say now that they cannot, or want no more of these."""
    told = reminder(session, now, hosts)
    cannot = button(t("I cannot come"), "session.rsvp", session=session.id, answer="no")
    stop = button(t("No more reminders"), "session.remind-me", session=session.id, before="none")
    return Message(told.title, told.blocks, (*told.buttons, cannot, stop))


def host_reminder(
    session: Session, now: datetime, coming: Sequence[tuple[Rsvp, Member]]
) -> Message:
    """Word a reminder to a host, with what those who come need."""
    title = t("You host “{title}”, {soon}.", title=session.title, soon=_soon(session, now))
    checks = (
        t("Try the link and share it with your co-hosts."),
        t("Agree on who welcomes, who keeps the time and who takes notes."),
        t("Go through the agenda once more."),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(plain(_when(session))),
        Paragraph(tn("{count} person comes.", "{count} people come.", len(coming))),
        Items((*checks, *_needs(coming))),
    )
    return Message(title, blocks, (button(t("Details"), "session.show", session=session.id),))


def _needs(coming: Sequence[tuple[Rsvp, Member]]) -> list[Text]:
    needs = []
    for rsvp, member in coming:
        if rsvp.language:
            name = LanguageName(rsvp.language)
            words = t("{who} needs interpretation into {name}.", who=person(member), name=name)
            needs.append(words)
        if rsvp.note:
            needs.append(t("{who} writes: {note}", who=person(member), note=rsvp.note))
    return needs


def _soon(session: Session, now: datetime) -> Text:
    minutes = max(0, round((session.starts_at - now).total_seconds() / 60))
    if minutes >= 36 * 60:
        return tn("in {count} day", "in {count} days", round(minutes / 1440))
    if minutes >= 90:
        return tn("in {count} hour", "in {count} hours", round(minutes / 60))
    if minutes >= 60:
        return t("in an hour")
    return tn("in {count} minute", "in {count} minutes", minutes) if minutes else t("now")


def moved(session: Session, before: datetime) -> Message:
    """Word that a session was moved."""
    words = t("“{title}” was moved.", title=session.title)
    pairs = ((t("New time"), plain(_when(session))), (t("Old time"), plain(Moment(before))))
    return Message(words, (Fields(pairs),), answers(session))


def cancelled(session: Session) -> Message:
    """Word that a session was cancelled."""
    title, when = session.title, _when(session)
    words = t("“{title}” on {when} does not take place.", title=title, when=when)
    return Message(t("A session was cancelled."), (Paragraph(words), *_reason(session)))


def back(session: Session) -> Message:
    """Word that a cancelled session takes place after all."""
    title, when = session.title, _when(session)
    words = t("“{title}” on {when} takes place after all.", title=title, when=when)
    return said(words, *answers(session))


def answered(session: Session, answer: str, rsvp: Rsvp) -> Message:
    """Tell somebody what they answered, and what they can add."""
    words = {
        "yes": t("You come to “{title}”: {when}.", title=session.title, when=_when(session)),
        "maybe": t("You may come to “{title}”: {when}.", title=session.title, when=_when(session)),
        "no": t("You cannot come to “{title}”. Thank you for saying so.", title=session.title),
    }[answer]
    if answer == "no":
        return said(words)
    note = button(t("Add a note for the hosts"), "session.note", session=session.id)
    return Message(blocks=(Paragraph(words),), buttons=(note,), choices=_wishes(session, rsvp))


def _when(session: Session) -> Moment:
    return Moment(session.starts_at)


def _wishes(session: Session, rsvp: Rsvp) -> tuple[Choice, ...]:
    reminders = choice(t("Remind me"), "session.remind-me", "before", REMIND, session=session.id)
    if len(session.languages) < 2:
        return (reminders,)
    spoken = tuple(Option(code, plain(LanguageName(code, own=True))) for code in session.languages)
    needed = choice(
        t("Interpretation"), "session.interpretation", "language", spoken, session=session.id
    )
    return (needed, reminders)


def listed(sessions: Sequence[Session], own: Mapping[int, str]) -> Message:
    """Word the sessions to come, with what the reader answered."""
    if not sessions:
        plan = button(t("Plan a session"), "session.plan")
        return said(t("No session is announced yet."), plan)
    items = tuple(line(session, own.get(session.id, "")) for session in sessions)
    options = tuple(Option(str(one.id), plain(one.title)) for one in sessions)
    show = choice(t("Show"), "session.show", "session", options)
    return Message(t("Sessions to come"), (Items(items),), choices=(show,))


def line(session: Session, answer: str = "") -> Text:
    """Word a session on one line, with what somebody answered."""
    told = t("{title}: {when}", title=session.title, when=_when(session))
    return joined((told, t("({answer})", answer=ANSWERED[answer]))) if answer else told


def who(session: Session, rows: Sequence[tuple[Rsvp, Member]]) -> Message:
    """Word who answered what."""
    title = t("Who comes to “{title}”", title=session.title)
    if not rows:
        return Message(title, (Paragraph(t("Nobody has answered yet.")),))
    pairs = tuple((label, _names(rows, answer)) for answer, label in ANSWERED.items())
    return Message(title, (Fields(tuple(pair for pair in pairs if pair[1])),))


def _names(rows: Sequence[tuple[Rsvp, Member]], answer: str) -> Text:
    return joined([plain(person(m)) for r, m in rows if r.answer == answer], ", ")
