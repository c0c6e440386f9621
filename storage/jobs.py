"""Keeps long work that was asked for, until it is computed and whoever asked is told."""

import os
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, Select, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.tables import Kept, Owned, Privacy, days, one_of, to_community, to_member

PAUSES = (timedelta(seconds=10), timedelta(minutes=1))
"""How long after each failure a job is tried again; then it has failed for good."""
MOST = len(PAUSES) + 1
"""How often a job is begun, failures, interruptions and changes of its thing together."""
OPEN = ("waiting", "running")
# Written out, because an index of some rows is found by the words of its condition only.
TO_DO, FAILED = text("jobs.state IN ('waiting', 'running')"), text("jobs.state = 'failed'")


class Job(Owned):
    """Long work about a thing: `name` is that of a declared job.

    `state` is waiting, running, done or failed. `due_at` is when it may begin; of one that runs,
    when the lease of its `owner` ends and it begins again. `digest` is that of its thing when it
    began, `result` what came of it, `error` why it failed last.
    """

    __tablename__ = "jobs"
    privacy = Privacy(
        "Long work",
        "What takes a while, such as filling a board, and whom to tell when it is done",
        "Whoever asked; coordinators, if it failed",
        days(30, "asked_at", "it was asked for", OPEN),
    )
    __table_args__ = (
        Index(
            "ix_jobs_open",
            "community_id", "about", "name", "asked_by_id",
            unique=True, sqlite_where=TO_DO, postgresql_where=TO_DO,
        ),
        Index("ix_jobs_due", "due_at", sqlite_where=TO_DO, postgresql_where=TO_DO),
        Index("ix_jobs_failed", "community_id", sqlite_where=FAILED, postgresql_where=FAILED),
        Index("ix_jobs_thing", "community_id", "about", "name"),
    )  # fmt: skip

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    about: Mapped[str]
    name: Mapped[str]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty"), index=True, default=None
    )
    args: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    state: Mapped[str] = mapped_column(default="waiting", info=one_of(*OPEN, "done", "failed"))
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    owner: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(default="")
    result: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    error: Mapped[str] = mapped_column(default="")

    @property
    def thing_id(self) -> int:
        """The id of the thing it is about."""
        return int(self.about.partition(":")[2])

    def wait(self, until: datetime, error: str) -> None:
        """Begin again later, or fail when that was done often enough."""
        self.owner, self.error = "", error
        self.state = "failed" if self.attempts >= MOST else "waiting"
        self.due_at = until

    def broke(self, error: str, now: datetime) -> None:
        """Begin again after a pause, or fail."""
        self.wait(now + PAUSES[min(self.attempts, len(PAUSES)) - 1], error)

    def give_back(self, now: datetime) -> None:
        """Begin again at once, as if it had not begun."""
        self.state, self.owner, self.due_at, self.attempts = "waiting", "", now, self.attempts - 1

    def finish(self, result: dict[str, Any]) -> None:
        """Keep what came of it."""
        self.state, self.owner, self.error, self.result = "done", "", "", result


class Jobs(Kept[Job]):
    """The jobs of one community."""

    kind = Job

    def ask(self, about: str, name: str, by_id: int | None, now: datetime, **args: Any) -> Job:
        """Ask for a job; once, however often somebody asks before it is done."""
        mine = self._of(about, name).where(Job.asked_by_id == by_id, TO_DO)
        found = self.db.scalar(mine)
        return found or self.add(
            Job(about=about, name=name, asked_at=now, due_at=now, asked_by_id=by_id, args=args)
        )

    def done(self, about: str, name: str) -> Job | None:
        """Find the last job of a name about a thing that was done."""
        done = self._of(about, name).where(Job.state == "done")
        return self.db.scalar(done.order_by(Job.asked_at.desc(), Job.id.desc()).limit(1))

    def failed(self, limit: int) -> Sequence[Job]:
        """List those that failed for good, the newest first."""
        return self.all(self.mine().where(FAILED).order_by(Job.id.desc()).limit(limit))

    def again(self, job: Job, now: datetime) -> bool:
        """Have a failed one begun anew; False when it did not fail, or was asked for since."""
        if job.state != "failed":
            return False
        others = self._of(job.about, job.name).where(Job.asked_by_id == job.asked_by_id, TO_DO)
        if self.db.scalar(others) is not None:
            return False
        job.state, job.due_at, job.attempts = "waiting", now, 0
        return True

    def _of(self, about: str, name: str) -> Select[Job]:
        return self.mine().where(Job.about == about, Job.name == name)


class DueJobs:
    """The jobs of all communities, as those who run them see them. `names` are those known."""

    def __init__(self, session: Session) -> None:
        self.db = session

    def next(self, names: Collection[str]) -> datetime | None:
        """Say when the next one may begin."""
        return self.db.scalar(select(func.min(Job.due_at)).where(TO_DO, Job.name.in_(names)))

    def claim(self, names: Collection[str], now: datetime, lease: timedelta) -> Job | None:
        """Lease the one that has been due for longest; nobody else begins it meanwhile."""
        due = select(Job).where(TO_DO, Job.name.in_(names), Job.due_at <= now)
        first = due.order_by(Job.due_at, Job.id).limit(1).with_for_update(skip_locked=True)
        job = self.db.scalar(first)
        if job is not None:
            job.state, job.started_at, job.due_at = "running", now, now + lease
            job.owner, job.attempts = f"{os.getpid()}-{secrets.token_hex(4)}", job.attempts + 1
        return job

    def held(self, id: int, owner: str) -> Job | None:
        """Find one that is still that owner's."""
        mine = select(Job).where(Job.id == id, Job.owner == owner).with_for_update()
        return self.db.scalar(mine)
