"""Holds typed lines to being taken apart as people mean them, with any quotes and apostrophes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.options.command_line import Taken, Takes, as_seen, parse_line

NAMES = ["title", "when", "guiding_question"]


def takes(bare: Sequence[str], people: Sequence[str] = ()) -> Takes:
    return Takes({name: name for name in (*NAMES, *people)}, bare, people, {"when"})


def apart(words: str, bare: Sequence[str] = ("title", "when")) -> Mapping[str, str]:
    return parse_line(words, takes(bare)).values


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", {}),
        ("   \n\t ", {}),
        ("title=Water when=tomorrow", {"title": "Water", "when": "tomorrow"}),
        ('title="Two words"', {"title": "Two words"}),
        ("title=“Two words”", {"title": "Two words"}),
        ('title=“Two words"', {"title": "Two words"}),
        ('title="Two words”', {"title": "Two words"}),
        ("title=„Zwei Wörter“", {"title": "Zwei Wörter"}),
        ("title=«Deux mots»", {"title": "Deux mots"}),
        ("title=l'eau when=aujourd’hui", {"title": "l'eau", "when": "aujourd’hui"}),
        ('title="The “open” agenda" when=now', {"title": "The “open” agenda", "when": "now"}),
        ('title="it\'s «here»"', {"title": "it's «here»"}),
        ("TITLE=Water", {"title": "Water"}),
        ("guiding-question=Why?", {"guiding_question": "Why?"}),
        ("title=", {"title": ""}),
        ('title=""', {"title": ""}),
        ("title=a=b", {"title": "a=b"}),
        ("title=one title=two", {"title": "two"}),
        ('title="open', {"title": '"open'}),
    ],
)
def test_values_are_taken_by_name(words: str, found: dict[str, str]) -> None:
    assert apart(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Water", {"title": "Water"}),
        ("Water tomorrow 3pm", {"title": "Water", "when": "tomorrow 3pm"}),
        ('"Locally led" tomorrow', {"title": "Locally led", "when": "tomorrow"}),
        ("title=Water next Wednesday 3pm", {"title": "Water", "when": "next Wednesday 3pm"}),
        ("next when=today", {"title": "next", "when": "today"}),
        ("Water now colour=red", {"title": "Water", "when": "now colour=red"}),
        ("don't stop", {"title": "don't", "when": "stop"}),
        ('Water say "hello there" now', {"title": "Water", "when": 'say "hello there" now'}),
        ("Water “tomorrow at 3”", {"title": "Water", "when": "tomorrow at 3"}),
    ],
)
def test_values_without_a_name_go_to_required_options_in_order(
    words: str, found: dict[str, str]
) -> None:
    assert apart(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Team call tomorrow 3pm", {"title": "Team call", "when": "tomorrow 3pm"}),
        ("Team call, tomorrow 3pm", {"title": "Team call", "when": "tomorrow 3pm"}),
        ("“Team call” next Friday", {"title": "Team call", "when": "next Friday"}),
        ("Team call “next Friday”", {"title": "Team call", "when": "next Friday"}),
        ("Team call", {"title": "Team call"}),
        ("tomorrow 3pm", {"when": "tomorrow 3pm"}),
        ("Team call when=soon", {"title": "Team call", "when": "soon"}),
        ("title=“Team call” soon", {"title": "Team call", "when": "soon"}),
        ("", {}),
    ],
)
def test_option_that_ends_a_line_is_looked_for_there(words: str, found: dict[str, str]) -> None:
    ending = replace(takes(("title", "when")), ends="when")
    assert parse_line(words, ending, _tomorrow).values == found


def _tomorrow(words: Sequence[str]) -> tuple[int, int] | None:
    return (words.index("tomorrow"),) * 2 if "tomorrow" in words else None


def test_only_required_option_takes_the_whole_line() -> None:
    assert apart("what's new, in the field?", ("title",)) == {"title": "what's new, in the field?"}


@pytest.mark.parametrize(
    ("words", "bare"), [("the whole line", ()), ("title=a the whole line", ("title",))]
)
def test_words_no_option_is_left_for_are_stray(words: str, bare: tuple[str, ...]) -> None:
    assert parse_line(words, takes(bare)).stray == ["the", "whole", "line"]


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("titel=Water tomorrow", ["titel"]),
        ("Water tomorrow titel=Water", ["titel"]),
        ("colour=red Water now", ["colour"]),
        ("title=Water when=now größe=2", ["größe"]),
        ("Water colour=red now", ["colour"]),
        ("Water why E=mc2 matters", []),
        ("Water “titel=Water”", []),
        ("Water https://example.org/?a=b", []),
        ("Water 1+1=2", []),
        ("Water a==b", []),
    ],
)
def test_unknown_name_is_content_only_in_running_text(words: str, unknown: list[str]) -> None:
    assert parse_line(words, takes(("title", "when"))).unknown == unknown


def test_option_that_takes_no_text_has_no_running_text() -> None:
    assert parse_line("Water now person=Ana", takes(("when", "title"))).unknown == ["person"]


@given(st.text(), st.sampled_from([(), ("title",), ("title", "when"), tuple(NAMES)]))
def test_no_line_breaks_it_and_nothing_is_invented(words: str, required: tuple[str, ...]) -> None:
    found = apart(words, required)
    assert found.keys() <= set(NAMES)
    assert all("".join(value.split()) in "".join(words.split()) for value in found.values())


@given(st.text(st.characters(exclude_characters='"”')))
def test_quoted_value_is_taken_as_it_stands(value: str) -> None:
    assert apart(f'when=now title="{value}"') == {"when": "now", "title": value}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("<@U1|Ana>", {"partner": "<@U1|Ana>"}),
        ("title=Water <@U1|Ana>", {"title": "Water", "partner": "<@U1|Ana>"}),
        ("Water <@U1|Ana>", {"title": "Water", "when": "<@U1|Ana>"}),
        ("<@U1|Ana> <@U2|Bo>", {"title": "<@U1|Ana>", "when": "<@U2|Bo>"}),
        ("partner=<@U2|Bo> <@U1|Ana>", {"partner": "<@U2|Bo>", "title": "<@U1|Ana>"}),
    ],
)
def test_mention_alone_says_who_is_meant(words: str, found: dict[str, str]) -> None:
    assert parse_line(words, takes(["title", "when"], ["partner"])) == Taken(found, [], [])


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("Tea with <@U1|Ana María> in <#C1|tea>", "Tea with @Ana María in #tea"),
        ("<@U1>, <@U2|>", "@U1, @U2"),
        ("a <b> c <@ d> <!here> <@>", "a <b> c <@ d> <!here> <@>"),
        ("<@U1|<b|c>", "@<b|c"),
    ],
)
def test_mentions_are_seen_by_their_names(words: str, seen: str) -> None:
    assert as_seen(words) == seen
