"""Keeps which platform events have been carried out, with the answer that was given."""

from datetime import datetime

from sqlalchemy import String, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.tables import Privacy, Thing, days, new_id, to_member


class Event(Thing):
    """A platform's event that was carried out; `key` names platform, workspace and event.

    The answer is emptied when somebody is erased it was given to, or tells of.
    """

    __tablename__ = "events"
    privacy = Privacy(
        "Stored replies",
        "What the bot answered, so that a call that a platform sends twice is carried out once",
        "Nobody, but who runs the bot",
        days(3, "at", "the call"),
    )

    key: Mapped[str] = mapped_column(String, unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[str] = mapped_column(default="")
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty", words=("answer",)), default=None
    )


_DONE = select(Event.answer).where(Event.key == bindparam("key"))
_ADD = insert(Event)


class Events:
    """What has been carried out, over all communities."""

    def __init__(self, session: Session) -> None:
        self.db = session

    def answer(self, key: str) -> str | None:
        """Give the answer an event got when it came first; None for one not carried out yet."""
        return self.db.scalar(_DONE, {"key": key})

    def add(self, key: str, at: datetime, answer: str, member_id: int | None = None) -> None:
        """Keep the answer an event got. It collides when another call was faster."""
        row = {"id": new_id(), "key": key, "at": at, "answer": answer, "member_id": member_id}
        self.db.execute(_ADD, row)

    def prune(self, before: datetime) -> None:
        """Forget what was answered before an instant."""
        self.db.execute(delete(Event).where(Event.at < before))
