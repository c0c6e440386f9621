"""Finds who has a seat where there are fewer than people who said yes: a seat is a rank."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, bindparam, func, select
from sqlalchemy.orm import Session as DbSession

from storage.rsvps import SEATED, THIS, WAITING, Rsvp

_YES = (*THIS, Rsvp.answer == "yes")
_RANK = func.row_number().over(order_by=(Rsvp.answered_at, Rsvp.id))
_RANKED = select(Rsvp.id, Rsvp.told_seat, _RANK.label("rank")).where(*_YES).subquery()
_SEATS = bindparam("seats", type_=BigInteger())
_UP = (_RANKED.c.rank <= _SEATS) & (_RANKED.c.told_seat == WAITING)
_DOWN = (_RANKED.c.rank > _SEATS) & (_RANKED.c.told_seat != WAITING)
_UNTOLD = (
    select(Rsvp, _RANKED.c.rank <= _SEATS)
    .join(_RANKED, _RANKED.c.id == Rsvp.id)
    .where(_UP | _DOWN)
    .order_by(_RANKED.c.rank)
)
_RANK_OF = select(_RANKED.c.rank).where(_RANKED.c.id == bindparam("rsvp"))
_WAITING = select(Rsvp).where(*_YES, Rsvp.told_seat == WAITING).order_by(Rsvp.answered_at, Rsvp.id)
_LAST = select(func.max(Rsvp.answered_at)).where(*_YES)
_TICK = timedelta(microseconds=1)


class Seats:
    """The seats of the sessions of one community."""

    def __init__(self, session: DbSession, community_id: int) -> None:
        self.db = session
        self.community_id = community_id

    def rank_of(self, own: Rsvp) -> int:
        """Say as which one somebody said yes; 0 for who did not, or has left."""
        return self.db.scalar(_RANK_OF, self._of(own.session_id) | {"rsvp": own.id}) or 0

    def behind(self, session_id: int, now: datetime) -> datetime:
        """Give an instant by which whoever says yes now stands behind all others, now if it can."""
        last = self.db.scalar(_LAST, self._of(session_id))
        return now if last is None or last < now else last + _TICK

    def untold(self, session_id: int, seats: int) -> Sequence[tuple[Rsvp, bool]]:
        """List whose seat is another than they were told, and whether they have one, in order.

        Without a limit everybody has one.
        """
        if not seats:
            return [(own, True) for own in self.db.scalars(_WAITING, self._of(session_id))]
        rows = self.db.execute(_UNTOLD, self._of(session_id) | {"seats": seats})
        return [(row[0], bool(row[1])) for row in rows]

    def _of(self, session_id: int) -> dict[str, int]:
        return {"session_id": session_id, "community_id": self.community_id}


def told(seated: bool) -> str:
    """Name what somebody is told of their seat."""
    return SEATED if seated else WAITING
