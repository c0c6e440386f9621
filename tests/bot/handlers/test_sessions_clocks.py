"""Shows what people are told of an hour that the clocks skip or show twice."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.handlers.sessions.words import clocks
from bot.i18n import render
from storage import Storage
from storage.sessions import Session
from tests.chatting import Chat, staged
from tests.scenes import scene

JANUARY = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
SKIPPED = "2026-03-29 02:30"
TWICE = "2026-10-25 02:30"


@pytest.fixture
def january(chat_storage: Storage) -> Iterator[Chat]:
    """Open a chat in January, before the clocks change."""
    with staged(chat_storage, JANUARY) as opened:
        yield opened


@pytest.fixture
@scene
def early(january: Chat) -> Chat:
    """Let a coordinator in Berlin in."""
    january.join("amina", zone="Europe/Berlin", role="coordinator")
    return january


def plan(chat: Chat, when: str, name: str = "amina") -> str:
    words = f'/session plan title="Night owls" when="{when}" duration=30m'
    return chat.say(name, words, "#general").text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("zone", "when", "told"),
    [
        ("Europe/Berlin", SKIPPED, "02:30 doesn't exist in Berlin on Sun 29 Mar 2026"),
        ("Europe/Berlin", "29 March 2026 at 02:30", "I chose 03:30."),
        ("America/New_York", "2026-03-08 02:00", "02:00 doesn't exist in New York"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "I chose 02:45."),
        ("Africa/Casablanca", "2026-03-22 02:30", "02:30 doesn't exist in Casablanca"),
    ],
)
def test_hour_that_is_skipped_is_said_in_the_preview(
    early: Chat, zone: str, when: str, told: str
) -> None:
    early.join("zora", zone=zone, role="coordinator")
    assert told in plan(early, when, "zora")


@pytest.mark.parametrize(
    ("zone", "when"),
    [
        ("Europe/Berlin", TWICE),
        ("America/New_York", "2026-11-01 01:30"),
        ("Australia/Lord_Howe", "2026-04-05 01:45"),
        ("Africa/Casablanca", "2026-02-15 02:30"),
    ],
)
def test_hour_that_comes_twice_is_said_in_the_preview(early: Chat, zone: str, when: str) -> None:
    early.join("zora", zone=zone, role="coordinator")
    shown = plan(early, when, "zora")
    assert "happens twice" in shown
    assert "the clocks go back. I chose the first." in shown


@pytest.mark.parametrize("when", ["2026-03-29 01:59", "2026-03-29 03:00", "2026-10-25 03:00"])
def test_hour_beside_a_change_is_not_worth_a_word(early: Chat, when: str) -> None:
    assert "the clocks" not in plan(early, when)


def test_zone_that_is_named_is_the_one_whose_clocks_count(early: Chat) -> None:
    early.join("nia", zone="America/New_York", role="coordinator")
    shown = plan(early, "29 March 2026, 2:30 am Berlin time", "nia")
    assert "doesn't exist in Berlin" in shown
    assert "Time in Berlin" in shown
    assert "Your time: Sat 28 Mar 2026, 21:30 (New York)" in shown


def test_person_without_a_zone_is_told_of_the_clocks_of_the_community(early: Chat) -> None:
    early.say("amina", "/community setup name=Owls zone=Europe/Berlin")
    early.join("otto", role="coordinator")
    early.say("otto", "/my profile zone=")
    assert "doesn't exist in" in plan(early, SKIPPED, "otto")


def test_word_on_the_clocks_goes_through_a_form(early: Chat) -> None:
    early.say("amina", "/session plan", "#general")
    early.fill("amina", title="Night owls", when="soon")
    shown = early.fill("amina", when=SKIPPED)
    assert "doesn't exist in Berlin" in shown


def test_word_on_the_clocks_stays_with_the_draft_alone(early: Chat) -> None:
    plan(early, SKIPPED)
    early.press("amina", "Change")
    assert "doesn't exist" in early.fill("amina", agenda="Tea")
    early.press("amina", "Announce now")
    announced = early.last("#general")
    assert "03:30" in announced.text
    assert "doesn't exist" not in announced.text


def test_second_of_two_hours_is_taken_with_one_press(early: Chat) -> None:
    assert "00:30 (UTC)" in plan(early, TWICE)
    shown = early.press("amina", "I meant the second").text.replace("\u202f", " ")
    assert "01:30 (UTC)" in shown
    assert "happens twice" not in shown


def test_move_into_a_skipped_hour_says_so(early: Chat) -> None:
    plan(early, "2026-03-20 15:00")
    early.press("amina", "Announce now")
    shown = early.say("amina", f'/session move "Night owls" when="{SKIPPED}"')
    assert "doesn't exist in Berlin" in shown
    assert "doesn't exist" not in early.last("#general").text


def test_move_into_an_hour_that_comes_twice_offers_the_second(early: Chat) -> None:
    plan(early, "2026-03-20 15:00")
    early.press("amina", "Announce now")
    assert (
        "I meant the second"
        in early.say("amina", f'/session move "Night owls" when="{TWICE}"').labels
    )


def test_same_moment_written_as_the_clock_shows_it_needs_no_word(early: Chat) -> None:
    plan(early, SKIPPED)
    early.press("amina", "Choose another time")
    assert "the clocks" not in early.fill("amina", when="2026-03-29 03:30")


def test_day_that_was_left_out_is_said_with_the_day_taken() -> None:
    left_out = Session(
        title="Samoa crosses the date line",
        starts_at=datetime(2011, 12, 30, 20, tzinfo=UTC),
        wall="2011-12-30 10:00",
        zone="Pacific/Apia",
        minutes=60,
        created_at=JANUARY,
    )
    (told,) = clocks(left_out)
    assert render(told.text, "en", str).count("2011") == 2
