"""Shows how coordinators import sessions: preview, drafts or announcements, end, and undo."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.options.files import BIG, NO_TEXT
from storage.deliveries import Delivery
from storage.drafts import Draft
from storage.imports import DONE, Import, Imported, ImportLot
from storage.programmes import Programme
from storage.sessions import Session
from tests.chatting import Chat
from tests.scenes import scene

TABLE = """title,date,time,duration
Soil circle,12/11/2026,15:00,90m
Seeds,25/02/2027,3pm,
Long ago,25/10/2026,3pm,
Odd,32.13.2026,15:00,
"""
SERIES = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
SUMMARY:Weekly circle
DTSTART;TZID=Europe/Lisbon:20261001T150000
RRULE:FREQ=WEEKLY
EXDATE;TZID=Europe/Lisbon:20261112T150000
END:VEVENT
BEGIN:VEVENT
UID:1
SUMMARY:With guests
RECURRENCE-ID;TZID=Europe/Lisbon:20261119T150000
DTSTART;TZID=Europe/Lisbon:20261120T100000
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
@scene
def home(chat: Chat) -> Chat:
    """Let a coordinator and a member in."""
    chat.join("maria", zone="Europe/Madrid", role="coordinator")
    chat.join("bruno", zone="Europe/Madrid")
    return chat


def bring(chat: Chat, content: str, where: str = "#general") -> str:
    """Have a coordinator import a file; gives what is shown."""
    chat.say("maria", "/community import", where)
    return chat.fill("maria", file=content).text


def kept(chat: Chat, *columns: str) -> list[tuple[object, ...]]:
    with chat.storage.read() as transaction:
        rows = transaction.db.scalars(select(Session).order_by(Session.starts_at)).all()
        return [tuple(getattr(row, column) for column in columns) for row in rows]


def test_preview_says_what_would_be_made_and_makes_nothing(home: Chat) -> None:
    shown = bring(home, TABLE)
    assert "2 sessions to come. 1 past session, which I'd keep as held" in shown
    assert "Soil circle, Thu 12 Nov 2026" in shown
    assert "Row 5: I can't read the date “32.13.2026”." in shown
    assert "I'd announce each two weeks before, and 1 that's nearer at once" in shown
    assert not kept(home, "title")
    assert "Nothing was imported" in home.press("maria", "Discard")
    with home.storage.read() as transaction:
        (dropped,) = transaction.db.scalars(select(Import.id))
    again = home.forge("maria", "community.import-drafts", of=str(dropped))
    assert "imported already, or was discarded" in again


def test_drafts_are_made_once_and_taken_back_whole(home: Chat) -> None:
    bring(home, TABLE)
    before = len(home.everything)
    ended = home.press("maria", "Import as drafts")
    assert "I've imported 3 entries." in ended
    assert kept(home, "title", "state") == [
        ("Long ago", "announced"), ("Soil circle", "draft"), ("Seeds", "draft"),
    ]  # fmt: skip
    assert "Long ago" in home.say("bruno", "/session list past=yes")
    assert {one.to for one in home.everything[before:]} <= {"@maria", "@bruno"}
    assert "3 are already here." in bring(home, TABLE)
    assert "imported 3 entries." in home.say("maria", "/community log")
    undone = home.press("maria", "Undo", on="I've imported 3")
    assert "I've taken back 3 entries." in undone
    assert not kept(home, "title")
    assert "2 sessions to come." in bring(home, TABLE)


def test_each_is_announced_two_weeks_before_and_what_is_nearer_at_once(home: Chat) -> None:
    bring(home, TABLE)
    shown = home.press("maria", "Import and announce")
    assert "Soil circle" in shown.to("#general")
    assert "Seeds" not in shown.to("#general").text
    assert "Long ago" not in shown.to("#general").text
    assert "Seeds" in home.time("2027-02-11T15:00Z").to("#general")


def test_undo_names_what_is_announced_and_takes_the_rest_back(home: Chat) -> None:
    bring(home, TABLE)
    home.press("maria", "Import and announce")
    undone = home.press("maria", "Undo")
    assert "I've taken back 2 entries. 1 stays: it's announced" in undone
    assert "Soil circle" in undone
    assert "Seeds" not in home.time("2027-02-11T15:00Z")


@pytest.mark.parametrize("at_once", [True, False])
def test_series_becomes_a_programme_with_its_exceptions(home: Chat, at_once: bool) -> None:
    assert "2 dates are moved, renamed or called off." in bring(home, SERIES)
    home.press("maria", "Import and announce" if at_once else "Import as drafts")
    if not at_once:
        shown = home.say("maria", '/programme show "Weekly circle"')
        assert "Every Thursday at 15:00 (Lisbon)" in shown
        assert "Fri 20 Nov 2026, 10:00" in shown
        assert "12 Nov" not in shown.text
        home.press("maria", "Announce the series")
    home.time("+1m")
    dates = kept(home, "wall", "title", "state")
    assert dates[:4] == [
        ("2026-11-05 15:00", "Weekly circle", "announced"),
        ("2026-11-12 15:00", "Weekly circle", "cancelled"),
        ("2026-11-20 10:00", "With guests", "announced"),
        ("2026-11-26 15:00", "Weekly circle", "announced"),
    ]


def test_drafts_of_a_series_go_with_it(home: Chat) -> None:
    bring(home, SERIES)
    home.press("maria", "Import as drafts")
    home.press("maria", "Undo")
    assert not kept(home, "title")
    with home.storage.read() as transaction:
        assert not transaction.db.scalar(select(func.count()).select_from(Programme))


def test_two_imports_at_once_make_nothing_twice(home: Chat) -> None:
    home.say("maria", "/community role @bruno coordinator")
    for name in ("maria", "bruno"):
        home.say(name, "/community import", "#general")
        home.fill(name, file=TABLE)
    shown = home.together(("maria", "Import as drafts"), ("bruno", "Import as drafts"))
    assert "3 were already here." in shown
    assert len(kept(home, "title")) == 3


def test_row_that_cannot_be_kept_is_named_and_the_rest_goes_on(home: Chat) -> None:
    bring(home, TABLE)
    with home.storage.write() as transaction:
        (lot,) = transaction.db.scalars(select(ImportLot))
        lot.rows = [{**row, "minutes": None} if row["title"] == "Seeds" else row
                    for row in lot.rows]  # fmt: skip
    ended = home.press("maria", "Import as drafts")
    assert "I've imported 2 entries." in ended
    assert "“Seeds” couldn't be saved." in ended


def test_an_import_goes_in_lots_and_says_how_far_it_is(home: Chat) -> None:
    bring(
        home, "title,date,time\n" + "".join(f"T{n},12/11/2026,15:{n % 60:02}\n" for n in range(45))
    )
    shown = home.press("maria", "Import as drafts")
    assert "0 of 45" in shown
    assert "I've imported 45 entries." in shown
    assert "45 imported." in home.press("maria", "See how far it is")
    with home.storage.read() as transaction:
        (done,) = transaction.db.scalars(select(Import))
        assert (done.state, done.done, done.content) == (DONE, 45, "")
        assert transaction.db.scalar(select(func.count()).select_from(Imported)) == 45
        assert not transaction.db.scalar(select(func.count()).select_from(ImportLot))


def test_long_files_stay_in_no_form_and_too_long_ones_are_refused(home: Chat) -> None:
    assert "Send one of at most 8 MB" in bring(home, BIG)
    home.dismiss("maria")
    shown = bring(home, "x" * 9_000_000)
    assert "characters long" in shown
    assert len(shown) < 10_000
    with home.storage.read() as transaction:
        assert all(len(str(one.filled)) < 10_000 for one in transaction.db.scalars(select(Draft)))


def test_address_is_refused_with_how_to_save_the_file(home: Chat) -> None:
    shown = bring(home, "webcal://calendar.example.org/private.ics")
    assert "I don't fetch files from the web." in shown


def test_table_without_columns_is_answered_with_one_to_copy(home: Chat) -> None:
    home.say("maria", "/community import")
    shown = home.fill("maria", file="one,two\n1,2")
    assert "The first row has to name them" in shown
    template = shown.files["sessions.csv"].decode()
    assert "2 sessions to come." in bring(home, template)


def test_what_is_no_calendar_or_table_is_refused_with_how_to_save_it(home: Chat) -> None:
    assert "download the table as CSV" in bring(home, NO_TEXT)


def test_event_that_is_left_out_is_named(home: Chat) -> None:
    fair = "BEGIN:VEVENT\nSUMMARY:Seed fair\nDTSTART;VALUE=DATE:20261210\nEND:VEVENT\nEND:VCALENDAR"
    shown = bring(home, SERIES.replace("END:VCALENDAR", fair))
    assert "“Seed fair”: it's for a whole day (10 December 2026) and has no hour." in shown


def test_drafts_are_listed_in_the_order_they_are_held_in(home: Chat) -> None:
    bring(home, TABLE)
    home.press("maria", "Import as drafts")
    for shown in (home.say("maria", "/session list").text, home.say("maria", "/my week").text):
        assert shown.index("Soil circle") < shown.index("Seeds")


def test_log_offers_to_undo_an_import_while_what_was_made_is_known(home: Chat) -> None:
    bring(home, TABLE)
    home.press("maria", "Import as drafts")
    assert "Undo (imports)" in home.say("maria", "/community log").text
    home.time("+40d")
    assert "Undo (imports)" not in home.say("maria", "/community log").text


def test_file_that_is_brought_again_says_what_is_here_at_another_time(home: Chat) -> None:
    talk = SERIES.replace("RRULE:FREQ=WEEKLY\n", "").replace("20261001", "20261201")
    for content in (TABLE, talk):
        bring(home, content)
        home.press("maria", "Import as drafts")
    assert "1 session of the same title is here" in bring(home, TABLE.replace("25/02", "26/02"))
    again = bring(home, talk.replace("Lisbon:20261201", "Lisbon:20261202"))
    assert "“Weekly circle” is here at another time, which I haven't changed." in again


def test_columns_that_say_nothing_of_a_session_are_named(home: Chat) -> None:
    shown = bring(home, "Actividad,Fecha y hora,Quién trae café\nTaller,15/3/2027 17h,Rosa\n")
    assert "1 session to come." in shown
    assert "I leave out the column “Quién trae café”." in shown


def test_only_coordinators_import(home: Chat) -> None:
    assert "coordinator" in home.say("bruno", "/community import").text


@pytest.mark.parametrize("written", ["file={}", "--file {}", '--file="{}"', "{}"])
def test_file_of_this_machine_is_named_by_its_path(
    home: Chat, tmp_path: Path, written: str
) -> None:
    path = tmp_path / "sessions.csv"
    path.write_bytes(b"\xef\xbb\xbf" + TABLE.encode())
    assert "2 sessions to come." in home.say(
        "maria", f"/community import {written.format(path)}", "#general"
    )
    with pytest.raises(Exception, match="I can't read"):
        home.say("maria", "/community import file=missing.csv")


def test_nothing_is_sent_to_anybody_about_what_is_past(home: Chat) -> None:
    bring(home, "title,date,time\nOld,1/11/2026,15:00\n")
    home.press("maria", "Import")
    home.time("+3d")
    with home.storage.read() as transaction:
        rows = transaction.db.scalars(select(Delivery))
        assert not [row.notice for row in rows if row.about.startswith(("session", "after"))]
