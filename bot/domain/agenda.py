"""Has the agendas of sessions go along with them, and be followed while they are on."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from bot.authored import agenda_lines_of
from bot.domain.reminders import Concerned, channels_for
from bot.moments import WallTime
from bot.rules.agenda import Frame, Plan, plan
from bot.rules.agenda_lines import lines, shifted
from storage import Records
from storage.deliveries import Wanted
from storage.programmes import Programme
from storage.sessions import Session

RUNNING = "session.running"


def plan_of(session: Session, formats: Mapping[str, str] | None = None) -> Plan:
    """Give the agenda of a session; `formats` are their keys by what they are called."""
    frame = Frame(session.starts_at, session.ends_at, session.zone)
    return plan(agenda_lines_of(session, formats), frame)


def changes_of(session: Session) -> Collection[datetime]:
    """Give the instants at which what is on in a session changes."""
    inside = (session.starts_at, session.ends_at)
    return [at for at in plan_of(session).changes if inside[0] < at < inside[1]]


def later(session: Session, to: WallTime, minutes: int) -> str:
    """Give the agenda of a session that is to begin at another hour on the clock.

    One that did not fit the session, and fits it then, was written for that hour.
    """
    before = plan_of(session)
    after = Frame(to.at, to.at + timedelta(minutes=minutes), to.zone)
    if _misses(before) and not _misses(plan(lines(session.agenda), after)):
        return session.agenda
    unsure = {item.line.at for item in before.items if item.line.perhaps}
    return shifted(session.agenda, _minutes(session.wall, to.wall), {at for at in unsure if at})


def _misses(agenda: Plan) -> bool:
    return not {"early", "long"}.isdisjoint(agenda.odd)


def follow_rule(records: Records, programme: Programme, wall: str) -> None:
    """Have the agenda of a programme go along with a rule that has it begin at another hour."""
    for rule in records.programmes.rules(programme)[-1:]:
        programme.agenda = shifted(programme.agenda, _minutes(rule.from_wall, wall))


def _minutes(before: str, after: str) -> int:
    """Give how much later a time on the wall is in the day than another."""
    was, becomes = (datetime.fromisoformat(wall) for wall in (before, after))
    return (becomes.hour - was.hour) * 60 + becomes.minute - was.minute


def show_running(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Have the channels where a session is reminded see what is on in it: one post, kept current.

    A session without times in its agenda has none, nor has one that is not to be followed there.
    """
    if concerned is not None:
        return
    rows: list[Wanted] = []
    shows = session.state == "announced" and not session.agenda_off and now < session.ends_at
    if shows and (agenda := plan_of(session)).timed:
        due = max(session.starts_at, min(agenda.changes))
        kind = f"{session.revision}"
        to = channels_for(records, session) if due < session.ends_at else ()
        rows = [Wanted(kind, due, session.ends_at, channel_id=channel) for channel in to]
    records.deliveries.want(session.about, RUNNING, rows, now)
