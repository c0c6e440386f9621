"""Shows what a preview says that may have been overlooked, and that it forbids nothing."""

import pytest

from tests.chatting import Chat, Screen
from tests.scenes import scene

NO_LINK = "It has no link yet."


@pytest.fixture
@scene
def seeds(three: Chat) -> Chat:
    """Have a session announced on 10 November from 15:00 to 16:30 in Nairobi."""
    plan(three, 'Seeds when="2026-11-10 15:00" duration=90m')
    three.press("amina", "Announce now")
    return three


def plan(chat: Chat, words: str, name: str = "amina") -> Screen:
    return chat.say(name, f"/session plan title={words}", "#general")


@pytest.mark.parametrize(
    ("when", "clashes"),
    [
        ("2026-11-10 16:00", True),
        ("2026-11-10 14:01", True),
        ("2026-11-10 14:00", False),
        ("2026-11-10 16:30", False),
        ("2026-11-11 15:00", False),
    ],
)
def test_another_session_at_the_same_time_is_named(seeds: Chat, when: str, clashes: bool) -> None:
    shown = plan(seeds, f'Water when="{when}"')
    assert ("At the same time:\n- Seeds: Tue 10 Nov 2026, 15:00" in shown.text) is clashes
    assert "[Announce now]" in shown.text


def test_encounter_of_several_days_is_at_the_same_time(seeds: Chat) -> None:
    shown = plan(seeds, 'Camp when="2026-11-02 15:00" until="2026-11-12 15:00"')
    assert "Seeds" in shown
    seeds.press("amina", "Announce now")
    assert "Camp" in plan(seeds, 'Water when="2026-11-11 10:00"')


def test_few_of_many_at_the_same_time_are_named(seeds: Chat) -> None:
    for number in range(4):
        plan(seeds, f'Circle{number} when="2026-11-10 15:00"')
    assert "and 2 more" in plan(seeds, 'Water when="2026-11-10 15:00"')


def test_draft_of_another_is_named_to_those_alone_who_may_see_it(seeds: Chat) -> None:
    plan(seeds, 'Water when="2026-11-12 15:00"')
    assert "Water: Thu 12 Nov 2026, 15:00" in plan(seeds, 'Soil when="2026-11-12 15:00"')
    assert "(not announced yet)" in seeds.last("@amina").text
    assert "Water" not in plan(seeds, 'Compost when="2026-11-12 07:00"', "bruno")


def test_same_title_is_said_with_when_that_is(seeds: Chat) -> None:
    shown = plan(seeds, 'seeds when="2026-11-17 15:00"')
    assert "There's already a session with this title: Tue 10 Nov 2026, 15:00" in shown
    seeds.say("amina", "/session cancel Seeds reason=Rain")
    assert "already a session" not in plan(seeds, 'Compost when="2026-11-18 15:00"')


def test_draft_shown_again_says_it_again_and_not_once_announced(seeds: Chat) -> None:
    plan(seeds, 'Water when="2026-11-10 15:00"')
    assert NO_LINK in seeds.last("@amina").text
    changed = seeds.forge("amina", "session.change", session=_draft(seeds), description="Wells")
    assert "At the same time:" in changed
    assert NO_LINK in changed
    seeds.press("amina", "Announce now")
    later = seeds.say("amina", '/session change Water description="Deep wells"')
    assert "At the same time:" not in later
    assert NO_LINK not in later


@pytest.mark.parametrize("there", ["link=https://meet.example/s", "place=Hall"])
def test_session_with_a_link_or_a_place_lacks_none(seeds: Chat, there: str) -> None:
    assert NO_LINK not in plan(seeds, f'Water when="2026-11-11 15:00" {there}')


def test_next_dates_of_a_programme_are_looked_at_too(seeds: Chat) -> None:
    rule = 'rule="every Tuesday at 16:00" count=6'
    shown = seeds.say("amina", f"/programme plan title=Seeds {rule}", "#general")
    assert "At the same time:\n- Seeds: Tue 10 Nov 2026, 15:00" in shown.text
    assert NO_LINK in shown
    assert "[Announce the series]" in shown.text


def _draft(chat: Chat) -> str:
    shown = next(one for one in reversed(chat.seen("amina")) if "Announce now" in one.labels)
    return str(shown.buttons[0].command).split("session=")[1].split("&")[0]
