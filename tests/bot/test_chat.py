"""Holds bound commands to travelling unharmed, and links to being links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Button, Choice, Link, Option, Paragraph, button, choice, decoded, encoded, said
from bot.i18n import t
from tests.toys import toy

LABEL = t("Again")
WORDS = st.text(st.characters(codec="utf-8"), max_size=8)


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,4}", fullmatch=True), WORDS, max_size=1))
def test_bound_command_is_read_back_whatever_its_values(args: dict[str, str]) -> None:
    words = encoded("a.b", args)
    assert words.isascii()
    assert decoded(words) == ("a.b", args)


@pytest.mark.parametrize("value", ["", "?", "&a=b", "=", "+", "%", " ", "\n", "é", "👩‍👧", "a?b?"])
def test_signs_of_the_encoding_are_values_too(value: str) -> None:
    assert decoded(encoded("a.b", {"x": value, "y": 1})) == ("a.b", {"x": value, "y": "1"})


def test_command_without_options_is_its_name() -> None:
    assert encoded("help", {}) == "help"
    assert decoded("help") == ("help", {})


@pytest.mark.parametrize(
    "words", ["", "?", "a.b?x", "a.b?&&", "a.b?=1", "a.b?x=%zz", "?x=1", "\x00"]
)
def test_forged_words_are_read_without_harm(words: str) -> None:
    name, args = decoded(words)
    assert "?" not in name
    assert all(isinstance(value, str) for value in args.values())


def test_declared_command_is_bound_by_its_name() -> None:
    assert button(LABEL, toy.commands["add"], "primary", title="x") == Button(
        LABEL, "toy.add?title=x", "primary"
    )


def test_button_carries_a_hundred_characters_and_no_more() -> None:
    assert len(button(LABEL, "a.b", x="y" * 94).call) == 100
    with pytest.raises(ValueError, match="at most 100"):
        button(LABEL, "a.b", x="y" * 95)
    with pytest.raises(ValueError, match="at most 100"):
        button(LABEL, "a.b", x="é" * 40)


def test_menu_carries_what_is_bound_and_what_is_to_choose() -> None:
    options = (Option("1", LABEL),)
    assert choice(LABEL, "a.b", "x", options, y=2) == Choice(LABEL, "a.b?y=2", "x", options)


def test_words_said_make_a_message_of_one_paragraph() -> None:
    message = said(LABEL, button(LABEL, "help"))
    assert message.blocks == (Paragraph(LABEL),)
    assert message.buttons == (Button(LABEL, "help"),)
    assert not message.title


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://a|b", False),
        ("https://a>b", False),
        ("https://a b", False),
        ("https://a\nb", False),
        ("https://a'b", False),
        (" https://a", False),
        ("", False),
    ],
)
def test_link_is_safe_when_nothing_in_it_ends_it_early(url: str, safe: bool) -> None:
    assert Link(url).safe is safe
