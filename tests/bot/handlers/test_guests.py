"""Shows what guests can do: be told of what is announced, answer it, and look after themselves."""

import pytest

from tests.chatting import Chat


@pytest.fixture
def gus(attended: Chat) -> Chat:
    """Let a guest in, where a session is announced."""
    attended.join("gus", role="guest")
    return attended


def test_guest_answers_a_session(gus: Chat) -> None:
    assert "You're coming to" in gus.say("gus", "/session rsvp Hello yes")


@pytest.mark.parametrize(
    "words", ["session plan", "host join", "host rota", "people find", "session who Hello"]
)
def test_guest_is_refused_what_is_for_members(gus: Chat, words: str) -> None:
    assert "can do that." in gus.say("gus", f"/{words}")


def test_guest_is_helped_with_what_guests_can_do(gus: Chat) -> None:
    screen = gus.say("gus", "/help session")
    assert "/session rsvp" in screen
    assert "/session plan" not in screen
    assert "/session plan" not in gus.say("gus", "/session plann")


def test_guest_is_not_asked_to_host(gus: Chat) -> None:
    assert "gus is a guest here." in gus.say("amina", "/host ask Hello @gus")


def test_host_who_became_a_guest_gives_turns_back(gus: Chat) -> None:
    gus.say("amina", "/host ask Hello @bruno")
    gus.say("bruno", "/host accept Hello")
    gus.say("amina", "/community role @bruno guest")
    assert "can do that." not in gus.say("bruno", "/host decline Hello")
