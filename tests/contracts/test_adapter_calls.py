"""Holds every platform to what it promises of calls: commands, buttons, menus, forms, answers."""

from dataclasses import replace

import pytest

from bot.chat import (
    File,
    Message,
    Option,
    Paragraph,
    button,
    choice,
    said,
)
from bot.i18n import plain, t
from bot.protocol import Ask, Change, Field, Form, Say
from tests.contracts.adapter import EVERYBODY, READER, World, usual, words


def question(*, value: str = "", error: str = "") -> Form:
    """Ask for a title, with a session that is settled already."""
    wrong = plain(error) if error else None
    fields = (
        Field("title", t("Title"), "text", value, error=wrong),
        Field("size", t("Size"), "number", "3", required=False),
    )
    return Form(t("Add a toy."), "toy.add", fields, {"session": "17"})


async def test_command_arrives_as_a_call(world: World) -> None:
    await world.say_command(world.amina, "toy.add", title="Kite")
    [call] = world.bot.calls
    assert (call.command, call.account, call.place.channel) == (
        "toy.add",
        world.amina,
        world.place.channel,
    )
    assert "Kite" in call.args.get("title", call.words)
    assert not call.filled


@pytest.mark.parametrize("said_alone", ["hello", "help me please"])
async def test_plain_words_said_to_the_bot_alone_are_answered(
    world: World, said_alone: str
) -> None:
    world.bot.replies = [Say(said(plain("Welcome")))]
    await world.write(world.amina, said_alone)
    assert world.bot.calls[0].command in ("help", "my.week")
    assert "Welcome" in words(await world.see(world.amina, world.amina))


async def test_help_on_a_group_arrives_as_such(world: World) -> None:
    await world.type(world.amina, "toy help")
    assert world.bot.calls[0].command == "toy.help"


async def test_private_answer_is_seen_by_one_person(world: World) -> None:
    world.bot.replies = [Say(said(plain("Only you")))]
    await world.say_command(world.amina, "toy.see")
    assert "Only you" in words(await world.see(world.place, world.amina))
    assert "Only you" not in words(await world.see(world.place, world.bruno))


async def test_file_of_a_private_answer_is_handed_to_one_person(world: World) -> None:
    packed = File("my-data.zip", b"PK\x03\x04", "application/zip")
    world.bot.replies = [Say(Message(t("Your data"), files=(packed,)))]
    await world.say_command(world.amina, "toy.see")
    hers = [*await world.see(world.place, world.amina), *await world.see(world.amina, world.amina)]
    assert [name for seen in hers for name in seen.files] == ["my-data.zip"]
    assert not any(seen.files for seen in await world.see(world.place, world.bruno))


async def test_last_answer_to_somebody_erased_is_said_to_them_alone(world: World) -> None:
    world.bot.replies = [Say(said(plain("All is gone")), goes=True)]
    await world.say_command(world.amina, "toy.see")
    assert "All is gone" not in words(await world.see(world.place, world.bruno))
    [call] = world.bot.calls
    assert not call.unasked


async def test_public_answer_is_seen_by_everybody(world: World) -> None:
    world.bot.replies = [Say(said(plain("All of you")), private=False)]
    await world.say_command(world.amina, "toy.see")
    assert "All of you" in words(await world.see(world.place, world.bruno))


async def test_button_comes_back_as_its_call(world: World) -> None:
    pressed = button(t("Again"), "toy.add", title="Kite & co", size=4)
    await world.adapter.post(world.place, said(plain("x"), pressed), EVERYBODY, "a")
    await world.press(world.bruno, "Again")
    [call] = world.bot.calls
    assert (call.command, call.args) == ("toy.add", {"title": "Kite & co", "size": "4"})
    assert (call.account, call.place.channel) == (world.bruno, world.place.channel)


@pytest.mark.by_mail
async def test_button_of_a_direct_message_comes_back(world: World) -> None:
    pressed = button(t("Again"), "toy.see")
    await world.adapter.post(world.amina, said(plain("x"), pressed), READER, "a")
    await world.press(world.amina, "Again")
    assert (world.bot.calls[0].command, world.bot.calls[0].account) == ("toy.see", world.amina)


@pytest.mark.by_mail
async def test_button_works_after_a_restart(world: World) -> None:
    pressed = button(t("Again"), "toy.see")
    await world.adapter.post(usual(world), said(plain("x"), pressed), EVERYBODY, "a")
    await world.restart()
    await world.press(world.amina, "Again")
    assert world.bot.calls[0].command == "toy.see"


async def test_change_takes_the_place_of_the_message_with_the_button(world: World) -> None:
    pressed = button(t("Again"), "toy.see")
    await world.adapter.post(world.place, said(plain("Before"), pressed), EVERYBODY, "a")
    world.bot.replies = [Change(said(plain("After")))]
    await world.press(world.amina, "Again")
    [seen] = await world.see(world.place, world.bruno)
    assert ("After" in seen.words, list(seen.buttons)) == (True, [])


async def test_change_of_a_private_answer_stays_private(world: World) -> None:
    world.bot.replies = [
        Say(said(plain("Before"), button(t("Again"), "toy.see"))),
        Change(said(plain("After"))),
    ]
    await world.say_command(world.amina, "toy.see")
    await world.press(world.amina, "Again")
    assert "Before" not in words(await world.see(world.place, world.amina))
    assert "After" in words(await world.see(world.place, world.amina))
    assert "After" not in words(await world.see(world.place, world.bruno))


async def test_change_without_a_button_is_said_privately(world: World) -> None:
    world.bot.replies = [Change(said(plain("After")))]
    await world.say_command(world.amina, "toy.see")
    assert "After" in words(await world.see(world.place, world.amina))
    assert "After" not in words(await world.see(world.place, world.bruno))


async def test_choice_comes_back_with_what_was_chosen(world: World) -> None:
    options = (Option("red", t("Red")), Option("blue", t("Blue")))
    menu = choice(t("Colour"), "toy.add", "colour", options, title="Kite")
    message = Message(blocks=(Paragraph(plain("x")),), choices=(menu,))
    await world.adapter.post(world.place, message, EVERYBODY, "a")
    await world.choose(world.amina, "Colour", "Blue")
    assert world.bot.calls[0].args == {"title": "Kite", "colour": "blue"}


async def test_form_shows_what_is_filled_in(world: World) -> None:
    world.bot.replies = [Ask(question(value="Kite"))]
    await world.say_command(world.amina, "toy.add")
    form = await world.form(world.amina)
    assert form is not None
    assert dict(form.values) == {"title": "Kite", "size": "3"}
    assert await world.form(world.bruno) is None


async def test_form_shows_who_was_understood_and_gives_them_back(world: World) -> None:
    who = Field("who", t("Person"), "person", f"<@{world.bruno.id}|Bruno Silva>")
    asked = question(value="Kite")
    world.bot.replies = [Ask(replace(asked, fields=(*asked.fields, who)))]
    await world.say_command(world.amina, "toy.add")
    form = await world.form(world.amina)
    assert form is not None
    assert world.bruno.id in form.values["who"]
    await world.submit(world.amina, title="Ball")
    assert world.bot.calls[1].args["who"].startswith(f"<@{world.bruno.id}|")


async def test_form_sent_off_is_a_call_with_what_was_settled(world: World) -> None:
    world.bot.replies = [Ask(question())]
    await world.say_command(world.amina, "toy.add")
    await world.submit(world.amina, title="Kite")
    call = world.bot.calls[1]
    assert (call.command, call.filled, call.account) == ("toy.add", True, world.amina)
    assert call.args == {"session": "17", "title": "Kite", "size": "3"}
    assert call.place.channel == world.place.channel


async def test_form_with_an_error_keeps_what_was_typed(world: World) -> None:
    world.bot.replies = [Ask(question()), Ask(question(value="Kit", error="Too short."))]
    await world.say_command(world.amina, "toy.add")
    await world.submit(world.amina, title="Kit")
    form = await world.form(world.amina)
    assert form is not None
    assert form.values["title"] == "Kit"
    assert form.errors["title"] == "Too short."


async def test_form_mended_is_gone(world: World) -> None:
    world.bot.replies = [Ask(question(error="Too short.")), Say(said(plain("Added")))]
    await world.say_command(world.amina, "toy.add")
    await world.submit(world.amina, title="Kite")
    assert await world.form(world.amina) is None
    assert "Added" in words(await world.see(world.place, world.amina))


async def test_form_from_a_button_changes_the_message_it_came_from(world: World) -> None:
    pressed = button(t("Again"), "toy.add")
    await world.adapter.post(world.place, said(plain("Before"), pressed), EVERYBODY, "a")
    world.bot.replies = [Ask(question()), Change(said(plain("After")))]
    await world.press(world.amina, "Again")
    await world.submit(world.amina, title="Kite")
    [seen] = await world.see(world.place, world.bruno)
    assert "After" in seen.words
