"""Is the life of one sending process: the real outbox and adapters, with doom around them."""

import asyncio
import gc
import signal
from mmap import mmap

from bot.adapters.discord import Dependencies, Discord, DiscordSettings
from bot.adapters.slack import Core, Setup, Slack
from bot.app.memory import YOUNG
from bot.i18n import Text
from bot.protocol import Adapter, Answer, Call
from bot.scheduler import alarm
from bot.scheduler.outbox import Outbox
from drill.edges import Doom, Edged
from drill.quiet import hushed
from drill.toys import toy
from drill.world import DrillWorld

TOKEN = "xoxb-drill"


def live(world: DrillWorld, doom: Doom, ready: mmap) -> None:
    """Send what falls due until asked to stop, or struck; `ready` says when it begins."""
    gc.set_threshold(YOUNG, 20, 20)  # as the bot has it
    hushed()
    asyncio.run(_send(world, doom, ready))


async def _send(world: DrillWorld, doom: Doom, ready: mmap) -> None:
    storage = Edged(world.url, doom, world.parts.queue)
    platforms: tuple[Adapter, ...] = (_slack(world), _discord(world))
    adapters = {one.name: world.parts.around(one, doom) for one in platforms}
    await asyncio.gather(*(one.start(listen=False) for one in adapters.values()))
    outbox = Outbox(storage, toy.notices, adapters, world.parts.now, world.pace)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, outbox.stop)
    ready[0] = 1
    await outbox.run()
    for one in adapters.values():
        await one.stop()
    storage.close()


def _slack(world: DrillWorld) -> Slack:
    setup = Setup(bot_token=TOKEN, api_url=world.fakes.slack)
    return Slack(setup, Core(_dispatch, _complete, alarm.now, ()))


def _discord(world: DrillWorld) -> Discord:
    settings = DiscordSettings(TOKEN, api_url=world.fakes.discord)
    dependencies = Dependencies(
        groups=(),
        dispatch=_dispatch,
        complete=_complete,
        notes=Forgetful(),
        workspaces=_nowhere,
        zone=_no_zone,
        joined=_nothing,
        left=_nothing,
        lived_in=_everywhere,
        turn=_at_once,
        advise=_unheard,
    )
    return Discord(settings, dependencies)


class Forgetful:
    """Keeps nothing."""

    async def get(self, name: str) -> str:
        """Know nothing."""
        return ""

    async def put(self, name: str, words: str) -> None:
        """Forget at once."""


async def _dispatch(call: Call) -> Answer:
    raise NotImplementedError("nobody calls in the drill")


async def _complete(call: Call, option: str, typed: str) -> tuple[tuple[str, str], ...]:
    return ()


async def _nowhere(user: str) -> tuple[str, ...]:
    return ()


async def _no_zone(workspace: str, user: str) -> str:
    return ""


async def _everywhere(workspace: str) -> bool:
    return True


async def _nothing(workspace: str) -> None:
    return None


async def _unheard(workspace: str, advice: Text) -> None:
    return None


async def _at_once(name: str, seconds: float) -> None:
    return None
