"""Shows that a swap is withdrawn by whoever asked, and that both hear it when it lapses."""

import pytest

from tests.chatting import Chat
from tests.hosts import announce, core_group, hosts_of, pool
from tests.scenes import scene


@pytest.fixture
@scene
def two(chat: Chat) -> Chat:
    """Have bruno host Seeds and claire host Rivers."""
    core_group(chat)
    pool(chat, "bruno", "claire")
    announce(chat, "Seeds")
    announce(chat, "Rivers", week=1)
    chat.say("bruno", "/host take Seeds")
    chat.say("claire", "/host take Rivers")
    return chat


ASK = "/host swap Seeds @claire turn=Rivers"


def test_a_swap_is_withdrawn_from_its_confirmation(two: Chat) -> None:
    assert two.say("bruno", ASK).to("@bruno").labels == ["Withdraw request"]
    withdrawn = two.press("bruno", "Withdraw request")
    assert "no longer asking @claire" in withdrawn.to("@bruno")
    assert "@bruno no longer asks you" in two.last("@claire").text
    assert two.last("@claire").labels == ()
    assert "already been answered or withdrawn" in two.say("bruno", "/host unswap Seeds @claire")


def test_my_week_has_what_a_colleague_asked(two: Chat) -> None:
    two.say("bruno", ASK)
    week = two.say("claire", "/my week")
    assert "bruno would like to swap turns" in week
    two.press("claire", "Agree")
    assert hosts_of(two, "Seeds") == "@claire"
    assert "would like to swap" not in two.say("claire", "/my week")


def test_my_week_has_who_wishes_to_host_with_me(two: Chat) -> None:
    two.say("claire", "/host together Seeds")
    assert "@claire would like to host it with you." in two.say("bruno", "/my week")
    two.press("bruno", "Yes, let's")
    assert hosts_of(two, "Seeds") == "@bruno, @claire"
    assert "with you" not in two.say("bruno", "/my week")


def test_turns_of_a_series_are_named_by_their_dates(two: Chat) -> None:
    announce(two, "Rivers", week=2)
    asked = two.say("bruno", "/host swap Seeds @claire turn=Rivers")
    assert "Several match “Rivers”" in asked
    asked = two.fill("bruno", turn="Rivers, 25 November")
    assert "25 Nov" in asked.to("@claire")


def test_a_swap_is_withdrawn_from_my_week_and_asked_again(two: Chat) -> None:
    two.say("bruno", ASK)
    assert "You've asked @claire to take “Seeds”" in two.say("bruno", "/my week")
    two.press("bruno", "Withdraw request")
    assert "You've asked" not in two.say("bruno", "/my week")
    assert "would like to swap" in two.say("bruno", ASK).to("@claire")


def test_a_swap_lapses_when_the_session_begins(two: Chat) -> None:
    two.say("bruno", ASK)
    begun = two.time("2026-11-18T15:00Z")
    assert "@claire hasn't answered, so you're hosting “Seeds”" in begun.to("@bruno")
    assert "no longer needs an answer" in begun.to("@claire")


def test_a_swap_lapses_when_the_turn_in_return_is_gone(two: Chat) -> None:
    two.say("bruno", ASK)
    gone = two.say("claire", "/host decline Rivers")
    assert "@claire can no longer give you “Rivers” in return" in gone.to("@bruno")
    assert "no longer needs an answer" in gone.to("@claire")
    assert hosts_of(two, "Seeds") == "@bruno"


def test_whoever_handed_the_turn_back_is_not_told_that_the_swap_lapsed(two: Chat) -> None:
    two.say("bruno", ASK)
    gone = two.say("bruno", "/host decline Seeds")
    assert "hasn't answered" not in gone.to("@bruno")
    assert "no longer needs an answer" in gone.to("@claire")


def test_whoever_asks_at_night_hears_when_the_other_will_read_it(two: Chat) -> None:
    two.time("2026-11-03T22:30Z")
    asked = two.say("bruno", ASK)
    assert "I'll ask @claire when their quiet hours end" in asked.to("@bruno")
    two.press("bruno", "Withdraw request")
    assert not two.time("2026-11-04T12:00Z").to("@claire")
