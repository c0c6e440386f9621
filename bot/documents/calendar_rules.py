"""Brings the rules by which calendars repeat an event into the form that programmes keep."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.documents.entries import LeftOut
from bot.moments import Series
from bot.rules.recurrence import Recurrence, Unworkable
from bot.rules_in_words import can_be_said

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDER = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST", "COUNT", "UNTIL")
WITHIN = {"BYHOUR": "hour", "BYMINUTE": "minute", "BYSECOND": "second"}
ZERO = re.compile(r"(?<!\d)([+-]?)0+(?=\d)")
Parts = dict[str, str]


def as_kept(rule: str, first: str, zone: str) -> str:
    """Write a rule in full, its days as said and its end as a local day. Raises LeftOut.

    A day that only follows from the first date is named, and one that no words can say is refused.
    """
    begin = datetime.fromisoformat(first)
    parts = _parts(rule, begin)
    _complete(parts, begin)
    if "UNTIL" in parts:
        parts["UNTIL"] = _last_day(parts["UNTIL"], begin, zone)
    written = ";".join(f"{name}={parts[name]}" for name in ORDER if name in parts)
    try:
        Recurrence(begin, zone, written)
    except Unworkable as reason:
        raise LeftOut("never" if reason.reason == "never" else "rule", rule) from None
    if not can_be_said(Series(written, f"{begin:%H:%M}", zone)):
        raise LeftOut("rule", rule)
    return written


def _parts(rule: str, begin: datetime) -> Parts:
    """Take a rule apart; an hour that is that of the first date goes without saying."""
    pairs = (part.partition("=") for part in rule.upper().split(";") if part.strip())
    parts = {name.strip(): ZERO.sub(r"\1", value.strip().replace(" ", "").replace("+", ""))
             if name.strip() != "UNTIL" else value.strip() for name, _, value in pairs}  # fmt: skip
    for name, unit in WITHIN.items():
        if name in parts and parts[name] == str(getattr(begin, unit)):
            del parts[name]
    if parts.get("INTERVAL") == "1":
        del parts["INTERVAL"]
    if parts.get("WKST") == "MO":
        del parts["WKST"]
    if parts.keys() - {*ORDER}:
        raise LeftOut("rule", rule)
    return parts


def _complete(parts: Parts, begin: datetime) -> None:
    """Name the days on which a rule comes, where they only follow from its first date."""
    every = parts.get("FREQ", "")
    if every == "DAILY" and "BYDAY" in parts and "INTERVAL" not in parts:
        parts["FREQ"] = every = "WEEKLY"
    if every == "WEEKLY":
        days = parts.get("BYDAY", DAYS[begin.weekday()]).split(",")
        parts["BYDAY"] = ",".join(sorted({*days}, key=_place))
    if every == "YEARLY":
        _complete_year(parts, begin)
    if parts.get("FREQ") in ("MONTHLY", "YEARLY") and not {"BYDAY", "BYMONTHDAY"} & parts.keys():
        parts["BYMONTHDAY"] = str(begin.day)
    _number_days(parts)


def _complete_year(parts: Parts, begin: datetime) -> None:
    if "BYMONTH" not in parts and parts.keys() & {"BYDAY", "BYMONTHDAY"}:
        raise LeftOut("rule", "FREQ=YEARLY")  # days of any month, or weeks of the year
    months = parts.setdefault("BYMONTH", str(begin.month))
    if "," in months and "INTERVAL" not in parts:
        parts["FREQ"] = "MONTHLY"


def _number_days(parts: Parts) -> None:
    """Write the second Tuesday of a month as that, where it is said as a place among Tuesdays."""
    days, places = parts.get("BYDAY", ""), parts.get("BYSETPOS", "")
    if days in DAYS and places and "BYMONTHDAY" not in parts:
        parts["BYDAY"] = ",".join(f"{place}{days}" for place in places.split(","))
        del parts["BYSETPOS"]


def _place(day: str) -> int:
    return DAYS.index(day) if day in DAYS else len(DAYS)


def _last_day(words: str, begin: datetime, zone: str) -> str:
    """Give the last day on which a rule may come, by the clock of its zone. Raises LeftOut."""
    try:
        until = datetime.fromisoformat(words)
    except ValueError:
        raise LeftOut("rule", words) from None
    if "T" not in words.upper():
        return f"{until:%Y%m%d}"
    if until.tzinfo:
        until = until.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    earlier = until.time() < time(begin.hour, begin.minute)
    return f"{until - timedelta(days=earlier):%Y%m%d}"
