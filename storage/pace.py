"""Counts what somebody has added lately, of whatever kind, from when each was kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm import Session as DbSession

from storage.drafts import Draft
from storage.notes import Notes
from storage.sessions import Session
from storage.tables import Owned
from storage.topics import Topic

ADDED: Sequence[tuple[type[Owned], InstrumentedAttribute[Any], InstrumentedAttribute[Any]]] = (
    (Draft, Draft.member_id, Draft.changed_at),
    (Notes, Notes.member_id, Notes.written_at),
    (Session, Session.organiser_id, Session.created_at),
    (Topic, Topic.convener_id, Topic.proposed_at),
)
"""What people add, by whom, and when."""


def added(session: DbSession, community_id: int, member_id: int, since: datetime) -> int:
    """Count what a member has added to a community after an instant."""
    counts = [
        select(func.count())
        .where(kind.community_id == community_id, by == member_id, at > since)
        .scalar_subquery()
        for kind, by, at in ADDED
    ]
    return sum(session.execute(select(*counts)).one())
