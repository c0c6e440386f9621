"""Shows coordinators what waits to be sent and what failed, and lets them decide."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Select, case, func, select, text, union_all, update
from sqlalchemy.orm import Session

from storage.deliveries import FAILED, OPEN, Delivery
from storage.tables import Kept


class Backlog(Kept[Delivery]):
    """The unsettled messages of one community, without edits and what is nobody's to read."""

    kind = Delivery

    def named(self, words: str, now: datetime) -> Sequence[Delivery]:
        """Find none: messages have no names."""
        return ()

    def waiting(self, limit: int) -> Sequence[Delivery]:
        """List what is still to go out, the next one first."""
        rows = self._said().where(Delivery.state.in_(OPEN)).order_by(Delivery.due_at, Delivery.id)
        return self.all(rows.limit(limit))

    def failed(self, limit: int) -> Sequence[Delivery]:
        """List what did not go out, or nobody knows whether it did, the newest first."""
        rows = self._said().where(Delivery.state.in_(FAILED))
        newest = rows.order_by(Delivery.due_at.desc(), Delivery.id.desc())
        return self.all(newest.limit(limit))

    def perhaps_doubled(self, limit: int) -> Sequence[Delivery]:
        """List what was sent once more because it was not found, the newest first."""
        rows = self._said().where(Delivery.state == "sent", text("looked > 1"))
        newest = rows.order_by(Delivery.due_at.desc(), Delivery.id.desc())
        return self.all(newest.limit(limit))

    def counts(self) -> Mapping[str, int]:
        """Count what waits and what failed, by state."""
        some = self._said().where(Delivery.state.in_((*OPEN, *FAILED))).subquery()
        found = select(some.c.state, func.count()).group_by(some.c.state)
        return dict(self.session.execute(found).all())

    def again(self, row: Delivery, now: datetime) -> bool:
        """Have a failed one sent once more; False when it did not fail, or goes out already."""
        return self._turn(row, FAILED, state="pending", due_at=now, expires_at=None, error="")

    def drop(self, row: Delivery) -> bool:
        """Have one never sent, whatever is wanted later; False when it is too late for that."""
        return self._turn(row, ("pending", *FAILED), state="dropped")

    def _said(self) -> Select[Delivery]:
        to_somebody = Delivery.channel_id.is_not(None) | Delivery.member_id.is_not(None)
        return self.mine().where(Delivery.post_id.is_(None), to_somebody)

    def _turn(self, row: Delivery, states: Sequence[str], **values: Any) -> bool:
        mine = update(Delivery).where(Delivery.id == row.id, Delivery.state.in_(states))
        done = self.session.execute(mine.values(**values))
        return bool(cast(CursorResult[Any], done).rowcount)


def depth(session: Session, now: datetime) -> Mapping[str, int]:
    """Count what waits (`due` or `later`), goes out and failed, over all communities."""
    when = case((Delivery.due_at <= now, "due"), else_="later")
    # Written out, because an index of some rows is found by the words of its condition only.
    pending = select(when.label("state"), func.count()).where(text("state = 'pending'"))
    others = [
        select(Delivery.state, func.count()).where(text(some)).group_by(Delivery.state)
        for some in ("state IN ('leased', 'sending')", "state IN ('dead', 'unknown')")
    ]
    return dict(session.execute(union_all(pending.group_by(when), *others)).all())
