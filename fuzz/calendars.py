"""Gives calendars to whatever reads them: events, and zones that bring their own rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.documents.sessions_file import read_file
from fuzz.area import Take, ensure
from fuzz.dice import Dice

NOW = "2026-11-02T08:00:00+00:00"
DAYS = (
    "19700329T020000", "19700329", "20261210T150000Z", "00010101T000000", "99991231T235959",
    "19700101T000000,19800101T000000", "19700329T020000/PT1H", "20261302T990000",
)  # fmt: skip
OFFSETS = ("+0100", "-0330", "+0000", "-0000", "+2359", "+9999", "+010000", "+0100Z", "soon")
RULES = (
    "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "FREQ=YEARLY;UNTIL=20200101T000000Z", "FREQ=HOURLY",
    "FREQ=YEARLY;COUNT=0", "FREQ=YEARLY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=13",
    "FREQ=YEARLY;BYDAY=9XX",
    "FREQ=YEARLY;RSCALE=HEBREW;SKIP=OMIT", "FREQ=WEEKLY;INTERVAL=9999999999", "FREQ=X", ";;;",
)  # fmt: skip
LINES = {
    "DTSTART": DAYS, "DTSTART;VALUE=DATE": DAYS, "DTSTART;TZID=Ours": DAYS, "DTEND;TZID=Ours": DAYS,
    "RDATE": DAYS, "RDATE;VALUE=PERIOD": DAYS, "EXDATE": DAYS, "RRULE": RULES,
    "TZOFFSETTO": OFFSETS, "TZOFFSETFROM": OFFSETS, "TZNAME": ("CET", "", "\ud800"),
    "TZID": ("Ours", "", "/x/Europe/Rome"),
    "RECURRENCE-ID;TZID=Ours": DAYS, "UID": ("1", "2"), "DURATION": ("P1D", "PT-1H", "P9999999W"),
}  # fmt: skip
PARTS = ("STANDARD", "DAYLIGHT", "VTIMEZONE", "VEVENT", "VALARM")
ZONE = (
    "BEGIN:STANDARD", "DTSTART:19701025T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD", "BEGIN:DAYLIGHT",
    "DTSTART:19700329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200", "END:DAYLIGHT",
)  # fmt: skip
EVENT = ("SUMMARY:Talk", "DTSTART;TZID=Ours:20261210T150000", "DTEND;TZID=Ours:20261210T160000")


@contextmanager
def world(dice: Dice) -> Iterator[Take]:
    """Give each calendar to what reads it."""
    yield _read


def _read(dice: Dice) -> None:
    zone = ["BEGIN:VTIMEZONE", "TZID:Ours", *_changed(dice, ZONE), "END:VTIMEZONE"]
    event = ["BEGIN:VEVENT", *_changed(dice, EVENT), "END:VEVENT"]
    whole = "\n".join(("BEGIN:VCALENDAR", *zone, *event, "END:VCALENDAR"))
    content = dice.damaged(whole) if dice.one_in(8) else whole
    given = {"content": content, "zone": "UTC", "locale": "en", "now": NOW, "languages": {}}
    for row in read_file(given)["rows"]:
        ensure(datetime.fromisoformat(row["at"]).tzinfo, f"no clock: {row}")
        ZoneInfo(row["zone"])


def _changed(dice: Dice, lines: tuple[str, ...]) -> list[str]:
    """Give lines with up to three others: taken out, doubled, put between or in their place."""
    made = [*lines]
    for _ in range(dice.randint(0, 3)):
        at = dice.randrange(len(made) + 1)
        part = dice.choice(PARTS)
        name = dice.choice([*LINES])
        line = f"{name}:{dice.choice(LINES[name]) if dice.one_in(2) else dice.value()}"
        put = dice.choice(
            ([line], [line], [], made[at : at + 1] * 2, [f"BEGIN:{part}"], [f"END:{part}"])
        )
        made[at : at + dice.randint(0, 1)] = put
    return made
