"""Keeps what people thought of a session, apart from who they are."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    UniqueConstraint,
    false,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import WITH, Kept, Owned, Privacy, to_community, to_member

GROUP = 5
"""So many answers are shown at once, and never fewer: one cannot be told from those before it."""


def unordered_id() -> int:
    """Give an id that says nothing of when it was made."""
    return secrets.randbits(62) + 1


class Feedback(Owned):
    """What one person thought of a session: `score` from 1 to 5, what to change, the host's answer.

    It refers to nobody, and neither its id nor anything else in it says when it was written. A
    score of 0 was not given. What is not `shown` yet waits until it is one of a group.
    """

    __tablename__ = "feedback"
    whole = "session_id"
    privacy = Privacy(
        "Feedback on sessions",
        "What people thought of a session, without who wrote it or when",
        "The session's hosts, whoever planned it and coordinators, in groups of five answers",
        WITH,
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    session_id: Mapped[int] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    score: Mapped[int]
    change: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    shown: Mapped[bool] = mapped_column(default=False, server_default=false())


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
        """List the feedback on a session that is shown, in no order that means anything."""
        mine = self.mine().where(Feedback.session_id == session_id, Feedback.shown)
        return self.all(mine.order_by(Feedback.id))

    def give(
        self, session_id: int, member_id: int, given: tuple[int, str, str], at: datetime
    ) -> None:
        """Keep a score, what to change and the answer to the host's question, apart from whose.

        Nothing follows from them: who gave feedback is all that is said of its session.
        """
        score, change, answer = given
        self.db.execute(
            insert(Feedback).values(
                id=unordered_id(),
                community_id=self.community_id,
                session_id=session_id,
                score=score,
                change=change,
                answer=answer,
            )
        )
        giver = FeedbackGiver(session_id=session_id, member_id=member_id, at=at)
        giver.community_id = self.community_id
        self.db.add(giver)
        self.db.flush()

    def count(self, session_id: int, *those: ColumnElement[bool]) -> int:
        """Count the feedback on a session, or `those` among it."""
        mine = Feedback.community_id == self.community_id, Feedback.session_id == session_id
        return self.db.scalar(select(func.count()).select_from(Feedback).where(*mine, *those)) or 0

    def hidden(self, session_id: int) -> int:
        """Count the feedback on a session that is not shown yet."""
        return self.count(session_id, Feedback.shown.is_(False))

    def show(self, session_id: int) -> None:
        """Have all feedback on a session be shown that there is by now."""
        mine = Feedback.community_id == self.community_id, Feedback.session_id == session_id
        waiting = update(Feedback).where(*mine, Feedback.shown.is_(False))
        self.db.execute(waiting.values(shown=True))

    def gave(self, session_id: int, member_id: int) -> bool:
        """Say whether a member gave feedback on a session."""
        given = select(FeedbackGiver.id).where(
            FeedbackGiver.community_id == self.community_id,
            FeedbackGiver.session_id == session_id,
            FeedbackGiver.member_id == member_id,
        )
        return self.db.scalar(given) is not None
