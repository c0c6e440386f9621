"""Shows which reminders a session wants as people answer, move, and change their wishes."""

from datetime import timedelta

import pytest

from bot.domain.follow import follow
from bot.domain.reminders import (
    ANNOUNCED,
    HOST_ASKED,
    HOST_REMINDER,
    REMINDER,
    channels_for,
)
from bot.domain.telling import hosting_of
from storage import Records
from storage.deliveries import Delivery, Wanted
from storage.people import Member
from storage.rsvps import Rsvp
from storage.sessions import Session
from tests.bot.conftest import NOW

STARTS = NOW + timedelta(days=3, hours=3)  # at 15:00 in Nairobi
DAY = timedelta(days=1)


def followed(records: Records, thing: Session | Member, concerned: Member | None = None) -> None:
    """Touch a session or a member, and follow."""
    records.touched.add(thing, concerned.id if concerned else None)
    follow(records, NOW)


@pytest.fixture
def session(records: Records) -> Session:
    made = Session(
        title="Water", starts_at=STARTS, wall="", zone="UTC", minutes=60, created_at=NOW,
        state="announced", told_at=NOW,
    )  # fmt: skip
    return records.sessions.add(made)


@pytest.fixture
def amina(records: Records) -> Member:
    return records.members.meet("toy", "home", "amina", "Amina", NOW)


def answers(records: Records, session: Session, member: Member, answer: str = "yes") -> Rsvp:
    return records.rsvps.answer(session.id, member.id, answer, NOW)[0]


def channel(records: Records, name: str, **purposes: bool) -> int:
    met = records.channels.meet("toy", "home", name, name)
    for purpose, value in purposes.items():
        setattr(met, purpose, value)
    records.db.flush()
    return met.id


def place(records: Records, session: Session) -> int:
    """Have a session stand in a channel of its own."""
    own = channel(records, "own")
    records.placements.put(session.about, [own])
    return own


def reminders(records: Records, session: Session) -> list[Delivery]:
    """List what was ever wanted to remind of a session."""
    rows = records.deliveries.about(session.about)
    return [row for row in rows if row.notice in (REMINDER, HOST_REMINDER)]


def waiting(records: Records, session: Session, notice: str = REMINDER) -> list[tuple[int, str]]:
    """List who is to be reminded, members and channels by their ids, and how long before."""
    rows = [one for one in reminders(records, session) if one.notice == notice]
    open_rows = [one for one in rows if one.state == "pending"]
    return sorted((one.member_id or one.channel_id or 0, one.kind) for one in open_rows)


def test_those_who_come_are_reminded_a_day_before_and_at_the_start(
    records: Records, session: Session, amina: Member
) -> None:
    answers(records, session, amina)
    followed(records, session)
    rows = sorted(reminders(records, session), key=lambda one: one.due_at)
    assert [row.due_at for row in rows] == [STARTS - DAY, STARTS]
    assert waiting(records, session) == [(amina.id, "0m"), (amina.id, "1440m")]


@pytest.mark.parametrize("answer", ["maybe", "no"])
def test_those_who_may_not_come_are_not_reminded(
    records: Records, session: Session, amina: Member, answer: str
) -> None:
    answers(records, session, amina, answer)
    followed(records, session)
    assert waiting(records, session) == []


def test_reminders_wanted_twice_are_there_once(
    records: Records, session: Session, amina: Member
) -> None:
    answers(records, session, amina)
    followed(records, session)
    followed(records, session)
    assert len(reminders(records, session)) == 2


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_session_that_does_not_take_place_reminds_nobody(
    records: Records, session: Session, amina: Member, state: str
) -> None:
    answers(records, session, amina)
    followed(records, session)
    session.state = state
    followed(records, session)
    assert waiting(records, session) == []


def test_moved_session_moves_its_reminders(
    records: Records, session: Session, amina: Member
) -> None:
    answers(records, session, amina)
    followed(records, session)
    session.starts_at, session.revision = STARTS + DAY, 1
    followed(records, session)
    rows = reminders(records, session)
    pending = sorted(row.due_at for row in rows if row.state == "pending")
    assert pending == [STARTS, STARTS + DAY]


def test_answer_of_one_leaves_the_reminders_of_others_alone(
    records: Records, session: Session, amina: Member
) -> None:
    bruno = records.members.meet("toy", "home", "bruno", "Bruno", NOW)
    for member in (amina, bruno):
        answers(records, session, member)
    followed(records, session)
    answers(records, session, amina, "no")
    followed(records, session, amina)
    assert waiting(records, session) == [(bruno.id, "0m"), (bruno.id, "1440m")]


def test_changed_wish_changes_what_is_waiting(
    records: Records, session: Session, amina: Member
) -> None:
    answers(records, session, amina)
    followed(records, session)
    amina.reminders = [60]
    followed(records, amina)
    assert waiting(records, session) == [(amina.id, "60m")]
    amina.reminders = []
    followed(records, amina)
    assert waiting(records, session) == []


def test_reminder_that_would_wake_somebody_comes_before_they_sleep(
    records: Records, session: Session, amina: Member
) -> None:
    amina.zone = "America/Los_Angeles"  # the session begins at 4 in the morning there
    amina.reminders = [60]
    answers(records, session, amina)
    followed(records, session)
    (row,) = reminders(records, session)
    assert row.due_at == STARTS.replace(hour=5, minute=45)  # 21:45 the evening before


@pytest.mark.parametrize(
    ("purposes", "reminded"),
    [
        ({"a": {"reminds": True}, "b": {"announces": True}}, ["a"]),
        ({"a": {"announces": True}, "b": {"announces": True}}, ["a", "b"]),
        ({"a": {"core": True}}, ["own"]),
        ({}, ["own"]),
    ],
)
def test_channels_are_those_for_reminders_else_for_announcements_else_the_sessions_own(
    records: Records, session: Session, purposes: dict[str, dict[str, bool]], reminded: list[str]
) -> None:
    ids = {name: channel(records, name, **purpose) for name, purpose in purposes.items()}
    ids["own"] = place(records, session)
    assert sorted(channels_for(records, session)) == sorted(ids[name] for name in reminded)


def test_channel_that_gets_the_announcement_goes_before_those_for_others(
    records: Records, session: Session
) -> None:
    channel(records, "a", announces=True)
    told = Wanted("first", NOW, channel_id=channel(records, "core"))
    records.deliveries.send(session.about, ANNOUNCED, told)
    assert channels_for(records, session) == [told.channel_id]
    reminds = channel(records, "b", reminds=True)
    assert channels_for(records, session) == [reminds]


def test_channel_is_reminded_as_well_and_helps_where_a_direct_message_fails(
    records: Records, session: Session, amina: Member
) -> None:
    own = place(records, session)
    answers(records, session, amina)
    followed(records, session)
    rows = reminders(records, session)
    assert len([row for row in rows if row.channel_id == own]) == 2
    assert {row.fallback_id for row in rows if row.member_id} == {own}


def test_session_without_any_channel_reminds_those_who_come_alone(
    records: Records, session: Session, amina: Member
) -> None:
    answers(records, session, amina)
    assert channels_for(records, session) == []
    followed(records, session)
    assert {row.fallback_id for row in reminders(records, session)} == {None}


def test_hosts_are_reminded_three_days_and_two_hours_before_whatever_their_wish(
    records: Records, session: Session, amina: Member
) -> None:
    amina.reminders = []
    session.starts_at = NOW + 5 * DAY
    records.hosting.settle(session, amina.id, "accepted", NOW)
    followed(records, session)
    assert waiting(records, session, HOST_REMINDER) == [(amina.id, "120m"), (amina.id, "4320m")]


def test_what_hosts_are_told_of_others_never_goes_to_a_channel(
    records: Records, session: Session, amina: Member
) -> None:
    place(records, session)
    session.starts_at = NOW + 5 * DAY
    records.hosting.settle(session, amina.id, "accepted", NOW)
    followed(records, session)
    hosts = [row for row in reminders(records, session) if row.notice == HOST_REMINDER]
    assert {(row.fallback_id, row.channel_id) for row in hosts} == {(None, None)}


def test_host_of_a_moved_session_is_asked_again(
    records: Records, session: Session, amina: Member
) -> None:
    records.hosting.settle(session, amina.id, "accepted", NOW)
    session.starts_at, session.revision = STARTS + DAY, 1
    followed(records, session)
    rows = records.deliveries.about(hosting_of(session))
    asked = [(row.notice, row.member_id, row.due_at) for row in rows if row.due_at < STARTS]
    assert asked == [(HOST_ASKED, amina.id, NOW)]
