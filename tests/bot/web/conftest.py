"""Has three people in a local chat, and its pages."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene
from tests.windows import Windows


@pytest.fixture
@scene
def three(chat: Chat) -> Chat:
    """Have three people in, in three languages, and a session announced."""
    chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
    chat.join("bruno", zone="America/Bogota", locale="es")
    chat.join("claire", zone="Africa/Dakar", locale="fr")
    chat.say("amina", "/community setup name=CoLab announcements=#general", "#general")
    chat.say("amina", '/session plan title="Budgets" when="2026-11-04 15:00"', "#general")
    chat.press("amina", "Announce now")
    return chat


@pytest.fixture
def windows(three: Chat) -> Windows:
    return Windows(three)
