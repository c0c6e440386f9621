"""Plays programmes that many tests begin with."""

from tests.chatting import Chat
from tests.scenes import scene

MONTHLY = 'title="CoLab" rule="last Wednesday of the month at 15:00"'
WEEKLY = 'title="Circle" rule="every Thursday at 16:00"'


@scene
def community(chat: Chat) -> Chat:
    """Let a coordinator in Amsterdam in, a host in Bogotá, members in Nairobi and Dakar."""
    chat.time("2026-11-02T13:00Z")
    chat.join("maria", zone="Europe/Amsterdam", locale="en", role="coordinator")
    chat.join("bruno", zone="America/Bogota", locale="es", role="core")
    chat.join("amina", zone="Africa/Nairobi", locale="en")
    chat.join("claire", zone="Africa/Dakar", locale="fr")
    setup = "/community setup zone=Europe/Amsterdam announcements=#cop core_channel=#core"
    chat.say("maria", setup, "#cop")
    return chat


@scene
def started(chat: Chat, words: str = MONTHLY) -> Chat:
    """Have a programme announced."""
    community(chat)
    chat.say("maria", f"/programme plan {words}", "#cop")
    chat.press("maria", "Announce the series")
    return chat
