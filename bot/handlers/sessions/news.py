"""Gives what digests tell of sessions and of polls on their time."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain import finding
from bot.handlers.sessions.group import session
from bot.handlers.sessions.words import news as words
from bot.notices import Issue, Share
from storage import Records
from storage.interpreters import ASKED
from storage.polls import OPEN
from storage.sessions import Session

MOST = 300


@session.news
def news(issue: Issue, records: Records) -> Share:
    """Tell what is new of sessions, which ones are next, and what is to be answered of them."""
    me, now = issue.reader.sight, issue.now
    ahead = [
        row for row in records.sessions.ahead(me, now, MOST) if row[0].starts_at <= issue.ahead
    ]
    turns = records.hosting.turns_of(me.member_id, me, now)
    hosted = [planned.id for turn, planned in turns if turn.hosts]
    open_to = [
        planned
        for planned, answer in ahead
        if not answer and planned.id not in hosted and _takes_answers(planned, now)
    ]
    kept = records.news.kept(issue.fresh, me, now)
    new = (
        words.announced(records.news.announced(issue.fresh, me, now)),
        words.moved(_moved(records, issue)),
        words.cancelled(_cancelled(records, issue)),
        words.kept(kept, finding.kept_of(records, kept) if kept else {}),
    )
    return Share(new, words.ahead(ahead, hosted), (), words.answer(open_to))


def _takes_answers(planned: Session, now: datetime) -> bool:
    return planned.closes_at is None or planned.closes_at > now


def _moved(records: Records, issue: Issue) -> Sequence[Session]:
    """List the sessions to come that are at another time than their reader last knew."""
    moves = records.news.acts("session", issue.fresh, "moved")
    return [
        planned
        for planned in _ahead(records, moves, issue, "announced")
        if moves[planned.id][0].before["at"] != planned.starts_at.isoformat()
    ]


def _cancelled(records: Records, issue: Issue) -> Sequence[Session]:
    acts = records.news.acts("session", issue.fresh, "cancelled")
    return _ahead(records, acts, issue, "cancelled")


def _ahead(records: Records, ids: Iterable[int], issue: Issue, state: str) -> Sequence[Session]:
    """List the sessions to come that are not new themselves."""
    some = records.sessions.among(ids, issue.reader.sight, issue.now)
    return [
        planned
        for planned in sorted(some, key=lambda one: (one.starts_at, one.id))
        if planned.state == state
        and planned.starts_at > issue.now
        and (planned.programme_id or _known(planned, issue))
    ]


def _known(planned: Session, issue: Issue) -> bool:
    return planned.announce_at is None or planned.announce_at <= issue.since


@session.news
def polls(issue: Issue, records: Records) -> Share:
    """Tell which polls were started, and which wait for an answer."""
    me, now = issue.reader.sight, issue.now
    started = records.polls.among(records.news.acts("poll", issue.fresh, "polled"), me, now)
    new = [poll for poll in started if poll.state == OPEN and poll.organiser_id != me.member_id]
    open_to = records.news.unanswered(me, now)
    waits = [poll for poll in open_to if poll not in new]
    return Share((words.polls(new),), (), words.polls(waits), words.answer_poll(open_to))


@session.news
def tasks(issue: Issue, records: Records) -> Share:
    """Tell somebody what they were asked to interpret, and which actions are due."""
    me = issue.reader.sight.member_id
    asked = [row for row in records.interpreters.tasks_of(me, issue.now) if row[0].state == ASKED]
    until = issue.ahead.date()
    due = [item for item in records.actions.open_of(me) if item.due_on and item.due_on <= until]
    return Share((), (), (*words.asked(asked), *words.due(due)))
