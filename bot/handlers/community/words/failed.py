"""Words for coordinators what didn't happen by itself: timers and jobs that broke for good."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.chat import Actions, Block, Message, Moment, Paragraph, button
from bot.handlers import called
from bot.i18n import Authored, Text, t
from bot.wording.acts import titles
from bot.wording.failures import why
from storage import Records
from storage.jobs import Job
from storage.timers import Timer

FEW = 5
"""How many of each kind are shown."""


def listed(records: Records) -> tuple[Block, ...]:
    """Word what didn't happen by itself, with buttons to try again; nothing if all did."""
    rows: list[Timer | Job] = [*records.timers.dead(FEW), *records.jobs.failed(FEW)]
    if not rows:
        return ()
    return (Paragraph(t("I couldn't finish this:")), *_each(records, rows))


def _each(records: Records, rows: Sequence[Timer | Job]) -> Iterator[Block]:
    known = titles(records, [_thing(row.about) for row in rows])
    for row in rows:
        title = known.get(_thing(row.about))
        if isinstance(row, Timer):
            at = row.since or row.due_at
            again = button(t("Try again"), "community.try-again", timer=row.id)
        else:
            at, again = row.asked_at, button(t("Try again"), "community.try-again", job=row.id)
        yield Paragraph(_line(row.name, title, at, row.error))
        yield Actions((again,))


def trouble(records: Records, args: Mapping[str, Any]) -> Message:
    """Word for a coordinator that something didn't happen by itself."""
    thing, at = _thing(args["about"]), datetime.fromisoformat(args["at"])
    line = _line(args["what"], titles(records, [thing]).get(thing), at, args["error"])
    advice = t("You can try it again from there.")
    see = button(t("See what failed"), "community.deliveries")
    title = t("I couldn't finish a task")
    return Message(title, (Paragraph(line), Paragraph(advice)), (see,))


def in_week() -> tuple[Block, ...]:
    """Word that there is something for a coordinator to look at."""
    see = button(t("See what failed"), "community.deliveries")
    told = t("A message didn't arrive, or I couldn't finish a task.")
    return Paragraph(told), Actions((see,))


def _line(name: str, title: Authored | None, at: datetime, error: str) -> Text:
    told = {"what": called(name), "when": Moment(at), "why": why(error)}
    if title is None:
        return t("{what}, {when}: {why}", **told)
    return t("{what}, “{title}”, {when}: {why}", title=title, **told)


def _thing(about: str) -> tuple[str, int]:
    kind, _, id = about.partition(":")
    return kind, int(id)
