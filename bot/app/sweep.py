"""Follows all that is to come anew, which heals what a backup or an older version left behind."""

from collections.abc import Iterator
from datetime import datetime

import structlog

from bot.app.lots import Lots
from bot.domain.finding import read
from bot.domain.follow import heal
from storage import Rank, Records, Storage
from storage.finding import unread
from storage.openspace import OpenSpace, not_closed
from storage.polls import Poll, open_polls
from storage.programmes import Programme, running
from storage.sessions import Session, to_come
from storage.tables import Owned

log = structlog.get_logger()


async def sweep(storage: Storage, now: datetime) -> int:
    """Bring all that is to come in line; gives how many things were not, which should be none."""
    healed = 0
    for lots in _all(now):
        while await storage.change(lots.next, Rank.WEB):
            pass
        healed += lots.changed
    (log.warning if healed else log.info)("swept", action="sweep", healed=healed)
    return healed


async def gather(storage: Storage) -> None:
    """Gather the words of sessions that have none, by which they are found; drafts need none."""
    lots = Lots("gather", lambda open, last, most: unread(open.db, last, most), _gathered)
    while await storage.change(lots.next, Rank.WEB):
        pass
    if lots.changed:
        log.info("gathered", action="gather", sessions=lots.changed)


def _gathered(records: Records, session: Session) -> bool:
    read(records, session)
    return True


Swept = Lots[Programme] | Lots[Session] | Lots[OpenSpace] | Lots[Poll]


def _all(now: datetime) -> Iterator[Swept]:
    def healed(records: Records, thing: Owned) -> bool:
        return heal(records, thing, now)

    yield Lots("sweep", lambda open, last, most: running(open.db, last, most), healed)
    yield Lots("sweep", lambda open, last, most: to_come(open.db, now, last, most), healed)
    yield Lots("sweep", lambda open, last, most: not_closed(open.db, last, most), healed)
    yield Lots("sweep", lambda open, last, most: open_polls(open.db, last, most), healed)
