"""Shows whom a session reminds when, as people wish of it, mute it, or have no seat."""

from datetime import time

from bot.domain.reminders import reminded_now, wants_reminders
from storage import Records
from storage.people import Member
from storage.sessions import Session
from tests.bot.conftest import NOW
from tests.bot.domain.test_reminders import (
    DAY,
    STARTS,
    answers,
    followed,
    reminders,
    waiting,
)
from tests.bot.domain.test_reminders import amina as amina
from tests.bot.domain.test_reminders import session as session


def test_maybe_is_reminded_where_somebody_wishes_so_but_not_at_the_start(
    records: Records, session: Session, amina: Member
) -> None:
    amina.reminds_maybe, amina.reminders = True, [1440, 60, 0]
    answers(records, session, amina, "maybe")
    followed(records, session)
    assert waiting(records, session) == [(amina.id, "1440m"), (amina.id, "60m")]
    answers(records, session, amina, "no")
    followed(records, session, amina)
    assert waiting(records, session) == []


def test_wish_for_maybe_concerns_what_was_answered_before(
    records: Records, session: Session, amina: Member
) -> None:
    answers(records, session, amina, "maybe")
    amina.reminds_maybe = True
    followed(records, amina)
    assert waiting(records, session) == [(amina.id, "1440m")]


def test_muted_session_reminds_nobody_of_it_even_when_it_moves(
    records: Records, session: Session, amina: Member
) -> None:
    given = answers(records, session, amina)
    followed(records, session)
    given.muted = True
    followed(records, session, amina)
    session.starts_at, session.revision = STARTS + DAY, 1
    followed(records, session)
    assert waiting(records, session) == []
    assert not wants_reminders(given)


def test_hour_of_the_day_is_wanted_once_though_its_reader_travels(
    records: Records, session: Session, amina: Member
) -> None:
    amina.reminders, amina.reminds_at, amina.zone = [], time(8), "Africa/Nairobi"
    answers(records, session, amina)
    followed(records, session)
    (row,) = reminders(records, session)
    assert row.due_at == STARTS.replace(hour=5)
    amina.zone = "Europe/Paris"
    followed(records, amina)
    (row,) = reminders(records, session)
    assert (row.kind, row.due_at) == ("day", STARTS.replace(hour=7))


def test_nobody_without_a_seat_is_reminded(
    records: Records, session: Session, amina: Member
) -> None:
    bruno = records.members.meet("toy", "home", "bruno", "Bruno", NOW)
    answers(records, session, amina)
    answers(records, session, bruno)
    session.capacity = 1
    followed(records, session)
    assert reminded_now(records, session) == {amina.id: "yes"}
