"""Holds the group of programmes with what its commands share."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from bot import moments
from bot.authored import title_of
from bot.commands import CORE, Caller
from bot.errors import FieldError, NotAllowed, UserError
from bot.groups import Group
from bot.i18n import Text, t
from bot.options.basic import Number
from bot.options.recurring import Recurring
from bot.options.spans import DaysAhead
from bot.options.times import DayKind
from bot.rules.recurrence import (
    Reason,
    Recurrence,
    Unworkable,
    cap_of,
    first_from,
    occurrences,
    uncapped,
    until,
)
from storage import Records
from storage.programmes import DRAFT, ENDED, Programme, ProgrammeRule

programme = Group("programme", t("Plan series of sessions"), 2, ("list", "plan", "show"))

RULE = t("For example: last Wednesday of the month at 15:00")
Rule = Annotated[moments.Series, Recurring(t("When it meets"), RULE)]
First = Annotated[date, DayKind(t("First date"), t("For example: 20 January"))]
Until = Annotated[date, DayKind(t("Until"), t("For example: 30 June"))]
Count = Annotated[int, Number(t("Number of dates"), least=1, most=500)]
Ahead = Annotated[int, DaysAhead(t("Announce each date"), t("Before it, for example: 2 weeks"))]

UNWORKABLE: Mapping[Reason, Text] = {
    "too_often": t("A programme can meet once a day at most."),
    "too_many": t("That's too often, or too many times in a row."),
    "never": t("No day fits that rule in the next ten years. Please check it."),
    "too_far": t("That's too far away: ten years ahead at most."),
}


PASSED = t("That date has passed. Please choose a later one.")


def may_change(caller: Caller, records: Records, programme: Programme) -> None:
    """Let only the organiser and the core group pass. Raises NotAllowed."""
    if programme.organiser_id != caller.member.id and not caller.is_at_least(CORE):
        raise NotAllowed(t("Only whoever planned the programme and the core group can do that."))


def running(programme: Programme) -> None:
    """Let only programmes pass that were started and go on. Raises UserError."""
    if programme.state == DRAFT:
        raise UserError(t("“{title}” hasn't been announced yet.", title=title_of(programme)))
    if programme.state == ENDED:
        raise UserError(t("“{title}” has ended.", title=title_of(programme)))


def placed_rule(
    caller: Caller,
    series: moments.Series,
    begin: date | None,
    ends: Sequence[str] = (),
    begins: str = "first",
) -> tuple[str, str, str]:
    """Give a rule with its first date that is still to come, its zone and RRULE.

    One of `ends`, COUNT or UNTIL, takes the place of the end that was said with the rule. Raises
    FieldError for one that nobody could keep to; the field of its first date is `begins`.
    """
    rrule = ";".join((uncapped(series.rrule), *ends)) if ends else series.rrule
    today = caller.now.astimezone(ZoneInfo(series.zone)).date()
    try:
        first = first_from(rrule, begin or series.begin or today, series.hour, series.zone)
        if _passed(first, series.zone, caller.now) and begin is None:
            first = first_from(rrule, _after(first), series.hour, series.zone)
    except Unworkable as unworkable:
        unclear = t("I can't plan by that rule. Please write it another way.")
        raise FieldError("rule", UNWORKABLE.get(unworkable.reason, unclear)) from None
    if _passed(first, series.zone, caller.now):
        raise FieldError(begins, PASSED)
    return first.isoformat(" ", "minutes"), series.zone, rrule


def _passed(wall: datetime, zone: str, now: datetime) -> bool:
    return wall.replace(tzinfo=ZoneInfo(zone)) <= now


def _after(wall: datetime) -> date:
    return date.fromordinal(wall.toordinal() + 1)


def end_of(count: int | None, last: date | None) -> tuple[str, ...]:
    """Write how a rule ends, where that was said apart. Raises FieldError for two ends."""
    if count and last:
        raise FieldError("until", t("Choose either a last day or a number of dates, not both."))
    if count:
        return (f"COUNT={count}",)
    return (until(last),) if last else ()


def series_of(records: Records, programme: Programme) -> moments.Series:
    """Give the last rule of a programme, as it would be said."""
    rule = records.programmes.rules(programme)[-1]
    return _said(rule, rule.rrule)


def _said(rule: ProgrammeRule, rrule: str) -> moments.Series:
    return moments.Series(rrule, rule.from_wall[11:16], rule.zone)


class Holding(NamedTuple):
    """A rule by which a programme meets, and from which day on, where another holds before."""

    begin: date | None
    rule: moments.Series


def rules_of(records: Records, programme: Programme, now: datetime) -> list[Holding]:
    """Give the rule that holds now, then those that follow it, without what only renews another.

    A rule that another follows is said without its end: the beginning of the other says it.
    """
    rules = records.programmes.rules(programme)
    said = [_said(rule, uncapped(rule.rrule)) for rule in rules[:-1]]
    said.append(series_of(records, programme))
    holding: list[Holding] = []
    goes_on = False
    for rule, words, after in zip(rules, said, [*rules[1:], None], strict=True):
        same = after is not None and _said(after, uncapped(after.rrule)) == words
        if after is None or not (same or _over(rule, after, now)):
            begin = _wall(rule).date() if holding else None
            holding.append(Holding(begin, _with_last_day(rule) if goes_on else words))
        goes_on = same
    return holding


def _with_last_day(rule: ProgrammeRule) -> moments.Series:
    """Say a rule by which a series goes on: its number of dates is not that of the series."""
    if not cap_of(rule.rrule).startswith("COUNT"):
        return _said(rule, rule.rrule)
    *_, (last, _) = occurrences(Recurrence(_wall(rule), rule.zone, rule.rrule))
    return _said(rule, f"{uncapped(rule.rrule)};{until(last.date())}")


def _over(rule: ProgrammeRule, after: ProgrammeRule, now: datetime) -> bool:
    """Say whether a rule has no date left before the one after it holds."""
    recurrence = Recurrence(_wall(rule), rule.zone, uncapped(rule.rrule))
    following = next(occurrences(recurrence, now), None)
    return following is None or following[0] >= _wall(after)


def _wall(rule: ProgrammeRule) -> datetime:
    return datetime.fromisoformat(rule.from_wall)
