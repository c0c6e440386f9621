"""Shows that calendars read from ours what we announce, by the readers of others."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from dateutil.tz import tzical

from bot.documents.calendar import CalendarItem, google_link, written
from bot.documents.vtimezone import described

MADE = datetime(2026, 1, 1, 12, tzinfo=UTC)
AT = datetime(2026, 12, 10, 15, tzinfo=UTC)


ITEM = CalendarItem(
    uid="session-1@convener",
    sequence=1,
    changed_at=MADE,
    starts_at=AT,
    ends_at=AT + timedelta(minutes=90),
    zone="Europe/Rome",
    title="CoLab",
)


def item(start: datetime, minutes: int = 90, zone: str = "Europe/Rome") -> CalendarItem:
    """Make an item at another time."""
    return replace(ITEM, starts_at=start, ends_at=start + timedelta(minutes=minutes), zone=zone)


def lines_of(*items: CalendarItem) -> list[str]:
    """Give the lines of a calendar, unfolded."""
    return written("CoLab", items).decode().replace("\r\n ", "").split("\r\n")


def read(*items: CalendarItem) -> icalendar.Calendar:
    """Read a calendar back, after looking at its lines."""
    content = written("CoLab", items)
    assert content == written("CoLab", items)
    lines = content.split(b"\r\n")
    assert not lines.pop()
    assert all(len(line) <= 75 and line.decode() and b"\n" not in line for line in lines)
    calendar = icalendar.Calendar.from_ical(content)
    assert isinstance(calendar, icalendar.Calendar)
    assert not any(event.errors for event in calendar.events)
    return calendar


ODD = [
    "Commas, semicolons; and \\ backslashes: \\n",
    "Émotions 🎉🏳️‍🌈 and “quotes”, " * 9,
    "\u202eright to left\u202c שלום 中文" * 5,
]


@pytest.mark.parametrize("words", ODD)
def test_words_come_back_as_they_were(words: str) -> None:
    event = read(replace(ITEM, title=words, description=f"{words}\n\n{words}", place=words)).events[
        0
    ]
    assert event["SUMMARY"] == " ".join(words.split())
    assert event["DESCRIPTION"] == f"{words}\n\n{words}"
    assert event["LOCATION"] == words


def test_what_would_break_a_line_is_left_out() -> None:
    broken = "A\nB\r\nC\x00\x07\x1b\x7f\ud800D"
    event = read(replace(ITEM, title=broken, description="1\r\n2\r3\x0b4\u20285\x9f")).events[0]
    assert (event["SUMMARY"], event["DESCRIPTION"]) == ("A B CD", "1\n2\n34\n5")
    for link in ("https://x.org/\r\nX:1", "javascript:alert(1)"):
        assert not [line for line in lines_of(replace(ITEM, link=link)) if line.startswith("URL")]


def test_link_is_an_address_and_stands_beside_the_place() -> None:
    link = "https://zoom.example.org/j/1?pwd=a,b;c"
    made = replace(ITEM, link=link, place="Room 3")
    assert f"URL:{link}" in lines_of(made)
    assert read(made).events[0]["LOCATION"] == f"Room 3 · {link}"


def test_cancelled_item_is_struck_through_and_rings_no_more() -> None:
    on = lines_of(replace(ITEM, alarms=(1440, 0)))
    assert [line for line in on if "TRIGGER" in line] == ["TRIGGER:-PT1440M", "TRIGGER:-PT0M"]
    assert {"STATUS:CONFIRMED", "TRANSP:OPAQUE", "SEQUENCE:1", "METHOD:PUBLISH"} <= {*on}
    assert {"DTSTAMP:20260101T120000Z", "X-PUBLISHED-TTL:PT1H"} <= {*on}
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in on
    off = lines_of(replace(ITEM, state="cancelled", alarms=(30,)))
    assert {"STATUS:CANCELLED", "TRANSP:TRANSPARENT"} <= {*off}
    assert "VALARM" not in str(off)


TIMES = {
    "in winter": ITEM,
    "of several days": item(AT, 3 * 24 * 60),
    "in an hour that comes twice": item(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    "that ends in such an hour": item(datetime(2026, 10, 24, 23, 30, tzinfo=UTC)),
    "where the clocks skip an hour": item(datetime(2027, 3, 28, 1, tzinfo=UTC)),
    "in a zone that is gone": item(AT, zone="Mars/Olympus"),
    "in a zone that is none": item(AT, zone="../../etc/passwd"),
    "in a zone without rules": item(
        datetime(2027, 2, 20, 15, tzinfo=UTC), zone="Africa/Casablanca"
    ),
    "without an end": item(AT, 0),
    "half an hour off": item(AT, zone="Australia/Lord_Howe"),
}


@pytest.mark.parametrize("name", TIMES)
def test_session_is_read_at_its_instant(name: str) -> None:
    made = TIMES[name]
    (event,) = recurring_ical_events.of(read(made)).all()
    start, end = event.start, event.end
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    assert (start.astimezone(UTC), end.astimezone(UTC)) == (made.starts_at, made.ends_at)


RULED = ("Europe/Rome", "America/Nuuk", "Asia/Jerusalem")


@pytest.mark.parametrize("zone", [*RULED, "Africa/Cairo", "Asia/Kolkata", "Africa/Casablanca"])
def test_zone_has_the_same_clocks_for_ten_years(zone: str) -> None:
    lines = described(zone, 2026, 2036)
    assert ("RRULE" in str(lines)) == (zone in RULED)
    theirs = tzical(StringIO("\r\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR")))).get(zone)
    ours = ZoneInfo(zone)
    for at in _hours():
        wall = at.astimezone(ours).replace(tzinfo=None)
        if wall.replace(tzinfo=ours).utcoffset() == wall.replace(tzinfo=ours, fold=1).utcoffset():
            assert wall.replace(tzinfo=theirs).utcoffset() == at.astimezone(ours).utcoffset(), at


def _hours() -> Iterator[datetime]:
    """Give moments of ten years: every third day, at another hour each."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    return (begin + timedelta(days=3 * number, hours=number % 24) for number in range(1200))


def test_google_is_given_the_same() -> None:
    link = google_link(replace(ITEM, title="A & B", place="Room 3"))
    assert "text=A+%26+B" in link
    assert "dates=20261210T150000Z%2F20261210T163000Z" in link
    longest = replace(ITEM, title="A", place="Room 3", description="\U0001f331" * 300)
    assert len(google_link(longest)) < 1500  # else chats cut it
    assert "Room+3" in google_link(longest)
