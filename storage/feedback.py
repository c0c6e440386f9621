"""Keeps what people thought of a session, apart from who they are."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import WITH, Kept, Owned, Privacy, to_community, to_member


def unordered_id() -> int:
    """Give an id that says nothing of when it was made."""
    return secrets.randbits(62) + 1


class Feedback(Owned):
    """What one person thought of a session: `score` from 1 to 5, what to change, the host's answer.

    It refers to nobody, and neither its id nor anything else in it says when it was written.
    """

    __tablename__ = "feedback"
    whole = "session_id"
    privacy = Privacy(
        "Feedback on sessions",
        "What people thought of a session, without who wrote it or when",
        "The session's hosts and coordinators, from five answers on",
        WITH,
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    session_id: Mapped[int] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    score: Mapped[int]
    change: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")


class FeedbackGiver(Owned):
    """That somebody gave feedback on a session, so that each gives it once; not what they wrote."""

    __tablename__ = "feedback_givers"
    whole = "session_id"
    privacy = Privacy(
        "Who gave feedback",
        "That you gave feedback on a session, so that you are asked once; not what you wrote",
        "Nobody; the session's hosts see how many did",
        WITH,
    )
    __table_args__ = (UniqueConstraint("session_id", "member_id"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    at: Mapped[datetime]


class Feedbacks(Kept[Feedback]):
    """The feedback on the sessions of one community."""

    kind = Feedback

    def of(self, session_id: int) -> Sequence[Feedback]:
        """List the feedback on a session, in no order that means anything."""
        mine = self.mine().where(Feedback.session_id == session_id)
        return self.all(mine.order_by(Feedback.id))

    def give(
        self, session_id: int, member_id: int, given: tuple[int, str, str], at: datetime
    ) -> None:
        """Keep a score, what to change and the answer to the host's question, apart from whose."""
        score, change, answer = given
        own = Feedback(id=unordered_id(), session_id=session_id, score=score)
        own.change, own.answer = change, answer
        self.add(own)
        giver = FeedbackGiver(session_id=session_id, member_id=member_id, at=at)
        giver.community_id = self.community_id
        self.db.add(giver)
        self.db.flush()

    def count(self, session_id: int) -> int:
        """Count the feedback on a session."""
        mine = Feedback.community_id == self.community_id, Feedback.session_id == session_id
        return self.db.scalar(select(func.count()).select_from(Feedback).where(*mine)) or 0

    def gave(self, session_id: int, member_id: int) -> bool:
        """Say whether a member gave feedback on a session."""
        given = select(FeedbackGiver.id).where(
            FeedbackGiver.community_id == self.community_id,
            FeedbackGiver.session_id == session_id,
            FeedbackGiver.member_id == member_id,
        )
        return self.db.scalar(given) is not None
