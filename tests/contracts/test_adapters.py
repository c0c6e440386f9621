"""Holds every platform to the same promises. A new one adds its world to the list."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta

import pytest

from bot.calls import Ask, Change, Field, Form, Say
from bot.chat import (
    Account,
    Actions,
    Block,
    Fields,
    File,
    Items,
    Message,
    Option,
    Paragraph,
    Person,
    Place,
    Quote,
    button,
    choice,
    said,
)
from bot.errors import PostError, TargetLost
from bot.i18n import Text, plain, t
from bot.scheduler.clock import now
from tests.contracts.adapter import EVERYBODY, READER, Seen, World
from tests.contracts.discord import discord_world
from tests.contracts.local import local_world
from tests.contracts.slack import slack_world

WORLDS = {"local": local_world, "discord": discord_world, "slack": slack_world}
LOUD = "@everyone @here <!channel> <!here> <@&1> @channel"
MARKED = "*bold* _x_ ~y~ `code` <b> & </b> [a](b) \\n #1 > q"


@pytest.fixture(params=WORLDS)
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    async with WORLDS[request.param]() as opened:
        yield opened


def question(*, value: str = "", error: str = "") -> Form:
    """Ask for a title, with a session that is settled already."""
    wrong = plain(error) if error else None
    fields = (
        Field("title", t("Title"), "text", value, error=wrong),
        Field("size", t("Size"), "number", "3", required=False),
    )
    return Form(t("Add a toy."), "toy.add", fields, {"session": "17"})


def words(seen: Sequence[Seen]) -> str:
    return "\n".join(one.words for one in seen)


async def test_post_reaches_the_place(world: World) -> None:
    await world.adapter.post(world.place, said(plain("Good morning")), EVERYBODY, "a")
    assert "Good morning" in words(await world.see(world.place, world.bruno))


async def test_post_to_a_person_reaches_that_person_alone(world: World) -> None:
    await world.adapter.post(world.amina, said(plain("For you")), READER, "a")
    assert "For you" in words(await world.see(world.amina, world.amina))
    assert not await world.see(world.bruno, world.bruno)
    assert not await world.see(world.place, world.bruno)


async def test_post_in_a_thread_stays_below_its_message(world: World) -> None:
    ref = await world.adapter.post(world.place, said(plain("Topic")), EVERYBODY, "a")
    thread = world.thread(ref)
    await world.adapter.post(thread, said(plain("Below")), EVERYBODY, "b")
    assert "Below" in words(await world.see(thread, world.amina))
    assert "Below" not in words(await world.see(world.place, world.amina))


async def test_message_that_asks_for_a_thread_tells_where_it_is(world: World) -> None:
    message = Message(title=t("Topic"), thread=True)
    ref = await world.adapter.post(world.place, message, EVERYBODY, "a")
    assert ref.place.thread
    await world.adapter.post(ref.place, said(plain("Below")), EVERYBODY, "b")
    assert "Below" in words(await world.see(ref.place, world.amina))


async def test_edit_takes_the_place_of_the_message(world: World) -> None:
    ref = await world.adapter.post(world.place, said(plain("Before")), EVERYBODY, "a")
    await world.adapter.edit(ref, said(plain("After")), EVERYBODY)
    [seen] = await world.see(world.place, world.amina)
    assert "After" in seen.words
    assert "Before" not in seen.words


async def test_edit_of_a_direct_message_takes_its_place(world: World) -> None:
    ref = await world.adapter.post(world.amina, said(plain("Before")), READER, "a")
    await world.adapter.edit(ref, said(plain("After")), READER)
    [seen] = await world.see(world.amina, world.amina)
    assert "After" in seen.words


async def test_find_knows_a_message_by_its_key(world: World) -> None:
    since = now() - timedelta(days=3650)
    ref = await world.adapter.post(world.place, said(plain("x")), EVERYBODY, "k1")
    await world.adapter.post(world.place, said(plain("y")), EVERYBODY, "k2")
    assert await world.adapter.find(world.place, "k1", since) == ref
    assert await world.adapter.find(world.place, "k3", since) is None


async def test_find_knows_a_direct_message_by_its_key(world: World) -> None:
    since = now() - timedelta(days=3650)
    ref = await world.adapter.post(world.amina, said(plain("x")), READER, "k1")
    assert await world.adapter.find(world.amina, "k1", since) == ref
    assert await world.adapter.find(world.bruno, "k1", since) is None


async def test_same_key_posts_once_where_that_is_promised(world: World) -> None:
    if not world.posts_once:
        pytest.skip("this platform promises nothing")
    refs = [
        await world.adapter.post(world.place, said(plain("x")), EVERYBODY, "k1") for _ in range(2)
    ]
    assert refs[0] == refs[1]
    assert len(await world.see(world.place, world.amina)) == 1


async def test_vanished_place_is_lost(world: World) -> None:
    with pytest.raises(TargetLost) as lost:
        await world.adapter.post(world.vanished, said(plain("x")), EVERYBODY, "a")
    assert lost.value.reason
    assert lost.value.text


async def test_find_in_a_vanished_place_raises_no_other_error(world: World) -> None:
    with pytest.raises(PostError):
        await world.adapter.find(world.vanished, "k", now())


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


async def test_private_answer_is_seen_by_one_person(world: World) -> None:
    world.bot.replies = [Say(said(plain("Only you")))]
    await world.say_command(world.amina, "toy.see")
    assert "Only you" in words(await world.see(world.place, world.amina))
    assert "Only you" not in words(await world.see(world.place, world.bruno))


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


async def test_button_of_a_direct_message_comes_back(world: World) -> None:
    pressed = button(t("Again"), "toy.see")
    await world.adapter.post(world.amina, said(plain("x"), pressed), READER, "a")
    await world.press(world.amina, "Again")
    assert (world.bot.calls[0].command, world.bot.calls[0].account) == ("toy.see", world.amina)


async def test_button_works_after_a_restart(world: World) -> None:
    pressed = button(t("Again"), "toy.see")
    await world.adapter.post(world.place, said(plain("x"), pressed), EVERYBODY, "a")
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


@pytest.mark.parametrize(
    "message",
    [
        Message(title=plain(LOUD)),
        said(plain(LOUD)),
        said(t("{who} says hello", who=Person(LOUD))),
        said(t("See {place}", place=Place("local", "local", "x", LOUD))),
        Message(blocks=(Items((plain(LOUD),)), Quote(plain(LOUD)))),
        Message(blocks=(Fields(((plain(LOUD), plain(LOUD)),)),)),
        said(plain("x"), button(plain(LOUD), "toy.see")),
    ],
)
async def test_mass_mention_in_any_text_rings_nobody(world: World, message: Message) -> None:
    await world.adapter.post(world.place, message, EVERYBODY, "a")
    assert await world.rung() == set()


async def test_only_those_named_to_be_notified_are_rung(world: World) -> None:
    amina, bruno = Person("Amina", (world.amina,)), Person("Bruno", (world.bruno,))
    words = t("{one} and {two}", one=amina, two=bruno)
    message = Message(blocks=(Paragraph(words),), notify=(bruno,))
    await world.adapter.post(world.place, message, EVERYBODY, "a")
    assert await world.rung() == {world.bruno.id}


@pytest.mark.parametrize("block", [Paragraph, Quote, lambda text: Items((text,))])
async def test_marks_people_type_are_shown_as_they_are(
    world: World, block: Callable[[Text], Block]
) -> None:
    await world.adapter.post(world.place, Message(blocks=(block(plain(MARKED)),)), EVERYBODY, "a")
    assert MARKED in words(await world.see(world.place, world.amina))


def long_text() -> Text:
    return plain(" ".join(f"word{number}" for number in range(2000)))


@pytest.mark.parametrize("block", [Paragraph, Quote, lambda text: Fields(((t("Notes"), text),))])
async def test_long_text_is_never_lost(world: World, block: Callable[[Text], Block]) -> None:
    message = Message(title=t("Long"), blocks=(block(long_text()),))
    await world.adapter.post(world.place, message, EVERYBODY, "a")
    seen = words(await world.see(world.place, world.amina))
    assert all(f"word{number}" in seen.split() for number in range(2000))


async def test_long_title_is_never_lost(world: World) -> None:
    title = " ".join(f"word{number}" for number in range(100))
    await world.adapter.post(world.place, Message(title=plain(title)), EVERYBODY, "a")
    seen = words(await world.see(world.place, world.amina))
    assert "word99" in seen


async def test_many_items_and_buttons_are_never_lost(world: World) -> None:
    buttons = tuple(button(plain(f"Button {n}"), "toy.add", title=n) for n in range(30))
    items = Items(tuple(plain(f"item{n}.") for n in range(120)), numbered=True)
    await world.adapter.post(world.place, Message(blocks=(items,), buttons=buttons), EVERYBODY, "a")
    seen = await world.see(world.place, world.amina)
    assert [label for one in seen for label in one.buttons] == [f"Button {n}" for n in range(30)]
    assert all(f"item{n}." in words(seen) for n in range(120))


async def test_rows_of_actions_stand_in_their_order(world: World) -> None:
    rows = [
        part
        for n in range(30)
        for part in (
            Paragraph(plain(f"Line {n}")),
            Actions((button(plain(f"Open {n}"), "toy.add", title=n),)),
        )
    ]
    await world.adapter.post(world.place, Message(blocks=tuple(rows)), EVERYBODY, "a")
    seen = await world.see(world.place, world.amina)
    assert [label for one in seen for label in one.buttons] == [f"Open {n}" for n in range(30)]


async def test_menu_with_many_options_offers_them_all(world: World) -> None:
    options = tuple(Option(str(n), plain(f"Option {n}")) for n in range(60))
    menu = choice(t("Which"), "toy.add", "title", options)
    message = Message(blocks=(Paragraph(plain("x")),), choices=(menu,))
    await world.adapter.post(world.place, message, EVERYBODY, "a")
    seen = await world.see(world.place, world.amina)
    offered = {option for one in seen for menu in one.menus.values() for option in menu}
    assert {f"Option {n}" for n in range(60)} <= offered


async def test_file_arrives_whole(world: World) -> None:
    file = File("notes.md", "# Notes\nñ".encode(), "text/markdown")
    message = Message(blocks=(Paragraph(plain("Here")),), files=(file,))
    await world.adapter.post(world.place, message, EVERYBODY, "a")
    seen = await world.see(world.place, world.amina)
    assert [one.files["notes.md"] for one in seen if one.files] == [file.content]


async def test_person_of_another_platform_is_shown_by_name(world: World) -> None:
    stranger = Person("Somebody else", (Account("elsewhere", "x", "1"),))
    await world.adapter.post(world.place, said(t("{who} came", who=stranger)), EVERYBODY, "a")
    assert "Somebody else" in words(await world.see(world.place, world.amina))
