"""Shows what becomes of what is forged, too late, of another server, or not ours at all."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.adapters.discord.ids import Bound, bound
from bot.chat import Account, Place, button, said
from bot.errors import Refused
from bot.i18n import plain, t
from bot.protocol import Ask, Field, Form, Reader
from tests.contracts.adapter import Scripted
from tests.fakes.discord_server import House, Server, server
from tests.toys import toy


@pytest.fixture
async def opened() -> AsyncIterator[tuple[Server, House, Scripted]]:
    bot = Scripted()
    async with server(bot, [toy]) as (made, house):
        yield made, house, bot


Opened = tuple[Server, House, Scripted]


async def post(made: Server, *calls: str, alone: bool = False) -> Any:
    """Post a message with a button for each call; in direct messages to Bruno when `alone`."""
    here = Place("discord", made.workspace, str(made.channel.id))
    target = Account("discord", made.workspace, str(made.bruno.id)) if alone else here
    buttons = [button(plain(f"Button {n}"), call) for n, call in enumerate(calls)]
    await made.adapter.post(target, said(plain("x"), *buttons), Reader(), "k")
    return (made.bruno.user.dm_channel if alone else made.channel).history()[-1]


async def test_button_that_is_not_ours_is_let_be(opened: Opened) -> None:
    made, _, bot = opened
    message = await post(made, "toy.see")
    made.env.backend.messages[made.channel.id][message.id].components[1]["components"][0][
        "custom_id"
    ] = "SOMETHING else"
    await made.bruno.click(message, custom_id="SOMETHING else")
    assert bot.calls == []


async def test_button_of_a_server_one_does_not_belong_to_does_nothing(opened: Opened) -> None:
    made, house, bot = opened
    message = await post(made, "toy.see", alone=True)
    house.known = {str(made.bruno.id): ("42",)}
    shown = await made.bruno.user.click(message, label="Button 0")
    assert bot.calls == []
    assert "another server" in str(shown.response and shown.response.components)


async def test_server_of_a_forged_button_in_a_channel_is_the_channel_s_own(opened: Opened) -> None:
    made, house, bot = opened
    house.known = {str(made.bruno.id): ("42", made.workspace)}
    message = await post(made, "toy.see")
    stored = made.env.backend.messages[made.channel.id][message.id]
    forged = str(Bound("toy.see", workspace="42"))
    stored.components[1]["components"][0]["custom_id"] = forged
    await made.bruno.click(message, custom_id=forged)
    assert [call.account.workspace for call in bot.calls] == [made.workspace]


async def test_draft_of_somebody_else_cannot_be_opened(opened: Opened) -> None:
    made, _, bot = opened
    form = Form(t("Add a toy."), "toy.add", tuple(Field(f"n{n}", t("N"), "text") for n in range(7)))
    bot.replies = [Ask(form)]
    shown = await made.slash(made.amina, "toy add")
    id = str(shown.modal and shown.modal["custom_id"])
    found = bound(id)
    assert found is not None
    forged = found.call.replace("~form", "~open")
    message = await post(made, "toy.see")
    stored = made.env.backend.messages[made.channel.id][message.id]
    stored.components[1]["components"][0]["custom_id"] = forged
    answer = await made.bruno.click(message, custom_id=forged)
    assert answer.modal is None
    assert "sent or discarded" in str(answer.response and answer.response.components)


async def test_unknown_interaction_is_done_and_not_answered(opened: Opened) -> None:
    made, _, bot = opened
    made.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    await made.slash(made.bruno, "toy see")
    assert [call.command for call in bot.calls] == ["toy.see"]


async def test_command_answered_already_is_carried_out_and_stops_nothing(opened: Opened) -> None:
    made, _, bot = opened
    made.env.inject_error("POST", "/interactions/*/callback", status=400, code=40060)
    await made.slash(made.bruno, "toy see")
    assert [call.command for call in bot.calls] == ["toy.see"]


async def test_press_answered_already_leaves_its_message_as_it_is(opened: Opened) -> None:
    made, _, bot = opened
    message = await post(made, "toy.see")
    made.env.inject_error("POST", "/interactions/*/callback", status=400, code=40060)
    await made.bruno.click(message, label="Button 0")
    assert [call.command for call in bot.calls] == ["toy.see"]
    [posted] = made.posted()
    assert "Button 0" in str(posted.components[1].to_dict())


async def test_greeting_stands_where_it_can_be_read(opened: Opened) -> None:
    made, house, _ = opened
    await made.adapter.joined(made.env.bot.get_guild(made.guild.id))  # type: ignore[arg-type]
    [greeting] = made.posted()
    assert "Set up" in str(greeting.components)
    assert ("joined", made.workspace) in house.told


async def test_greeting_is_left_out_where_nothing_may_be_said(opened: Opened) -> None:
    made, house, _ = opened
    empty = made.env.create_guild("Empty")
    await made.adapter.joined(made.env.bot.get_guild(empty.id))  # type: ignore[arg-type]
    made.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await made.adapter.joined(made.env.bot.get_guild(made.guild.id))  # type: ignore[arg-type]
    assert made.posted() == []
    assert house.told == [("joined", str(empty.id)), ("joined", made.workspace)]


async def test_server_that_invited_the_bot_before_its_start_is_greeted_once(opened: Opened) -> None:
    made, house, _ = opened
    house.notes.kept.clear()
    before = len(made.posted())
    await made.adapter.ready()
    await made.adapter.ready()
    [greeting] = made.posted()[before:]
    assert "Set up" in str(greeting.components)


async def test_server_with_a_community_is_not_greeted_when_the_bot_starts(opened: Opened) -> None:
    made, house, _ = opened
    house.notes.kept.clear()
    before = len(made.posted())
    house.homes.add(made.workspace)
    await made.adapter.ready()
    assert len(made.posted()) == before


async def test_server_that_puts_the_bot_out_is_told(opened: Opened) -> None:
    made, house, _ = opened
    await made.adapter.left(made.env.bot.get_guild(made.guild.id))  # type: ignore[arg-type]
    assert house.told[-1] == ("left", made.workspace)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "X",
        "a b",
        "toy.see?x|y|!!|1",
        "toy.see||zz|x",
        "toy.see|||||",
        "../x",
        "toy.see?a|b|c|-1",
    ],
)
def test_custom_id_that_is_none_of_ours_is_not_read(words: str) -> None:
    assert bound(words) is None


@pytest.mark.parametrize(
    "one",
    [
        Bound("toy.see"),
        Bound("toy.see?a=1%7C2&b=", "colour", "1456074443980800012", 24),
        Bound("~open?draft=x", workspace="1"),
        Bound("my.profile", number=3),
    ],
)
def test_custom_id_is_read_back_as_it_was_written(one: Bound) -> None:
    assert bound(str(one)) == one


def test_custom_id_that_is_too_long_is_refused() -> None:
    with pytest.raises(Refused):
        str(Bound("toy.see?x=" + "y" * 95))
