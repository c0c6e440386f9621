"""Holds every platform to what it promises of words: none rings, is changed or is lost."""

from collections.abc import Callable

import pytest

from bot.chat import (
    Account,
    Actions,
    Block,
    Context,
    Fields,
    File,
    Items,
    Message,
    Option,
    Paragraph,
    Person,
    Picture,
    Place,
    Quote,
    button,
    choice,
    said,
)
from bot.documents.hours_picture import HoursPicture, RegionRow, drawn
from bot.i18n import Text, plain, t
from bot.protocol import Reader
from tests.contracts.adapter import EVERYBODY, World, usual, words
from tests.hostile import HOSTILE

LOUD = "@everyone @here <!channel> <!here> <@&1> @channel"
MARKED = "*bold* _x_ ~y~ `code` <b> & </b> [a](b) \\n #1 > q"


@pytest.mark.parametrize(
    "message",
    [
        Message(title=plain(LOUD)),
        said(plain(LOUD)),
        said(t("{who} says hello", who=Person(LOUD))),
        said(t("See {place}", place=Place("local", "local", "x", LOUD))),
        Message(blocks=(Items((plain(LOUD),)), Quote(plain(LOUD)), Context(plain(LOUD)))),
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


@pytest.mark.parametrize("block", [Paragraph, Quote, Context, lambda text: Items((text,))])
@pytest.mark.by_mail
async def test_marks_people_type_are_shown_as_they_are(
    world: World, block: Callable[[Text], Block]
) -> None:
    await world.adapter.post(usual(world), Message(blocks=(block(plain(MARKED)),)), EVERYBODY, "a")
    assert MARKED in words(await world.see(usual(world), world.amina))


@pytest.mark.parametrize(("locale", "line"), [("en", "Length: 5"), ("fr", "Durée\u202f: 5")])
@pytest.mark.by_mail
async def test_label_leads_to_its_value_as_the_language_does(
    world: World, locale: str, line: str
) -> None:
    message = Message(blocks=(Fields(((t("Length"), plain("5")),)),))
    await world.adapter.post(usual(world), message, Reader(locale), "a")
    assert line in words(await world.see(usual(world), world.amina)).replace("*", "")


def long_text() -> Text:
    return plain(" ".join(f"word{number}" for number in range(2000)))


@pytest.mark.parametrize("block", [Paragraph, Quote, lambda text: Fields(((t("Notes"), text),))])
@pytest.mark.by_mail
async def test_long_text_is_never_lost(world: World, block: Callable[[Text], Block]) -> None:
    message = Message(title=t("Long"), blocks=(block(long_text()),))
    await world.adapter.post(usual(world), message, EVERYBODY, "a")
    seen = words(await world.see(usual(world), world.amina))
    assert all(f"word{number}" in seen.split() for number in range(2000))


@pytest.mark.by_mail
async def test_long_title_is_never_lost(world: World) -> None:
    title = " ".join(f"word{number}" for number in range(100))
    await world.adapter.post(usual(world), Message(title=plain(title)), EVERYBODY, "a")
    seen = words(await world.see(usual(world), world.amina))
    assert "word99" in seen


@pytest.mark.by_mail
async def test_many_items_and_buttons_are_never_lost(world: World) -> None:
    buttons = tuple(button(plain(f"Button {n}"), "toy.add", title=n) for n in range(30))
    items = Items(tuple(plain(f"item{n}.") for n in range(120)), numbered=True)
    await world.adapter.post(
        usual(world), Message(blocks=(items,), buttons=buttons), EVERYBODY, "a"
    )
    seen = await world.see(usual(world), world.amina)
    assert [label for one in seen for label in one.buttons] == [f"Button {n}" for n in range(30)]
    assert all(f"item{n}." in words(seen) for n in range(120))


@pytest.mark.by_mail
async def test_rows_of_actions_stand_in_their_order(world: World) -> None:
    rows = [
        part
        for n in range(30)
        for part in (
            Paragraph(plain(f"Line {n}")),
            Actions((button(plain(f"Open {n}"), "toy.add", title=n),)),
        )
    ]
    await world.adapter.post(usual(world), Message(blocks=tuple(rows)), EVERYBODY, "a")
    seen = await world.see(usual(world), world.amina)
    assert [label for one in seen for label in one.buttons] == [f"Open {n}" for n in range(30)]


async def test_menu_with_many_options_offers_them_all(world: World) -> None:
    options = tuple(Option(str(n), plain(f"Option {n}")) for n in range(60))
    menu = choice(t("Which"), "toy.add", "title", options)
    message = Message(blocks=(Paragraph(plain("x")),), choices=(menu,))
    await world.adapter.post(world.place, message, EVERYBODY, "a")
    seen = await world.see(world.place, world.amina)
    offered = {option for one in seen for menu in one.menus.values() for option in menu}
    assert {f"Option {n}" for n in range(60)} <= offered


@pytest.mark.by_mail
async def test_file_arrives_whole(world: World) -> None:
    file = File("notes.md", "# Notes\nñ".encode(), "text/markdown")
    message = Message(blocks=(Paragraph(plain("Here")),), files=(file,))
    await world.adapter.post(usual(world), message, EVERYBODY, "a")
    seen = await world.see(usual(world), world.amina)
    assert [one.files["notes.md"] for one in seen if one.files] == [file.content]


@pytest.mark.by_mail
async def test_picture_arrives_with_the_words_for_it(world: World) -> None:
    shown = drawn(HoursPicture(["0"], [RegionRow("Asia", ["7"], [3], 1.5)]))
    picture = Picture(File("hours.png", shown, "image/png"), plain("Asia bears 1.5"))
    await world.adapter.post(usual(world), Message(t("Hours"), (picture,)), EVERYBODY, "a")
    seen = await world.see(usual(world), world.amina)
    assert [one.files["hours.png"] for one in seen if one.files] == [shown]
    assert "Asia bears 1.5" in words(seen)


@pytest.mark.by_mail
async def test_person_of_another_platform_is_shown_by_name(world: World) -> None:
    stranger = Person("Somebody else", (Account("elsewhere", "x", "1"),))
    await world.adapter.post(usual(world), said(t("{who} came", who=stranger)), EVERYBODY, "a")
    assert "Somebody else" in words(await world.see(usual(world), world.amina))


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.by_mail
async def test_words_meant_to_hold_the_bot_up_are_shown(world: World, kind: str) -> None:
    said_so = plain(f"Kept {HOSTILE[kind](3000)}")
    message = Message(
        title=t("Long"), blocks=(Paragraph(said_so), Fields(((t("Notes"), said_so),)))
    )
    await world.adapter.post(usual(world), message, EVERYBODY, "a")
    assert "Kept" in words(await world.see(usual(world), world.amina))
