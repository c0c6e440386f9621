"""Plays the scenes that several modules begin with."""

import pytest

from tests.chatting import Chat
from tests.hosts import announce, core_group, pool
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


@pytest.fixture
def core(chat: Chat) -> Chat:
    """Let the core group in."""
    return core_group(chat)


@pytest.fixture
@scene
def seeds(core: Chat) -> Chat:
    """Have one session announced and bruno and claire in the pool."""
    pool(core, "bruno", "claire")
    announce(core, "Seeds")
    return core


@pytest.fixture
@scene
def offered(seeds: Chat) -> Chat:
    """Have a host be looked for."""
    seeds.press("amina", "Find a host")
    return seeds


@pytest.fixture
@scene
def hosted(offered: Chat) -> Chat:
    """Have bruno host the session."""
    offered.press("bruno", "I'll take it")
    return offered
