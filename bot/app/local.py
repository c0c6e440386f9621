"""Puts a local chat together: the platform, its clock, the dispatcher and the outbox."""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from bot.adapters.local import Clock, LocalPlatform, Shown, Stage, Store
from bot.adapters.local.kept import MAIL, Reached, newest
from bot.adapters.local.standing import StandIn
from bot.app.chosen import with_obstacles
from bot.app.presence import MembershipNews
from bot.chat import Account
from bot.dispatcher import Dispatcher
from bot.errors import RecordsAway
from bot.first_contact import is_last
from bot.groups import Group
from bot.protocol import Adapter, Answer, Call
from bot.scheduler.computing import at_once
from bot.scheduler.outbox import Outbox, Pace
from storage import Storage
from storage.engine import DatabaseAway

SOON = timedelta(seconds=3)
IN_SIGHT = timedelta(days=92)
TICK = 0.5
"""Seconds between two looks at what falls due."""
PACE = Pace(per_lane=100, early=0)
"""One channel takes all there is: nobody is asked to wait here."""


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except DatabaseAway as away:
        raise RecordsAway(str(getattr(away, "orig", None) or away)) from away


class LocalStore:
    """Keeps what the local platform needs over a restart, beside everything else."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    async def load(self) -> Mapping[str, Any]:
        """Give all that is kept."""
        kept = await self.storage.look(lambda open: open.local.load())
        return {name: json.loads(words) for name, words in kept.items()}

    async def save(self, things: Mapping[str, Any]) -> None:
        """Keep things in one transaction. Raises RecordsAway."""
        words = {name: thing and json.dumps(thing) for name, thing in things.items()}
        with _reached():
            await self.storage.change(lambda open: open.local.save(words))


class LocalChat:
    """A whole chat on one database, whose deliveries go out as its clock reaches them.

    What would be mailed is shown here, and so is what would go to the platforms it stands for. One
    that is a copy was `copied_at` some moment.
    """

    copied_at: datetime | None = None

    def __init__(
        self,
        storage: Storage,
        groups: Iterable[Group],
        clock: Clock,
        show: Callable[[Shown], None],
        store: Store | None = None,
    ) -> None:
        self.storage = storage
        self.clock = clock
        self.under_way = asyncio.Lock()
        self.platform = LocalPlatform(self._answer, clock.now, show, store)
        self.platform.presence = self._note
        self.platform.mailed_by = self._home
        self.adapters: dict[str, Adapter] = {self.platform.name: self.platform}
        self.stand_for([MAIL])
        self.dispatcher = Dispatcher(storage, groups, self.adapters)
        self.stage = Stage(self.platform, self.dispatcher.commands)
        self.stage.files = self._files()
        notices = self.dispatcher.notices
        self.outbox = Outbox(storage, notices, self.adapters, clock.now, PACE)
        self.outbox.timers.known = self.dispatcher.timers
        self.outbox.jobs.known = self.dispatcher.jobs
        self.outbox.jobs.compute = at_once

    def stand_for(self, platforms: Iterable[str]) -> None:
        """Show here what would go to people and channels of other platforms."""
        self.adapters.update({name: StandIn(self.platform, name) for name in platforms})

    async def _home(self, workspace: str) -> str:
        """Name the community of a workspace as its mail does; empty where there is none."""
        usual = (self.platform.name, workspace)
        platform, known = self.platform.elsewhere.homes.get(workspace, usual)
        home = await self.storage.look(lambda open: open.workspaces(platform).home(known))
        return str(home or "")

    async def _note(self, who: Account, there: bool) -> None:
        """Take note that somebody has left their workspace, or is back."""
        news = MembershipNews(self.storage, who.platform, self.clock.now)
        await news.tell(who.workspace, who.id, there)

    def _files(self) -> Mapping[str, Sequence[str]]:
        """Name the options that are files, by their commands."""
        return {
            name: [one.name for one in command.arguments if one.kind.widget == "file"]
            for name, command in self.dispatcher.commands.items()
        }

    async def start(self) -> None:
        """Take up what was kept; a clock that ticks goes on from where it was."""
        await self.platform.start()
        moments = [reached.at for reached in self.platform.clock.values()]
        moments += [posted.at for posted in self.platform.messages.values()]
        if moments and not self.clock.stands:
            self.clock.step(max(moments))
            self.clock.go_on()

    async def settle(self) -> None:
        """Send what is due, stepping on over what falls due within three seconds.

        Raises RecordsAway.
        """
        async with self.under_way:
            with _reached():
                await self._reach(self.clock.now() + SOON)

    async def tick(self) -> None:
        """Send what falls due while the clock ticks, until this is cancelled.

        One at a time with `advance`: what two hold, the clock would be moved past.
        """
        while True:
            async with self.under_way:
                await self._reach(self.clock.now())
            await asyncio.sleep(TICK)

    async def advance(self, until: datetime) -> None:
        """Move the clock on, so that each delivery goes out at its own moment, in order.

        Raises RecordsAway.
        """
        async with self.under_way:
            with _reached():
                await self._reach(until)
                self.clock.step(until)
                await self._arrive()

    async def advance_to_next(self) -> bool:
        """Move the clock on until a message is posted; says whether one was in sight.

        Raises RecordsAway.
        """
        last = self._newest()
        async with self.under_way:
            with _reached():
                ahead = self.clock.now() + IN_SIGHT
                await self._reach(ahead, lambda: self._newest() != last)
                await self._reach(self.clock.now() + SOON)
                await self._arrive()
        return self._newest() != last

    def _newest(self) -> int:
        return newest(self.platform.messages)

    async def _arrive(self) -> None:
        """Stay where the clock was moved to, over a restart too."""
        until = self.clock.now()
        self.clock.go_on()
        await self.storage.prune(until)
        self.platform.clock[""] = Reached(until)
        self.platform.keep("clock:", self.platform.clock[""])
        await self.platform.saved()

    async def _reach(self, until: datetime, enough: Callable[[], bool] = lambda: False) -> None:
        """Go from moment to moment: send what is due, take over what a killed run left behind."""
        looked_at: datetime | None = None
        held_up = False
        while True:
            ahead = await self.outbox.ahead()
            left = ahead.left if ahead.left != looked_at else None
            back = left + self._grace if left else None
            due = ahead.free if held_up else ahead.due
            moment = min((at for at in (due, back, ahead.timer, ahead.job) if at), default=None)
            if moment is None or moment > until:
                return
            self.clock.step(moment)
            if moment == back:
                looked_at, held_up = left, False
                await self.outbox.recover()
            else:
                held_up = not await self.outbox.turn()
                if enough():
                    return

    @property
    def _grace(self) -> timedelta:
        """How long after the end of its lease a delivery is surely left behind."""
        return timedelta(seconds=self.outbox.pace.grace + 1)

    async def complete(self, call: Call, option: str, typed: str) -> tuple[tuple[str, str], ...]:
        """Suggest values with their labels for an option of the command a call is about."""
        known = self.platform.elsewhere.there(call)
        return await self.dispatcher.complete(known, option, typed)

    async def check(self, call: Call, option: str, typed: str) -> str:
        """Say what is wrong with a value, if anything is."""
        return await self.dispatcher.check(self.platform.elsewhere.there(call), option, typed)

    async def _answer(self, call: Call) -> Answer:
        known = self.platform.elsewhere.there(call)
        answer = await with_obstacles(await self.dispatcher.answer(known), self.adapters)
        self.outbox.wake()
        if is_last(answer):
            await self.storage.scrub()
        return answer
