"""Keeps what the local platform would otherwise forget: its people, messages and open forms."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.tables import Base, new_id


class LocalThing(Base):
    """One thing of the local platform, by a name of its choice."""

    __tablename__ = "local_things"

    name: Mapped[str] = mapped_column(unique=True)
    content: Mapped[dict[str, Any]]


class LocalThings:
    """All that the local platform keeps."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def load(self) -> Mapping[str, Mapping[str, Any]]:
        """Give everything by name, the oldest first."""
        query = select(LocalThing.name, LocalThing.content).order_by(LocalThing.id)
        return {name: content for name, content in self.session.execute(query)}

    def save(self, things: Mapping[str, Mapping[str, Any] | None]) -> None:
        """Put things in the place of what had their names; None forgets."""
        self.session.execute(delete(LocalThing).where(LocalThing.name.in_(list(things))))
        rows = [
            {"id": new_id(), "name": name, "content": content}
            for name, content in things.items()
            if content is not None
        ]
        if rows:
            self.session.execute(insert(LocalThing), rows)
