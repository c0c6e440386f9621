"""Kills who erases somebody at every statement: all of them has to go, or nothing."""

import json
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from mmap import mmap
from pathlib import Path
from struct import Struct
from tempfile import TemporaryDirectory
from typing import Any

from psycopg import Cursor
from sqlalchemy import Engine, event

from bench.rows import Figure
from drill.databases import copied, postgresql, sqlite
from drill.forks import done, forked, side_by_side
from drill.quiet import hushed
from storage.engine import open_engine
from tests.lives import CANARIES, Rows, called, is_left_alone, kept, lived, member_of, others
from tests.lives import rows as rows_of

NUMBER = Struct("q")
ERASED = "zuleika"
MADE_UP = dict.fromkeys(("id", "key", "salt", "digest"), "")


class KilledSteps:
    """Kills its process at the statement of a number; a commit is one, and so is the answer."""

    def __init__(self, last: int, seen: mmap) -> None:
        self.last = last
        self.seen = seen
        self.number = 0

    def watch(self, engine: Engine) -> None:
        """Count what a database is asked from now on, whoever asks it."""
        if engine.dialect.name == "sqlite":
            event.listen(engine, "checkout", lambda one, *_: one.set_trace_callback(self.take))
        else:
            event.listen(engine, "checkout", lambda one, *_: self._count(one))
            event.listen(engine, "commit", self.take)

    def _count(self, connection: Any) -> None:
        steps = self

        class Counted(Cursor[Any]):
            def execute(self, *args: Any, **more: Any) -> "Counted":
                steps.take()
                super().execute(*args, **more)
                return self

            def executemany(self, *args: Any, **more: Any) -> None:
                steps.take()
                super().executemany(*args, **more)

        connection.cursor_factory = Counted

    def take(self, *_: object) -> None:
        """Go one step further, or no step more."""
        self.number += 1
        NUMBER.pack_into(self.seen, 0, self.number)
        if self.number == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def _live(url: str) -> None:
    hushed()
    with kept(url) as chat:
        lived(chat)


def _erase(url: str, last: int, seen: mmap) -> None:
    hushed()
    with kept(url) as chat:
        steps = KilledSteps(last, seen)
        steps.watch(chat.storage.engine)
        called(chat, ERASED, "my.erase-now", "gone")
        steps.take()


@dataclass(frozen=True, slots=True)
class Found:
    """How often the process was killed, and how often that left what must not be."""

    killed: int
    half: int
    changed: int
    whole: int


class Erasure:
    """An erasure that is begun over and over on copies of a database, and killed."""

    def __init__(self, url: str, log: Path) -> None:
        self.url = url
        self.log = log
        done(lambda: _live(url), log)
        self.before = _rows(url)
        self.gone = member_of(self.before, ERASED)

    def until(self, last: int) -> tuple[int, Rows]:
        """Erase, and be killed at a statement; gives how many there were, and what is left."""
        seen = mmap(-1, NUMBER.size)
        with copied(self.url, on_disk=True) as url:
            pid = forked(lambda: _erase(url, last, seen), self.log)
            _, status = os.waitpid(pid, 0)
            if status not in ((signal.SIGKILL,) if last else (0,)):
                raise ChildProcessError(f"ended with {status}: {self.log.read_text()[-3000:]}")
            return NUMBER.unpack_from(seen)[0], _rows(url)

    def killed(self, every: int = 1) -> Found:
        """Kill at each statement, or every so many; at the commit and before the answer always."""
        number, whole = self.until(0)
        assert not any(word in _words(whole) for word in CANARIES)
        at = sorted({*range(1, number + 1, every), number - 1, number})
        left = [self.until(one)[1] for one in at]
        gone = [one for one in left if one != self.before]
        return Found(
            killed=len(at),
            half=sum(self._plain(one) != self._plain(whole) for one in gone),
            changed=sum(self._is_changed(one) for one in left),
            whole=len(gone),
        )

    def _plain(self, found: Rows) -> str:
        """Write rows out, those that are new without what was made up for them."""
        return _words({
            table: sorted(
                _words(row if id in self.before[table] else {**row, **MADE_UP})
                for id, row in kept_rows.items()
            )
            for table, kept_rows in found.items()
        })  # fmt: skip

    def _is_changed(self, found: Rows) -> bool:
        return any(
            not is_left_alone(found, table, id, row)
            for table, id, row in others(self.before, self.gone)
        )


def _words(found: object) -> str:
    return json.dumps(found, default=str, ensure_ascii=False)


def _rows(url: str) -> Rows:
    engine = open_engine(url)
    found = rows_of(engine)
    engine.dispose()
    return found


def killed(url: str, every: int = 1) -> dict[str, int]:
    """Have somebody live in a migrated database, and kill who erases them."""
    with TemporaryDirectory() as folder:
        found = Erasure(url, Path(folder) / "complaints").killed(every)
    return {name: getattr(found, name) for name in Found.__slots__}


def rows() -> list[Figure]:
    """Kill on both databases."""
    with sqlite(on_disk=True) as file, postgresql() as server:
        works: dict[str, Callable[[], Any]] = {
            "SQLite": lambda: killed(file),
            "PostgreSQL": lambda: killed(server),
        }
        found = side_by_side(works)
    return [row for where, one in found.items() for row in _told(where, one)]


def _told(where: str, found: Mapping[str, int]) -> list[Figure]:
    what = f"erasure on {where}"
    seen = f"all was gone {found['whole']} times"
    return [
        Figure(f"{what}: killed", found["killed"], 40, "times", seen=seen),
        Figure(f"{what}: half done", found["half"], 0, "times", True),
        Figure(f"{what}: rows of others changed", found["changed"], 0, "times", True),
    ]
