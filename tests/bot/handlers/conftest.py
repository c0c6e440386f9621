"""Lets people in whom several areas are shown to."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene


@pytest.fixture
@scene
def three(chat: Chat) -> Chat:
    """Let a coordinator in Nairobi, a member in Bogotá and one in Paris in."""
    chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
    chat.join("bruno", zone="America/Bogota", locale="en", role="member")
    chat.join("claire", zone="Europe/Paris", locale="fr", role="member")
    return chat


@pytest.fixture
@scene
def attended(chat: Chat) -> Chat:
    """Let a coordinator and a member in, who both come to a session that is announced."""
    chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
    chat.join("bruno", zone="America/Bogota", locale="en", role="member")
    chat.say("amina", '/session plan title=Hello when="2026-11-05 15:00"', "#general")
    chat.press("amina", "Announce now")
    chat.press("bruno", "Coming")
    return chat
