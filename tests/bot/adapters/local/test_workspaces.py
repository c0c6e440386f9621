"""Shows that workspaces in one chat are apart, whatever people and channels are called."""

from typing import Any

import pytest

from bot.adapters.local import LocalPlatform, Player
from bot.app.local import LocalChat, LocalStore
from bot.errors import UserError
from tests.chatting import GROUPS, Chat, Screen

PLAN = '/session plan title="{}" when="2026-11-20 15:00" duration=90m'


@pytest.fixture
def chat(chat: Chat) -> Chat:
    """Have amina and bruno in each of two workspaces."""
    for name in ("amina", "bruno"):
        chat.join(name, zone="Africa/Nairobi", locale="en")
        chat.join(name, zone="America/Bogota", locale="en", workspace="riverside")
    return chat


def seen_in(shown: Screen) -> set[tuple[str, Any]]:
    return {(one.to, one.as_json().get("workspace")) for one in shown if one.to}


def announced(chat: Chat, who: str, title: str) -> Screen:
    chat.say(who, PLAN.format(title), "#general")
    return chat.press(who, "session.announce")


def test_post_is_seen_in_its_own_workspace_alone(chat: Chat) -> None:
    announced(chat, "amina", "Soil")
    announced(chat, "amina/riverside", "Water")
    assert "Soil" in chat.seen("bruno").text
    assert "Water" not in chat.seen("bruno").text
    assert "Water" in chat.seen("bruno/riverside").text
    assert "Soil" not in chat.seen("bruno/riverside").text


def test_two_workspaces_are_two_communities(chat: Chat) -> None:
    announced(chat, "amina", "Soil")
    listed = chat.say("bruno/riverside", "/session list")
    assert "Soil" not in listed.text
    assert seen_in(listed) == {("@bruno", "riverside")}


def test_workspace_is_named_where_it_is_not_the_usual_one(chat: Chat) -> None:
    assert ("#general", None) in seen_in(announced(chat, "amina", "Soil"))
    assert ("#general", "riverside") in seen_in(announced(chat, "amina/riverside", "Water"))


def test_button_and_form_are_those_of_the_person(chat: Chat) -> None:
    announced(chat, "amina/riverside", "Water")
    with pytest.raises(UserError):
        chat.press("bruno", "Coming")
    assert "Coming: 1" in chat.press("bruno/riverside", "Coming").text
    chat.say("bruno/riverside", "/session plan")
    with pytest.raises(UserError):
        chat.fill("bruno", title="Soil")
    assert "Soil" in chat.fill("bruno/riverside", title="Soil", when="2026-11-21 15:00").text


def test_name_alone_is_enough_where_nobody_else_has_it(chat: Chat) -> None:
    chat.join("zuri", workspace="riverside")
    assert seen_in(chat.say("zuri", "/my profile")) == {("@zuri", "riverside")}
    chat.join("zuri", workspace="hills")
    with pytest.raises(UserError, match="zuri/riverside, zuri/hills"):
        chat.say("zuri", "/my profile")


def test_person_of_another_workspace_is_not_mentioned(chat: Chat) -> None:
    chat.join("zuri", workspace="riverside")
    announced(chat, "amina", "Soil")
    refused = "I don't know who “zuri” is here. Write their full name, or mention them with @."
    assert refused in chat.say("amina", "/host ask session=Soil person=@zuri").text
    assert refused not in chat.say("amina/riverside", "/host ask person=@zuri").text


@pytest.mark.parametrize("workspace", ["a b", "a/b", "#x"])
def test_workspace_is_one_word(chat: Chat, workspace: str) -> None:
    with pytest.raises(UserError):
        chat.join("zoe", workspace=workspace)


def restarted(chat: Chat, *lines: str) -> LocalPlatform:
    """Play lines in an empty chat that is kept, and give what is there after a restart."""
    kept = LocalStore(chat.storage)

    def opened() -> LocalChat:
        return LocalChat(chat.storage, GROUPS, chat.local.clock, lambda shown: None, kept)

    async def played() -> LocalPlatform:
        before, after = opened(), opened()
        player = Player(before.stage, before)
        for line in lines:
            await player.play(line)
        await before.platform.stop()
        await after.start()
        return after.platform

    return chat.runner.run(played())


def test_who_is_erased_leaves_others_of_that_name_alone(chat: Chat) -> None:
    both = ("bruno", "bruno/riverside")
    joined = (f"join {who}" for who in both)
    talked = (f"{who} in #general: Good morning" for who in both)
    erased = ("bruno in @: /my erase", "bruno: press my.erase-now")
    platform = restarted(chat, *joined, *talked, *erased)
    assert list(platform.people) == ["bruno/riverside"]
    assert [one.shown.text for one in platform.visible("bruno/riverside")] == [
        "bruno: Good morning"
    ]
    assert not list(platform.visible("bruno"))


def test_workspaces_are_kept_over_a_restart(chat: Chat) -> None:
    lines = ("join zuri workspace=riverside", "zuri in #general: /session plan")
    platform = restarted(chat, *lines)
    assert list(platform.people) == list(platform.forms) == ["zuri/riverside"]
    assert platform.channels["general/riverside"].workspace == "riverside"
