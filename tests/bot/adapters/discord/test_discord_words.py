"""Shows that what people wrote stays words on Discord, beside the addresses in it as well."""

import pytest

from bot.adapters.discord.forms import Page, modal
from bot.adapters.discord.parts import parts
from bot.adapters.discord.render import sheet
from bot.adapters.discord.wording import DiscordWording, cut, escaped, unmarked
from bot.chat import Context, Heading, Items, Message, Option, Paragraph
from bot.i18n import plain
from bot.protocol import Field, Form, Reader


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("see <https://a.example>", "see \\<https://a.example \\>"),
        ("https://a.example<@&1>", "https://a.example \\<@&1\\>"),
        ("https://a.example/x*y [z]", "https://a.example/x*y \\[z\\]"),
    ],
)
def test_address_ends_before_the_sign_that_follows_it(words: str, shown: str) -> None:
    assert escaped(words) == shown


def test_small_print_is_small_on_every_line_and_stays_words() -> None:
    small = Message(blocks=(Context(plain("*a*\n# b")),))
    assert parts(small, DiscordWording(Reader(), "1")) == ["-# \\*a\\*\n-# \\# b"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("**Bold** and _slanted_", "Bold and slanted"),
        ("# Head\n> quoted", "Head\nquoted"),
        ("[here](https://x.org/a_b_c)", "here (https://x.org/a_b_c)"),
        ("snake_case, 5 * 3 * 2", "snake_case, 5 * 3 * 2"),
        ("**a *b* c** ||d|| https://x.org/__a__", "a b c d https://x.org/__a__"),
    ],
)
def test_markdown_that_cannot_be_escaped_is_taken_out(words: str, shown: str) -> None:
    assert unmarked(words) == shown


def test_address_is_not_cut() -> None:
    words = "Join at https://meet.example/" + "x" * 300
    assert words[: cut(words, 200)].rstrip() == "Join at"


def test_heading_of_what_is_cut_off_is_cut_off_too() -> None:
    items = Items((plain("y" * 300),))
    long = Message(plain("Title"), (Paragraph(plain("x " * 1950)), Heading(plain("Agenda")), items))
    made = sheet(long, DiscordWording(Reader("en")))
    assert "Agenda" not in str(made.view.to_components())
    assert b"Agenda" in made.attachments[0].content


@pytest.mark.parametrize(("value", "kind"), [("Spanish, en", 22), ("Spanish, Quechua", 4)])
def test_several_that_are_suggested_are_picked_unless_there_are_others(
    value: str, kind: int
) -> None:
    field = Field("languages", plain("Languages"), "several", value, plain("Separated by commas"))
    listed = [Option("es", plain("Spanish")), Option("en", plain("English"))]
    page = Page(Form(plain("Profile"), "my.profile", (field,)), DiscordWording(Reader("en")))
    asked = modal(page, "~form", {"languages": listed}).to_dict()["components"][0]
    assert asked["component"]["type"] == kind
    assert ("description" in asked) == (kind == 4)
    chosen = [one.get("default") for one in asked["component"].get("options", ())]
    assert chosen == ([True, True] if kind == 22 else [])
