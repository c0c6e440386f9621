"""Shows that an interaction of another shape than Discord's is skipped, and breaks nothing."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.contracts.adapter import Scripted
from tests.fakes.discord_server import server
from tests.fakes.discord_stub import interaction
from tests.toys import toy

SEE = {"id": "1", "name": "toy", "type": 1, "options": [{"name": "see", "type": 1, "options": []}]}


async def heard(told: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Bring an interaction in; gives the commands that were called, and what was skipped."""
    bot = Scripted()
    async with server(bot, [toy]) as (made, _):
        whole = {**interaction(1, made.guild.id, "toy see"), **told}
        whole = {name: value for name, value in whole.items() if value is not None}
        with capture_logs() as logs:
            made.env.bot._connection.parsers["INTERACTION_CREATE"](whole)
            await asyncio.sleep(0.05)
    left = [str(one.get("at")) for one in logs if one["event"] == "interaction skipped"]
    return [call.command for call in bot.calls], left


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"data": "x"}, "data"),
        ({"data": {**SEE, "name": None}}, "name"),
        ({"data": {**SEE, "options": {"a": 1}}}, "options"),
        ({"data": {**SEE, "options": [1]}}, "options.*"),
        ({"data": {**SEE, "options": [{"name": "see"}]}}, "options.*.type"),
        ({"data": {**SEE, "options": [{"name": "see", "type": 1, "options": [{}]}]}},
         "options.*.options.*.name"),
        ({"data": {**SEE, "resolved": {"users": {"1": 2}}}}, "resolved.users.*"),
        ({"type": 5, "data": {"custom_id": 5, "components": [{"component": []}]}}, "custom_id"),
        ({"type": 5, "data": {"custom_id": "x", "components": [[]]}}, "components.*"),
        ({"type": 4, "data": {"options": []}}, "name"),
        ({"member": None}, "user"),
        ({"locale": {}}, "locale"),
        ({"guild_id": "9" * 90}, "id"),
    ],
)  # fmt: skip
async def test_interaction_of_another_shape_is_skipped(told: Mapping[str, Any], wrong: str) -> None:
    assert await heard(told) == ([], [wrong])


async def test_interaction_of_discord_s_shape_is_heard() -> None:
    assert await heard({"data": SEE}) == (["toy.see"], [])
