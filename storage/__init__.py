"""Opens transactions on what is kept, each bound to the community it is for."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session as DbSession
from sqlalchemy.pool import StaticPool

from storage.community import Community, Workspace
from storage.engine import open_engine, sync
from storage.erasure import forget_some, scrub
from storage.events import Events
from storage.installations import Installations
from storage.jobs import DueJobs
from storage.joins import JoinedMember as JoinedMember
from storage.key_values import KeyValues
from storage.link_codes import LinkCode as LinkCode
from storage.local import LocalThings
from storage.mail_links import MailLink as MailLink
from storage.people import Member, known
from storage.queue import Queue
from storage.reading import OnlyReading
from storage.records import Records as Records
from storage.retention import prune
from storage.sign_ins import SignIn as SignIn
from storage.sign_ups import SignUp as SignUp
from storage.tables import Thing
from storage.timers import DueTimers
from storage.tombstones import Tombstone as Tombstone
from storage.undoing import undoable
from storage.worker import Rank as Rank
from storage.worker import Worker
from storage.workspaces import Workspaces
from storage.wrong_guesses import WrongGuess as WrongGuess

metadata = Thing.metadata
Result = TypeVar("Result")


class Transaction:
    """An open transaction that is not bound to a community yet."""

    def __init__(self, session: DbSession) -> None:
        self.db = session
        self.queue = Queue(session)
        self.events = Events(session)
        self.local = LocalThings(session)
        self.key_values = KeyValues(session)
        self.timers = DueTimers(session)
        self.jobs = DueJobs(session)
        self._bound: dict[int, Records] = {}

    def undoable(self) -> AbstractContextManager[None]:
        """Have what breaks inside be undone, and nothing else of the transaction. Raises Undone."""
        return undoable(self.db)

    def installations(self, platform: str) -> Installations:
        """Give the workspaces a platform is installed in."""
        return Installations(self.db, platform)

    def workspaces(self, platform: str) -> Workspaces:
        """Give the workspaces of a platform."""
        return Workspaces(self.db, platform)

    def records(self, community_id: int) -> Records:
        """Bind the transaction to a community, once to each."""
        if community_id not in self._bound:
            self._bound[community_id] = Records(self.db, community_id)
        return self._bound[community_id]

    def known(self, platform: str, workspace: str, account: str) -> Member | None:
        """Find who an account is; their accounts and community are loaded with them."""
        return known(self.db, platform, workspace, account)

    def community_at(
        self, platform: str, workspace: str, now: datetime, locale: str, zone: str
    ) -> Community:
        """Give the community of a workspace, founding it at first contact."""
        found = self.db.scalar(
            select(Community)
            .join(Workspace, Workspace.community_id == Community.id)
            .where(Workspace.platform == platform, Workspace.workspace == workspace)
        )
        if found is not None:
            return found
        founded = Community(name="", created_at=now, locale=locale, zone=zone, languages=[locale])
        self.db.add(founded)
        self.db.flush()
        home = Workspace(platform=platform, workspace=workspace)
        home.community_id = founded.id
        self.db.add(home)
        self.db.flush()
        return founded


class Storage:
    """A database with the worker that is asked for all that is done there.

    That has one thread on SQLite, a few on PostgreSQL; long reads have a thread of their own.
    `sync` has the disk keep what was committed to a SQLite file, else raises OperationalError.
    """

    def __init__(self, url: str, sync: Callable[[Engine], None] = sync) -> None:
        self.engine = open_engine(url)
        self._writing = self.engine.execution_options(writing=True)
        self._synced_later = self._writing.execution_options(synced_later=True)
        self._only_reading = self.engine.execution_options(
            only_reading=True, postgresql_readonly=True
        )
        self.embedded = self.engine.dialect.name == "sqlite"
        self._worker = Worker(
            1 if self.embedded else 4, partial(sync, self.engine) if self.embedded else None
        )
        self._long_reads = Worker(1)

    @contextmanager
    def read(self, *, long: bool = False) -> Iterator[Transaction]:
        """Open a transaction that changes nothing; with `long` the database refuses changes.

        Raises ChangedWhileReading at the end when something was changed all the same.
        """
        engine = self._only_reading if long else self.engine
        with OnlyReading(engine, autoflush=False, expire_on_commit=False) as session:
            yield Transaction(session)
            session.flush()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Open a transaction that is committed at the end, or undone when an error leaves it.

        In the thread that groups commits the disk is asked once for several of them.
        """
        later = self._worker.groups_commits()
        engine = self._synced_later if later else self._writing
        with DbSession(engine, expire_on_commit=False) as session, session.begin():
            yield Transaction(session)
        if later:
            self._worker.synced_later()

    def run(self, work: Callable[[], Result], rank: Rank = Rank.CALL) -> Awaitable[Result]:
        """Have the worker carry out blocking work; called from the event loop."""
        return self._worker.run(work, rank)

    async def look(self, work: Callable[[Transaction], Result], rank: Rank = Rank.CALL) -> Result:
        """Carry work out in a transaction that changes nothing; called from the event loop."""
        return await self.run(partial(self._looked, work), rank)

    async def change(self, work: Callable[[Transaction], Result], rank: Rank = Rank.CALL) -> Result:
        """Carry work out in a transaction that is committed; called from the event loop."""
        return await self.run(partial(self._changed, work), rank)

    async def long(self, read: Callable[[Transaction], Result]) -> Result:
        """Carry out a read that may take long, in a thread and on a connection of its own.

        A database in memory has one connection, which the worker has. Called from the event loop.
        """
        alone = isinstance(self.engine.pool, StaticPool)
        worker = self._worker if alone else self._long_reads
        return await worker.run(partial(self._looked, read, long=True), Rank.WEB)

    def _looked(self, work: Callable[[Transaction], Result], *, long: bool = False) -> Result:
        with self.read(long=long) as transaction:
            return work(transaction)

    def _changed(self, work: Callable[[Transaction], Result]) -> Result:
        with self.write() as transaction:
            return work(transaction)

    async def prune(self, now: datetime) -> None:
        """Forget what was kept long enough; others are heard between two lots."""
        while await self.change(lambda open: prune(open.db.connection(), now), Rank.WEB):
            pass

    async def scrub(self) -> None:
        """Delete what is left of those who were erased; others are heard between two lots."""
        while await self.change(lambda open: forget_some(open.db.connection()), Rank.WEB):
            pass
        await self.run(lambda: scrub(self.engine), Rank.WEB)

    def time(self) -> datetime | None:
        """Tell the time as the server has it; an embedded database has none of its own."""
        if self.embedded:
            return None
        with self.engine.connect() as connection:
            return connection.scalar(select(func.clock_timestamp()))

    def close(self) -> None:
        """Finish what was asked and give the connections back."""
        self._worker.close()
        self._long_reads.close()
        self.engine.dispose()
