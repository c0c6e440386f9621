"""Decides what the rota does next about a session that nobody hosts, and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Step = Literal["offer", "ask", "warn"]

DAY = timedelta(days=1)
BREATH = timedelta(hours=2)
"""How long people are left alone at least: after a session is announced, and after each step."""
SHORT = timedelta(hours=4)
"""How long somebody has to answer at least."""
NEAR = timedelta(hours=12)
"""Nearer than this, one warning stands for two."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a community has which step done: days before a session, and days to answer."""

    offer: int = 21
    ask: int = 14
    answer: int = 3
    warn: Sequence[int] = (7, 2)


@dataclass(frozen=True, slots=True)
class Gap:
    """A session without a host, and what was done about it.

    `told_at` is when it was announced or moved last, `freed_at` when its last host gave it back,
    `enters_at` when it is among those the rota looks after. `offered_at` is when its turn was last
    offered, `asked` when each of those was asked who have not answered, `answered` when others said
    no or were asked who were given up on. `warned` is when coordinators heard of it. `is_open`
    means that it is offered now, `alone` that nobody is left to ask, and `stopped` that the rota
    is not to ask anybody.
    """

    starts_at: datetime
    told_at: datetime
    freed_at: datetime | None = None
    enters_at: datetime | None = None
    offered_at: datetime | None = None
    asked: tuple[datetime, ...] = ()
    answered: tuple[datetime, ...] = ()
    warned: tuple[datetime, ...] = ()
    is_open: bool = False
    alone: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next, and when; an instant that has passed means now."""

    step: Step
    at: datetime


def next_step(gap: Gap, rhythm: Rhythm) -> NextStep | None:
    """Say what is due next for a session; None when nothing is before it begins.

    First its turn is offered, then one person after the other is asked. What is due in the
    meantime for coordinators comes before that. It depends on no clock: however late it is asked,
    it gives one step, and the next one follows from what that has changed.
    """
    dues = (*_warning(gap, rhythm), *_offer(gap, rhythm), *_question(gap, rhythm))
    return min(dues, key=lambda due: due.at, default=None)


def _since(gap: Gap) -> datetime:
    return max(gap.told_at, gap.freed_at or gap.told_at)


def _third(gap: Gap, since: datetime, most: timedelta) -> timedelta:
    """Give a third of the time that is left, so that there is room for more steps."""
    return max(min(most, (gap.starts_at - since) / 3), timedelta(0))


def _offer(gap: Gap, rhythm: Rhythm) -> Iterator[NextStep]:
    """Offer the turn once, while there is a day left for somebody to take it."""
    if gap.alone or _is_offered(gap, rhythm):
        return
    at = _calmly(gap, gap.starts_at - rhythm.offer * DAY)
    if at <= gap.starts_at - DAY:
        yield NextStep("offer", at)


def _is_offered(gap: Gap, rhythm: Rhythm) -> bool:
    """Say whether it was offered for when it is now: one that was moved far ahead is anew."""
    begin = gap.starts_at - (rhythm.offer + 1) * DAY
    return gap.is_open or (gap.offered_at is not None and gap.offered_at > begin)


def _calmly(gap: Gap, at: datetime) -> datetime:
    """Put a step off until the session is looked after, and some time after the last step."""
    last = (_since(gap), *gap.asked, *gap.answered, *gap.warned)
    return max(at, gap.enters_at or at, max(last) + BREATH)


def _question(gap: Gap, rhythm: Rhythm) -> Iterator[NextStep]:
    """Ask somebody, and the next one when nobody says yes in time."""
    if gap.stopped or gap.alone or not _is_offered(gap, rhythm):
        return
    begin = gap.starts_at - rhythm.ask * DAY
    if gap.offered_at:
        gap_days = max(rhythm.offer - rhythm.ask, 0) * DAY
        begin = max(begin, gap.offered_at + _third(gap, gap.offered_at, gap_days))
    at = _calmly(gap, begin)
    if gap.asked:
        last = max(gap.asked)
        at = max(at, last + max(_third(gap, last, rhythm.answer * DAY), SHORT))
    if at <= gap.starts_at - DAY:
        yield NextStep("ask", at)


def _warning(gap: Gap, rhythm: Rhythm) -> Iterator[NextStep]:
    """Tell coordinators on the days before, of which those that passed before count no more."""
    days = sorted({day for day in rhythm.warn if day >= 0}, reverse=True)
    since = _since(gap)
    steps = [at + BREATH for at in (*gap.asked, gap.offered_at) if at]
    soon = max([since + _third(gap, since, DAY), *steps])
    for day in days:
        before = gap.starts_at - day * DAY
        if before < gap.told_at and day != days[-1]:
            continue
        if not any(at > before - NEAR for at in gap.warned):
            yield NextStep("warn", max(before, soon))
