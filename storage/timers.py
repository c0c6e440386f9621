"""Keeps when the state of things changes by itself, one timer for each thing and concern."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Index, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.tables import WITH, Kept, Owned, Privacy, one_of, to_community

PAUSES = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 480))
"""How long after each failure a timer is tried again; then it is dead."""
WAITING, DEAD = text("timers.state = 'waiting'"), text("timers.state = 'dead'")


class Timer(Owned):
    """A change of state that falls due: `name` is that of a declared timer, `about` its thing.

    `state` is waiting or dead. `attempts` counts failures in a row, `error` says what the last was,
    `since` when it first fell due: a retry puts `due_at` off.
    """

    __tablename__ = "timers"
    privacy = Privacy(
        "Timers",
        "When a thing begins, ends or goes on by itself",
        "Coordinators, as far as one failed",
        WITH,
    )
    __table_args__ = (
        UniqueConstraint("community_id", "about", "name"),
        Index("ix_timers_due", "due_at", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_timers_dead", "community_id", sqlite_where=DEAD, postgresql_where=DEAD),
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    about: Mapped[str]
    name: Mapped[str]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="waiting", info=one_of("waiting", "dead"))
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    since: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def thing_id(self) -> int:
        """The id of the thing it is about."""
        return int(self.about.partition(":")[2])

    def begin_anew(self, due_at: datetime) -> None:
        """Fall due at an instant, as if it had never failed."""
        self.due_at, self.state, self.attempts = due_at, "waiting", 0
        self.error, self.since = "", None

    def failed(self, error: str, now: datetime) -> None:
        """Try again later, up to five times."""
        self.error, self.since = error, self.since or self.due_at
        if self.attempts == len(PAUSES):
            self.state = "dead"
        else:
            self.due_at, self.attempts = now + PAUSES[self.attempts], self.attempts + 1


class Timers(Kept[Timer]):
    """The timers of one community."""

    kind = Timer

    def set(self, about: str, name: str, due_at: datetime | None) -> None:
        """Have a thing looked at again at an instant, or not any more."""
        mine = self.mine().where(Timer.about == about, Timer.name == name)
        found = self.db.scalar(mine)
        if due_at is None:
            if found is not None:
                self.remove(found)
        elif found is None:
            self.add(Timer(about=about, name=name, due_at=due_at))
        elif found.due_at != due_at:
            found.begin_anew(due_at)

    def due(self, about: str, name: str) -> datetime | None:
        """Say when a thing is looked at again."""
        waits = self.mine().where(Timer.about == about, Timer.name == name, WAITING)
        found = self.db.scalar(waits)
        return found.due_at if found else None

    def dead(self, limit: int) -> Sequence[Timer]:
        """List those that are not tried any more, the newest first."""
        return self.all(self.mine().where(DEAD).order_by(Timer.due_at.desc()).limit(limit))

    def again(self, timer: Timer, now: datetime) -> bool:
        """Have a dead one run now; False when it is not dead."""
        if timer.state != "dead":
            return False
        timer.begin_anew(now)
        return True


class DueTimers:
    """The timers of all communities, as those who run them see them. `names` are those known."""

    def __init__(self, session: Session) -> None:
        self.db = session

    def next(self, names: Collection[str]) -> datetime | None:
        """Say when the next one falls due."""
        waiting = select(func.min(Timer.due_at)).where(WAITING, Timer.name.in_(names))
        return self.db.scalar(waiting)

    def claim(self, names: Collection[str], now: datetime, limit: int) -> Sequence[Timer]:
        """Give some that are due, the first due first, and let nobody else have them meanwhile."""
        due = select(Timer).where(WAITING, Timer.name.in_(names), Timer.due_at <= now)
        held = due.order_by(Timer.due_at, Timer.id).limit(limit).with_for_update(skip_locked=True)
        return self.db.scalars(held).all()
