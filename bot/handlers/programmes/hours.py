"""Proposes fair hours for a programme, shows who bears what, and has what is adopted be kept."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from bot.chat import Message
from bot.commands import CORE, EVERYONE, Caller
from bot.documents.fair_hours import worked_out
from bot.domain import fair_hours as adopting
from bot.domain import hours as domain
from bot.domain.people import reads_in
from bot.errors import UserError
from bot.handlers.programmes import words
from bot.handlers.programmes.group import may_change, programme
from bot.handlers.programmes.showing import preview
from bot.i18n import t
from bot.notices import Sending, Work
from bot.options.basic import Line, Number
from bot.options.earlier_hours import EarlierHours
from bot.options.things import ProgrammeOption
from bot.protocol import Reply, Say
from storage import Records
from storage.jobs import Job
from storage.people import Member
from storage.programmes import ENDED, Programme

TWIN = "twin"
Clocks = Mapping[str, str]


@programme.notice(t("Fair hours of a programme"))
def fair_hours(records: Records, sending: Sending) -> Message | None:
    """Show which hours would be fair, and who bears what."""
    id, _, state = sending.kind.partition(":")
    job, planned = records.jobs.find(int(id)), records.programmes.find(sending.about)
    if job is None or job.state != state or planned is None:
        return None
    if state == "failed":
        return words.hours_not_found(planned)
    return _shown(records, planned, job, sending.member, sending.now)


@programme.job(t("Working out fair hours"), told=fair_hours)
def working_out(records: Records, job: Job, now: datetime) -> Work | None:
    """Describe what fair hours are worked out from, and for whom they are drawn."""
    planned = records.programmes.find(job.thing_id)
    reader = records.members.find(job.asked_by_id or 0)
    if planned is None or reader is None:
        return None
    zone = reader.effective_zone or records.community.zone
    locale = reads_in(reader, reader.effective_locale, zone, records.community)
    people = domain.spread(records)
    given = domain.given(records, planned, people, now)
    day = given["dates"][0][1] if given["dates"] else str(now.astimezone(ZoneInfo(zone)).date())
    regions = {name: [n, people.zone_of(name)] for name, n in people.regions.items()}
    drawn = {"locale": locale, "zone": zone, "day": day, "regions": regions}
    drawn |= {"unknown": people.unknown}
    return Work(worked_out, given | {"drawn": drawn}, given | {"for": [locale, zone]})


@programme.command(title=t("See fair hours"), submit=t("View"), who=EVERYONE)
def hours(caller: Caller, records: Records, programme: ProgrammeOption) -> Reply:
    """See which hours are fair to all regions, and who has carried what so far."""
    if not records.members.zones(1):
        raise UserError(words.NOBODY_KNOWN)
    job = _known(caller, records, programme)
    if job is not None:
        return Say(_shown(records, programme, job, caller.member, caller.now))
    records.jobs.ask(programme.about, working_out.name, caller.member.id, caller.now)
    return Say(words.WORKING_OUT)


def _known(caller: Caller, records: Records, planned: Programme) -> Job | None:
    """Give what was worked out last for somebody, where it still holds."""
    job = records.jobs.done(planned.about, working_out.name)
    if job is None or job.asked_by_id != caller.member.id:
        return None
    work = working_out.describe(records, job, caller.now)
    return job if work is not None and work.digest == job.digest else None


def _shown(
    records: Records, planned: Programme, job: Job, reader: Member | None, now: datetime
) -> Message:
    people = domain.spread(records)
    so_far = domain.account(records, planned, people)
    changes = reader is not None and (
        reader.id == planned.organiser_id or reader.sight.is_at_least(CORE)
    )
    shown = words.HoursShown(
        planned,
        job.id,
        job.result,
        records.programmes.rules(planned)[-1].zone,
        so_far,
        domain.came(records, planned, people),
        b64decode(job.result["picture"]),
        changes and planned.state != ENDED,
        domain.open_dates(records, planned, now).more,
    )
    return words.fair_hours(shown)


Proposal = Annotated[int, Number(t("Proposal"), most=2**63 - 1)]
Kind = Annotated[str, Line(t("Plan"), limit=40)]
Date = Annotated[str, Line(t("Date"), limit=40)]


@programme.command(title=t("Adopt hours"), submit=t("Adopt"), may=may_change, listed=False)
def adopt_hours(
    caller: Caller,
    records: Records,
    programme: ProgrammeOption,
    job: Proposal,
    plan: Kind = "fair",
    date: Date = "",
) -> Reply:
    """Adopt the proposed hours for a programme, or for one date."""
    clocks = _clocks(_proposal(records, programme, job).result, plan)
    free = {one.wall for one in domain.open_dates(records, programme, caller.now).free}
    clocks = {name: clock for name, clock in clocks.items() if name in free}
    if date:
        clocks = {name: clock for name, clock in clocks.items() if name == date}
    if not clocks:
        raise UserError(words.TOO_OLD)
    return _adopt(caller, records, programme, clocks)


def _proposal(records: Records, planned: Programme, id: int) -> Job:
    """Give what was worked out for a programme. Raises UserError."""
    job = records.jobs.find(id)
    mine = (planned.about, working_out.name, "done")
    if job is None or (job.about, job.name, job.state) != mine:
        raise UserError(words.TOO_OLD)
    return job


def _clocks(result: Mapping[str, Any], plan: str) -> Clocks:
    """Give the hours of a plan by the names of the dates."""
    if plan == TWIN:
        return dict(result["twin"]["hours"][0]) if result["twin"] else {}
    found = [one["hours"] for one in result["plans"] if one["kind"] == plan]
    return dict(found[0]) if found else {}


def _adopt(caller: Caller, records: Records, planned: Programme, clocks: Clocks) -> Reply:
    if adopting.kept(records, planned, clocks, caller.now):
        raise UserError(t("The dates are at these hours already."))
    done = adopting.adopt(records, planned, clocks, caller.actor)
    if done is None:
        return Say(preview(caller, records, planned))
    dates = domain.open_dates(records, planned, caller.now).free
    return Say(words.hours_adopted(planned, dates, done))


@programme.command(title=t("Use the usual hour"), submit=t("Use it"), may=may_change, listed=False)
def usual_hours(caller: Caller, records: Records, programme: ProgrammeOption) -> Reply:
    """Go back to the usual hour for all dates that can still change."""
    free = domain.open_dates(records, programme, caller.now).free
    clocks = {one.wall: one.wall[11:] for one in free if one.held != one.wall}
    if not clocks:
        raise UserError(t("All dates are at the usual hour already."))
    return _adopt(caller, records, programme, clocks)


def _as_entered(
    caller: Caller, records: Records, programme: Programme
) -> Mapping[str, Sequence[tuple[str, int]]]:
    return {"held": domain.entered(records, programme)}


@programme.command(
    title=t("Enter earlier hours"),
    submit=t("Save"),
    may=may_change,
    fill=_as_entered,
    listed=False,
)
def earlier_hours(
    caller: Caller,
    records: Records,
    programme: ProgrammeOption,
    held: Annotated[
        Sequence[tuple[str, int]],
        EarlierHours(
            t("Held at"), t("Hours, and how often: 15:00 × 10, 9:00 × 2. To count none: 15:00 × 0")
        ),
    ],
) -> Reply:
    """Enter once when a series was held before I came, so that it counts."""
    domain.enter(records, programme, held, caller.actor)
    return Say(words.hours_entered(programme, held))


@programme.command(title=t("Plan a twin series"), submit=t("Plan"), may=may_change, listed=False)
def twin(caller: Caller, records: Records, programme: ProgrammeOption, job: Proposal) -> Reply:
    """Plan the same series at a second hour; I won't ask its presenters by myself."""
    proposal = _proposal(records, programme, job)
    if not proposal.result["twin"]:
        raise UserError(words.TOO_OLD)
    second = adopting.twin(records, programme, proposal.result["twin"]["hours"][1], caller.actor)
    first = words.first_band(programme, proposal.id)
    message = preview(caller, records, second)
    return Say(words.with_first_band(message, programme, first))
