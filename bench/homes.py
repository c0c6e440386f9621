"""Fills databases with communities, quickly: from one of each kind, multiplied in SQL."""

import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.chat import Account, Place
from bot.protocol import Call
from storage import Storage
from storage.engine import migrate
from storage.hosting import Turn
from storage.sessions import Session

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
STEP = 1 << 32
"""How far the ids of one community lie from those of the next."""
TO_COME = 25
MEMBERS = 20
CALLS = 2000
"""How many different calls are made of one command."""


@dataclass(frozen=True, slots=True)
class Home:
    """A database with communities that are alike, the ids of each `STEP` beyond the one before."""

    storage: Storage
    communities: int
    community: int
    members: Mapping[str, int]
    sessions: Sequence[int]
    said: dict[tuple[Account, str], str] = field(default_factory=dict)
    events: Iterator[int] = field(default_factory=count)

    def calls(self, command: str, number: int = CALLS) -> list[Call]:
        """Make calls of anybody anywhere, about a session to come, with an answer."""
        pick = random.Random(number)
        return [self._call(pick, command) for _ in range(number)]

    def anew(self, call: Call) -> Call:
        """Give a call as a new event, with another answer than before, so that both are kept."""
        about = call.account, call.args["session"]
        self.said[about] = "no" if self.said.get(about) == "yes" else "yes"
        given = {**call.args, "answer": self.said[about]}
        return replace(call, args=given, event=str(next(self.events)))

    def community_of(self, call: Call) -> int:
        """Give the community a call comes from."""
        return self.community + _number(call) * STEP

    def member_of(self, call: Call) -> int:
        """Give the member who calls."""
        return self.members[call.account.id] + _number(call) * STEP

    def _call(self, pick: random.Random, command: str) -> Call:
        number = pick.randrange(self.communities)
        about = pick.choice(self.sessions)
        call = self.call(number, pick.choice(list(self.members)), command, about)
        return replace(call, args={**call.args, "answer": pick.choice(("yes", "no"))})

    def call(self, number: int, name: str, command: str, session: int) -> Call:
        """Make a call of a member of one of the communities, about a session of the first one."""
        workspace, about = f"home{number}", session + number * STEP
        given = {"session": str(about), "answer": "yes"}
        account = Account("local", workspace, name)
        place = Place("local", workspace, "general", "general")
        return Call(account, place, command, NOW, given, name=account.id, locale="en", zone="UTC")


def _number(call: Call) -> int:
    return int(call.account.workspace.removeprefix("home"))


@contextmanager
def home(communities: int, sessions: int) -> Iterator[Home]:
    """Make a database in a file, with so many communities and sessions in all of them."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        migrate(f"sqlite:///{file}")
        storage = Storage(f"sqlite:///{file}")
        first = _first(storage)
        _multiply(file, communities, sessions // communities)
        made = Home(storage, communities, *first)
        yield made
        storage.close()


def _first(storage: Storage) -> tuple[int, dict[str, int], list[int]]:
    """Found a community with its members, sessions to come and their answers."""
    with storage.write() as transaction:
        founded = transaction.community_at("local", "home0", NOW, "en", "UTC")
        records = transaction.records(founded.id)
        channel = records.channels.meet("local", "home0", "general", "general")
        channel.announces = True
        names = [f"person{n}" for n in range(MEMBERS)]
        members = [records.members.meet("local", "home0", name, name, NOW) for name in names]
        for member in members:  # whose language and zone are no news when they call
            member.accounts[0].locale, member.accounts[0].zone = "en", "UTC"
        ids = []
        for n in range(TO_COME):
            starts = NOW + timedelta(days=n + 2)
            one = records.sessions.add(
                Session(
                    title=f"Session {n}",
                    starts_at=starts,
                    wall=f"{starts:%Y-%m-%d %H:%M}",
                    zone="UTC",
                    minutes=60,
                    created_at=NOW,
                    organiser_id=members[0].id,
                    state="announced",
                    told_at=NOW,
                    description="What we learnt, and what we would like to learn.",
                    languages=["en", "es"],
                )
            )
            if n % 2:
                records.hosting.add(
                    Turn(
                        session_id=one.id,
                        state="accepted",
                        changed_at=NOW,
                        member_id=members[n % 7].id,
                    )
                )
            for member in members[1:6]:
                records.rsvps.answer(one.id, member.id, "yes", NOW)
            ids.append(one.id)
        return founded.id, {one.name: one.id for one in members}, ids


def _multiply(file: Path, communities: int, sessions: int) -> None:
    """Copy the first community, and in each the first session as past ones."""
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("PRAGMA synchronous = OFF")
        for table, keys in TABLES.items():
            _copied(database, table, keys, communities)
        _past(database, communities, sessions - TO_COME)
        database.commit()
    database.close()


TABLES = {
    "communities": ("id",),
    "workspaces": ("id", "community_id", "workspace"),
    "channels": ("id", "community_id", "workspace"),
    "members": ("id", "community_id"),
    "accounts": ("id", "community_id", "member_id", "workspace"),
    "sessions": ("id", "community_id", "organiser_id"),
    "turns": ("id", "community_id", "session_id", "member_id"),
    "rsvps": ("id", "community_id", "session_id", "member_id"),
}


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]


def _copied(
    database: sqlite3.Connection, table: str, keys: Sequence[str], communities: int
) -> None:
    """Copy the rows of a table for every further community, what `keys` names moved on."""
    moved = {key: f"{key} + n * {STEP}" for key in keys} | (
        {"workspace": "'home' || n"} if "workspace" in keys else {}
    )
    names = _columns(database, table)
    parts = ", ".join(moved.get(name, name) for name in names)
    database.execute(
        "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted "
        f"WHERE n < ?) INSERT INTO {table} ({', '.join(names)}) "
        f"SELECT {parts} FROM counted JOIN {table} WHERE ? > 1",
        (communities - 1, communities),
    )


def _past(database: sqlite3.Connection, communities: int, number: int) -> None:
    """Give each community sessions that are over, and the answers to some of them."""
    names = _columns(database, "sessions")
    moved = {
        "id": "s.id - 1000000 - n",
        "title": "'Past ' || n",
        "starts_at": "datetime(s.starts_at, '-' || (n + 3) || ' hours') || '.000000'",
    }
    parts = ", ".join(moved.get(name, f"s.{name}") for name in names)
    database.execute(
        "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted "
        f"WHERE n < ?) INSERT INTO sessions ({', '.join(names)}) SELECT {parts} FROM "
        "(SELECT * FROM sessions WHERE title = 'Session 0') AS s JOIN counted",
        (number,),
    )
