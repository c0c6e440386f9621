"""Keeps who interprets, captions or signs in a session."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import WITH, Kept, Owned, Privacy, one_of, to_community, to_member

ASKED, CONFIRMED, DECLINED = "asked", "confirmed", "declined"
INTERPRETATION, CAPTIONS, SIGN = "interpretation", "captions", "sign"
KINDS = (INTERPRETATION, CAPTIONS, SIGN)


class Interpreter(Owned):
    """That somebody was asked to interpret, caption or sign in a language; `by_id` named them.

    It is a member, or a `name` from outside, whose word the one has who named them. `state` is one
    of asked, confirmed, declined; `listen_on` says on which channel of the call they are heard.
    """

    __tablename__ = "interpreters"
    whole = "session_id"
    privacy = Privacy(
        "Interpreters",
        "Who interprets, captions or signs in a session, into which language",
        "Members, once you confirmed; before that hosts and coordinators",
        WITH,
    )
    __table_args__ = (Index("ix_interpreters_session", "session_id", "language"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(info=one_of(*KINDS))
    language: Mapped[str]
    asked_at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="delete", words=("name",)), index=True, default=None
    )
    name: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=ASKED, info=one_of(ASKED, CONFIRMED, DECLINED))
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    by_id: Mapped[int | None] = mapped_column(to_member(on_erase="empty"), index=True, default=None)
    listen_on: Mapped[str] = mapped_column(default="")


class Interpreters(Kept[Interpreter]):
    """Who interprets in the sessions of one community."""

    kind = Interpreter

    def of(self, session_id: int) -> Sequence[Interpreter]:
        """List who was asked to interpret in a session, the first asked first."""
        mine = self.mine().where(Interpreter.session_id == session_id)
        return self.all(mine.order_by(Interpreter.id))
