"""Holds to how things are shown: moments, people, links, and nothing a terminal would obey."""

from datetime import UTC, date, datetime

import pytest

from bot.adapters.local.render import Renderer
from bot.chat import (
    Account,
    CommandRef,
    Context,
    Day,
    Fields,
    File,
    Items,
    Link,
    Message,
    Moment,
    Paragraph,
    Person,
    Picture,
    Place,
    Quote,
    Rule,
    said,
)
from bot.i18n import plain, t
from bot.protocol import Reader

NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)
LATE = datetime(2026, 12, 1, 22, 30, tzinfo=UTC)


def shown(value: object, *, zone: str = "UTC", locale: str = "en", public: bool = False) -> str:
    renderer = Renderer("local", "local", Reader(locale, zone), public)
    return renderer.words(plain(value)).replace("\u202f", " ")


def test_moment_in_private_is_in_the_readers_zone() -> None:
    words = shown(Moment(NOON), zone="Africa/Nairobi")
    assert words == "Wed 2 Dec 2026, 15:00 (Nairobi)"


def test_moment_in_public_is_in_the_communitys_zone_and_in_utc() -> None:
    words = shown(Moment(NOON), zone="Africa/Nairobi", public=True)
    assert words == "Wed 2 Dec 2026, 15:00 (Nairobi), 12:00 UTC"


def test_moment_in_public_names_the_day_in_utc_when_it_is_another() -> None:
    words = shown(Moment(LATE), zone="Pacific/Auckland", public=True)
    assert words.endswith("11:30 (Auckland), Tue 1 Dec 2026, 22:30 UTC")


def test_moment_in_public_of_a_community_in_utc_is_said_once() -> None:
    assert shown(Moment(NOON), public=True).count("12:00") == 1


def test_moment_in_a_zone_of_its_own_is_shown_there() -> None:
    words = shown(Moment(NOON, "America/Bogota"), zone="Africa/Nairobi", public=True)
    assert words == "Wed 2 Dec 2026, 07:00 (Bogota)"


def test_hour_alone_is_shown_without_its_day() -> None:
    assert shown(Moment(NOON, style="hour"), zone="Africa/Nairobi") == "15:00"
    public = shown(Moment(NOON, style="hour"), zone="Africa/Nairobi", public=True)
    assert public == "15:00 (Nairobi), 12:00 UTC"


def test_moment_is_in_the_language_of_the_reader() -> None:
    assert "mié 2 dic 2026" in shown(Moment(NOON), locale="es")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Person("Amina O.", (Account("local", "local", "amina"),)), "@amina"),
        (Person("Amina O.", (Account("slack", "T1", "U1"),)), "@Amina O."),
        (Place("local", "local", "c", "news"), "#news"),
        (Day(date(2026, 12, 2)), "Wed 2 Dec 2026"),
        (Link("https://example.org", "Room"), "Room (https://example.org)"),
        (Link("https://example.org"), "https://example.org"),
        (CommandRef("session", "plan"), "/session plan"),
        (CommandRef("help"), "/help"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
        ("\x1b[31mred\x07\r", "[31mred"),
        ("\ud800", ""),
        ("a\nb", "a\nb"),
    ],
)
def test_value_is_shown_as_people_read_it(value: object, words: str) -> None:
    assert shown(value) == words


def message(*blocks: Paragraph | Fields | Items | Quote | Context | Picture | Rule) -> str:
    renderer = Renderer("local", "local", Reader(), public=False)
    return renderer.message(Message(blocks=blocks)).text


def test_blocks_are_lines() -> None:
    two = (plain("a"), plain("b"))
    words = message(
        Fields((two,)),
        Items(two),
        Items(two, numbered=True),
        Rule(),
        Quote(plain("x\ny")),
        Context(plain("*x*")),
    )
    assert words.splitlines() == ["a: b", "- a", "- b", "1. a", "2. b", "———", "> x", "> y", "*x*"]


def test_picture_comes_as_a_file_with_its_words() -> None:
    picture = Picture(File("map.png", b"\x89PNG", "image/png"), t("A map"))
    told = Renderer("local", "local", Reader(), public=False).message(Message(blocks=(picture,)))
    assert (told.text, told.as_json()["files"]) == (
        "[A map]",
        [{"name": "map.png", "kind": "image/png", "base64": "iVBORw=="}],
    )


def test_those_to_be_notified_are_named_when_the_words_do_not() -> None:
    amina = Person("Amina", (Account("local", "local", "amina"),))
    notified = Message(blocks=said(t("Your turn")).blocks, notify=(amina,))
    told = Renderer("local", "local", Reader(), public=True).message(notified)
    assert (told.text, told.rings) == ("Your turn\n@amina", ("amina",))
