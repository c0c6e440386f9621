"""Loses the machine's power at each answer: what was answered has to be on the disk by then."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine

from bench.rows import Figure
from drill.databases import migrated
from drill.forks import side_by_side
from drill.quiet import hushed
from storage import engine
from tests.toys import call, dispatcher

CALLS, AT_ONCE = 600, 60
Sync = Callable[[Engine], None]


class SyncedDisk:
    """Stands between the engine and a SQLite file, and keeps the file as it was last synced."""

    def __init__(self, file: Path, folder: Path) -> None:
        self.file = file
        self.folder = folder
        self.real = engine.SYNC
        self.syncs = 0
        self.events: frozenset[str] = frozenset()

    def sync(self, file: int) -> None:
        """Have the disk keep an open file; notes which events a machine would have from then on."""
        self.real(file)
        if self.real not in (os.fdatasync, os.fsync):
            return
        self.syncs += 1
        for end in ("", "-wal"):
            copy(f"{self.file}{end}", f"{self.folder}/kept.db{end}")
        with closing(sqlite3.connect(self.folder / "kept.db")) as kept:
            self.events = frozenset(key for (key,) in kept.execute("SELECT key FROM events"))


@contextmanager
def beneath(url: str) -> Iterator[SyncedDisk]:
    """Put a disk that remembers beneath a SQLite file, for a while."""
    with TemporaryDirectory() as folder:
        disk = SyncedDisk(Path(url.removeprefix("sqlite:///")), Path(folder))
        engine.SYNC = disk.sync
        try:
            yield disk
        finally:
            engine.SYNC = disk.real


def answered(url: str, sync: Sync = engine.sync, calls: int = CALLS) -> tuple[int, int]:
    """Call often, many times at once; gives how many answers were early, and how many syncs."""
    with beneath(url) as disk:
        return asyncio.run(_called(url, sync, calls, disk)), disk.syncs


async def _called(url: str, sync: Sync, calls: int, disk: SyncedDisk) -> int:
    early, numbers = 0, iter(range(calls))

    async def person(name: str) -> None:
        nonlocal early
        for number in numbers:
            event = f"e{number}"
            await toys.answer(call("toy.add", "ball", name, event=event))
            early += f"toy|home|{event}" not in disk.events

    with dispatcher(url, sync) as toys:
        await asyncio.gather(*(person(f"p{number}") for number in range(AT_ONCE)))
    return early


def unsynced(kept: Engine) -> None:
    """Leave it to chance whether a disk keeps what was committed."""


def rows() -> list[Figure]:
    """Answer with every part there, and with the sync taken out."""
    with TemporaryDirectory() as folder:
        works: dict[str, Callable[[], Any]] = {
            name: _work(Path(folder) / f"{name}.db", sync)
            for name, sync in {"synced": engine.sync, "unsynced": unsynced}.items()
        }
        found = side_by_side(works)
    (early, syncs), (missed, _) = found["synced"], found["unsynced"]
    what = "answered before the disk had it"
    return [
        Figure(what, early, 0, "", True, f"of {CALLS}, {AT_ONCE} at once; {syncs} syncs"),
        Figure(f"{what}, with the disk sync taken out", missed, 1, "", seen=f"of {CALLS}"),
    ]


def _work(file: Path, sync: Sync) -> Callable[[], Any]:
    def work() -> tuple[int, int]:
        hushed()
        return answered(migrated(f"sqlite:///{file}", file.parent), sync)

    return work
