"""Holds to what people can do in the chat, and to what they are told when they cannot."""

from collections.abc import Mapping

import pytest

from bot.adapters.local.lines import ChooseLine, DismissLine, FillLine, JoinLine, PressLine, SayLine
from bot.chat import Message, Option, button, choice, said
from bot.errors import UserError
from bot.i18n import plain, render, t
from bot.protocol import Ask, Field, Form
from tests.contracts.adapter import EVERYBODY, READER
from tests.contracts.local import LocalWorld

COLOURS = (Option("red", t("Red")), Option("blue", t("Blue")))


def told(error: pytest.ExceptionInfo[UserError]) -> str:
    return render(error.value.text, "en", str)


async def test_join_again_changes_what_is_said_and_keeps_the_rest(world: LocalWorld) -> None:
    await world.stage.join(JoinLine("amina", {"locale": "es"}))
    somebody = world.local.people["amina"]
    assert (somebody.locale, somebody.zone) == ("es", "Africa/Nairobi")


async def test_first_to_join_a_workspace_administers_it(world: LocalWorld) -> None:
    roles = {name: one.role for name, one in world.local.people.items()}
    assert roles == {"amina": "coordinator", "bruno": "", "zuri/riverside": "coordinator"}


@pytest.mark.parametrize(
    "options",
    [{"zone": "Nairobi/Africa"}, {"locale": "not a code"}, {"role": "boss"}, {"colour": "red"}],
)
async def test_join_with_something_impossible_is_refused(
    world: LocalWorld, options: Mapping[str, str]
) -> None:
    with pytest.raises(UserError):
        await world.stage.join(JoinLine("zoe", options))
    assert "zoe" not in world.local.people


async def test_stranger_cannot_act(world: LocalWorld) -> None:
    with pytest.raises(UserError) as error:
        await world.stage.say(SayLine("zoe", "/my profile"))
    assert "join zoe" in told(error)


@pytest.mark.parametrize(
    ("typed", "command", "words"),
    [
        ("/toy add Kite", "toy.add", "Kite"),
        ("/Toy ADD Kite", "toy.add", "Kite"),
        ("/toy remind_me x", "toy.remind-me", "x"),
        ("/toy", "help", "toy"),
        ("/me x", "me.x", ""),
        ("/", "help", ""),
    ],
)
async def test_typed_command_names_its_command(
    world: LocalWorld, typed: str, command: str, words: str
) -> None:
    await world.stage.say(SayLine("amina", typed))
    assert (world.bot.calls[0].command, world.bot.calls[0].words) == (command, words)


async def test_lone_command_takes_all_words_behind_it(world: LocalWorld) -> None:
    world.stage.commands = ["help"]
    await world.stage.say(SayLine("amina", "/help toy add"))
    assert (world.bot.calls[0].command, world.bot.calls[0].words) == ("help", "toy add")


async def test_command_without_a_place_is_given_where_one_spoke_last(world: LocalWorld) -> None:
    for line in (
        SayLine("amina", "/toy see"),
        SayLine("amina", "/toy see", "#news"),
        SayLine("amina", "/a b"),
    ):
        await world.stage.say(line)
    assert [call.place.channel for call in world.bot.calls] == ["", "news", "news"]


async def test_mentions_of_those_who_are_here_are_brought_into_form(world: LocalWorld) -> None:
    line = 'who=@bruno in #general "@bruno stays" @zoe #"x'
    await world.stage.say(SayLine("amina", f"/toy add {line}"))
    expected = 'who=<@bruno|bruno> in <#general|general> "@bruno stays" @zoe #"x'
    assert world.bot.calls[0].words == expected


async def test_newest_button_of_a_label_is_pressed(world: LocalWorld) -> None:
    for number in (1, 2):
        message = said(plain("x"), button(t("Coming"), "toy.add", title=number))
        await world.local.post(world.place, message, EVERYBODY, "")
    await world.stage.press(PressLine("bruno", "coming"))
    assert world.bot.calls[0].args == {"title": "2"}


async def test_button_is_pressed_on_the_message_of_a_title(world: LocalWorld) -> None:
    for number in (1, 2):
        pressed = button(t("Coming"), "toy.add", title=number)
        message = Message(title=plain(f"Session {number}"), buttons=(pressed,))
        await world.local.post(world.place, message, EVERYBODY, "")
    await world.stage.press(PressLine("bruno", "Coming", on="session 1"))
    assert world.bot.calls[0].args == {"title": "1"}


@pytest.mark.parametrize("label", ["Coming (3)", "Coming 12", "coming", "COMING · 3"])
async def test_button_is_found_whatever_it_counts(world: LocalWorld, label: str) -> None:
    message = said(plain("x"), button(plain(label), "toy.see"))
    await world.local.post(world.place, message, EVERYBODY, "")
    await world.stage.press(PressLine("bruno", "Coming"))
    assert world.bot.calls


@pytest.mark.parametrize("wanted", ["toy.add", "toy.add?b=2", "toy.add?b=2&a=1"])
async def test_button_is_found_by_its_command(world: LocalWorld, wanted: str) -> None:
    message = said(plain("x"), button(t("Go"), "toy.add", a=1, b=2))
    await world.local.post(world.place, message, EVERYBODY, "")
    await world.stage.press(PressLine("bruno", wanted))
    assert world.bot.calls[0].args == {"a": "1", "b": "2"}


@pytest.mark.parametrize("wanted", ["Go away", "toy.ad", "toy.add?a=2", "G"])
async def test_button_that_is_not_there_is_named_with_those_that_are(
    world: LocalWorld, wanted: str
) -> None:
    message = said(plain("x"), button(t("Go"), "toy.add", a=1))
    await world.local.post(world.place, message, EVERYBODY, "")
    with pytest.raises(UserError) as error:
        await world.stage.press(PressLine("bruno", wanted))
    assert "“Go”" in told(error)


async def test_button_of_somebody_else_cannot_be_pressed(world: LocalWorld) -> None:
    message = said(plain("x"), button(t("Go"), "toy.see"))
    await world.local.post(world.amina, message, READER, "")
    with pytest.raises(UserError):
        await world.stage.press(PressLine("bruno", "Go"))


async def test_button_in_another_channel_is_not_meant(world: LocalWorld) -> None:
    message = said(plain("x"), button(t("Go"), "toy.see"))
    await world.local.post(world.place, message, EVERYBODY, "")
    with pytest.raises(UserError):
        await world.stage.press(PressLine("bruno", "Go", where="#news"))


@pytest.mark.parametrize("option", ["Blue", "blue", "BLUE"])
async def test_choice_takes_label_or_value(world: LocalWorld, option: str) -> None:
    menu = choice(t("Colour"), "toy.add", "colour", COLOURS)
    await world.local.post(world.place, Message(choices=(menu,)), EVERYBODY, "")
    await world.stage.choose(ChooseLine("amina", "Colour", option))
    assert world.bot.calls[0].args == {"colour": "blue"}


async def test_choice_of_nothing_offered_is_refused(world: LocalWorld) -> None:
    menu = choice(t("Colour"), "toy.add", "colour", COLOURS)
    await world.local.post(world.place, Message(choices=(menu,)), EVERYBODY, "")
    with pytest.raises(UserError) as error:
        await world.stage.choose(ChooseLine("amina", "Colour", "Green"))
    assert "“Red”, “Blue”" in told(error)


async def open_form(world: LocalWorld) -> None:
    fields = (
        Field("title", t("Title"), "text", "Kite"),
        Field("who", t("With whom"), "person"),
        Field("where", t("Where"), "place"),
    )
    world.bot.replies = [Ask(Form(t("Add"), "toy.add", fields))]
    await world.say_command(world.amina, "toy.add")


async def test_form_is_filled_by_name_or_label(world: LocalWorld) -> None:
    await open_form(world)
    await world.stage.fill(FillLine("amina", {"with whom": "@bruno", "where": "#news"}))
    expected = {"title": "Kite", "who": "<@bruno|bruno>", "where": "<#news|news>"}
    assert world.bot.calls[1].args == expected


async def test_form_refuses_a_field_it_does_not_have_and_stays_open(world: LocalWorld) -> None:
    await open_form(world)
    with pytest.raises(UserError) as error:
        await world.stage.fill(FillLine("amina", {"colour": "red"}))
    assert "title, who, where" in told(error)
    assert "amina" in world.local.forms


async def test_form_dismissed_is_gone(world: LocalWorld) -> None:
    await open_form(world)
    await world.stage.dismiss(DismissLine("amina"))
    with pytest.raises(UserError):
        await world.stage.fill(FillLine("amina", {}))


async def test_people_messages_and_forms_outlive_a_restart(world: LocalWorld) -> None:
    message = Message(title=plain("Kept"), buttons=(button(t("Go"), "toy.see"),))
    await world.local.post(world.place, message, EVERYBODY, "k")
    await open_form(world)
    await world.restart()
    assert list(world.local.people) == ["amina", "bruno", "zuri/riverside"]
    assert world.local.forms["amina"].form["title"].value == "Kite"
    assert world.local.messages["1"].shown.title == "Kept"


async def test_ids_go_on_after_a_restart(world: LocalWorld) -> None:
    for number in range(11):
        await world.local.post(world.place, said(plain("x")), EVERYBODY, f"k{number}")
    await world.restart()
    ref = await world.local.post(world.place, said(plain("x")), EVERYBODY, "new")
    again = await world.local.post(world.place, said(plain("x")), EVERYBODY, "k3")
    assert (ref.id, again.id) == ("12", "4")
