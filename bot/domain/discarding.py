"""Says whose draft it is that somebody else discards, and tells them."""

from collections.abc import Mapping

from bot.domain.telling import tell
from storage import Records
from storage.deliveries import Wanted
from storage.interpreters import DECLINED
from storage.log import Actor
from storage.openspace import OpenSpace
from storage.people import Member
from storage.programmes import Programme
from storage.sessions import Session

Draft = Session | OpenSpace | Programme


def of_another(records: Records, draft: Draft, by: Actor) -> Member | None:
    """Give whose draft it is, unless it is that of whoever discards it."""
    whose = draft.facilitator_id if isinstance(draft, OpenSpace) else draft.organiser_id
    return records.members.find(whose) if whose and whose != by.id else None


def tell_discarded(
    records: Records, notice: str, draft: Draft, by: Actor, args: Mapping[str, str]
) -> None:
    """Tell somebody that a draft of theirs is discarded; `args` say what it was called, and why."""
    whose = of_another(records, draft, by)
    if whose is not None:
        one = Wanted(f"discarded {draft.id}", by.now, by_id=by.id, args=args)
        tell(records, whose.about, notice, one, [whose])


def tell_interpreters(
    records: Records, notice: str, draft: Session, by: Actor, args: Mapping[str, str]
) -> None:
    """Tell those who were asked to interpret in a draft, and have not declined, that it is gone."""
    rows = [row for row in records.interpreters.of(draft.id) if row.state != DECLINED]
    ids = {row.member_id for row in rows if row.member_id} - {by.id}
    one = Wanted(f"discarded {draft.id}", by.now, by_id=by.id, args={**args, "part": "interpreter"})
    for member in records.members.many([*ids]):
        tell(records, member.about, notice, one, [member])
