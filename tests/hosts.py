"""Sets the stage for tests of hosting: a core group of three in three zones, sessions announced."""

from datetime import date, timedelta

from sqlalchemy import select

from storage.programmes import Programme
from storage.sessions import Session
from tests.chatting import Chat, Screen
from tests.scenes import scene

FIRST = date(2026, 11, 18)


@scene
def core_group(chat: Chat, channel: str = "#core") -> Chat:
    """Let a coordinator, two of the core group and a member in, when nobody sleeps."""
    chat.time("2026-11-02T11:00Z")
    chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
    chat.join("bruno", zone="America/Sao_Paulo", locale="es", role="core")
    chat.join("claire", zone="Europe/Paris", locale="fr", role="core")
    chat.join("dan", zone="Asia/Tokyo", locale="en")
    where = f" core_channel={channel}" if channel else ""
    chat.say(
        "amina", f"/community setup language=English announcements=#general{where}", "#general"
    )
    chat.say("amina", "/community rota runs=no", "#general")  # tests of the rota switch it on
    for name in ("bruno", "claire", "dan"):
        english(chat, name)
    return chat


def english(chat: Chat, name: str) -> None:
    """Have somebody read English, so that tests need no translations."""
    chat.say(name, "/my profile language=English", "#general")


def announce(chat: Chat, title: str, week: int = 0) -> str:
    """Announce a session some weeks after the first; gives its id."""
    day = FIRST + timedelta(weeks=week)
    chat.say("amina", f'/session plan title="{title}" when="{day} 15:00"', "#general")
    told = chat.press("amina", "Announce now")
    command = next(b.command for shown in told for b in shown.buttons if b.label == "Find a host")
    return command.rpartition("=")[2]


@scene
def pool(chat: Chat, *names: str) -> None:
    """Let people join the hosts."""
    for name in names:
        chat.say(name, "/host join", "#core")


def series(chat: Chat, title: str, *ids: str) -> None:
    """Have sessions, by their ids, be the dates of a programme."""
    with chat.storage.write() as transaction:
        dates = transaction.db.scalars(select(Session).where(Session.id.in_(map(int, ids)))).all()
        programme = Programme(title=title, minutes=60, created_at=chat.now, state="running")
        programme.community_id = dates[0].community_id
        transaction.db.add(programme)
        transaction.db.flush()
        for date in dates:
            date.programme_id = programme.id


def hosts_of(chat: Chat, title: str) -> str:
    """Read from the announcement who hosts a session."""
    posts = [one for one in chat.seen("amina").to("#general") if one.title == title]
    lines = posts[-1].text.splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("Host")), "")


def yes(chat: Chat, name: str) -> Screen:
    """Say yes to what somebody was asked last."""
    return chat.press(name, "I'll host")
