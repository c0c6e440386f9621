"""Shows that a canary that falls silent is noticed, and told once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.app.canary import Canary
from bot.app.parts import all_groups
from bot.app.running import Running
from bot.chat import MessageRef, Place
from bot.config import CanarySection as Section
from bot.config import Settings
from bot.dispatcher import Dispatcher
from bot.errors import Busy, Refused
from bot.scheduler.alarm import now
from bot.scheduler.outbox import Outbox
from storage import Storage
from storage.deliveries import Delivery
from tests.toys import ToyPlatform, Watch, call


class Blind(ToyPlatform):
    """A platform that shows nothing of what it took."""

    sees = True

    async def find(self, target: object, key: str, since: object) -> MessageRef | None:
        """Find what was posted, unless nothing is to be seen."""
        if trouble := self.trouble(Place("", "", "")):
            raise trouble
        return self.hidden.get(key) if self.sees else None


class CanaryWorld:
    """A bot on a toy platform, with a canary in #test."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.platform = Blind()
        self.watch = Watch()
        dispatcher = Dispatcher(storage, all_groups())
        dispatcher.execute(call("community.show", role="coordinator"))
        adapters = {"toy": self.platform}
        self.outbox = Outbox(storage, dispatcher.notices, adapters, self.watch)
        section = Section.model_construct(channel="toy/home/test", every_minutes=60)
        self.seconds: list[float] = []
        self.canary = Canary(section, storage, adapters, self.watch, self.seconds.append)

    async def hour(self) -> None:
        """Sing once, and let an hour pass."""
        sung = await self.storage.change(self.canary._send)
        assert sung
        await self.outbox.turn()
        await self.canary.sing(lambda: None, listening=0)
        self.watch.forward(hours=1)
        await self.outbox.turn()

    def rows(self, notice: str = "community.canary") -> list[Delivery]:
        """List what was delivered for the canary."""
        with self.storage.read() as transaction:
            home = transaction.workspaces("toy").home("home")
            rows = transaction.records(home or 0).deliveries.about("canary:0")
            return [row for row in rows if row.notice == notice]


@pytest.fixture
def world(sqlite_url: str) -> Iterator[CanaryWorld]:
    storage = Storage(sqlite_url)
    yield CanaryWorld(storage)
    storage.close()


@pytest.fixture
def anywhere(database_url: str) -> Iterator[CanaryWorld]:
    """Give a world on both databases, where their statements are what is tried."""
    storage = Storage(database_url)
    yield CanaryWorld(storage)
    storage.close()


async def test_canary_that_arrives_is_counted_and_nobody_told(anywhere: CanaryWorld) -> None:
    await anywhere.hour()
    assert anywhere.seconds == [0.0]
    assert [place.channel for place, *_ in anywhere.platform.posted] == ["test"]  # type: ignore[union-attr]
    assert anywhere.rows("community.trouble") == []


async def test_canary_sings_once_an_hour_whoever_asks(anywhere: CanaryWorld) -> None:
    await anywhere.storage.change(anywhere.canary._send)
    await anywhere.storage.change(anywhere.canary._send)
    assert len(anywhere.rows()) == 1


async def test_missing_canary_is_told_to_coordinators_once(anywhere: CanaryWorld) -> None:
    anywhere.platform.sees = False
    await anywhere.hour()
    await anywhere.hour()
    assert anywhere.seconds == [-1, -1]
    [told] = anywhere.rows("community.trouble")
    assert told.args["error"] == "not seen"


async def test_canary_that_came_back_may_go_missing_again(world: CanaryWorld) -> None:
    for sees in (False, True, False):
        world.platform.sees = sees
        await world.hour()
    assert len(world.rows("community.trouble")) == 2


async def test_canary_that_is_refused_is_missing(world: CanaryWorld) -> None:
    world.platform.trouble = lambda target: Refused("no") if isinstance(target, Place) else None
    await world.hour()
    assert len(world.rows("community.trouble")) == 1


async def test_busy_platform_gives_no_verdict(world: CanaryWorld) -> None:
    await world.outbox.turn()
    await world.storage.change(world.canary._send)
    await world.outbox.turn()
    world.platform.trouble = lambda target: Busy(60)
    await world.canary.sing(lambda: None, listening=0)
    assert world.rows("community.trouble") == []
    assert world.seconds == []


@pytest.mark.parametrize("retry_after", [1, 600])
async def test_platform_too_busy_to_post_gives_no_verdict(
    world: CanaryWorld, retry_after: float
) -> None:
    world.platform.trouble = lambda target: Busy(retry_after)
    await world.storage.change(world.canary._send)
    await world.outbox.turn()
    await world.canary.sing(lambda: None, listening=0)
    assert world.rows("community.trouble") == []
    assert world.seconds == []


async def test_look_up_that_breaks_is_told(world: CanaryWorld) -> None:
    await world.storage.change(world.canary._send)
    await world.outbox.turn()
    world.platform.trouble = lambda target: RuntimeError("broken")
    await world.canary.sing(lambda: None, listening=0)
    assert world.seconds == [-1]
    [told] = world.rows("community.trouble")
    assert told.args["error"] == "Unforeseen: RuntimeError"


async def test_old_ones_are_forgotten(anywhere: CanaryWorld) -> None:
    for _ in range(3):
        await anywhere.hour()
        anywhere.watch.at += timedelta(days=2)
    await anywhere.storage.change(anywhere.canary._send)
    assert len(anywhere.rows()) == 1


async def test_space_nobody_knows_founds_no_community(world: CanaryWorld) -> None:
    world.canary.workspace = "elsewhere"
    await world.canary.sing(lambda: None, listening=0)
    with world.storage.read() as transaction:
        assert transaction.workspaces("toy").home("elsewhere") is None
    assert world.seconds == [-1]


async def test_canary_sings_soon_after_the_start(world: CanaryWorld) -> None:
    section = {"channel": "slack/T1/C1", "every_minutes": 1440}
    slack = {"bot_token": "xoxb-1", "app_token": "xapp-1"}
    settings = Settings.model_validate({"slack": slack, "canary": section})
    bot = Running(settings, world.storage, lambda core: {"slack": ToyPlatform()})
    bot.alarm.start()
    bot._ring()
    job = bot.alarm._scheduler.get_job("canary")
    assert job is not None
    assert now() < job.next_run_time <= now() + timedelta(minutes=1)
    bot.alarm.stop()
