"""Makes rules (RFC 5545) of what is said of a series; what can mean several gives several."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.moments.phrase import Unclear
from bot.moments.series_days import DAYS, Days, Unit
from bot.moments.series_limits import SeriesLimits

Parts = dict[str, str]
_ALL_WEEK = ",".join(DAYS[:5])
_ORDER = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "COUNT", "UNTIL")
_WITHOUT = {29: {2}, 30: {2}, 31: {2, 4, 6, 9, 11}}
"""The months that have no such day, or not each year."""
_YEAR = range(1, 13)
_QUARTERS = (1, 4, 7, 10)
_LAST_OF_QUARTERS = (3, 6, 9, 12)
_FREQ = {"d": "DAILY", "w": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}


def rules_of(days: Days, limits: SeriesLimits, missing: str) -> Iterator[str]:
    """Give the rules that may be meant. Raises Unclear where a day is missing.

    `missing` says what becomes of the 31st elsewhere: "" where that is not said, "ONLY" where it
    comes only in months that have it, "SHORT" where the last day stands in for it.
    """
    for meant in _rhythms(days, limits):
        for parts in _rules(meant, limits, missing):
            yield ";".join(f"{name}={parts[name]}" for name in _ORDER if parts.get(name))


def _rhythms(days: Days, limits: SeriesLimits) -> Iterator[Days]:
    """Give what may be meant by "biweekly", "every second Tuesday" and "quarterly"."""
    if limits.per and not days.unit:
        days = _so_often(days, *limits.per)
    if days.twofold:
        if days.unit:
            raise Unclear("unreadable")
        if _count(days) == 2:
            yield replace(days, unit=days.twofold, twofold=None)
        yield replace(days, unit=days.twofold, every=2, twofold=None)
    elif days.nth_of_each and not (days.unit or days.scope) and len(_numbers(days)) == 1:
        weekdays = tuple(DAYS.index(day[-2:]) for day in days.nth)
        yield replace(days, nth=(), weekdays=weekdays, unit="w", every=_numbers(days).pop())
        yield days
    elif days.unit == "Q":
        yield replace(days, unit="M", every=days.every * 3)
        if days.said and days.every == 1:
            yield replace(days, unit=None, scope="Q")
    else:
        yield days


def _numbers(days: Days) -> set[int]:
    return {int(day[:-2]) for day in days.nth}


def _so_often(days: Days, number: int, unit: str) -> Days:
    """Take "twice a month", which has to say on which days. Raises Unclear where it does not."""
    counted = {"w": len(days.weekdays), "M": _count(days)}[unit]
    if counted != number or (unit == "w") != bool(days.weekdays):
        raise Unclear("which_day")
    return replace(days, unit="w" if unit == "w" else "M")


def _count(days: Days) -> int:
    return len(days.nth) + len(days.of_month) + len(days.weekdays) + len(days.working)


def _rules(days: Days, limits: SeriesLimits, missing: str) -> Iterator[Parts]:
    kinds = [bool(days.nth or days.working), bool(days.of_month), bool(days.weekdays)]
    if sum(kinds) > 1 or (days.nth and days.working):
        raise Unclear("unreadable")
    if limits.dates:
        days = _of_year(days, limits)
    if days.nth or days.working:
        yield from _counted(days, limits)
    elif days.of_month:
        yield from _numbered(days, limits, missing)
    elif days.weekdays:
        yield _weekly(days, limits)
    else:
        yield from _from_begin(days, limits, missing)


def _of_year(days: Days, limits: SeriesLimits) -> Days:
    """Take "every 5 May": a day of one month."""
    one_month = len({day.month for day in limits.dates}) == 1
    if days.said or not one_month or days.unit not in (None, "Y"):
        raise Unclear("unreadable")
    limits.months = frozenset({limits.dates[0].month})
    return replace(days, unit="Y", of_month=tuple(sorted({day.day for day in limits.dates})))


def _counted(days: Days, limits: SeriesLimits) -> Iterator[Parts]:
    """Give a rule for the first Monday, or the last working day, of a month."""
    last = any(day.startswith("-") for day in days.nth) or any(day < 0 for day in days.working)
    by: Parts = {"BYDAY": ",".join(days.nth)}
    if days.working:
        by = {"BYDAY": _ALL_WEEK, "BYSETPOS": ",".join(map(str, days.working))}
    yield _of_months(days, limits, by, last=last)


def _numbered(days: Days, limits: SeriesLimits, missing: str) -> Iterator[Parts]:
    """Give the rules for days by their number; a month may not have the last ones."""
    numbers = days.of_month
    rule = _of_months(days, limits, {"BYMONTHDAY": _joined(numbers)}, last=numbers[0] == -1)
    highest = max(numbers)
    months = set(map(int, rule["BYMONTH"].split(","))) if rule["BYMONTH"] else set(_YEAR)
    without = months & _WITHOUT.get(highest, set())
    if not without or (highest > 29 and without == months):  # all months have it, or none has
        yield rule
        return
    if missing != "SHORT":
        yield rule
    if missing != "ONLY":
        yield {**rule, **_or_last(numbers, highest, months)}


def _or_last(numbers: tuple[int, ...], highest: int, months: set[int]) -> Parts:
    """Give the days with the last one of the month where it has no 31st."""
    others = numbers[: numbers.index(highest)]
    if highest == 31 or months == {2} or others:
        return {"BYMONTHDAY": _joined((*others, -1))}
    return {"BYMONTHDAY": _joined(range(28, highest + 1)), "BYSETPOS": "-1"}


def _joined(numbers: "tuple[int, ...] | range") -> str:
    return ",".join(map(str, numbers))


def _of_months(days: Days, limits: SeriesLimits, by: Parts, *, last: bool) -> Parts:
    """Give a rule for days of a month, each month or some of them, or of one in a year."""
    if days.unit in ("d", "w", "Q"):
        raise Unclear("unreadable")
    months, every = set(limits.months), days.every
    if days.scope == "Q":
        months = _shared(months, _LAST_OF_QUARTERS if last else _QUARTERS)
    if "Y" in (days.unit, days.scope) and not months:
        if days.of_month or days.scope != "Y":
            raise Unclear("which_day")
        months = {12 if last else 1}
    if days.unit == "Y" and every > 1 and len(months) > 1:
        raise Unclear("unreadable")
    one = len(months) == 1 and (days.unit == "Y" or every == 1)
    return _parts("Y" if one else "M", every, months, by, limits)


def _shared(months: set[int], of_quarters: tuple[int, ...]) -> set[int]:
    shared = months & {*of_quarters} if months else {*of_quarters}
    if not shared:
        raise Unclear("impossible")
    return shared


def _weekly(days: Days, limits: SeriesLimits) -> Parts:
    """Give a rule for days of the week: eight days are a week, and fifteen are two."""
    unit, every = days.unit, days.every
    if unit == "d" and every == 1:
        unit = "w"
    elif unit == "d" and (weeks := {7: 1, 8: 1, 14: 2, 15: 2, 21: 3, 28: 4}.get(every)):
        unit, every = "w", weeks
    if unit in ("M", "Y", "Q") or days.scope:
        raise Unclear("which_day")
    if unit == "d":
        raise Unclear("unreadable")
    return _parts("w", every, limits.months, {"BYDAY": _named(days.weekdays)}, limits)


def _named(weekdays: tuple[int, ...]) -> str:
    return ",".join(DAYS[day] for day in weekdays)


def _from_begin(days: Days, limits: SeriesLimits, missing: str) -> Iterator[Parts]:
    """Give the rules that come on no day that is said, but on that of the first date."""
    begin, unit = limits.begin, days.unit
    if unit == "d" and days.every % 7 and days.every not in (8, 15):
        yield _parts("d", days.every, limits.months, {}, limits)
        return
    if unit == "d" and missing == "ODD":
        yield _parts("d", days.every, limits.months, {}, limits)
        return
    if not begin or not limits.on_a_day or unit is None or days.scope:
        raise Unclear("no_day")
    if unit == "M":
        yield from _numbered(replace(days, of_month=(begin.day,)), limits, missing)
        for number in _places(begin):
            yield from _counted(replace(days, nth=(f"{number}{DAYS[begin.weekday()]}",)), limits)
    elif unit == "Y":
        yield from _yearly(days, limits, begin, missing)
    else:
        if unit == "d" and days.every in (8, 15):
            yield _parts("d", days.every, limits.months, {}, limits)
        yield _weekly(replace(days, weekdays=(begin.weekday(),)), limits)


def _yearly(days: Days, limits: SeriesLimits, begin: date, missing: str) -> Iterator[Parts]:
    limits.months = frozenset({begin.month})
    yield from _numbered(replace(days, of_month=(begin.day,)), limits, missing)


def _places(day: date) -> Iterator[int]:
    """Give which one of its weekday in the month a day is: the fourth may be the last."""
    yield (day.day - 1) // 7 + 1
    if day.day + 7 > monthrange(day.year, day.month)[1]:
        yield -1


def _parts(
    unit: Unit, every: int, months: "set[int] | frozenset[int]", by: Parts, limits: SeriesLimits
) -> Parts:
    listed = ",".join(map(str, sorted(months))) if len(months) < 12 else ""
    return {
        "FREQ": _FREQ[unit],
        "INTERVAL": str(every) if every > 1 else "",
        "BYMONTH": listed,
        **by,
        "COUNT": str(limits.count or ""),
        "UNTIL": f"{limits.until:%Y%m%d}" if limits.until else "",
    }
