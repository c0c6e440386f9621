"""Finds what is new in a community after one instant and up to another, as somebody sees it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm import Session as DbSession

from storage.log import LogEntry
from storage.openspace import OpenSpace, OpenSpaces
from storage.people import Member
from storage.polls import OPEN, Poll, PollAnswer, Polls
from storage.sessions import Session, Sessions
from storage.sight import Sight, eyes
from storage.topics import Topic

Span = tuple[datetime, datetime]
Instants = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
MOST = 500
"""How much is looked at; nobody reads more."""


class WhatsNew:
    """What is new in one community."""

    def __init__(self, session: DbSession, community_id: int) -> None:
        self.db = session
        self.community_id = community_id

    def readers(self) -> Sequence[Member]:
        """List the members who want digests."""
        some = select(Member).where(Member.community_id == self.community_id, Member.digest != "")
        return self.db.scalars(some.order_by(Member.id)).unique().all()

    def acts(self, kind: str, span: Span, *what: str) -> Mapping[int, Sequence[LogEntry]]:
        """Give what was done to things of a kind, undone or not, by their ids; the first first."""
        acts = select(LogEntry).where(
            LogEntry.community_id == self.community_id,
            LogEntry.what.in_(what),
            LogEntry.about.startswith(f"{kind}:"),
            _within(LogEntry.at, span),
        )
        by_thing: dict[int, list[LogEntry]] = {}
        newest = self.db.scalars(acts.order_by(LogEntry.id.desc()).limit(MOST)).all()
        for entry in reversed(newest):
            by_thing.setdefault(entry.thing[1], []).append(entry)
        return by_thing

    def announced(self, span: Span, sight: Sight, now: datetime) -> Sequence[Session]:
        """List single sessions to come that others planned and that were announced."""
        ahead = self._sessions(
            Session.state == "announced",
            Session.programme_id.is_(None),
            Session.organiser_id.is_distinct_from(sight.member_id),
            Session.starts_at > now,
            _within(Session.announce_at, span),
        )
        return self.db.scalars(ahead, eyes(sight, now)).all()

    def kept(self, span: Span, sight: Sight, now: datetime) -> Sequence[Session]:
        """List past sessions of which something came to stay."""
        past = self._sessions(Session.starts_at <= now, _within(Session.stays_at, span))
        return self.db.scalars(past, eyes(sight, now)).all()

    def _sessions(self, *conditions: ColumnElement[bool]) -> Select[Session]:
        return (
            select(Session)
            .where(Session.community_id == self.community_id, Sessions.visible, *conditions)
            .order_by(Session.starts_at, Session.id)
            .limit(MOST)
        )

    def spaces(self, span: Span, sight: Sight, now: datetime) -> Sequence[OpenSpace]:
        """List open spaces that were opened and are not closed."""
        opened = select(OpenSpace).where(
            OpenSpace.community_id == self.community_id,
            OpenSpaces.visible,
            OpenSpace.closed_at.is_(None),
            _within(OpenSpace.opened_at, span),
        )
        return self.db.scalars(opened.order_by(OpenSpace.id).limit(MOST), eyes(sight, now)).all()

    def topics(self, span: Span, sight: Sight, now: datetime) -> Sequence[tuple[OpenSpace, int]]:
        """Count the topics of others that were proposed in each open space under way."""
        rows = (
            select(OpenSpace, func.count())
            .join(Topic, Topic.openspace_id == OpenSpace.id)
            .where(
                OpenSpace.community_id == self.community_id,
                OpenSpaces.visible,
                OpenSpace.closed_at.is_(None),
                OpenSpace.opened_at.is_not(None),
                Topic.withdrawn.is_(False),
                Topic.merged_into_id.is_(None),
                Topic.convener_id.is_distinct_from(sight.member_id),
                _within(Topic.proposed_at, span),
            )
        )
        counted = self.db.execute(rows.group_by(OpenSpace.id).limit(MOST), eyes(sight, now))
        return [(row[0], row[1]) for row in counted]

    def unanswered(self, sight: Sight, now: datetime) -> Sequence[Poll]:
        """List open polls that somebody has not answered, the first to close first."""
        answers = select(PollAnswer.id).where(
            PollAnswer.poll_id == Poll.id, PollAnswer.member_id == sight.member_id
        )
        polls = select(Poll).where(
            Poll.community_id == self.community_id,
            Polls.visible,
            Poll.state == OPEN,
            Poll.closes_at > now,
            ~answers.exists(),
        )
        ordered = polls.order_by(Poll.closes_at, Poll.id).limit(MOST)
        return self.db.scalars(ordered, eyes(sight, now)).all()


def _within(column: Instants, span: Span) -> ColumnElement[bool]:
    since, until = span
    return (column > since) & (column <= until)
