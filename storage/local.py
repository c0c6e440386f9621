"""Keeps what the local platform would otherwise forget: its people, messages and open forms."""

from collections.abc import Mapping

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.tables import Keep, Privacy, Thing, new_id


class LocalThing(Thing):
    """One thing of the local platform, by a name of its choice; `content` is JSON."""

    __tablename__ = "local_things"
    privacy = Privacy(
        "Local chat",
        "People, messages and open forms of the chat on your own machine",
        "Whoever takes part in it",
        Keep("As long as its file"),
    )

    name: Mapped[str] = mapped_column(unique=True)
    content: Mapped[str]


_PUT = text(
    "INSERT INTO local_things (id, name, content) VALUES (:id, :name, :content) "
    "ON CONFLICT (name) DO UPDATE SET content = excluded.content"
)


class LocalThings:
    """All that the local platform keeps."""

    def __init__(self, session: Session) -> None:
        self.db = session

    def load(self) -> Mapping[str, str]:
        """Give everything by name, the oldest first."""
        query = select(LocalThing.name, LocalThing.content).order_by(LocalThing.id)
        return {row[0]: row[1] for row in self.db.execute(query)}

    def save(self, things: Mapping[str, str | None]) -> None:
        """Put things in the place of what had their names; None forgets."""
        gone = [name for name, content in things.items() if content is None]
        rows = [
            {"id": new_id(), "name": name, "content": content}
            for name, content in things.items()
            if content is not None
        ]
        if gone:
            self.db.execute(delete(LocalThing).where(LocalThing.name.in_(gone)))
        if rows:
            self.db.execute(_PUT, rows)
