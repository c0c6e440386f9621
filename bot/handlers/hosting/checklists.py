"""Keeps what hosts have to do before and after sessions, and what they hand over."""

from collections.abc import Mapping
from typing import Annotated, Any

from bot.commands import CORE, Caller
from bot.domain import checklists as domain
from bot.errors import Gone, UserError
from bot.handlers.hosting.group import host, may_do, zone_of
from bot.handlers.hosting.words import checklists as words
from bot.i18n import Text, t
from bot.options.basic import LongText
from bot.options.checklists import ChecklistKind
from bot.options.things import HeldOption, ItemOption, ProgrammeOption, SessionOption
from bot.protocol import Reply, Say
from storage import Records
from storage.checklists import ChecklistItem
from storage.people import Member
from storage.programmes import Programme
from storage.sessions import Session

MOST = 100
Lines = Annotated[
    list[domain.ToDo],
    ChecklistKind(
        t("What hosts have to do"),
        t("One line each, for example: test the link: 1 day before"),
    ),
]


@host.command(title=t("See the checklists"), submit=t("View"), who=CORE, reads=True)
def checklist(caller: Caller, records: Records, programme: ProgrammeOption | None = None) -> Reply:
    """Show what hosts have to do for each session, and change it."""
    kept = records.checklists
    if programme is not None:
        return Say(words.of_programme(programme, kept.listed(programme.id), kept.listed(None)))
    running = records.programmes.named("", caller.sight, caller.now, MOST)
    own = [(one, items) for one in running if (items := kept.listed(one.id))]
    return Say(words.overview(kept.listed(None), own, running))


def _lines(records: Records, programme: Programme | None) -> Mapping[str, Any]:
    items = records.checklists.listed(programme.id if programme else None)
    return {"items": [domain.ToDo(item.words, item.days) for item in items]}


def _of_all(caller: Caller, records: Records) -> Mapping[str, Any]:
    return _lines(records, None)


def _of_programme(caller: Caller, records: Records, programme: Programme) -> Mapping[str, Any]:
    return _lines(records, programme)


@host.command(title=t("Change the list"), submit=t("Save"), who=CORE, listed=False, fill=_of_all)
def checklist_for_all(caller: Caller, records: Records, items: Lines | None = None) -> Reply:
    """Say what hosts have to do for each session; I'll remind them of it."""
    return _saved(caller, records, None, items)


@host.command(
    title=t("Change the list"), submit=t("Save"), who=CORE, listed=False, fill=_of_programme
)
def checklist_for(
    caller: Caller, records: Records, programme: ProgrammeOption, items: Lines | None = None
) -> Reply:
    """Say what hosts have to do for each date of a programme; I'll remind them of it."""
    return _saved(caller, records, programme, items)


def _saved(
    caller: Caller, records: Records, programme: Programme | None, items: Lines | None
) -> Reply:
    id = programme.id if programme else None
    if items is not None:
        domain.put(records, id, items, caller.actor)
    return Say(words.saved(programme, records.checklists.listed(id)))


@host.command(title=t("See what's to do"), submit=t("View"), may=may_do, reads=True)
def to_do(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Show a session's checklist and what the last host wrote for you."""
    return Say(words.of_session(session, _left(caller, records, session)))


def _left(caller: Caller, records: Records, session: Session) -> words.Worklist:
    items = {item.id: item for item in records.checklists.of_session(session)}
    ticks = {tick.item_id: tick for tick in records.checklists.ticks([session.id])}
    people = records.members.many([tick.member_id for tick in ticks.values() if tick.member_id])
    by: dict[int | None, Member] = {member.id: member for member in people}
    return words.Worklist(
        zone_of(caller, records),
        [item for item in items.values() if item.id not in ticks],
        [(items[id], by.get(tick.member_id)) for id, tick in ticks.items() if id in items],
        domain.handovers(records, session),
        records.checklists.handover_of(session.id),
        session.starts_at <= caller.now,
    )


def _of(records: Records, session: Session, item: ChecklistItem) -> None:
    """Let only items pass that are on the checklist of a session. Raises Gone."""
    if item not in records.checklists.of_session(session):
        raise Gone


def _with(caller: Caller, records: Records, session: Session, note: Text) -> Reply:
    return Say(words.of_session(session, _left(caller, records, session), note))


@host.command(title=t("Mark as done"), submit=t("Mark"), may=may_do, listed=False)
def tick(caller: Caller, records: Records, session: SessionOption, item: ItemOption) -> Reply:
    """Mark something on a session's checklist as done."""
    _of(records, session, item)
    news = domain.tick(records, session, item, caller.actor)
    return _with(caller, records, session, words.ticked(item, news=news))


@host.command(title=t("Mark as not done"), submit=t("Mark"), may=may_do, listed=False)
def untick(caller: Caller, records: Records, session: SessionOption, item: ItemOption) -> Reply:
    """Mark something on a session's checklist as not done."""
    _of(records, session, item)
    domain.untick(records, session, item)
    return _with(caller, records, session, words.unticked(item))


def _written(caller: Caller, records: Records, session: Session) -> Mapping[str, Any]:
    known = records.checklists.handover_of(session.id)
    return {"note": known.words if known else ""}


Note = Annotated[
    str,
    LongText(
        t("What the next host should know"),
        t("Links, who helped, what took longer…"),
    ),
]


@host.command(title=t("Hand over to the next"), submit=t("Save"), may=may_do, fill=_written)
def handover(caller: Caller, records: Records, session: HeldOption, note: Note) -> Reply:
    """Write down what the next host should know; only hosts and the core group see it."""
    if session.state == "cancelled" or session.starts_at > caller.now:
        raise UserError(t("You can write a handover once the session has begun."))
    domain.hand_over(records, session, note, caller.actor)
    return Say(words.written(session, last=records.checklists.is_last(session, caller.now)))
