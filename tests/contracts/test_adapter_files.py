"""Holds every platform to handing over the text of a file that is put into a form."""

import pytest

from bot.i18n import t
from bot.options.files import BIG, MOST
from bot.protocol import Ask, Field, Form
from tests.contracts.adapter import World


def asked(world: World, *, required: bool = True, value: str = "") -> None:
    """Have the bot answer with a form for a file."""
    file = Field("file", t("File"), "file", value, required=required)
    title = Field("title", t("Title"), "text", required=False)
    world.bot.replies.append(Ask(Form(t("Add notes"), "toy.add", (file, title))))


async def test_text_of_a_file_is_handed_over(world: World) -> None:
    asked(world)
    await world.say_command(world.amina, "toy.add")
    assert await world.form(world.amina)
    await world.submit(world.amina, file="Água\n=1+1 <@U1> *x*", title="Kite")
    assert world.bot.calls[-1].args["file"] == "Água\n=1+1 <@U1> *x*"
    assert world.bot.calls[-1].args["title"] == "Kite"


async def test_file_that_is_too_big_is_not_read(world: World) -> None:
    if world.adapter.name == "local":
        pytest.skip("there are no files, only words")
    asked(world)
    await world.say_command(world.amina, "toy.add")
    await world.submit(world.amina, file="x" * (MOST + 1))
    assert world.bot.calls[-1].args["file"] == BIG


async def test_file_handed_in_before_is_not_asked_for_again(world: World) -> None:
    asked(world, value="Kept")
    await world.say_command(world.amina, "toy.add")
    await world.submit(world.amina, title="Kite")
    assert world.bot.calls[-1].args.get("file", "Kept") == "Kept"
