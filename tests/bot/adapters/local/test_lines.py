"""Holds the line language to what it promises: each form of line, and each way to get it wrong."""

from datetime import UTC, datetime

import pytest

from bot.adapters.local.lines import (
    AskLine,
    ChooseLine,
    DismissLine,
    FillLine,
    JoinLine,
    Line,
    PressLine,
    SayLine,
    TimeLine,
    read_line,
    read_time,
)
from bot.errors import UserError
from tests.tables import in_turn

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)


@in_turn(
    ("line", "read"),
    [
        ("", None),
        ("   # a remark", None),
        ("\ufeffwho", AskLine("who")),
        ("help", AskLine("help")),
        ("quit\n", AskLine("quit")),
        ("join amina", JoinLine("amina", {})),
        ("join @amina zone=Africa/Nairobi", JoinLine("amina", {"zone": "Africa/Nairobi"})),
        ("join amina role=core   # declare her", JoinLine("amina", {"role": "core"})),
        ("amina: /my profile", SayLine("amina", "/my profile")),
        ("amina in #general: /session plan", SayLine("amina", "/session plan", "#general")),
        ("amina in #general/17: hello: you", SayLine("amina", "hello: you", "#general/17")),
        ("amina in @: /my profile", SayLine("amina", "/my profile", "@")),
        ("@amina: hi", SayLine("amina", "hi")),
        ("🌱 in #a: hi", SayLine("🌱", "hi", "#a")),
        ('amina: press "Coming"', PressLine("amina", "Coming")),
        ("amina: press “Coming” on «Locally led»", PressLine("amina", "Coming", "Locally led")),
        ("amina: press Announce now", PressLine("amina", "Announce now")),
        ("amina: press session.rsvp?answer=yes", PressLine("amina", "session.rsvp?answer=yes")),
        ('amina in #a: press "Coming"', PressLine("amina", "Coming", where="#a")),
        ("amina in #a: press on, friends", SayLine("amina", "press on, friends", "#a")),
        ('amina: press "Coming"    # newest first', PressLine("amina", "Coming")),
        ('b: choose "Interpretation" = "Español"', ChooseLine("b", "Interpretation", "Español")),
        ('b: choose "Remind me"="Never"', ChooseLine("b", "Remind me", "Never")),
        ("b: choose Colour=red", ChooseLine("b", "Colour", "red")),
        ('b: choose s.r?session=1 = "both"', ChooseLine("b", "s.r?session=1", "both")),
        ('b: choose "A" = "B" on "C"', ChooseLine("b", "A", "B", "C")),
        ("b: fill", FillLine("b", {})),
        (
            'b: fill note="Only the first hour"   # sends it',
            FillLine("b", {"note": "Only the first hour"}),
        ),
        (
            'b: fill "Guiding question"="a # b" x=',
            FillLine("b", {"Guiding question": "a # b", "x": ""}),
        ),
        (r'b: fill a="one\ntwo \"three\""', FillLine("b", {"a": 'one\ntwo "three"'})),
        ('a: press Coming on "x" on "y"', PressLine("a", 'Coming on "x"', "y")),
        ("a: press Carry on", PressLine("a", "Carry on")),
        ('a: press on "x"', PressLine("a", 'on "x"')),
        (
            "a: choose “Remind me” = An hour on «Locally led»  # x",
            ChooseLine("a", "Remind me", "An hour", "Locally led"),
        ),
        ("b: dismiss", DismissLine("b")),
        ("time", TimeLine("")),
        ("time +3d     # or more", TimeLine("+3d")),
        ("time 2026-12-02T09:00Z", TimeLine("2026-12-02T09:00Z")),
        (r'a: /session plan agenda="x\ny"', SayLine("a", '/session plan agenda="x\ny"')),
    ],
)
def test_line_is_read(line: str, read: Line | None) -> None:
    assert read_line(line) == read


@in_turn(
    "line",
    [
        "nonsense",
        "https://example.org",
        "amina:",
        "amina: press",
        'amina: choose "Remind me"',
        "amina: fill the form please",
        'amina: fill a="b" and c',
        "join",
        "join amina in Nairobi",
    ],
)
def test_line_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(UserError):
        read_line(line)


@in_turn(
    ("words", "hours"),
    [("+3d", 72), ("+90m", 1.5), ("+2h30m", 2.5), ("+1w", 168), ("+1w1d", 192), ("+3600s", 1)],
)
def test_step_of_time_is_read(words: str, hours: float) -> None:
    assert (read_time(words, NOW) - NOW).total_seconds() == hours * 3600


def test_instant_is_read_in_its_zone() -> None:
    assert read_time("2026-12-02T12:00+03:00", NOW) == datetime(2026, 12, 2, 9, tzinfo=UTC)


@in_turn(
    "words",
    [
        "+",
        "3d",
        "+3",
        "+d",
        "tomorrow",
        "2026-12-02T09:00",
        "+99999999999w",
        "+999999w",
        "+" + "9" * 5000 + "d",
        "9999-12-31T23:59-12:00",
        "2026-10-31T08:00Z",
    ],
)
def test_time_that_cannot_be_or_is_past_is_refused(words: str) -> None:
    with pytest.raises(UserError):
        read_time(words, NOW)
