"""Follows what a transaction has changed: the only file that knows all areas."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.domain import openspaces, reminders, sessions, telling
from bot.domain.reminders import Concerned
from storage import Records
from storage.community import Community
from storage.openspace import OpenSpace
from storage.people import Member
from storage.sessions import Session

Step = Callable[[Records, Any, Concerned, datetime], object]
"""What follows from a change of a thing; with members: from one that concerns only these."""


def reread_sessions(records: Records, home: Community, concerned: Concerned, now: datetime) -> None:
    """Have all sessions to come followed: quiet hours, languages or channels are others."""
    for session in records.sessions.to_come(now):
        records.touched.add(session)


def remind_anew(records: Records, member: Member, concerned: Concerned, now: datetime) -> None:
    """Bring the reminders of a member in line with when and where they want them."""
    for session in records.sessions.to_come(now, member.id):
        reminders.want(records, session, {member.id}, now)
    for session in records.hosting.hosted_by(member.id):
        if session.starts_at > now:
            reminders.want_hosts(records, session, None, now)


def spaces_within(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Have the open spaces inside a session followed: they name it, and rest while it does."""
    if concerned is None:
        for space in records.openspaces.within(session.id):
            records.touched.add(space)


def show_session(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Have the posts about a session say how it stands."""
    records.deliveries.refresh(session.about, now)
    if concerned is None:
        records.deliveries.refresh(telling.hosting_of(session), now)
        records.deliveries.refresh(telling.suggestion_of(session), now)


def show_space(records: Records, space: OpenSpace, concerned: Concerned, now: datetime) -> None:
    """Have the posts about an open space and its board say how it stands."""
    records.deliveries.refresh(space.about, now)
    records.deliveries.refresh(space.board, now)


# Causes stand above effects: a step touches only what is below it. Each brings what it keeps in
# line with the state it finds, so that following twice writes nothing that once did not.
FOLLOWS: tuple[tuple[type[Any], tuple[Step, ...]], ...] = (
    (Community, (reread_sessions,)),
    (Member, (remind_anew,)),
    (
        Session,
        (
            openspaces.along,
            spaces_within,
            reminders.ask_hosts_again,
            reminders.want,
            reminders.want_hosts,
            sessions.go_on,
            show_session,
        ),
    ),
    (OpenSpace, (openspaces.want, openspaces.go_on, show_space)),
)


def follow(records: Records, now: datetime) -> None:
    """Follow everything that was touched. Raises LookupError where a step touched what is above."""
    if not records.touched:
        return
    records.db.flush()
    for kind, steps in FOLLOWS:
        for thing, concerned in records.touched.take(kind):
            for step in steps:
                step(records, thing, concerned, now)
    if records.touched:
        raise LookupError(f"touched, and not followed: {records.touched}")
