"""Fills the seats of sessions: answers for somebody, tells who has a seat, nudges, shows who."""

from datetime import datetime

from bot.chat import Message
from bot.commands import COORDINATORS, Caller
from bot.commands import person as shown_as
from bot.domain import answers as domain
from bot.domain import needs, nudging
from bot.domain.seats import rank
from bot.handlers.sessions import words
from bot.handlers.sessions.answering import rsvp
from bot.handlers.sessions.group import no_draft, session, still_here, still_open
from bot.handlers.sessions.words import seats
from bot.i18n import t
from bot.notices import Sending
from bot.options.answers import Answer
from bot.options.things import PersonOption, SessionOption
from bot.protocol import Change, Reply, Say
from bot.wording.acts import SOMEBODY
from bot.wording.log import author
from bot.wording.pages import Page, Paged
from storage import Records
from storage.seats import told


@session.command(title=t("Answer for somebody"), submit=t("Answer"), who=COORDINATORS)
def answer_for(
    caller: Caller, records: Records, session: SessionOption, person: PersonOption, answer: Answer
) -> Reply:
    """Say for somebody whether they're coming; I'll tell them it was you."""
    still_here(person)
    if person.id == caller.member.id:
        return rsvp(caller, records, session, answer)
    no_draft(session)
    still_open(session, caller.now)
    entry, waits = domain.answer_for(records, session, person, answer, caller.actor)
    if entry is None:
        return Say(seats.same_for(session, person, answer))
    return Say(seats.kept_for(session, person, answer, waits))


@session.command(title=t("See who's coming"), submit=t("View"), reads=True)
def who(caller: Caller, records: Records, session: SessionOption, page: Page = 0) -> Reply:
    """Show who's coming to a session."""
    no_draft(session)
    counts = records.rsvps.counts(session.id)
    number = max(page, 1)
    rows = records.rsvps.page(session.id, (number - 1) * seats.NAMED, seats.NAMED)
    pages = max(1, -(-sum(counts.values()) // seats.NAMED))
    shown = seats.who(
        session, Paged(rows, number, pages), counts, needs.sees(records, session, caller.member)
    )
    return Change(shown) if page else Say(shown)


@session.notice(t("News of a seat"))
def seat(records: Records, sending: Sending) -> Message | None:
    """Tell somebody that they have a seat now, or have none any more."""
    found = records.sessions.find(sending.about)
    if found is None or found.state != "announced" or sending.member is None:
        return None
    own = records.rsvps.answer_of(found.id, sending.member.id)
    if own is None or own.answer != "yes":
        return None
    waits = rank(records, found, own)
    if not sending.kind.startswith(told(not waits)):
        return None
    if waits:
        return seats.unseated(found, waits)
    return seats.seated(found, words.hosts_of(records, found))


@session.timer(t("Question to those who came before"))
def nudges(records: Records, session_id: int, now: datetime) -> None:
    """Ask those who answered earlier dates of a programme whether they come to this one."""
    found = records.sessions.find(session_id)
    if found is not None:
        nudging.nudge(records, found, now)


@session.notice(t("Question to those who came before"))
def nudge(records: Records, sending: Sending) -> Message | None:
    """Ask somebody who answered earlier dates and not this one."""
    found = records.sessions.find(sending.about)
    if found is None or found.state != "announced" or sending.member is None:
        return None
    if records.rsvps.answer_of(found.id, sending.member.id) is not None:
        return None
    return seats.nudge(found)


@session.notice(t("Answer given for somebody"))
def answered_for(records: Records, sending: Sending) -> Message | None:
    """Tell somebody that another answered for them, and who."""
    found = records.sessions.find(sending.about)
    if found is None or found.state != "announced" or sending.member is None:
        return None
    own = records.rsvps.answer_of(found.id, sending.member.id)
    if own is None or own.by_id != sending.by_id:
        return None
    by = author(records, sending.args["entry"])
    return seats.answered_for(
        found, own, shown_as(by) if by else SOMEBODY, rank(records, found, own)
    )
