"""Shows that whoever leaves is taken out of pool, turns and counts, and is back when they are."""

import pytest

from bot.chat import Account
from tests.chatting import Chat
from tests.hosts import announce, core_group, hosts_of, pool
from tests.scenes import scene


@pytest.fixture
@scene
def hosting(chat: Chat) -> Chat:
    """Have bruno host Seeds and come to Rivers; claire is in the pool, too."""
    core_group(chat)
    pool(chat, "bruno", "claire")
    announce(chat, "Seeds")
    announce(chat, "Rivers", week=1)
    chat.say("bruno", "/host take Seeds")
    chat.say("bruno", "/session rsvp Rivers yes")
    return chat


def coming(chat: Chat, title: str) -> bool:
    return "bruno" in chat.say("amina", f"/session who {title}")


def test_coordinators_are_told_once_and_the_turn_is_offered(hosting: Chat) -> None:
    gone = hosting.leave("bruno")
    assert "@bruno has left" in gone.to("@amina")
    assert "I'm offering their turns to all hosts:\n" in gone.to("@amina")
    assert "Seeds" in gone.to("#core")
    assert not gone.to("@bruno")
    assert not coming(hosting, "Rivers")
    assert "bruno" not in hosting.say("amina", "/host rota")
    assert "has left" not in hosting.time("2026-11-12T12:00Z").to("@amina")


def test_whoever_is_back_has_what_nobody_else_has_taken(hosting: Chat) -> None:
    hosting.leave("bruno")
    back = hosting.join("bruno", zone="America/Sao_Paulo")
    assert "@bruno had left and is back" in back.to("@amina")
    assert hosts_of(hosting, "Seeds") == "@bruno"
    assert coming(hosting, "Rivers")
    assert "You're hosting “Seeds”" in hosting.say("bruno", "/my week")
    assert "bruno" in hosting.say("amina", "/host rota")


def test_a_turn_somebody_took_meanwhile_stays_with_them(hosting: Chat) -> None:
    hosting.leave("bruno")
    hosting.say("claire", "/host take Seeds")
    hosting.join("bruno")
    assert hosts_of(hosting, "Seeds") == "@claire"


def test_whoever_left_cannot_be_asked(hosting: Chat) -> None:
    hosting.leave("bruno")
    form = hosting.say("amina", "/host ask Rivers bruno").form
    assert "bruno has left" in form.fields[0].error


def test_nothing_is_sent_to_whoever_left(hosting: Chat) -> None:
    hosting.leave("bruno")
    assert not hosting.time("2026-11-26T12:00Z").to("@bruno")


def test_whoever_is_asked_and_leaves_can_be_asked_again_when_back(hosting: Chat) -> None:
    hosting.say("amina", "/host ask Rivers @bruno")
    assert "@bruno can't host" in hosting.leave("bruno").to("@amina")
    hosting.join("bruno")
    assert hosting.say("amina", "/host ask Rivers @bruno").to("@bruno")


def test_a_swap_lapses_when_whoever_was_asked_leaves(hosting: Chat) -> None:
    hosting.say("bruno", "/host swap Seeds @claire")
    assert "@claire hasn't answered" in hosting.leave("claire").to("@bruno")


def test_a_member_without_a_part_leaves_unannounced(hosting: Chat) -> None:
    assert not hosting.leave("dan")


def test_whoever_a_platform_tells_nobody_of_is_looked_up_before_they_are_asked(
    hosting: Chat,
) -> None:
    async def is_there(account: Account) -> bool:
        return account.id != "claire"

    vars(hosting.local.platform)["is_there"] = is_there
    asked = hosting.say("amina", "/host ask Rivers @claire")
    assert not asked.to("@claire")
    assert "@claire has left" in asked.to("@amina")
    assert "Rivers" in asked.to("#core")
