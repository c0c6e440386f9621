"""Shows that nothing Discord sends makes the bot deaf, and that it comes back by itself."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.adapters.discord import Discord
from bot.chat import Place, said
from bot.errors import Busy
from bot.i18n import plain
from bot.protocol import Reader
from tests.bot.adapters.discord.conftest import started
from tests.contracts.adapter import Scripted
from tests.fakes.discord_server import House
from tests.fakes.discord_stub import IDENTIFY, Stub, interaction, press
from tests.toys import toy

UNREADABLE = [
    ("MESSAGE_CREATE", {"id": "5"}),
    ("GUILD_CREATE", {"unavailable": False}),
    ("INTERACTION_CREATE", {"id": "5", "type": 2}),
    ("CHANNEL_UPDATE", []),
    ("THREAD_CREATE", None),
]
"""Events in which something is missing that discord.py counts on."""


async def heard(platform: Stub, bot: Scripted, told: dict[str, Any]) -> None:
    """Have something be done in Discord, and wait until the bot has heard it."""
    before = len(bot.calls)
    await platform.send(0, told, "INTERACTION_CREATE", 9)
    await platform.until(lambda: len(bot.calls) > before)


@pytest.mark.parametrize(("event", "told"), UNREADABLE, ids=[name for name, _ in UNREADABLE])
async def test_event_that_cannot_be_read_is_skipped_and_logged(
    platform: Stub, event: str, told: Any
) -> None:
    bot = Scripted()
    with capture_logs() as logs:
        async with started(platform, House(bot, [toy])) as adapter:
            await platform.send(0, told, event, 8)
            await heard(platform, bot, interaction(0, 5, "toy see"))
            assert await adapter.connected()
    assert len(platform.sockets) == 1
    assert [one["action"] for one in logs if one["log_level"] == "error"] == [event]


async def break_off(platform: Stub, adapter: Discord) -> None:
    """Have something come in that ends the connection, and wait until there is another."""
    await platform.sockets[-1].send_str("[]")
    await platform.until(lambda: len(platform.ops(IDENTIFY)) == 2)
    await adapter.client.wait_until_ready()


@pytest.mark.slow
async def test_connection_that_ended_is_begun_anew(platform: Stub) -> None:
    bot = Scripted()
    async with started(platform, House(bot, [toy])) as adapter:
        await break_off(platform, adapter)
        assert await adapter.connected()
        await heard(platform, bot, interaction(0, 5, "toy see"))
        await heard(platform, bot, press(1, 5, "toy.see?"))
        await adapter.post(Place("discord", "5", "7"), said(plain("Hello")), Reader(), "key")
    assert [one.command for one in bot.calls] == ["toy.see", "toy.see"]
    assert len(platform.posts()) == 1


async def test_platform_is_busy_while_it_is_away(platform: Stub) -> None:
    async with started(platform) as adapter:
        await adapter.client.close()
        with pytest.raises(Busy):
            await adapter.post(Place("discord", "5", "7"), said(plain("Hello")), Reader(), "key")
        with pytest.raises(Busy):
            await adapter.time()
    assert platform.posts() == []
