"""Tests how values are worded where a platform takes no markup."""

from datetime import UTC, date, datetime

import pytest

from bot.chat import Account, CommandRef, Day, Link, Moment, Person, Place
from bot.plain_text import as_plain_text, shortened
from bot.protocol import Reader

AT = datetime(2026, 12, 2, 9, tzinfo=UTC)
NAIROBI = Reader("en", "Africa/Nairobi")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Person("Bruno", (Account("slack", "T1", "U2"),)), "Bruno"),
        (Place("slack", "T1", "C1", "general"), "#general"),
        (Place("slack", "T1", "C1"), "#C1"),
        (Moment(AT), "Wed 2 Dec 2026, 12:00 (Nairobi)"),
        (Moment(AT, style="hour"), "12:00"),
        (Moment(AT, "Asia/Tokyo", "hour"), "18:00"),
        (Day(date(2026, 12, 2)), "Wed 2 Dec 2026"),
        (Link("https://a.org"), "https://a.org"),
        (Link("https://a.org", "Notes"), "Notes (https://a.org)"),
        (CommandRef("session", "plan"), "/cop session plan"),
        (CommandRef("my", "profile"), "/cop my profile"),
        ("*words*", "*words*"),
    ],
)
def test_value_is_worded_without_markup(value: object, words: str) -> None:
    assert as_plain_text(value, NAIROBI, "/cop ") == words


def test_words_that_are_too_long_end_with_a_sign() -> None:
    assert (shortened("abc def", 7), shortened("abc def", 5)) == ("abc def", "abc…")


def test_address_that_would_be_cut_is_left_out() -> None:
    assert shortened("Join at https://meet.example/abc", 20) == "Join at…"
    assert shortened("https://meet.example/abc", 20) == "https://meet.exampl…"
