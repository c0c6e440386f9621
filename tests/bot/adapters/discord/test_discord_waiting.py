"""Shows what people see who have to wait: behind slow work, or among many others."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.discord.asking import CROWD
from bot.calls import Answer, Call
from tests.bot.adapters.discord.test_discord_calls import PLAN, announced, fields, text
from tests.fakes.discord_server import Whole


def slow_down(bot: Whole) -> None:
    """Have each call take three seconds."""
    asking = bot.server.adapter.asking
    quick = asking.handed.dispatch

    async def slow(call: Call) -> Answer:
        await asyncio.sleep(3)
        return await quick(call)

    asking.handed = replace(asking.handed, dispatch=slow)


@pytest.mark.slow
async def test_slow_answer_is_waited_for(bot: Whole) -> None:
    slow_down(bot)
    shown = await bot.server.slash(bot.server.amina, "session plan", **PLAN)
    assert bot.server.bodies("/callback")[-1][2]["type"] == 5
    assert "Fishbowl" in text(shown)


@pytest.mark.slow
async def test_slow_form_is_opened_by_a_button(bot: Whole) -> None:
    slow_down(bot)
    shown = await bot.server.slash(bot.server.amina, "session plan")
    assert shown.response is not None
    opened = await bot.server.amina.click(shown.response.message, label="Open the form")
    assert "title" in fields(opened)


def crowd(bot: Whole) -> None:
    """Have many calls under way."""
    bot.server.adapter.asking.under_way = CROWD


def callback(bot: Whole) -> Any:
    """Give the last first answer to an interaction."""
    return next(body for _, path, body in reversed(bot.server.bodies()) if "/callback" in path)


async def test_in_a_crowd_a_command_is_thought_about_at_once(bot: Whole) -> None:
    crowd(bot)
    shown = await bot.server.slash(bot.server.amina, "session plan", **PLAN)
    assert callback(bot)["type"] == 5
    assert "Fishbowl" in text(shown)


async def test_in_a_crowd_forms_open_as_ever(bot: Whole) -> None:
    crowd(bot)
    shown = await bot.server.slash(bot.server.amina, "session plan", title="Fishbowl")
    assert fields(shown)["title"]["value"] == "Fishbowl"


async def test_in_a_crowd_a_pressed_message_is_changed_in_its_place(bot: Whole) -> None:
    amina = bot.server.amina
    shown = await bot.server.slash(amina, "session plan", **PLAN)
    assert shown.response is not None
    crowd(bot)
    await amina.click(shown.response.message, label="Discard")
    assert callback(bot)["type"] == 6
    assert "preview" not in text(shown)


async def test_in_a_crowd_what_is_said_beside_a_pressed_message_is_private(bot: Whole) -> None:
    await announced(bot)
    crowd(bot)
    shown = await bot.server.bruno.click(bot.server.posted()[0], label="Coming")
    assert callback(bot)["type"] == 6
    assert {one.ephemeral for one in shown.followups} == {True}
