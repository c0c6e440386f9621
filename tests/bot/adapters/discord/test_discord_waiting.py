"""Shows what people see who have to wait behind slow work."""

import asyncio
from dataclasses import replace
from typing import Any

from bot.protocol import Answer, Call
from tests.bot.adapters.discord.test_discord_calls import PLAN, announced, fields, text
from tests.fakes.discord_server import WholeBot


def slow_down(bot: WholeBot) -> None:
    """Have each call take longer than somebody is left without an answer."""
    asking = bot.server.adapter.asking
    quick = asking.core.dispatch

    async def slow(call: Call) -> Answer:
        await asyncio.sleep(0.1)
        return await quick(call)

    asking.core, asking.patience = replace(asking.core, dispatch=slow), 0.02


async def test_slow_answer_is_waited_for(bot: WholeBot) -> None:
    slow_down(bot)
    shown = await bot.server.slash(bot.server.amina, "session plan", **PLAN)
    assert bot.server.bodies("/callback")[-1][2]["type"] == 5
    assert "Fishbowl" in text(shown)


async def test_slow_form_is_opened_by_a_button(bot: WholeBot) -> None:
    slow_down(bot)
    shown = await bot.server.slash(bot.server.amina, "session plan")
    assert shown.response is not None
    opened = await bot.server.amina.click(shown.response.message, label="Open the form")
    assert "title" in fields(opened)


def callback(bot: WholeBot) -> Any:
    """Give the last first answer to an interaction."""
    return next(body for _, path, body in reversed(bot.server.bodies()) if "/callback" in path)


async def test_pressed_message_is_changed_in_its_place_later(bot: WholeBot) -> None:
    amina = bot.server.amina
    shown = await bot.server.slash(amina, "session plan", **PLAN)
    assert shown.response is not None
    slow_down(bot)
    await amina.click(shown.response.message, label="Discard")
    assert callback(bot)["type"] == 6
    assert "preview" not in text(shown)


async def test_what_is_said_later_beside_a_pressed_message_is_private(bot: WholeBot) -> None:
    await announced(bot)
    slow_down(bot)
    shown = await bot.server.bruno.click(bot.server.posted()[0], label="Coming")
    assert callback(bot)["type"] == 6
    assert {one.ephemeral for one in shown.followups} == {True}
