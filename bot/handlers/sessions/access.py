"""Shows people what they need to follow a session, and whoever can help what is missing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.chat import Actions, Block, Button, Choice, Heading, Message, Paragraph
from bot.commands import COORDINATORS, Caller
from bot.domain import gaps
from bot.handlers.sessions.group import session
from bot.handlers.sessions.interpreters import arranges
from bot.handlers.sessions.keeping import by_id
from bot.handlers.sessions.words import interpreters as words
from bot.handlers.sessions.words.needs import asking
from bot.i18n import Text, t
from bot.notices import Sending
from storage import Records
from storage.interpreters import Need
from storage.rsvps import Rsvp
from storage.sessions import Session

FEW = 5
"""How many sessions with gaps are shown with their buttons."""


def beside(
    caller: Caller, records: Records, planned: Session
) -> tuple[tuple[Block, ...], tuple[Button, ...], tuple[Choice, ...]]:
    """Give what a session shows its reader alone: where they listen, and what they may arrange."""
    if planned.state != "announced" or planned.ends_at <= caller.now:
        return (), (), ()
    own = records.rsvps.answer_of(planned.id, caller.member.id)
    comes = own is not None and own.answer != "no"
    lines = _standing(records, planned, own) if own and comes else []
    buttons = (words.see(planned),) if arranges(caller, records, planned) else ()
    return tuple(map(Paragraph, lines)), buttons, (asking(planned),) if comes else ()


def _standing(records: Records, planned: Session, own: Rsvp) -> list[Text]:
    wishes = [*gaps.wished(Need(planned.id, own.member_id, own.language, own.access))]
    rows = records.interpreters.of(planned.id) if wishes else ()
    people = by_id(records, [row.member_id for row in rows])
    return [*words.listening(wishes, rows, people), *words.lacking(wishes, rows)]


def heard_by(
    records: Records, sessions: Sequence[Session], member_id: int
) -> Mapping[int, list[Text]]:
    """Say where somebody listens in some sessions, by the ids of these."""
    ids = [planned.id for planned in sessions]
    own = [one for one in records.interpreters.needs(*ids) if one.member_id == member_id]
    rows = records.interpreters.of(*ids) if own else ()
    people = by_id(records, [row.member_id for row in rows])
    return {
        need.session_id: words.listening(
            gaps.wished(need), [row for row in rows if row.session_id == need.session_id], people
        )
        for need in own
    }


def listening_of(records: Records, sending: Sending, planned: Session) -> Sequence[Text]:
    """Say where somebody listens who needs it, in what is the last reminder they get."""
    seen, id, reader = sending.once, planned.id, sending.member
    rows = seen(f"interpreters {id}", lambda: records.interpreters.of(id))
    if not rows or reader is None:
        return ()
    needs = seen(f"access {id}", lambda: records.interpreters.needs(id))
    own = [need for need in needs if need.member_id == reader.id]
    waiting = seen(
        f"reminders {id}", lambda: records.deliveries.waiting_for(planned.about, "session.reminder")
    )
    if not own or reader.id in waiting:
        return ()
    people = seen(f"people {id}", lambda: by_id(records, [row.member_id for row in rows]))
    return words.listening(gaps.wished(own[0]), rows, people)


@session.notice(t("Gap in interpretation"))
def gap(records: Records, sending: Sending) -> Message | None:
    """Tell what people need at a session that nobody has confirmed, as things stand then."""
    planned = records.sessions.find(sending.about)
    if planned is None or planned.state != "announced" or planned.starts_at <= sending.now:
        return None
    if gaps.overtaken(planned, sending.kind, sending.now):
        return None
    whom = sending.once("whom", lambda: [one.id for one in gaps.whom(records, planned)])
    lacks = sending.once(
        f"gaps {planned.id}", lambda: gaps.gaps(records, [planned]).get(planned.id)
    )
    if not lacks or sending.member is None or sending.member.id not in whom:
        return None
    rows = sending.once(f"rows {planned.id}", lambda: records.interpreters.of(planned.id))
    people = by_id(records, [row.member_id for row in rows])
    return words.gap(planned, lacks, words.Arranged(rows, people), sending.now)


@session.waits
def gaps_waiting(caller: Caller, records: Records) -> tuple[Block, ...]:
    """List for coordinators what people need that nobody has confirmed."""
    return _gaps(records, caller.now)


@session.week
def my_part(caller: Caller, records: Records) -> tuple[Block, ...]:
    """Show somebody what they interpret or were asked to, and what is missing where they host."""
    tasks = records.interpreters.tasks_of(caller.member.id, caller.now)
    blocks: list[Block] = []
    for row, planned in tasks:
        shown = words.asked(planned, [row], None, caller.now)
        blocks += [Paragraph(shown.title), *shown.blocks]
    if caller.is_at_least(COORDINATORS):
        return tuple(blocks)
    turns = records.hosting.turns_of(caller.member.id, caller.sight, caller.now)
    hosted = {planned.id for turn, planned in turns if turn.hosts}
    return (*blocks, *_gaps(records, caller.now, hosted, caller.member.id))


def _gaps(
    records: Records, now: datetime, hosted: Collection[int] | None = None, planner: int = 0
) -> tuple[Block, ...]:
    """Word what is missing, in all sessions or those somebody `hosted` or planned."""
    some = [
        planned
        for planned in records.interpreters.needed_ahead(now)
        if hosted is None or planned.id in hosted or planned.organiser_id == planner
    ]
    lacks = gaps.gaps(records, some) if some else {}
    short = [planned for planned in some if planned.id in lacks]
    if not short:
        return ()
    blocks: list[Block] = [Heading(t("Gaps in interpretation"))]
    for planned in short[:FEW]:
        blocks += [
            Paragraph(words.lacks_of(planned, lacks[planned.id])),
            Actions((words.add(planned),)),
        ]
    rest = [Paragraph(words.lacks_of(planned, lacks[planned.id])) for planned in short[FEW:]]
    return (*blocks, *rest)
