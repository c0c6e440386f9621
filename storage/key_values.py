"""Keeps a few words by name for platforms: over a restart, and for all processes alike."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.tables import Keep, Privacy, Thing, new_id


class KeyValue(Thing):
    """Some words under a name; `at` is when they were put there."""

    __tablename__ = "key_values"
    privacy = Privacy(
        "Notes of the bot",
        "What the bot notes for a platform, such as where the rest of a long message stands",
        "Nobody, but who runs the bot",
        Keep("As long as it is needed"),
    )

    name: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    words: Mapped[str] = mapped_column(default="")


class KeyValues:
    """All key-value pairs, over all communities."""

    def __init__(self, session: Session) -> None:
        self.db = session

    def get(self, name: str) -> str:
        """Give the words under a name, or nothing."""
        return self.db.scalar(select(KeyValue.words).where(KeyValue.name == name)) or ""

    def hold(self, name: str, at: datetime) -> str:
        """Give the words under a name, which nobody else changes until this transaction ends."""
        self._ensure(name, at)
        return str(
            self.db.scalar(select(KeyValue.words).where(KeyValue.name == name).with_for_update())
        )

    def put(self, name: str, words: str, at: datetime) -> None:
        """Keep words in the place of those before; empty ones are forgotten."""
        if not words:
            self.db.execute(delete(KeyValue).where(KeyValue.name == name))
            return
        self._ensure(name, at)
        self.db.execute(update(KeyValue).where(KeyValue.name == name).values(words=words, at=at))

    def turn(self, name: str, now: datetime, seconds: float) -> datetime:
        """Take the next turn under a name, at least so many seconds after the one before."""
        before = self.hold(name, now)
        free = datetime.fromisoformat(before) if before else now
        mine = max(now, min(free, now + timedelta(hours=1)))
        after = (mine + timedelta(seconds=seconds)).isoformat()
        self.db.execute(update(KeyValue).where(KeyValue.name == name).values(words=after, at=now))
        return mine

    def first(self, name: str, at: datetime) -> bool:
        """Take a name, and say whether nobody had taken it before."""
        return self._ensure(name, at)

    def prune(self, beginning: str, before: datetime) -> None:
        """Forget what has a name with this beginning and was put there before an instant."""
        old = KeyValue.name.startswith(beginning, autoescape=True) & (KeyValue.at < before)
        self.db.execute(delete(KeyValue).where(old))

    def _ensure(self, name: str, at: datetime) -> bool:
        """Have a memo under a name, and say whether it is a new one."""
        if self.db.scalar(select(KeyValue.id).where(KeyValue.name == name)) is not None:
            return False
        try:
            with self.db.begin_nested():
                self.db.execute(insert(KeyValue).values(id=new_id(), name=name, at=at, words=""))
        except IntegrityError:
            return False
        return True
