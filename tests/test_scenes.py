"""Shows that a chat that goes on from a copy of a scene is like the one that played it."""

from collections.abc import Callable

import pytest

from storage import Storage
from tests.chatting import Chat, chatting, staged
from tests.openspaces import DUTCH, running
from tests.scenes import scene

Played = tuple[Callable[[Chat, str], Chat], list[str]]


@pytest.fixture
def hello() -> Played:
    """Give a scene in which somebody who came in has a form open, and what was played of it."""
    played: list[str] = []

    @scene
    def hello(chat: Chat, name: str) -> Chat:
        played.append(name)
        chat.join(name, zone="Africa/Nairobi", locale="en", role="coordinator")
        chat.say(name, "/session plan title=Hello", "#general")
        return chat

    return hello, played


def test_scene_is_played_once(chat_storage: Storage, hello: Played) -> None:
    for _ in range(3):
        with staged(chat_storage) as chat:
            hello[0](chat, "amina")
            shown = chat.fill("amina", when="2026-11-10 15:00")
            assert "Tue 10 Nov" in shown.text
            assert chat.press("amina", "Announce now").to("#general")
    assert hello[1] == ["amina"]


def test_scene_with_other_words_is_another(chat_storage: Storage, hello: Played) -> None:
    for name in ("amina", "bruno"):
        with staged(chat_storage) as chat:
            hello[0](chat, name)
            assert [*chat.local.platform.people] == [name]
    assert hello[1] == ["amina", "bruno"]


def test_scene_is_played_as_ever_where_anything_else_came_before(
    chat_storage: Storage, hello: Played
) -> None:
    with staged(chat_storage) as chat:
        hello[0](chat, "amina")
        chat.dismiss("amina")
        hello[0](chat, "bruno")
        assert chat.storage.embedded
        hello[0](chat, "bruno")
    assert hello[1] == ["amina", "bruno", "bruno"]


def test_scene_stands_on_another(chat: Chat, hello: Played) -> None:
    hello[0](hello[0](chat, "amina"), "bruno")
    assert chat.seen("amina").form.title == chat.seen("bruno").form.title
    assert len(chat.everything) == 2


def test_scene_gives_again_what_it_gave(chat_storage: Storage) -> None:
    @scene
    def numbered(chat: Chat) -> int:
        chat.join("amina")
        return next(numbers)

    numbers = iter(range(9))
    for _ in range(2):
        with staged(chat_storage) as chat:
            assert numbered(chat) == 0


def told(chat: Chat) -> list[str]:
    """Go on with an open space, and give all that was shown since the beginning."""
    running(chat)
    chat.say("amina", f"/topic join {DUTCH}")
    chat.choose("bruno", "Go to", DUTCH)
    chat.say("bruno", "/topic leave")
    chat.time("2026-11-02T13:41Z")
    chat.say("maria", "/openspace close")
    chat.press("maria", "Close it now")
    chat.time("+4d")
    seen = [one for name in ("maria", "amina") for one in chat.seen(name)]
    return [f"{one.at} {one.to} {one.title} {one.text}" for one in (*chat.everything, *seen)]


@pytest.mark.slow
def test_copy_goes_on_as_what_was_never_copied(chat: Chat, sqlite_url: str) -> None:
    with chatting(sqlite_url) as other:
        assert told(other) == told(chat)
