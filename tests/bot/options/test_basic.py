"""Holds plain arguments to being read as they were meant, whatever people type or paste."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat import Option
from bot.errors import Unreadable
from bot.i18n import plain, t
from bot.options.basic import (
    Kind,
    Line,
    LongText,
    Number,
    OneOf,
    Reading,
    SeveralOf,
    WebLink,
    YesNo,
)
from bot.signs import cleaned
from storage import Records
from storage.sight import PUBLIC
from tests.tables import in_turn
from tests.toys import wording

NOWHERE = Reading(
    "en", "UTC", datetime(2026, 11, 22, tzinfo=UTC), "toy", "home", cast(Records, None), PUBLIC
)
LABEL = t("Title")
COLOURS = (Option("red", t("Yes")), Option("deep-blue", plain("Bleu foncé")))
FAMILY = "👩\u200d👩\u200d👧"
LINE, LONG, NUMBER = Line(LABEL), LongText(LABEL), Number(LABEL, least=1, most=12)
ONE, SEVERAL = OneOf(LABEL, options=COLOURS), SeveralOf(LABEL, options=COLOURS)


def refused(kind: Kind, raw: str, reading: Reading = NOWHERE) -> str:
    with pytest.raises(Unreadable) as error:
        kind.read(raw, reading)
    return wording(error.value.text, reading.locale)


@in_turn(
    ("raw", "words"),
    [
        ("  two\t words \n", "two words"),
        ("zero\u200bwidth\ufeff soft\u00adhyphen\u2060", "zerowidth softhyphen"),
        ("\u202eevil\u202c \u2066name\u2069", "evil name"),
        ("nul\x00 bell\x07 esc\x1b", "nul bell esc"),
        ("half \ud83d a character", "half a character"),
        ("e\u0301lan", "élan"),
        (FAMILY, FAMILY),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("नमस्ते", "नमस्ते"),
        ("<!channel> @everyone", "<!channel> @everyone"),
    ],
)
def test_words_keep_what_can_be_read_and_lose_what_cannot(raw: str, words: str) -> None:
    assert cleaned(raw).split() == words.split()


@in_turn("raw", ["", " ", "\u200b", "\u202e\u202c", "\u3164", "⠀", "\x00", "\u200d"])
def test_words_nobody_can_see_are_none(raw: str) -> None:
    assert cleaned(raw) == ""
    assert "write something here" in refused(LINE, raw)


@example("0\x85\x1b\r0")
@example("e\u200b\u0301")
@given(st.text())
def test_words_once_cleaned_stay_as_they_are(raw: str) -> None:
    words = cleaned(raw)
    assert cleaned(words) == words
    assert "\n" not in words
    words.encode()


def test_line_that_is_too_long_says_how_long_it_is() -> None:
    assert refused(LINE, "x" * 10_000) == (
        "This is 10,000 characters long. Please shorten it to 150."
    )
    assert LINE.read("x" * 150, NOWHERE) == "x" * 150


def test_long_text_keeps_its_lines_and_loses_what_cannot_be_seen() -> None:
    raw = "\n one\u200b \r\n\u200b\r\n\u2028two\x00\n\n"
    assert LONG.read(raw, NOWHERE) == "one\n\n\ntwo"


def test_long_text_is_measured_as_a_whole() -> None:
    assert refused(LONG, "line\n" * 1000).endswith("Please shorten it to 3,000.")


def test_long_text_of_unseen_lines_is_refused() -> None:
    assert "write something here" in refused(LONG, "\u200b\n \n\u3164")


@in_turn(
    "raw", ["https://example.org/a?b=c#d", "HTTP://Example.org", " https://example.org \u200b"]
)
def test_link_is_read(raw: str) -> None:
    assert WebLink(LABEL).read(raw, NOWHERE) == cleaned(raw)


@in_turn("raw", ["meet.jit.si/OurRoom", "zoom.us/j/123?pwd=a.b", "münchen.example:8080/a#b"])
def test_link_without_its_beginning_is_given_one(raw: str) -> None:
    assert WebLink(LABEL).read(raw, NOWHERE) == f"https://{raw}"


@in_turn(
    "raw",
    [
        "example.org",
        "notes.docx",
        "and/or",
        "12.5/3",
        "mailto:a@example.org/x",
        "example.org/<script>",
        "javascript:alert(1)",
        "https://",
        "https:///",
        "https://a b",
        "https://a|b",
        "https://a><script>",
        'https://a"b',
        "https://a'b",
        "ftp://example.org",
    ],
)
def test_what_is_no_link_is_refused(raw: str) -> None:
    assert "https://" in refused(WebLink(LABEL), raw)


@in_turn(("raw", "number"), [("3", 3), (" 12 ", 12), ("１２", 12), ("٣", 3)])
def test_number_is_read_in_any_digits(raw: str, number: int) -> None:
    assert NUMBER.read(raw, NOWHERE) == number


@in_turn("raw", ["0", "13", "-3", "3.0", "three", "", "1e1", "9" * 10_000, "½"])
def test_number_out_of_bounds_is_refused_with_what_is_expected(raw: str) -> None:
    assert refused(NUMBER, raw) == "Please write a whole number from 1 to 12."


@in_turn("raw", ["yes", "Sí", "si", "SI\u0301", "oui", "✓", " Y "])
def test_yes_is_read_in_each_language(raw: str) -> None:
    assert YesNo(LABEL).read(raw, NOWHERE) is True


def test_no_is_read_and_perhaps_is_not() -> None:
    assert YesNo(LABEL).read("Non", NOWHERE) is False
    assert "yes or no" in refused(YesNo(LABEL), "perhaps")


@in_turn("raw", ["deep-blue", "DEEP-BLUE", "Bleu foncé", "bleu fonce", " Bleu Foncé "])
def test_one_of_a_list_is_read_by_value_or_label(raw: str) -> None:
    assert ONE.read(raw, NOWHERE) == "deep-blue"


def test_one_of_a_list_is_read_by_its_label_in_the_readers_language() -> None:
    spanish = replace(NOWHERE, locale="es")
    assert ONE.read(wording(COLOURS[0].label, "es"), spanish) == "red"
    answers = OneOf(LABEL, options=(Option("yes", t("Coming")), Option("no", t("Can't come"))))
    assert (answers.read("sí", spanish), answers.read("no", spanish)) == ("yes", "no")


def test_what_is_not_in_the_list_is_refused_with_the_list() -> None:
    assert refused(ONE, "green") == "Please write one of these: Yes, Bleu foncé."


@in_turn(
    ("raw", "values"),
    [("", []), (",,", []), ("red", ["red"]), ("deep-blue, red,deep-blue", ["deep-blue", "red"])],
)
def test_several_of_a_list_are_read_once_each(raw: str, values: list[str]) -> None:
    assert SEVERAL.read(raw, NOWHERE) == values


def test_several_of_a_list_are_refused_when_one_is_unknown() -> None:
    assert "one of these: Yes" in refused(SEVERAL, "red,green")


@in_turn(
    ("kind", "value"),
    [
        (Kind(LABEL), "as it is"),
        (LINE, "a, b = “c”"),
        (LONG, "one\n\ntwo"),
        (NUMBER, 7),
        (YesNo(LABEL), True),
        (YesNo(LABEL), False),
        (ONE, "deep-blue"),
        (SEVERAL, ["red", "deep-blue"]),
        (SEVERAL, []),
    ],
)
def test_value_written_raw_is_read_back(kind: Kind, value: Any) -> None:
    assert kind.read(kind.raw(value, NOWHERE), NOWHERE) == value


def test_closed_lists_name_their_values_and_others_none() -> None:
    assert [option.value for option in YesNo(LABEL).fixed(NOWHERE)] == ["yes", "no"]
    assert ONE.fixed(NOWHERE) == SEVERAL.fixed(NOWHERE) == COLOURS
    assert LINE.fixed(NOWHERE) == LINE.offered("x", NOWHERE) == ()
