"""Shows that who is told of a change of hosts, a phase or a merger is told by whom it was made."""

import pytest

from tests.bot.handlers.test_hosting_quiet import MORNING
from tests.bot.handlers.test_hosting_quiet import night as night
from tests.chatting import Chat
from tests.openspaces import CHANGE, QUESTION, YOUNG, with_topics


@pytest.fixture
def topics(chat: Chat) -> Chat:
    topics = with_topics(chat)
    topics.time("2026-11-02T13:00Z")  # nobody sleeps
    return topics


def test_host_is_told_who_offered_their_turn(hosted: Chat) -> None:
    told = hosted.say("amina", "/host offer Seeds").to("@bruno")
    assert "@amina offered “Seeds” to all hosts." in told


def test_offer_says_who_made_it_and_whose_turn_it_is(hosted: Chat) -> None:
    told = hosted.say("amina", "/host offer Seeds").to("#core")
    assert "@amina offered @bruno's turn." in told
    assert "offered their turn" not in told


def test_host_is_told_who_took_their_turn(hosted: Chat) -> None:
    hosted.say("amina", "/host offer Seeds")
    told = hosted.say("claire", "/host take Seeds").to("@bruno")
    assert "@claire is hosting “Seeds”." in told


def test_change_by_several_in_the_night_is_told_as_nobodys(night: Chat) -> None:
    night.say("dan", "/host take Seeds", "#core")
    night.say("amina", "/host offer Seeds", "#core")
    night.say("bruno", "/host take Seeds", "#core")
    told = night.time(MORNING).to("@dan")
    assert "Change of host: “Seeds”" in told
    assert "changed who's hosting" not in told


def test_change_by_somebody_who_was_erased_is_told_as_nobodys(night: Chat) -> None:
    night.say("dan", "/host take Seeds", "#core")
    night.say("amina", "/host offer Seeds", "#core")
    night.say("amina", "/community role @bruno coordinator")
    night.forge("amina", "my.erase-now")
    told = night.time(MORNING).to("@dan")
    assert "Change of host: “Seeds”" in told
    assert "somebody" not in told


def test_channel_is_told_who_began_a_phase_and_who_went_back(topics: Chat) -> None:
    topics.say("maria", "/openspace next")
    begun = topics.press("maria", "Continue")
    assert "@maria began this phase." in begun.to("#open-space")
    back = topics.press("maria", "openspace.undo").to("#open-space")
    assert "@maria went back to this phase." in back


def test_phase_that_begins_by_its_date_is_begun_by_nobody(topics: Chat) -> None:
    topics.say("maria", '/openspace dates marketplace="2026-11-03 15:00"')
    told = topics.time("+2d").to("#open-space")
    assert f"Marketplace: {QUESTION}" in told
    assert "began this phase" not in told


def test_channel_is_told_who_closed_the_space(topics: Chat) -> None:
    topics.say("maria", "/openspace close")
    assert "@maria closed the open space." in topics.press("maria", "Close it now")


def test_conveners_are_told_who_merged_their_topics(topics: Chat) -> None:
    topics.say("bruno", f'/topic merge topic="{YOUNG}" other="{CHANGE}"')
    told = topics.press("amina", "topic.agree").to("@bruno")
    assert f"@amina merged “{CHANGE}” into “{YOUNG}”." in told


def test_convener_is_told_who_kept_the_topics_apart(topics: Chat) -> None:
    topics.say("bruno", f'/topic merge topic="{YOUNG}" other="{CHANGE}"')
    told = topics.press("amina", "topic.decline").to("@bruno")
    assert f"@amina kept “{YOUNG}” and “{CHANGE}” apart." in told


def test_convener_is_told_who_retitled_their_topic_and_takes_it_back(topics: Chat) -> None:
    change = f'/topic change topic="{YOUNG}" title=Youth'
    told = topics.say("maria", change).to("@bruno")
    assert f"@maria renamed “{YOUNG}” to “Youth”." in told
    topics.press("bruno", "Undo")
    assert YOUNG in topics.last("#open-space").text
    assert not topics.say("bruno", change).to("@bruno").text.count("retitled")


def test_convener_is_told_in_the_morning_who_withdrew_their_topic(topics: Chat) -> None:
    topics.time("2026-11-03T06:00Z")  # bruno sleeps
    assert not topics.say("maria", f"/topic withdraw {YOUNG} reason=Twice").to("@bruno")
    topics.press("maria", "Undo")
    topics.say("maria", f"/topic withdraw {CHANGE} reason=Twice")
    told = topics.time("2026-11-03T13:00Z")
    assert not told.to("@bruno")
    assert f"@maria withdrew “{CHANGE}”." in topics.seen("amina")
    topics.press("amina", "Undo")
    assert CHANGE in topics.last("#open-space").text
