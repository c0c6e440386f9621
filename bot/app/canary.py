"""Sends a message to a channel again and again, and raises the alarm when it does not arrive."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.chat import Place
from bot.config import CanarySection as Section
from bot.domain.trouble import warn
from bot.errors import Busy, NotThere, PostError
from bot.i18n import t
from bot.protocol import Adapter
from bot.scheduler.outgoing import mark
from bot.scheduler.recovery import foreseen
from bot.scheduler.results import CANARY
from storage import Rank, Records, Storage, Transaction
from storage.deliveries import Delivery, Wanted

log = structlog.get_logger()
ABOUT = "canary:0"
LISTENING = 60.0
"""Seconds until the message has to be there."""
REMEMBERED = timedelta(days=1)
ADVICE = t("Please tell whoever runs me: other messages may be missing too.")


@dataclass(frozen=True, slots=True)
class Sung:
    """A test message on its way; `key` is what its platform knows it by."""

    row: Delivery
    place: Place

    @property
    def key(self) -> str:
        """Give the mark of its delivery."""
        return mark(self.row)


class Canary:
    """A test of the whole way, from a row in the database to what a platform shows."""

    def __init__(
        self,
        section: Section,
        storage: Storage,
        adapters: Mapping[str, Adapter],
        now: Callable[[], datetime],
        observe: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        self.platform, self.workspace, self.channel = section.channel.split("/")
        self.every = timedelta(minutes=section.every_minutes)
        self.storage = storage
        self.adapters = adapters
        self.now = now
        self.observe = observe
        self.missing = False

    async def sing(self, wake: Callable[[], None], listening: float = LISTENING) -> None:
        """Have a message sent, look for it `listening` seconds later, and tell when it is missing.

        Processes on the same database send one between them. `wake` has the outbox look at once.
        """
        sung = await self.storage.change(self._send, Rank.OUTBOX)
        if sung is None:
            log.error(
                "canary does not know where to sing", action="canary", workspace=self.workspace
            )
            self.observe(-1)
            return
        wake()
        await asyncio.sleep(listening)
        wrong = await self._listen(sung)
        if wrong is not None:
            await self._tell(sung, wrong)

    def _send(self, transaction: Transaction) -> Sung | None:
        home = transaction.workspaces(self.platform).home(self.workspace)
        if home is None:
            return None
        records, now = transaction.records(home), self.now()
        self._forget(records, now)
        channel = records.channels.meet(self.platform, self.workspace, self.channel)
        channel.lost = ""
        turn = str(int(now.timestamp() // self.every.total_seconds()))
        one = Wanted(turn, now, now + self.every, channel_id=channel.id)
        records.deliveries.send(ABOUT, CANARY, one)
        rows = records.deliveries.about(ABOUT)
        row = next(row for row in rows if row.notice == CANARY and row.kind == turn)
        return Sung(row, Place(self.platform, self.workspace, self.channel, channel.name))

    def _forget(self, records: Records, now: datetime) -> None:
        for row in records.deliveries.about(ABOUT):
            if row.notice == CANARY and row.due_at < now - REMEMBERED:
                records.deliveries.remove(row)

    async def _listen(self, sung: Sung) -> str | None:
        """Say why the message is missing: nothing when it is there, None when nobody knows."""
        try:
            row = await self.storage.look(partial(_row, sung), Rank.OUTBOX)
            if row is None or row.state in ("dead", "unknown"):
                return row.error if row else "not sent"
            if row.state != "sent":
                waits = await self.storage.look(partial(_waits, row, self.now()), Rank.OUTBOX)
                return None if waits else "not sent"
            seen = await self._is_seen(sung, row.due_at - timedelta(minutes=5))
        except Busy:
            return None
        except PostError as error:
            return f"{type(error).__name__}: {error}"
        if not seen:
            return "not seen"
        self.observe(((row.sent_at or self.now()) - row.due_at).total_seconds())
        return ""

    async def _is_seen(self, sung: Sung, since: datetime) -> bool:
        """Look it up; where nothing can be, what the platform took counts as seen."""
        adapter = self.adapters[self.platform]
        with foreseen("canary"):
            return not adapter.finds or bool(await adapter.find(sung.place, sung.key, since))

    async def _tell(self, sung: Sung, wrong: str) -> None:
        """Write down how it is, and tell coordinators once, until it is well again."""
        if not wrong:
            log.info("canary", action="canary", state="seen")
            self.missing = False
            return
        self.observe(-1)
        log.error("canary missing", action="canary", state="missing", error=wrong)
        if not self.missing:
            self.missing = True
            await self.storage.change(partial(self._alarm, sung, wrong), Rank.OUTBOX)

    def _alarm(self, sung: Sung, wrong: str, transaction: Transaction) -> None:
        told = {"notice": CANARY, "error": wrong, "advice": ADVICE.template}
        records = transaction.records(sung.row.community_id)
        warn(records, ABOUT, Wanted(str(sung.row.id), self.now(), args=told))


def _row(sung: Sung, transaction: Transaction) -> Delivery | None:
    return transaction.records(sung.row.community_id).deliveries.find(sung.row.id)


def _waits(row: Delivery, now: datetime, transaction: Transaction) -> bool:
    """Say whether a row is put back, or held, because the platform is busy."""
    lanes = (row.lane[0], row.community_id)
    asked = row.error.startswith(
        (Busy.__name__, NotThere.__name__)
    ) or transaction.queue.rate_limits.ends(lanes, now)
    return row.state == "pending" and bool(asked)
