"""Finds who has a seat where there are fewer than people who said yes: a seat is a rank."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session as DbSession

from storage.rsvps import SEATED, THIS, WAITING, Rsvp

_YES = (*THIS, Rsvp.answer == "yes")
_AT = bindparam("at", type_=Rsvp.answered_at.type)
_ID = bindparam("rsvp", type_=Rsvp.id.type)
_BEFORE = or_(Rsvp.answered_at < _AT, and_(Rsvp.answered_at == _AT, Rsvp.id <= _ID))
_RANK_OF = select(func.count()).select_from(Rsvp).where(*_YES, _BEFORE)
_RANKED = (
    select(Rsvp.id, Rsvp.member_id, Rsvp.told_seat).where(*_YES).order_by(Rsvp.answered_at, Rsvp.id)
)
_SOME = _RANKED.offset(bindparam("skip")).limit(bindparam("most"))
_WAITING = _RANKED.where(Rsvp.told_seat == WAITING)
_LAST = select(Rsvp.answered_at).where(*_YES).order_by(Rsvp.answered_at.desc()).limit(1)
_TICK = timedelta(microseconds=1)


class RankedSeat(NamedTuple):
    """Whose seat it is, by the id of their answer, and whether they have it."""

    rsvp_id: int
    member_id: int
    held: bool


class Seats:
    """The seats of the sessions of one community."""

    def __init__(self, session: DbSession, community_id: int) -> None:
        self.db = session
        self.community_id = community_id

    def rank_of(self, own: Rsvp) -> int:
        """Say as which one somebody said yes."""
        behind = {"at": own.answered_at, "rsvp": own.id}
        return self.db.scalar(_RANK_OF, self._of(own.session_id) | behind) or 0

    def behind(self, session_id: int, now: datetime) -> datetime:
        """Give an instant by which whoever says yes now stands behind all others, now if it can."""
        last = self.db.scalar(_LAST, self._of(session_id))
        return now if last is None or last < now else last + _TICK

    def untold(self, session_id: int, seats: int, changed: int | None) -> Sequence[RankedSeat]:
        """List whose seat is another than they were told, in order.

        Where so many have `changed` their answer, nobody's rank has moved further than that; None:
        all are looked at. Without a limit everybody has a seat.
        """
        asked = self._of(session_id)
        if not seats:
            return [
                RankedSeat(row.id, row.member_id, True) for row in self.db.execute(_WAITING, asked)
            ]
        skip = 0 if changed is None else max(0, seats - changed)
        query = _RANKED if changed is None else _SOME
        some = asked | {"skip": skip, "most": 2 * (changed or 0)}
        ranked = enumerate(self.db.execute(query, some), skip)
        return [
            RankedSeat(row.id, row.member_id, rank < seats)
            for rank, row in ranked
            if (row.told_seat == WAITING) is (rank < seats)
        ]

    def _of(self, session_id: int) -> dict[str, object]:
        return {"session_id": session_id, "community_id": self.community_id}


def told(seated: bool) -> str:
    """Name what somebody is told of their seat."""
    return SEATED if seated else WAITING
