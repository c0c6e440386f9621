"""Shows that word of a session reaches those as well who take no direct messages."""

import pytest
from sqlalchemy import update

from bot.handlers import groups
from storage.people import KnownAccount
from tests.chatting import Chat


@pytest.fixture
def closed(attended: Chat) -> Chat:
    """Have Bruno, who is coming, take no direct messages."""
    with attended.storage.write() as transaction:
        is_his = KnownAccount.account == "bruno"
        transaction.db.execute(update(KnownAccount).where(is_his).values(closed=True))
    return attended


@pytest.mark.parametrize(
    "act", ['cancel reason="Rain" session=', 'move when="2026-11-06 15:00" session=']
)
def test_who_takes_no_direct_messages_is_named_in_the_channel(closed: Chat, act: str) -> None:
    verb, _, rest = act.partition(" ")
    closed.say("amina", f"/session {verb} {rest}Hello", "#general")
    closed.time("+8h")  # in the night where Bruno is
    assert [(one.to, one.rings) for one in closed.everything if one.rings] == [
        ("#general", ("bruno",))
    ]


def test_reminder_names_who_takes_no_direct_messages(closed: Chat) -> None:
    rung = [one.rings for one in closed.time("2026-11-04T18:00Z").to("#general") if one.rings]
    assert rung == [("bruno",)]


def test_moves_and_cancellations_stand_in_the_channel_itself() -> None:
    notices = next(group for group in groups() if group.name == "session").notices
    aloud = {name for name, notice in notices.items() if notice.aloud}
    assert aloud == {"session.moved", "session.cancelled", "session.back"}


def test_coordinator_reads_who_it_was_and_what_would_help(closed: Chat) -> None:
    closed.say("amina", "/community role person=@bruno role=core", "#general")
    told = closed.time("+8h").to("@amina").text + closed.seen("amina").text
    assert "Notice of a new role, for @bruno" in told
    assert "It would help if they allowed direct messages from me" in told
