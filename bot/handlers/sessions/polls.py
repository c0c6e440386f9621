"""Looks for a time together: plans polls and starts them, and takes what people answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from bot.authored import title_of
from bot.chat import Message
from bot.commands import CORE, EVERYONE, Caller
from bot.domain import polls as domain
from bot.domain.announcing import channel_of
from bot.domain.hours import spread
from bot.errors import FieldError, NotAllowed, UserError
from bot.handlers.sessions.group import Channel, session
from bot.handlers.sessions.planning import HOUR
from bot.handlers.sessions.words import polls as words
from bot.handlers.sessions.words import polls_closed
from bot.handlers.sessions.words.changes import names
from bot.i18n import t
from bot.moments import WallTime, wall
from bot.options.basic import OneOf
from bot.options.meetings import Length, Title
from bot.options.references import Reference
from bot.options.several_times import SeveralTimes
from bot.options.spans import Deadline
from bot.options.times import past
from bot.protocol import Change, Reply, Say
from bot.rules import polls as rules
from storage import Records
from storage.polls import DRAFT, OPEN, Poll, PollDate

PollOption = Annotated[Poll, Reference(t("Poll"), area="polls")]
DateOption = Annotated[PollDate, Reference(t("Hour"), area="poll_dates")]
Given = Annotated[str, OneOf(t("Your answer"), options=words.OPTIONS)]
HINT = t("One per line, 10 at most: Tue 3pm. Left empty, I'll propose some.")
Dates = Annotated[Sequence[WallTime], SeveralTimes(t("Dates"), HINT, most=rules.MOST)]
UNTIL = t("In how many days, or when: 3 days")
Closes = Annotated[int | WallTime, Deadline(t("Closes"), UNTIL)]


def decides(caller: Caller, poll: Poll) -> bool:
    """Say whether the caller decides on a poll: its organiser and the core group do."""
    return poll.organiser_id == caller.member.id or caller.is_at_least(CORE)


def may_decide(caller: Caller, records: Records, poll: Poll) -> None:
    """Let only the organiser and the core group pass. Raises NotAllowed."""
    if not decides(caller, poll):
        raise NotAllowed(t("Only whoever started the poll and the core group can do that."))


@session.command(title=t("Find a time together"), submit=t("Preview"), adds=True)
def poll(
    caller: Caller,
    records: Records,
    title: Title,
    dates: Dates | None = None,
    duration: Length | None = None,
    closes: Closes | None = None,
) -> Reply:
    """Ask people when they can come; I propose hours that are fair to all."""
    minutes = duration or _length(dates)
    times = dates or _proposed(caller, records, minutes)
    planned = Poll(
        title=title,
        minutes=minutes,
        created_at=caller.now,
        closes_at=_closes(caller, times, closes),
        organiser_id=caller.member.id,
    )
    domain.plan(records, planned, times, channel_of(records, caller.place))
    return Say(preview(records, planned, proposed=not dates))


def _length(dates: Sequence[WallTime] | None) -> int:
    return next((time.minutes for time in dates or () if time.minutes), HOUR)


def _proposed(caller: Caller, records: Records, minutes: int) -> Sequence[WallTime]:
    """Propose hours, on the clock of whoever asks."""
    zone = caller.zone
    times = rules.proposed(spread(records).dwellers, caller.now, zone, minutes)
    return [WallTime(at, wall(at, zone), zone) for at in times]


def _closes(caller: Caller, times: Sequence[WallTime], closes: int | WallTime | None) -> datetime:
    """Say when a poll closes, always before its first hour. Raises FieldError."""
    for time in times:
        if time.at <= caller.now:
            raise past("dates", time.at)
    first = times[0].at
    if not closes:
        return rules.closes(caller.now, first)
    until = closes.at if isinstance(closes, WallTime) else caller.now + timedelta(minutes=closes)
    if until <= caller.now:
        raise past("closes", until)
    if until >= first:
        raise FieldError(
            "closes", t("It has to close before the first of its hours. Choose an earlier time.")
        )
    return until


def preview(records: Records, planned: Poll, *, proposed: bool = False) -> Message:
    """Show a poll as it would be posted, with what its hours mean elsewhere."""
    people, dates = spread(records).dwellers, records.poll_dates.of(planned.id)
    starts = [date.starts_at for date in dates]
    meant = rules.meanings(people, starts, planned.minutes) if people else ()
    return words.preview(planned, dates, meant, proposed=proposed)


def _as_it_is(caller: Caller, records: Records, poll: Poll) -> Mapping[str, Any]:
    dates = records.poll_dates.of(poll.id)
    times = [WallTime(date.starts_at, date.wall, date.zone) for date in dates]
    return {"title": poll.title, "dates": times, "duration": poll.minutes}


def _is_draft(poll: Poll) -> None:
    """Let only polls pass that nobody else has seen. Raises UserError."""
    if poll.state != DRAFT:
        raise UserError(t("“{title}” has already been started.", title=title_of(poll)))


@session.command(
    title=t("Other hours"), submit=t("Preview"), may=may_decide, listed=False, fill=_as_it_is
)
def poll_change(
    caller: Caller,
    records: Records,
    poll: PollOption,
    title: Title | None = None,
    dates: Dates | None = None,
    duration: Length | None = None,
    closes: Closes | None = None,
) -> Reply:
    """Change a poll that you haven't started yet."""
    _is_draft(poll)
    minutes = duration or poll.minutes
    kept = _as_it_is(caller, records, poll)["dates"] if dates is None else dates
    times = kept or _proposed(caller, records, minutes)
    poll.closes_at = _closes(caller, times, closes)
    poll.title, poll.minutes = title or poll.title, minutes
    domain.put_hours(records, poll, times)
    return Say(preview(records, poll, proposed=not kept))


@session.command(title=t("Start a poll"), submit=t("Start"), may=may_decide, listed=False)
def poll_start(
    caller: Caller, records: Records, poll: PollOption, channel: Channel | None = None
) -> Reply:
    """Post a poll as you saw it in the preview."""
    records.polls.hold(poll)
    _is_draft(poll)
    _still_ahead(caller, records, poll)
    own = records.placements.of(poll.about) or channel_of(records, caller.place)
    if channel is not None:
        own = channel_of(records, channel)
    places = records.channels.many(own) or records.channels.announcing()
    if not places:
        raise FieldError("channel", t("Which channel should I post it in?"))
    domain.start(records, poll, [place.id for place in places], caller.actor)
    return Change(polls_closed.started(poll, names(places)))


def _still_ahead(caller: Caller, records: Records, poll: Poll) -> None:
    """Let only polls pass that have an hour to come. Raises UserError."""
    if not domain.ahead(records, poll, caller.now):
        raise UserError(t("All its hours have passed. Please choose others."))


def _is_open(caller: Caller, poll: Poll) -> None:
    """Let only polls pass that can still be answered. Raises UserError."""
    title = title_of(poll)
    if poll.state == DRAFT:
        raise UserError(t("“{title}” isn't started yet.", title=title))
    if poll.state != OPEN or poll.closes_at <= caller.now:
        raise UserError(t("The poll “{title}” is closed: it takes no more answers.", title=title))


@session.command(
    title=t("Say when you can"), submit=t("Answer"), who=EVERYONE, reads=True, listed=False
)
def poll_answer(caller: Caller, records: Records, poll: PollOption) -> Reply:
    """Show the hours of a poll for you to answer."""
    _is_open(caller, poll)
    return Say(_own(caller, records, poll))


def _own(caller: Caller, records: Records, poll: Poll) -> Message:
    rows = records.poll_answers.of_member(poll.id, caller.member.id)
    said_so_far = {row.date_id: row.answer for row in rows}
    excluded = domain.excluded(records, poll, caller.member)
    return words.own(poll, records.poll_dates.of(poll.id), said_so_far, excluded)


@session.command(title=t("Answer an hour"), submit=t("Answer"), who=EVERYONE, listed=False)
def poll_say(caller: Caller, records: Records, date: DateOption, answer: Given) -> Reply:
    """Say whether you can come at one of the hours of a poll."""
    asked = records.polls.get(date.poll_id)
    records.polls.hold(asked)
    _is_open(caller, asked)
    domain.answer(records, asked, {date.id: answer}, caller.actor)
    return Change(_own(caller, records, asked))


@session.command(title=t("Answer all hours"), submit=t("Answer"), who=EVERYONE, listed=False)
def poll_say_all(caller: Caller, records: Records, poll: PollOption, answer: Given) -> Reply:
    """Say the same of all hours of a poll."""
    records.polls.hold(poll)
    _is_open(caller, poll)
    never = domain.excluded(records, poll, caller.member)
    ids = [date.id for date in records.poll_dates.of(poll.id) if date.id not in never]
    domain.answer(records, poll, dict.fromkeys(ids, answer), caller.actor)
    return Change(_own(caller, records, poll))


@session.farewell
def withdraw(caller: Caller, records: Records) -> None:
    """Drop what somebody who is erased planned for themselves, and count them out elsewhere."""
    domain.erase(records, caller.actor)
