"""Takes feedback on sessions apart from who gives it, and says what may be shown of it."""

from collections.abc import Set

from storage import Records
from storage.feedback import GROUP
from storage.log import Actor
from storage.sessions import Session


def were_there(records: Records, session: Session) -> Set[int]:
    """Give the ids of the members who were at a session: whoever said yes, unless they were not.

    Whoever said that they were there was, whatever they had answered.
    """
    kept = records.attendance.of(session.id)
    absent = {row.member_id for row in kept if not row.there}
    present = {row.member_id for row in kept if row.there and row.member_id}
    return (records.rsvps.who_comes(session.id) - absent) | present


def how_many(records: Records, session: Session) -> tuple[int, int]:
    """Say how many gave feedback on a session, and how many were there."""
    unnamed = sum(row.there and row.member_id is None for row in records.attendance.of(session.id))
    count = records.feedback.count(session.id)
    return count, max(count, len(were_there(records, session)) + unnamed)


def has_given(records: Records, session: Session, by: Actor) -> bool:
    """Say whether somebody gave feedback on a session."""
    return records.feedback.gave(session.id, by.id)


def give(records: Records, session: Session, given: tuple[int, str, str], by: Actor) -> None:
    """Keep a score, what to change and an answer to the host's question, apart from whose.

    What nobody has seen yet is shown from now on when it makes a whole group: nobody can tell from
    what is new who wrote it. The session is held, so that two who are last are not counted alike.
    """
    records.hosting.hold(session.id)
    records.feedback.give(session.id, by.id, given, by.now)
    if records.feedback.hidden(session.id) >= GROUP:
        records.feedback.show(session.id)
    records.touched.add(session, by.id)


def ask(records: Records, session: Session, question: str) -> None:
    """Have those who give feedback be asked a question of the host's own, or none."""
    session.feedback_question = question
    records.touched.add(session)
