"""Lets deliveries fail as no platform of a test would, and says how they stand."""

from sqlalchemy import select, update

from storage.deliveries import Delivery
from tests.chatting import Chat


def fail(chat: Chat, state: str = "dead", error: str = "expired") -> None:
    """Let the reminders for people fail."""
    with chat.storage.write() as transaction:
        waiting = Delivery.member_id.is_not(None) & (Delivery.state == "pending")
        waiting &= Delivery.notice == "session.reminder"
        values = {"state": state, "error": error, "due_at": chat.now}
        transaction.db.execute(update(Delivery).where(waiting).values(values))


def lose_channel(chat: Chat) -> None:
    """Have the next reminder for the channel fail, because the channel is gone."""
    with chat.storage.write() as transaction:
        row = transaction.db.scalars(
            select(Delivery).where(Delivery.channel_id.is_not(None), Delivery.state == "pending")
        ).first()
        assert row
        row.state, row.error = "dead", "TargetLost: not_in_channel"
        home = transaction.records(row.community_id)
        home.channels.get(row.channel_id or 0).lost = "not_in_channel"


def states(chat: Chat) -> list[str]:
    """Give the states of the reminders for people."""
    with chat.storage.read() as transaction:
        rows = transaction.db.scalars(select(Delivery).where(Delivery.member_id.is_not(None)))
        return sorted(row.state for row in rows if row.notice == "session.reminder")


def set_one(chat: Chat, **values: object) -> None:
    """Change one reminder for a person."""
    with chat.storage.write() as transaction:
        here = Delivery.member_id.is_not(None) & (Delivery.notice == "session.reminder")
        row = transaction.db.scalars(select(Delivery).where(here)).first()
        assert row
        for name, value in values.items():
            setattr(row, name, value)


def set_all(chat: Chat, before: str, **values: object) -> None:
    """Change all deliveries of one state."""
    with chat.storage.write() as transaction:
        here = update(Delivery).where(Delivery.state == before)
        transaction.db.execute(here.values(values))
