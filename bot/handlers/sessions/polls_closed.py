"""Ends polls: closes and reopens them, and makes a session of the hour that suits most."""

from datetime import datetime
from typing import Annotated

from bot.authored import title_of
from bot.chat import Block, Message
from bot.commands import CORE, EVERYONE, Caller
from bot.domain import polls as domain
from bot.domain import sessions as sessions_domain
from bot.domain.announcing import announce as announce_in
from bot.domain.reminders import channels_for
from bot.errors import UserError
from bot.handlers.sessions import words as session_words
from bot.handlers.sessions.group import session
from bot.handlers.sessions.planning import suggest
from bot.handlers.sessions.polls import DateOption, PollOption, decides, may_decide, preview
from bot.handlers.sessions.words import polls as words
from bot.handlers.sessions.words import polls_closed
from bot.handlers.sessions.words.polls_closed import PollStanding
from bot.i18n import t
from bot.notices import Sending
from bot.options.basic import YesNo
from bot.protocol import Change, Reply, Say
from bot.wording.lost_posts import with_missing
from storage import Records
from storage.log import Actor
from storage.people import Member
from storage.polls import CLOSED, DRAFT, DROPPED, OPEN, Poll, PollDate
from storage.sessions import Session

Sure = Annotated[bool, YesNo(t("Discard"))]


def _standing(records: Records, poll: Poll, reader: Member, now: datetime) -> PollStanding:
    counted = domain.tally(records, poll)
    best = domain.best(records, poll, counted, now)
    ahead = any(date.starts_at > now for date in counted.dates)
    asked = {"title": poll.title, "duration": f"{poll.minutes}m"}
    return PollStanding(counted, best, ahead, reader.sight.is_at_least(CORE), asked)


@session.command(title=t("See a poll"), submit=t("View"), who=EVERYONE, reads=True, listed=False)
def poll_show(caller: Caller, records: Records, poll: PollOption) -> Reply:
    """Show how a poll stands; its organiser and the core group see who answered what."""
    if poll.state == DRAFT:
        return Say(preview(records, poll))
    if not decides(caller, poll):
        return Say(polls_closed.public(poll, domain.tally(records, poll)))
    return Say(_shown(caller, records, poll))


def _shown(caller: Caller, records: Records, poll: Poll) -> Message:
    stands = _standing(records, poll, caller.member, caller.now)
    people = {member.id: member for member in records.poll_answers.people(poll.id)}
    told = polls_closed.shown(poll, stands, records.poll_answers.of(poll.id), people)
    return with_missing(caller, records, told, poll.about)


@session.command(title=t("Close a poll"), submit=t("Close"), may=may_decide, listed=False)
def poll_close(caller: Caller, records: Records, poll: PollOption) -> Reply:
    """Close a poll before its time."""
    records.polls.hold(poll)
    if poll.state != OPEN:
        raise UserError(t("The poll “{title}” isn't open.", title=title_of(poll)))
    domain.close(records, poll, caller.actor)
    return Change(polls_closed.result(poll, _standing(records, poll, caller.member, caller.now)))


@session.command(title=t("Reopen a poll"), submit=t("Reopen"), may=may_decide, listed=False)
def poll_reopen(caller: Caller, records: Records, poll: PollOption) -> Reply:
    """Let people answer a poll for three more days."""
    records.polls.hold(poll)
    _undecided(poll)
    if poll.state not in (CLOSED, DROPPED):
        raise UserError(t("The poll “{title}” is open already.", title=title_of(poll)))
    if not domain.ahead(records, poll, caller.now):
        raise UserError(t("All its hours have passed. Please choose others."))
    domain.reopen(records, poll, caller.actor)
    return Change(polls_closed.reopened(poll))


@session.command(title=t("Discard a poll"), submit=t("Discard"), may=may_decide, listed=False)
def poll_discard(caller: Caller, records: Records, poll: PollOption, sure: Sure = False) -> Reply:
    """Discard a poll; I'll ask first."""
    _undecided(poll)
    if poll.state == DROPPED:
        raise UserError(t("“{title}” was discarded already.", title=title_of(poll)))
    if not sure:
        return Change(_would_discard(caller, records, poll))
    told = polls_closed.discarded(poll, back=poll.state != DRAFT)
    domain.discard(records, poll, caller.actor)
    return Change(told)


def _would_discard(caller: Caller, records: Records, poll: Poll) -> Message:
    """Say what discarding a poll would do, and whom else it is told."""
    told = domain.deciding(records, poll) if poll.state != DRAFT else ()
    others = [] if poll.organiser_id == caller.member.id else [*told]
    whose = next((who for who in others if who.id == poll.organiser_id), None)
    return polls_closed.would_discard(poll, domain.tally(records, poll).people, whose)


def _undecided(poll: Poll) -> None:
    """Let only polls pass from which no session came yet. Raises UserError."""
    if poll.session_id is not None:
        raise UserError(t("A session was planned from “{title}” already.", title=title_of(poll)))


def may_take(caller: Caller, records: Records, date: PollDate) -> None:
    """Let only those pass who decide on the poll of an hour. Raises NotAllowed."""
    may_decide(caller, records, records.polls.get(date.poll_id))


@session.command(
    title=t("Announce the best time"), submit=t("Announce"), may=may_take, listed=False
)
def poll_announce(caller: Caller, records: Records, date: DateOption) -> Reply:
    """Plan and announce a session at an hour of a poll."""
    poll = records.polls.get(date.poll_id)
    records.polls.hold(poll)
    _undecided(poll)
    if poll.state != CLOSED:
        raise UserError(t("The poll “{title}” isn't closed.", title=title_of(poll)))
    if date.starts_at <= caller.now:
        raise UserError(t("That hour has passed. Please choose another."))
    planned = _planned(caller, records, poll, date)
    domain.made(records, poll, planned)
    if not caller.is_at_least(CORE):
        return suggest(caller, records, session=planned)
    return _announce(caller, records, planned)


def _planned(caller: Caller, records: Records, poll: Poll, date: PollDate) -> Session:
    """Plan a session at an hour of a poll, to be held where that was posted."""
    planned = Session(
        title=poll.title,
        starts_at=date.starts_at,
        wall=date.wall,
        zone=date.zone,
        minutes=poll.minutes,
        created_at=caller.now,
        organiser_id=poll.organiser_id or caller.member.id,
    )
    sessions_domain.plan(records, planned, records.placements.of(poll.about))
    return planned


def _announce(caller: Caller, records: Records, planned: Session) -> Reply:
    places = records.channels.many(records.placements.of(planned.about))
    announce_in(records, planned, places, caller.actor)
    reminded = [records.channels.get(id) for id in channels_for(records, planned)]
    return Change(session_words.announced(planned, places, reminded, caller.now))


@session.notice(t("Poll on a time"), live=True)
def polled(records: Records, sending: Sending) -> Message | None:
    """Show a poll to everybody, its counts kept current."""
    poll = records.polls.find(sending.about)
    if poll is None or poll.state == DRAFT:
        return None
    organiser = records.members.find(poll.organiser_id or 0)
    made = _public_session(records, poll, sending.now)
    return words.post(poll, domain.tally(records, poll), organiser, made)


def _public_session(records: Records, poll: Poll, now: datetime) -> Session | None:
    """Give the session that came of a poll, once everybody may know of it."""
    made = records.sessions.find(poll.session_id or 0)
    known = made is not None and made.state == "announced" and not sessions_domain.waits(made, now)
    return made if known else None


@session.timer(t("End of a poll"))
def poll_closes(records: Records, poll_id: int, now: datetime) -> None:
    """Close a poll whose time has come."""
    poll = records.polls.find(poll_id)
    if poll is not None and poll.state == OPEN and poll.closes_at <= now:
        domain.close(records, poll, Actor(None, now))


@session.notice(t("Result of a poll"))
def poll_result(records: Records, sending: Sending) -> Message | None:
    """Tell whoever decides on a poll what came of it."""
    poll = records.polls.find(sending.about)
    if poll is None or poll.session_id is not None or sending.member is None:
        return None
    if sending.kind.startswith("discarded"):
        who = records.members.find(sending.by_id or 0)
        return polls_closed.discarded_by(poll, who) if poll.state == DROPPED else None
    if poll.state != CLOSED:
        return None
    return polls_closed.result(poll, _standing(records, poll, sending.member, sending.now))


@session.week
def my_polls(caller: Caller, records: Records) -> tuple[Block, ...]:
    """Show somebody the polls of theirs from which no session came yet."""
    return polls_closed.undecided(records.polls.undecided(caller.now, caller.member.id))


@session.waits
def undecided_polls(caller: Caller, records: Records) -> tuple[Block, ...]:
    """List the polls of others from which no session came yet."""
    polls = records.polls.undecided(caller.now)
    return polls_closed.undecided([p for p in polls if p.organiser_id != caller.member.id])
