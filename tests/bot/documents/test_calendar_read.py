"""Reads calendars with every oddity that was seen in such files, and names what it can't take."""

from datetime import datetime
from typing import Any

import pytest

from bot.documents.sessions_file import read_file
from bot.options.files import text_of
from bot.rules.recurrence import Recurrence, occurrences

NOW = "2026-11-02T08:00:00+00:00"
BRASILIA = "(UTC-03:00) Brasília"
SUMMER_ONLY = """BEGIN:VTIMEZONE
TZID:Odd
BEGIN:DAYLIGHT
DTSTART:20000101T000000
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""
OWN_RULES = """BEGIN:VTIMEZONE
TZID:Ours
BEGIN:STANDARD
DTSTART:20001029T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20000326T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


BROKEN = (
    "TZNAME:\ud800",
    "TZOFFSETTO:soon",
    "RRULE:FREQ=YEARLY;INTERVAL=0",
    "RRULE:FREQ=SECONDLY",
    "BEGIN:VTIMEZONE\nTZID:a\nTZID:b\nEND:VTIMEZONE",
    "BEGIN:VTIMEZONE\nEND:VTIMEZONE",
)


def read(*events: str, head: str = "") -> dict[str, Any]:
    """Read a calendar with some events, each called Talk unless it says otherwise."""
    titled = [event if "SUMMARY" in event else f"SUMMARY:Talk\n{event}" for event in events]
    whole = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in titled)
    content = f"BEGIN:VCALENDAR\n{head}{whole}END:VCALENDAR\n"
    given = {"content": content, "zone": "Africa/Nairobi", "locale": "en", "now": NOW}
    return read_file(given | {"languages": {}})


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Bring <b>seeds</b>.<br>And&nbsp;water &amp; bread", "Bring seeds.\nAnd water & bread"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ('<a href="https://example.org/a">Agenda</a>', "Agenda (https://example.org/a)"),
        ('<a href="https://example.org/a">https://example.org/a</a>', "https://example.org/a"),
        ("2 < 3, R&D <ana@example.org>", "2 < 3, R&D <ana@example.org>"),
    ],
)
def test_description_that_is_a_web_page_is_read_as_text(written: str, kept: str) -> None:
    (row,) = read(f"DTSTART:20261210T150000Z\nDESCRIPTION:{written}")["rows"]
    assert row["description"] == kept


@pytest.mark.parametrize(
    ("begin", "head", "at", "zone"),
    [
        ("DTSTART;TZID=UTC+11:20261210T150000", "", "04:00", "Etc/GMT-11"),
        (f'DTSTART;TZID="{BRASILIA}":20261210T150000', "", "18:00", "Etc/GMT+3"),
        (f"DTSTART;TZID={BRASILIA}:20261210T150000", "", "18:00", "Etc/GMT+3"),
        ("DTSTART;TZID=/mozilla.org/2005_1/America/New_York:20261210T150000", "", "20:00",
         "America/New_York"),
        ("DTSTART;TZID=Odd:20261210T150000", SUMMER_ONLY, "13:00", "Etc/GMT-2"),
        ("DTSTART;TZID=Ours:20261210T150000", OWN_RULES, "14:00", "Europe/Berlin"),
        ("DTSTART ; TZID = Europe/Paris :20261210T150000", "", "14:00", "Europe/Paris"),
        ("DTSTART;TZID=Europe/\x07Paris:20261210T150000", "", "14:00", "Europe/Paris"),
        ("DTSTART;TZID=W. Europe Standard Time:20261210T150000", "", "14:00", "Europe/Berlin"),
        ("DTSTART;TZID=Eastern Standard Time 1:20261210T150000\nUID:", "", "20:00",
         "America/New_York"),
        ("DTSTART;TZID=America/Winnipeg:20260710T150000", "", "20:00", "America/Winnipeg"),
        ("DTSTART:20261210T150000", "", "12:00", "Africa/Nairobi"),
        ("DTSTART:20261210T150000", "X-WR-TIMEZONE:Europe/Rome\n", "14:00", "Europe/Rome"),
        ("DTSTART:20261210T150000Z\nSTATUS:Confirmed", "", "15:00", "Africa/Nairobi"),
        ("DTSTART;TZID=Europe/Rome:20270328T023000", "", "01:30", "Europe/Rome"),
        ("DTSTART;TZID=Europe/Rome:20271031T023000", "", "00:30", "Europe/Rome"),
    ],
)  # fmt: skip
def test_hour_is_read_in_the_zone_that_is_meant(begin: str, head: str, at: str, zone: str) -> None:
    result = read(begin, head=head)
    row = (result["rows"] or [{"at": str(result["problems"]), "zone": ""}])[0]
    assert (row["at"][11:16], row["zone"]) == (at, zone)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("DTSTART;TZID=(UTC-08:00) Here GMT+2:20261210T150000", "zone"),
        ("DTSTART;VALUE=DATE:20261210\nDTEND:20261210T150000Z", "all_day"),
        ("DTSTART:20261210T150000Z\nRRULE:FREQ=DAILY;UNTIL=20261201T000000Z", "never"),
        ("DTSTART:20261210T150000Z\nRRULE:FREQ=HOURLY", "rule"),
        ("DTSTART:20261210T150000Z\nRRULE:FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=3", "rule"),
        ("DTSTART:20261210T150000Z\nRRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "rule"),
        ("DTSTART:20251210T150000Z\nRRULE:FREQ=WEEKLY;COUNT=3", "series_over"),
        ("DTSTART:20261210T150000Z\nDTEND:20270110T150000Z", "too_long"),
        ("DTSTART:20261210T150000Z\nDTEND:20261210T140000Z", "end"),
        ("DTSTART:20261310T150000Z", "date"),
        ("DTSTART:20991210T150000Z", "too_far"),
        ("DTSTART;TZID=Asia/Tokyo:00010101T000000", "date"),
        ("DESCRIPTION:No date", "no_date"),
        ("DTSTART:20261210T150000Z\nSUMMARY:\x01", "no_title"),
        ("DTSTART:20261210T150000Z\nSTATUS:Cancelled", "cancelled"),
    ],
)
def test_what_is_no_session_is_named_with_its_reason(event: str, why: str) -> None:
    result = read(event, "DTSTART:20261211T150000Z\nSUMMARY:Kept")
    assert [(n, reason) for n, reason, *_ in result["problems"]] == [(1, why)]
    assert [row["title"] for row in result["rows"]] == ["Kept"]


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TH"),
        ("FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=TH,MO", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=10"),
        ("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=2", "FREQ=MONTHLY;BYDAY=2TH"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("FREQ=WEEKLY;BYHOUR=15;BYMINUTE=0", "FREQ=WEEKLY;BYDAY=TH"),
        ("FREQ=WEEKLY;UNTIL=20270107", "FREQ=WEEKLY;BYDAY=TH;UNTIL=20270107"),
        ("FREQ=WEEKLY;UNTIL=20270107T035959Z", "FREQ=WEEKLY;BYDAY=TH;UNTIL=20270106"),
    ],
)
def test_rule_is_written_in_full(rule: str, kept: str) -> None:
    (row,) = read(f"UID:1\nDTSTART;TZID=Australia/Sydney:20261210T150000\nRRULE:{rule}")["rows"]
    assert row["rrule"] == kept


def test_weekly_hour_stays_the_same_on_the_wall_over_a_change_of_clocks() -> None:
    (row,) = read("UID:1\nDTSTART;TZID=Europe/Lisbon:20270101T150000\nRRULE:FREQ=WEEKLY;COUNT=60")[
        "rows"
    ]
    dates = occurrences(Recurrence(datetime.fromisoformat(row["wall"]), row["zone"], row["rrule"]))
    walls, instants = zip(*dates, strict=True)
    assert {f"{wall:%a %H:%M}" for wall in walls} == {"Fri 15:00"}
    assert {f"{at:%H:%M}" for at in instants} == {"15:00", "14:00"}


def test_exceptions_move_call_off_and_rename_dates_of_their_series() -> None:
    zone = "TZID=Europe/Lisbon"
    result = read(
        f"UID:1\nDTSTART;{zone}:20261001T150000\nRRULE:FREQ=WEEKLY\nEXDATE;{zone}:20261112T150000"
        f"\nRDATE;{zone}:20261111T090000",
        f"UID:1\nRECURRENCE-ID;{zone}:20261119T150000\nDTSTART;{zone}:20261119T150000\n"
        "STATUS:CANCELLED",
        f"UID:1\nRECURRENCE-ID:20261126T150000Z\nDTSTART;{zone}:20261127T000000\n"
        "RRULE:FREQ=WEEKLY\nSUMMARY:Guests",
        f"UID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE;{zone}:20261203T150000\n"
        f"DTSTART;{zone}:20261203T160000",
        f"UID:2\nRECURRENCE-ID;{zone}:20261203T150000\nDTSTART;{zone}:20261204T150000\n"
        "SUMMARY:Without a series",
    )
    row, single, alone = result["rows"]
    assert row["off"] == ["2026-11-12 15:00", "2026-11-19 15:00"]
    assert row["moved"] == {
        "2026-11-26 15:00": ["2026-11-27 00:00", "Europe/Lisbon", 60],
        "2026-12-03 15:00": ["2026-12-03 16:00", "Europe/Lisbon", 60],
    }
    assert row["titles"] == {"2026-11-26 15:00": "Guests"}
    assert (row["next"][:16], result["notes"]["past_dates"]) == ("2026-11-05T15:00", 5)
    assert (single["wall"], alone["title"]) == ("2026-11-11 09:00", "Without a series")
    assert result["problems"] == [[4, "later_too", "Talk"]]


def test_days_without_end_and_words_that_misbehave() -> None:
    days, plain = read(
        "UID:1\nDTSTART;VALUE=DATE:20261210\nDTEND;VALUE=DATE:20261213",
        "UID:2\nDTSTART:20261220T150000Z\nSUMMARY:One\\, two\x07\\n\u202ethree 🌱\nLOCATION:https://x.org"
        "/a\nDESCRIPTION:A long\n  line\\nand more\nBEGIN:VALARM\nSUMMARY:No\nEND:VALARM",
    )["rows"]
    assert (days["wall"], days["minutes"]) == ("2026-12-10 00:00", 3 * 24 * 60)
    assert (plain["title"], plain["minutes"]) == ("One, two three 🌱", 60)
    assert (plain["link"], plain["place"]) == ("https://x.org/a", "")
    assert plain["description"] == "A long line\nand more"


def test_long_series_goes_on_from_its_next_date_without_past_exceptions() -> None:
    result = read("UID:1\nDTSTART:19990101T150000Z\nRRULE:FREQ=DAILY\nEXDATE:20000101T150000Z")
    (row,) = result["rows"]
    assert (row["next"][:16], row["off"]) == ("2026-11-02T15:00", [])


def test_newer_of_two_that_are_the_same_is_meant() -> None:
    result = read("UID:1\nSEQUENCE:2\nDTSTART:20261210T160000Z", "UID:1\nDTSTART:20261210T150000Z")
    assert [row["at"][11:16] for row in result["rows"]] == ["16:00"]


def test_calendar_is_read_behind_a_byte_order_mark() -> None:
    words = text_of("﻿﻿BEGIN:VCALENDAR\r\nEND:VCALENDAR".encode())
    assert words.startswith("BEGIN:")


def test_rules_of_a_zone_are_those_of_its_own_calendar() -> None:
    event = "DTSTART;TZID=Ours:20261210T150000"
    own, others = OWN_RULES, SUMMER_ONLY.replace("TZID:Odd", "TZID:Ours")
    zones = [read(event, head=head)["rows"][0]["zone"] for head in (own, others, own)]
    assert zones == ["Europe/Berlin", "Etc/GMT-2", "Europe/Berlin"]


@pytest.mark.parametrize("line", BROKEN)
def test_broken_rules_of_a_zone_are_left_out(line: str) -> None:
    head = OWN_RULES.replace("TZOFFSETFROM:+0200", f"{line}\nTZOFFSETFROM:+0200")
    found = read("DTSTART;TZID=Ours:20261210T150000", head=head)
    assert found["rows"] == [] or found["rows"][0]["zone"] != "Europe/Berlin"
