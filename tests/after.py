"""Sets the stage for tests of what stays of a session."""

from tests.chatting import Chat
from tests.hosts import announce, core_group
from tests.scenes import scene

OVER = "2026-11-18T13:11Z"
"""Eleven minutes after the end of “Seeds”."""
TOLD = "2026-11-18T14:00Z"
MORNING = "2026-11-19T09:00Z"
RECORDED = "https://video.example.org/seeds"
SLIDES = "https://slides.example.org/seeds"


@scene
def seeds(chat: Chat) -> Chat:
    """Let bruno host a session that is over; claire said yes, dan maybe, eva nothing."""
    core_group(chat)
    chat.join("eva", zone="Europe/Paris", locale="en")
    announce(chat, "Seeds")
    chat.say("bruno", "/host take Seeds", "#core")
    chat.press("claire", "Coming")
    chat.press("dan", "Maybe")
    chat.time(OVER)
    return chat


def write_down(chat: Chat, host: str = "bruno", /, **fields: str) -> str:
    """Write down what stays, as its host or another; gives what that person reads."""
    if {"links", "absent", "spoke"} & {*fields}:
        chat.press(host, "Links, who wasn't there")
    else:
        chat.say(host, "/session after Seeds")
    return chat.fill(host, **fields).to(f"@{host}").text


def come(chat: Chat, title: str, many: int) -> None:
    """Have that many more come to a session, who are called guest0, guest1 and so on."""
    with chat.storage.write() as transaction:
        amina = transaction.known("local", "local", "amina")
        assert amina is not None
        records = transaction.records(amina.community_id)
        (session,) = records.sessions.named(title, amina.sight, chat.now)
        for number in range(many):
            name = f"guest{number}"
            member = records.members.meet("local", "local", name, name, chat.now)
            records.rsvps.answer(session.id, member.id, "yes", chat.now)
