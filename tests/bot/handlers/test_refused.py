"""Shows that whoever announces where the bot cannot post hears of it at once, in the night too."""

import pytest

from tests.chatting import Chat

PLAN = '/session plan title="Soil" when="2026-11-20 15:00"'


@pytest.fixture
def refused(attended: Chat) -> Chat:
    """Have somebody of the core group plan a session in a channel that goes away, in the night."""
    attended.join("carla", zone="Africa/Nairobi", locale="en", role="core")
    attended.say("carla", PLAN, "#general")
    attended.time("2026-11-03T23:00Z")
    attended.played = None
    attended.local.platform.channels.clear()
    return attended


def test_whoever_announces_is_told_at_once_that_it_did_not_go_out(refused: Chat) -> None:
    screen = refused.press("carla", "Announce now")
    assert "I'm announcing “Soil” in #general." in screen
    told = [one for one in screen.to("@carla") if one.title == "A message didn't arrive"]
    assert [one.text for one in told]
    assert not told[0].buttons
    assert not screen.to("@amina")


def test_coordinator_is_told_in_the_morning_in_whole_words(refused: Chat) -> None:
    refused.press("carla", "Announce now")
    told = refused.time("2026-11-04T05:00Z").to("@amina")
    assert "Announcement of a session didn't arrive" in told
    assert "That place isn't in this chat." in told
    assert "{" not in told.text
