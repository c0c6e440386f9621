"""Keeps polls: hours that are proposed for a session, and who could come at which."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, case, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.people import Member
from storage.sight import MEMBER, PREPARES, Sight, Visible
from storage.tables import ALWAYS, WITH, Kept, Owned, Privacy, one_of, to_community, to_member

GOOD, POSSIBLE, NO = "good", "possible", "no"
ANSWERS = (GOOD, POSSIBLE, NO)
DRAFT, OPEN, CLOSED, DROPPED = "draft", "open", "closed", "dropped"


class Poll(Owned):
    """A time to be found together. `state` is one of draft, open, closed, dropped.

    It closes by itself at `closes_at`, which says when it did once it is closed; `session_id` is
    the session planned from it.
    """

    __tablename__ = "polls"
    privacy = Privacy("Polls", "To find a time together; who asked", "Members", ALWAYS)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    title: Mapped[str]
    minutes: Mapped[int]
    created_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    organiser_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty"), index=True, default=None
    )
    state: Mapped[str] = mapped_column(default=DRAFT, info=one_of(DRAFT, OPEN, CLOSED, DROPPED))
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("sessions.id", ondelete="SET NULL"), index=True, default=None
    )

    @property
    def about(self) -> str:
        """How deliveries, posts and the log name it."""
        return f"poll:{self.id}"


class PollDate(Owned):
    """An hour that a poll proposes; `starts_at` is derived from `wall` and `zone`."""

    __tablename__ = "poll_dates"
    whole = "poll_id"
    privacy = Privacy("Hours of polls", "Which hours a poll proposes", "Members", WITH)
    __table_args__ = (UniqueConstraint("poll_id", "starts_at"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    wall: Mapped[str]
    zone: Mapped[str]


class PollAnswer(Owned):
    """What a member answered to an hour of a poll: one of good, possible, no."""

    __tablename__ = "poll_answers"
    whole = "poll_id"
    privacy = Privacy(
        "Answers to polls",
        "At which hours you could come",
        "Whoever asks, and the core group; others only how many",
        WITH,
    )
    __table_args__ = (UniqueConstraint("date_id", "member_id"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id", ondelete="CASCADE"), index=True)
    date_id: Mapped[int] = mapped_column(ForeignKey("poll_dates.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    answer: Mapped[str] = mapped_column(info=one_of(*ANSWERS))
    answered_at: Mapped[datetime]


_SHOWN = or_(PREPARES, Poll.organiser_id == MEMBER, Poll.state != DRAFT)
"""Drafts are for those who plan them."""


def open_polls(opened: Session, after: int, limit: int) -> Sequence[Poll]:
    """List open polls of all communities, by id and `after` one, to change them.

    Nobody else changes them until this transaction ends.
    """
    rows = select(Poll).where(Poll.state == OPEN, Poll.id > after)
    return opened.scalars(rows.order_by(Poll.id).limit(limit).with_for_update()).all()


class Polls(Visible[Poll]):
    """The polls of one community."""

    kind = Poll
    visible = _SHOWN

    def public(self, thing: Poll, now: datetime) -> bool:
        """Say whether a poll was started."""
        return thing.state != DRAFT

    def named(self, words: str, sight: Sight, now: datetime, limit: int = 25) -> Sequence[Poll]:
        """Find polls by words in the title, open ones first; no drafts."""
        asked = Poll.title.icontains(words, autoescape=True)
        found = self.shown().where(asked, Poll.state != DRAFT)
        first = case((Poll.state == OPEN, 0), else_=1)
        return self.seen(found.order_by(first, Poll.id.desc()).limit(limit), sight, now)

    def undecided(self, now: datetime, organiser_id: int | None = None) -> Sequence[Poll]:
        """List polls with hours to come from which no session came yet; those of one, if given."""
        ahead = select(PollDate.poll_id).where(
            PollDate.community_id == self.community_id, PollDate.starts_at > now
        )
        going_on = self.mine().where(Poll.state.in_((OPEN, CLOSED)), Poll.id.in_(ahead))
        asked = going_on.where(Poll.session_id.is_(None))
        own = asked if organiser_id is None else asked.where(Poll.organiser_id == organiser_id)
        return self.all(own.order_by(Poll.closes_at, Poll.id))

    def drafts(self, organiser_id: int) -> Sequence[Poll]:
        """List what somebody has not started yet."""
        return self.all(self.mine().where(Poll.organiser_id == organiser_id, Poll.state == DRAFT))

    def answered_by(self, member_id: int) -> Sequence[Poll]:
        """List the polls that somebody answered."""
        answered = select(PollAnswer.poll_id).where(PollAnswer.member_id == member_id)
        return self.all(self.mine().where(Poll.id.in_(answered)))

    def of_session(self, session_id: int) -> Sequence[Poll]:
        """List the polls from which a session came."""
        return self.all(self.mine().where(Poll.session_id == session_id))

    def hold(self, poll: Poll) -> None:
        """Bring a poll up to date and let nobody else hold it until the transaction ends."""
        self.db.refresh(poll, with_for_update=True)


class PollDates(Visible[PollDate]):
    """The hours of the polls of one community."""

    kind = PollDate
    visible = PollDate.poll_id.in_(select(Poll.id).where(_SHOWN))

    def of(self, poll_id: int) -> Sequence[PollDate]:
        """List the hours of a poll, the first first."""
        mine = self.mine().where(PollDate.poll_id == poll_id)
        return self.all(mine.order_by(PollDate.starts_at))

    def named(self, words: str, sight: Sight, now: datetime, limit: int = 25) -> Sequence[PollDate]:
        """Find none: words cannot name them, their ids do."""
        return ()


class PollAnswers(Kept[PollAnswer]):
    """What people answered to the polls of one community."""

    kind = PollAnswer

    def of(self, poll_id: int) -> Sequence[PollAnswer]:
        """List what was answered to a poll by those who are here, the first first."""
        mine = self.mine().where(PollAnswer.poll_id == poll_id)
        here = mine.join(Member, Member.id == PollAnswer.member_id)
        return self.all(here.where(Member.left_at.is_(None)).order_by(PollAnswer.id))

    def of_member(self, poll_id: int, member_id: int) -> Sequence[PollAnswer]:
        """List what somebody answered to a poll."""
        mine = self.mine().where(PollAnswer.poll_id == poll_id, PollAnswer.member_id == member_id)
        return self.all(mine)

    def people(self, poll_id: int) -> Sequence[Member]:
        """List who answered a poll."""
        asked = select(PollAnswer.member_id).where(
            PollAnswer.community_id == self.community_id, PollAnswer.poll_id == poll_id
        )
        people = select(Member).where(Member.id.in_(asked)).order_by(Member.id)
        return self.db.scalars(people).unique().all()
