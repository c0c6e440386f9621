"""Takes open spaces through their phases: opens, advances, closes them, and takes them back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.openspaces import post
from bot.rules.openspace import PHASES, reached
from storage import Records
from storage.deliveries import Wanted
from storage.log import Actor, LogEntry
from storage.openspace import OpenSpace


def begin(records: Records, space: OpenSpace, now: datetime) -> None:
    """Open a space: from now on everybody sees it."""
    space.opened_at = now
    post(records, space, "openspace.space", Wanted("space", now))
    records.touched.add(space)


def date(records: Records, space: OpenSpace, dates: Mapping[str, datetime | None]) -> None:
    """Have phases begin by themselves at some instants, or not."""
    for phase, at in dates.items():
        space.begin(phase, at)
    records.touched.add(space)


def advance(records: Records, space: OpenSpace, to: str, by: Actor) -> LogEntry:
    """Begin a phase."""
    since, planned = reached(space.begins, by.now), space.begins[to]
    space.begin(to, by.now)
    return _gone_on(records, space, since, planned, by)


def close(records: Records, space: OpenSpace, by: Actor) -> LogEntry:
    """Close a space, and post its proceedings."""
    since, space.closed_at = reached(space.begins, by.now), by.now
    entry = _gone_on(records, space, since, None, by)
    written = Wanted("proceedings", by.now, revision=space.revision)
    post(records, space, "openspace.harvested", written)
    return entry


def _gone_on(
    records: Records, space: OpenSpace, since: str, planned: datetime | None, by: Actor
) -> LogEntry:
    """Keep that somebody began a phase, and when it was to begin by itself."""
    records.touched.add(space)
    before = {"phase": since, "planned": planned.isoformat() if planned else ""}
    entry = records.log.add(space.about, "advanced", by.member, by.now, before)
    entry.after, entry.told_at = {"phase": reached(space.begins, by.now)}, by.now
    return entry


def go_back(
    records: Records, space: OpenSpace, to: str, planned: datetime | None, by: Actor
) -> Sequence[str]:
    """Take a space back to a phase, and say so; `planned` is when the next was to begin.

    Gives the phases that have no date any more.
    """
    since = reached(space.begins, by.now)
    dateless = _take_back(space, to, planned, by.now)
    space.revision += 1
    entry = records.log.add(space.about, "taken back", by.member, by.now, {"phase": since})
    entry.after, entry.told_at = {"phase": to}, by.now
    records.touched.add(space)
    post(records, space, "openspace.phase", Wanted(to, by.now, revision=space.revision))
    return dateless


def _take_back(space: OpenSpace, to: str, planned: datetime | None, now: datetime) -> Sequence[str]:
    """Let the phases after one not have begun, the first begin when it was to, if that is ahead.

    Those that are still to begin keep their dates. Gives the phases that have none any more.
    """
    later = PHASES[PHASES.index(to) + 1 :]
    begun = [phase for phase in later if (at := space.begins[phase]) is not None and at <= now]
    for phase in begun:
        space.begin(phase, None)
    ahead = [at for phase in later if (at := space.begins[phase]) is not None]
    first = later[0] in begun and planned is not None and planned > now
    if planned is None or not first or any(at <= planned for at in ahead):
        return begun
    space.begin(later[0], planned)
    return begun[1:]
