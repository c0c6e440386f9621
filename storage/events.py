"""Keeps which platform events have been carried out, with the answer that was given."""

from datetime import datetime

from sqlalchemy import String, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.tables import Base, new_id


class Event(Base):
    """A platform's event that was carried out; `key` names platform, space and event."""

    __tablename__ = "events"

    key: Mapped[str] = mapped_column(String, unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[str] = mapped_column(default="")


class Events:
    """What has been carried out, over all communities."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def begin(self, key: str, at: datetime) -> str | None:
        """Note an event as carried out in this transaction; gives the answer of its first time."""
        try:
            with self.session.begin_nested():
                self.session.execute(insert(Event).values(id=new_id(), key=key, at=at, answer=""))
        except IntegrityError:
            return self.session.scalar(select(Event.answer).where(Event.key == key)) or ""
        return None

    def end(self, key: str, answer: str) -> None:
        self.session.execute(update(Event).where(Event.key == key).values(answer=answer))

    def prune(self, before: datetime) -> None:
        self.session.execute(delete(Event).where(Event.at < before))
