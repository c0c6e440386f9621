"""Shows that nobody is asked to host in the middle of their night, unless it cannot wait."""

import pytest

from tests.chatting import Chat
from tests.hosts import announce, core_group, pool
from tests.scenes import scene

NIGHT = "2026-11-03T14:30Z"
"""Half past eleven at night in Tokyo, noon in São Paulo."""
MORNING = "2026-11-03T22:00Z"
"""Seven in the morning in Tokyo."""


@pytest.fixture
@scene
def night(chat: Chat) -> Chat:
    """Announce a session, and let it be night where dan is, who takes turns."""
    core_group(chat)
    chat.say("dan", "/host join", "#core")
    chat.press("amina", "host.admit")
    announce(chat, "Seeds")
    chat.time(NIGHT)
    return chat


def test_question_to_a_host_waits_until_they_wake(night: Chat) -> None:
    told = night.say("amina", "/host ask Seeds @dan", "#core")
    assert "I'll ask @dan to host “Seeds” when their quiet hours end." in told
    assert not told.to("@dan")
    assert not night.time("2026-11-03T21:59Z").to("@dan")
    assert "Would you host “Seeds”?" in night.time(MORNING).to("@dan")


def test_question_goes_out_at_once_by_day(night: Chat) -> None:
    told = night.say("amina", "/host ask Seeds @bruno", "#core")
    assert "Would you host “Seeds”?" in told.to("@bruno")
    assert "quiet hours" not in told


def test_question_that_was_settled_in_the_night_is_not_asked(night: Chat) -> None:
    night.say("amina", "/host ask Seeds @dan", "#core")
    night.say("bruno", "/host take Seeds", "#core")
    assert not night.time(MORNING).to("@dan")


def test_question_that_cannot_wait_is_asked_at_night(night: Chat) -> None:
    night.say("amina", '/session plan title=Soon when="2026-11-03 18:45"', "#general")
    night.press("amina", "Announce now")
    assert "Would you host “Soon”?" in night.say("amina", "/host ask Soon @dan", "#core").to("@dan")


def test_community_without_quiet_hours_asks_at_night(night: Chat) -> None:
    night.say("amina", "/community setup quiet_from=12:00 quiet_to=12:00")
    assert night.say("amina", "/host ask Seeds @dan", "#core").to("@dan")


def test_offer_to_each_host_lets_sleepers_sleep(chat: Chat) -> None:
    core_group(chat, channel="")
    pool(chat, "bruno", "claire")
    announce(chat, "Seeds")
    chat.time("2026-11-03T22:30Z")
    told = chat.press("amina", "Find a host")
    assert told.to("@bruno").labels == ["I'll take it", "Details"]
    assert not told.to("@claire")
    assert "Who can host “Seeds”?" in chat.time("2026-11-04T06:00Z").to("@claire")


def test_host_of_a_moved_session_is_asked_again_in_the_morning(night: Chat) -> None:
    night.say("amina", "/host ask Seeds @dan", "#core")
    night.time(MORNING)
    night.press("dan", "I'll host")
    night.time("2026-11-04T15:00Z")
    told = night.say("amina", '/session move Seeds when="2026-11-19 15:00"').to("@dan")
    assert all(shown.edits for shown in told)
    assert "Can you still host it?" in night.time("2026-11-04T22:00Z").to("@dan")


def test_wish_to_join_wakes_no_coordinator(chat: Chat) -> None:
    core_group(chat)
    chat.time("2026-11-02T20:30Z")
    assert not chat.say("dan", "/host join", "#core").to("@amina")
    assert "dan" in chat.time("2026-11-03T04:00Z").to("@amina")


@pytest.fixture
@scene
def asleep(night: Chat) -> Chat:
    """Have dan host the session and sleep again."""
    night.time(MORNING)
    night.say("dan", "/host take Seeds", "#core")
    night.time("2026-11-04T14:30Z")
    return night


def test_changes_in_the_night_are_told_once_as_things_stand_in_the_morning(asleep: Chat) -> None:
    asleep.say("amina", "/host offer Seeds", "#core")
    asleep.press("bruno", "I'll take it")
    asleep.say("bruno", "/host decline Seeds", "#core")
    asleep.say("claire", "/host take Seeds", "#core")
    told = asleep.time("2026-11-04T22:00Z").to("@dan")
    assert [one.text.splitlines()[-1] for one in told] == ["@claire is hosting it."]


def test_change_that_was_undone_in_the_night_is_not_told(asleep: Chat) -> None:
    asleep.say("amina", "/host offer Seeds", "#core")
    asleep.press("amina", "Withdraw offer")
    assert not asleep.time("2026-11-04T22:00Z").to("@dan")


def test_host_of_a_session_moved_twice_in_the_night_is_asked_once(asleep: Chat) -> None:
    for hour in (16, 17):
        asleep.say("amina", f'/session move Seeds when="2026-11-19 {hour}:00"', "#general")
    told = asleep.time("2026-11-04T22:00Z").to("@dan")
    assert [one.title for one in told] == ["@amina moved “Seeds”. Can you still host it?"]
    told = asleep.say("amina", "/session change Seeds title=Seedlings", "#general").to("@dan")
    assert all(one.edits for one in told)


@pytest.fixture
@scene
def answered(asleep: Chat) -> Chat:
    """Have claire take dan's turn, as he asked her to, while he sleeps."""
    asleep.say("dan", "/host give Seeds @claire", "#core")
    asleep.press("claire", "Agree")
    return asleep


def test_answer_in_the_night_is_told_in_the_morning(answered: Chat) -> None:
    assert "claire agreed" in answered.time("2026-11-04T22:00Z").to("@dan")


def test_answer_about_a_session_cancelled_meanwhile_is_not_told(answered: Chat) -> None:
    answered.say("amina", '/session cancel Seeds reason="Rain"', "#general")
    assert not answered.time("2026-11-04T22:00Z").to("@dan")


def test_answer_that_was_overtaken_tells_how_things_stand(answered: Chat) -> None:
    answered.say("claire", "/host decline Seeds", "#core")
    told = answered.time("2026-11-04T22:00Z").to("@dan")
    assert "claire agreed" not in told
    assert "Nobody's hosting it at the moment." in told


def test_refusal_of_a_swap_of_a_turn_handed_back_since_is_not_told(asleep: Chat) -> None:
    asleep.say("dan", "/host give Seeds @claire", "#core")
    asleep.press("claire", "Not this time")
    asleep.say("dan", "/host decline Seeds", "#core")
    assert "so you're still hosting" not in asleep.time("2026-11-04T22:00Z").to("@dan")
