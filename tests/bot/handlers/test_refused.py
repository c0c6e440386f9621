"""Shows that an announcement that does not stand is noticed, told at once and made good for."""

import pytest
from sqlalchemy import update

from bot.chat import Place
from bot.i18n import Text, t
from storage.people import KnownAccount
from tests.chatting import Chat, Screen
from tests.toys import ToyPlatform

PLAN = '/session plan title="Soil" when="2026-11-20 15:00"'
MISSING = "An announcement is missing"


@pytest.fixture
def refused(attended: Chat) -> Chat:
    """Have somebody of the core group plan a session in a channel that goes away, in the night."""
    attended.join("carla", zone="Africa/Nairobi", locale="en", role="core")
    attended.say("carla", PLAN, "#general")
    attended.time("2026-11-03T23:00Z")
    attended.played = None
    attended.local.platform.channels.clear()
    return attended


def delete(chat: Chat, title: str) -> None:
    """Have somebody delete the newest message of a title in #general."""
    messages = chat.local.platform.messages
    del messages[next(id for id in reversed(messages) if messages[id].shown.title == title)]


def missing(screen: Screen, to: str) -> list[str]:
    return [one.text for one in screen.to(to) if one.title == MISSING]


def deleted(screen: Screen, to: str) -> list[str]:
    return [one.text for one in screen.to(to) if one.title == "A post was deleted"]


def test_whoever_announces_is_told_at_once_that_it_did_not_go_out(refused: Chat) -> None:
    screen = refused.press("carla", "Announce now")
    assert "I'm announcing “Soil” in #general." in screen
    [told] = [one for one in screen.to("@carla") if one.title == MISSING]
    assert "“Soil” wasn't announced in #general" in told.text
    assert [one.label for one in told.buttons] == ["Try again", "Announce elsewhere"]
    assert not screen.to("@amina")


def test_announcement_that_failed_goes_out_when_it_is_tried_again(refused: Chat) -> None:
    refused.press("carla", "Announce now")
    refused.say("carla", "/my week", "#general")
    screen = refused.press("carla", "Try again")
    assert "Soil" in screen.to("#general")
    assert "is already announced" in refused.say("carla", "/session announce Soil", "#general")


def test_announcement_that_failed_goes_out_elsewhere(refused: Chat) -> None:
    refused.press("carla", "Announce now")
    refused.say("carla", "/my week", "#other")
    refused.press("carla", "Announce elsewhere")
    assert "Soil" in refused.fill("carla", channel="#other").to("#other")
    assert "wasn't announced" not in refused.say("carla", "/session show Soil", "#other")


def test_organisers_see_on_the_session_that_its_announcement_is_missing(refused: Chat) -> None:
    refused.press("carla", "Announce now")
    shown = refused.say("carla", "/session show Soil", "#general").to("@carla")
    assert "“Soil” wasn't announced in #general" in shown
    assert "Announce elsewhere" in [one.label for one in shown[-1].buttons]
    assert "wasn't announced" not in refused.say("bruno", "/session show Soil", "#general")


def test_coordinator_is_told_in_the_morning_while_it_is_missing(refused: Chat) -> None:
    refused.press("carla", "Announce now")
    told = refused.time("2026-11-04T05:00Z").to("@amina")
    assert "“Soil” wasn't announced in #general" in told
    assert "That place isn't in this chat." in told
    assert "{" not in told.text


def test_coordinator_hears_nothing_of_what_stands_by_then(refused: Chat) -> None:
    refused.press("carla", "Announce now")
    refused.say("carla", "/my week", "#general")
    refused.press("carla", "Try again")
    assert not missing(refused.time("2026-11-04T05:00Z"), "@amina")


def test_deleted_announcement_is_told_once_and_not_edited_again(attended: Chat) -> None:
    delete(attended, "Hello")
    screen = attended.say("bruno", "/session rsvp Hello maybe", "#general")
    [told] = deleted(screen, "@amina")
    assert "The announcement of “Hello” in #general was deleted" in told
    assert not deleted(attended.say("bruno", "/session rsvp Hello yes", "#general"), "@amina")
    assert "Hello" in attended.press("amina", "Post it again").to("#general")


def test_announcement_is_requested_only_where_there_is_a_core_group(chat: Chat) -> None:
    chat.join("bruno", zone="America/Bogota", locale="en", role="member")
    assert "Request announcement" not in chat.say("bruno", PLAN, "#general")
    chat.join("carla", zone="Africa/Nairobi", locale="en", role="core")
    chat.say("carla", "/my week")
    assert "Request announcement" in chat.say("bruno", "/session show Soil", "#general")


class Shut(ToyPlatform):
    """A platform that takes posts in no channel."""

    async def obstacle(self, place: Place) -> Text | None:
        """Say how to get in."""
        return t("I'm not in that channel. Please invite me there with /invite and my name.")


def test_channel_that_takes_no_posts_is_said_where_it_is_chosen(attended: Chat) -> None:
    attended.played = None
    attended.local.adapters = {"local": Shut()}
    chosen = attended.say("amina", "/community setup announcements=#general")
    assert "#general: I'm not in that channel. Please invite me there" in chosen
    assert "I'm not in" not in attended.say("amina", "/community setup name=Soil")


def test_whoever_asks_somebody_is_told_at_once_that_it_did_not_reach_them(hosted: Chat) -> None:
    hosted.played = None
    with hosted.storage.write() as transaction:
        theirs = update(KnownAccount).where(KnownAccount.account == "claire")
        transaction.db.execute(theirs.values(closed=True))
    asked = hosted.say("bruno", "/host ask Seeds claire")
    assert "Request to host a session" in asked.to("@bruno")
