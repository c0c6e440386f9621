"""Keeps which platform events have been carried out, with the answer that was given."""

from datetime import datetime

from sqlalchemy import String, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.plain import Change, Query
from storage.tables import Thing, new_id


class Event(Thing):
    """A platform's event that was carried out; `key` names platform, space and event."""

    __tablename__ = "events"

    key: Mapped[str] = mapped_column(String, unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[str] = mapped_column(default="")


DONE = select(Event.answer).where(Event.key == bindparam("key"))
"""The answer to an event that was carried out."""
_DONE, _ADD = Query(DONE, str), Change(insert(Event))


class Events:
    """What has been carried out, over all communities."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def answer(self, key: str) -> str | None:
        """Give the answer an event got when it came first; None for one not carried out yet."""
        return _DONE.first(self.session, key=key)

    def add(self, key: str, at: datetime, answer: str) -> None:
        """Keep the answer an event got. It collides when another call was faster."""
        row = {"id": new_id(), "key": key, "at": at, "answer": answer}
        _ADD.make(self.session, row)

    def prune(self, before: datetime) -> None:
        """Forget what was answered before an instant."""
        self.session.execute(delete(Event).where(Event.at < before))
