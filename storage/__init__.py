"""Opens transactions on what is kept, each bound to the community it is for."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.orm import Session as Opened

from storage.community import Community, Space
from storage.engine import open_engine, sync
from storage.erasure import forget_some, scrub
from storage.events import Events
from storage.installations import Installations
from storage.local import LocalThings
from storage.memos import Memos
from storage.people import Who
from storage.plain import CONNECTION
from storage.queue import Queue
from storage.records import Records as Records
from storage.spaces import Spaces
from storage.tables import Thing
from storage.threads import Threads
from storage.timers import DueTimers
from storage.tombstones import Tombstone as Tombstone
from storage.undoing import undoable
from storage.who import KEEP_UP, KNOWN, MET, RENAME

metadata = Thing.metadata
Result = TypeVar("Result")


class Transaction:
    """An open transaction that is not bound to a community yet."""

    def __init__(self, session: Opened) -> None:
        self.session = session
        self.queue = Queue(session)
        self.events = Events(session)
        self.local = LocalThings(session)
        self.memos = Memos(session)
        self.timers = DueTimers(session)
        self._bound: dict[int, Records] = {}

    def undoable(self) -> AbstractContextManager[None]:
        """Have what breaks inside be undone, and nothing else of the transaction. Raises Undone."""
        return undoable(self.session)

    def installations(self, platform: str) -> Installations:
        """Give the workspaces a platform is installed in."""
        return Installations(self.session, platform)

    def spaces(self, platform: str) -> Spaces:
        """Give the spaces of a platform."""
        return Spaces(self.session, platform)

    def records(self, community_id: int) -> Records:
        """Bind the transaction to a community, once to each."""
        if community_id not in self._bound:
            self._bound[community_id] = Records(self.session, community_id)
        return self._bound[community_id]

    def known(self, platform: str, space: str, account: str) -> Who | None:
        """Find who an account is, and in which community."""
        return KNOWN.first(self.session, platform=platform, space=space, account=account)

    def met(
        self, platform: str, space: str, account: str, event: str
    ) -> tuple[Who | None, str | None]:
        """Find who an account is, and the answer to an event that was carried out before."""
        asked = {"platform": platform, "space": space, "account": account, "key": event}
        return MET.first(self.session, **asked) or (None, self.events.answer(event))

    def keep_up(self, who: Who, name: str, locale: str, zone: str) -> bool:
        """Take over what the platform says of somebody now; nothing it does not say.

        Whoever comes is written to again, though direct messages did not reach them before, and is
        called as they are now unless they chose a name here.
        Says whether they live in another zone than before.
        """
        if not who.said_otherwise(name, locale, zone):
            return False
        now = {
            "name": name or who.said_name,
            "locale": locale or who.said_locale,
            "zone": zone or who.said_zone,
        }
        KEEP_UP.make(self.session, {"row": who.account_id, "closed": False, **now})
        if who.name == who.said_name != now["name"]:
            RENAME.make(self.session, {"row": who.id, "name": now["name"]})
        return not who.zone and now["zone"] != who.said_zone

    def community_at(
        self, platform: str, space: str, now: datetime, locale: str, zone: str
    ) -> Community:
        """Give the community of a space, founding it at first contact."""
        found = self.session.scalar(
            select(Community)
            .join(Space, Space.community_id == Community.id)
            .where(Space.platform == platform, Space.space == space)
        )
        if found is not None:
            return found
        founded = Community(name="", created_at=now, locale=locale, zone=zone, languages=[locale])
        self.session.add(founded)
        self.session.flush()
        home = Space(platform=platform, space=space)
        home.community_id = founded.id
        self.session.add(home)
        self.session.flush()
        return founded


def _session(connection: Connection, *, autoflush: bool) -> Opened:
    """Make a session within a transaction; it begins nothing itself, which takes as long again."""
    session = Opened(
        connection,
        autoflush=autoflush,
        expire_on_commit=False,
        join_transaction_mode="rollback_only",
    )
    session.info[CONNECTION] = connection
    return session


class Storage:
    """A database with the threads that work on it: one on SQLite, a few on PostgreSQL.

    `sync` has the disk keep what was committed to a SQLite file, else raises OperationalError.
    """

    def __init__(self, url: str, sync: Callable[[Engine], None] = sync) -> None:
        self.engine = open_engine(url)
        self._writing = self.engine.execution_options(writing=True)
        self._synced_later = self._writing.execution_options(synced_later=True)
        self.embedded = self.engine.dialect.name == "sqlite"
        keep = partial(sync, self.engine) if self.embedded else None
        self._threads = Threads(1 if self.embedded else 4, "storage", keep)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Open a transaction that changes nothing."""
        with self.engine.connect() as connection:
            connection.begin()  # and undone at the end
            with _session(connection, autoflush=False) as session:
                yield Transaction(session)

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Open a transaction that is committed at the end, or undone when an error leaves it.

        A disk takes longer to keep a commit than the rest takes: in our one thread it is asked
        once for several of them, before any is told.
        """
        later = self._threads.keeps()
        with (
            (self._synced_later if later else self._writing).connect() as connection,
            connection.begin(),
            _session(connection, autoflush=True) as session,
        ):
            yield Transaction(session)
            session.flush()
        if later:
            self._threads.owe()

    def run(self, work: Callable[[], Result]) -> Awaitable[Result]:
        """Carry out blocking work in one of the threads; called from the event loop."""
        return self._threads.run(work)

    async def look(self, work: Callable[[Transaction], Result]) -> Result:
        """Carry work out in a transaction that changes nothing; called from the event loop."""

        def looked() -> Result:
            with self.read() as transaction:
                return work(transaction)

        return await self.run(looked)

    async def change(self, work: Callable[[Transaction], Result]) -> Result:
        """Carry work out in a transaction that is committed; called from the event loop."""

        def changed() -> Result:
            with self.write() as transaction:
                return work(transaction)

        return await self.run(changed)

    async def scrub(self) -> None:
        """Delete what is left of those who were erased; others are heard between two lots."""
        while await self.change(lambda open: forget_some(open.session.connection())):
            pass
        await self.run(lambda: scrub(self.engine))

    def time(self) -> datetime | None:
        """Tell the time as the server has it; an embedded database has none of its own."""
        if self.embedded:
            return None
        with self.engine.connect() as connection:
            return connection.scalar(select(func.clock_timestamp()))

    def close(self) -> None:
        """Let the threads finish and give the connections back."""
        self._threads.close()
        self.engine.dispose()
