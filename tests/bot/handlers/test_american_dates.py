"""Shows who reads and types dates month first: whoever is in the United States, or chose it."""

import pytest

from tests.chatting import Chat, Screen

MONTH_FIRST, DAY_FIRST = "Thu, Dec 3, 2026, 3:00 PM", "Thu 3 Dec 2026, 15:00"


def plan(chat: Chat, when: str) -> Screen:
    return chat.say("bruno", f'/session plan title="Call" when="{when}"', "#general")


@pytest.fixture
def chicago(chat: Chat) -> Chat:
    chat.join("bruno", zone="America/Chicago", locale="en-US", role="core")
    return chat


@pytest.fixture
def nairobi(chat: Chat) -> Chat:
    chat.join("bruno", zone="Africa/Nairobi", locale="en-US", role="core")
    return chat


@pytest.mark.parametrize("when", ["2026-12-03 15:00", "12/3 3pm"])
def test_month_comes_first_in_the_united_states(chicago: Chat, when: str) -> None:
    assert MONTH_FIRST in plan(chicago, when).text.replace("\u202f", " ")


def test_day_comes_first_elsewhere_though_the_platform_says_american_english(nairobi: Chat) -> None:
    assert DAY_FIRST in plan(nairobi, "2026-12-03 15:00")
    assert "several things" in plan(nairobi, "2/12 15:00").form["when"].error


def test_month_comes_first_for_whoever_chose_it(nairobi: Chat) -> None:
    nairobi.say("bruno", "/my profile language=en-US")
    assert MONTH_FIRST in plan(nairobi, "12/3 3pm").text.replace("\u202f", " ")
