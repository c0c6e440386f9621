"""Plays series at the edges: clocks that jump, midnight, the date line, two who act at once."""

import pytest
from sqlalchemy.exc import IntegrityError

from storage.sessions import Session
from tests.chatting import Chat
from tests.programmes import MONTHLY, WEEKLY, started


def test_series_across_midnight_is_read_on_each_side_of_the_date_line(chat: Chat) -> None:
    started(chat, 'title=Late rule="every Thursday at 23:30" duration=90m')
    chat.join("hana", zone="Pacific/Honolulu", locale="en")
    chat.join("tebano", zone="Pacific/Kiritimati", locale="en")
    assert "Thu 5 Nov 2026, 12:30" in chat.say("hana", "/programme show Late")
    assert "Fri 6 Nov 2026, 12:30" in chat.say("tebano", "/programme show Late")


def test_series_stays_at_its_hour_when_the_clocks_change(chat: Chat) -> None:
    started(chat, MONTHLY)
    told = chat.say("amina", "/programme show CoLab")
    assert "24 Feb 2027, 17:00 (Nairobi)" in told
    assert "31 Mar 2027, 16:00 (Nairobi)" in told


def test_hour_that_is_skipped_moves_forward_that_day_alone(chat: Chat) -> None:
    started(chat, 'title=Night rule="every Sunday at 2:30 am" first="21 March 2027"')
    told = chat.say("maria", "/session list")
    assert "28 Mar 2027, 03:30" in told
    assert "4 Apr 2027, 02:30" in told


def test_fifth_wednesdays_come_in_months_that_have_one(chat: Chat) -> None:
    started(chat, 'title=Fifth rule="fifth Wednesday of the month at 15:00"')
    told = chat.say("maria", "/programme show Fifth")
    for day in ("30 Dec 2026", "31 Mar 2027", "30 Jun 2027"):
        assert day in told


def test_same_date_is_never_made_twice(chat: Chat) -> None:
    started(chat, MONTHLY)
    with chat.storage.write() as transaction:
        dates = transaction.db.query(Session).order_by(Session.starts_at).all()
        dates[1].occurrence = dates[0].occurrence
        with pytest.raises(IntegrityError):
            transaction.db.flush()
        transaction.db.rollback()


def test_programme_of_somebody_erased_is_the_coordinators(chat: Chat) -> None:
    started(chat, f"{WEEKLY} count=3")
    chat.join("ines", zone="Europe/Lisbon", locale="en", role="coordinator")
    chat.say("maria", "/my erase")
    chat.press("maria", "Erase everything")
    assert "coming to its last date" in chat.time("2026-11-13T12:00Z").to("@ines")
    assert "goes on" in chat.say("ines", "/programme renew Circle count=2")


def test_two_answers_at_once_are_both_kept(chat: Chat) -> None:
    started(chat, MONTHLY)
    chat.together(("amina", "Coming to all dates"), ("claire", "Coming to all dates"))
    chat.time("2026-11-12T09:00Z")
    assert "Coming: 2" in chat.say("maria", '/session show "CoLab, 25 Nov"')


def test_series_reads_as_somebody_from_there_would_write_it(chat: Chat) -> None:
    started(chat, MONTHLY)
    told = chat.say("claire", "/programme show CoLab")
    assert "dernier mercredi" in told
    assert "25 nov. 2026, 14:00 (Dakar)" in told
