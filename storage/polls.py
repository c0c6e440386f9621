"""Keeps polls: hours that are proposed for a session, and who could come at which."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import ALWAYS, WITH, Kept, Owned, Privacy, one_of, to_community, to_member

GOOD, POSSIBLE, NO = "good", "possible", "no"
ANSWERS = (GOOD, POSSIBLE, NO)
OPEN, CLOSED, DROPPED = "open", "closed", "dropped"


class Poll(Owned):
    """A time to be found together. `state` is one of open, closed, dropped.

    It closes by itself at `closes_at`; `session_id` is the session planned from it.
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
    state: Mapped[str] = mapped_column(default=OPEN, info=one_of(OPEN, CLOSED, DROPPED))
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
    privacy = Privacy("Answers to polls", "At which hours you could come", "Members", WITH)
    __table_args__ = (UniqueConstraint("date_id", "member_id"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id", ondelete="CASCADE"), index=True)
    date_id: Mapped[int] = mapped_column(ForeignKey("poll_dates.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    answer: Mapped[str] = mapped_column(info=one_of(*ANSWERS))
    answered_at: Mapped[datetime]


class Polls(Kept[Poll]):
    """The polls of one community."""

    kind = Poll


class PollDates(Kept[PollDate]):
    """The hours of the polls of one community."""

    kind = PollDate

    def of(self, poll_id: int) -> Sequence[PollDate]:
        """List the hours of a poll, the first first."""
        mine = self.mine().where(PollDate.poll_id == poll_id)
        return self.all(mine.order_by(PollDate.starts_at))


class PollAnswers(Kept[PollAnswer]):
    """What people answered to the polls of one community."""

    kind = PollAnswer

    def of(self, poll_id: int) -> Sequence[PollAnswer]:
        """List what was answered to a poll, the first first."""
        mine = self.mine().where(PollAnswer.poll_id == poll_id)
        return self.all(mine.order_by(PollAnswer.id))
