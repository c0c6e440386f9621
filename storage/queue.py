"""Empties the outbox over all communities: what is due, who holds it, how it ended."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    Select,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import Session

from storage.deliveries import OPEN, Delivery
from storage.people import Member

_SENT = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(Delivery.id == bindparam("row"))
    .values(state="sent", sent_at=bindparam("now"), message=bindparam("posted"), error="")
)


_AHEAD = select(
    select(func.min(Delivery.due_at)).where(Delivery.state == "pending").scalar_subquery(),
    select(func.min(Delivery.lease_until))
    .where(Delivery.state.in_(("leased", "sending")))
    .scalar_subquery(),
)


class Queue:
    """The outbox over all communities, as those who empty it see it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def ahead(self) -> tuple[datetime | None, datetime | None]:
        """Say when the next pending delivery falls due, and when the first lease ends."""
        row = self.session.execute(_AHEAD).one()
        return row[0], row[1]

    def claim(self, owner: str, now: datetime, lease: timedelta, limit: int) -> Sequence[Delivery]:
        """Lease what is due, the longest due first. Rows held by others are passed over."""
        due = (
            select(Delivery)
            .where(Delivery.state == "pending", Delivery.due_at <= now)
            .order_by(Delivery.due_at, Delivery.id)
            .limit(limit)
        )
        rows = self.session.scalars(due.with_for_update(skip_locked=True)).all()
        self._lease(rows, owner, now + lease)
        return rows

    def _lease(self, rows: Sequence[Delivery], owner: str, until: datetime) -> None:
        ids = [row.id for row in rows]
        if ids:
            self.session.execute(
                update(Delivery)
                .where(Delivery.id.in_(ids))
                .values(
                    state="leased",
                    owner=owner,
                    lease_until=until,
                    fence=Delivery.fence + 1,
                    attempts=Delivery.attempts + 1,
                )
                .execution_options(synchronize_session="fetch")
            )

    def begin_sending(self, rows: Sequence[Delivery], owner: str) -> Sequence[Delivery]:
        """Mark leased rows as going out; give those that still are this owner's to send."""
        ids = [row.id for row in rows]
        mine = update(Delivery).where(
            Delivery.id.in_(ids), Delivery.state == "leased", Delivery.owner == owner
        )
        going = mine.values(state="sending").returning(Delivery.id)
        sure = set(self.session.scalars(going, execution_options={"synchronize_session": False}))
        return [row for row in rows if row.id in sure]

    def members(self, rows: Iterable[Delivery]) -> Mapping[int, Member]:
        """Find the members some rows are for, by their ids."""
        ids = {row.member_id for row in rows if row.member_id}
        found = self.session.scalars(select(Member).where(Member.id.in_(ids))) if ids else ()
        return {member.id: member for member in found}

    def sent(self, ended: Sequence[tuple[Delivery, str]], owner: str, now: datetime) -> set[int]:
        """Write as which messages deliveries were posted; give the ids still the owner's."""
        ids = [row.id for row, _ in ended]
        held = select(Delivery.id, Delivery.fence).where(
            Delivery.id.in_(ids), Delivery.owner == owner
        )
        connection = self.session.connection()
        still = {(id, fence) for id, fence in connection.execute(held.with_for_update())}
        mine = [(row, message) for row, message in ended if (row.id, row.fence) in still]
        done = [{"row": row.id, "posted": message, "now": now} for row, message in mine]
        if done:
            connection.execute(_SENT, done)
        return {row.id for row, _ in mine}

    def finish(self, row: Delivery, owner: str, **values: Any) -> bool:
        """Write how a delivery ended; False when somebody else has taken it over."""
        done = self.session.execute(
            update(Delivery)
            .where(Delivery.id == row.id, Delivery.owner == owner, Delivery.fence == row.fence)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
        return bool(cast(CursorResult[Any], done).rowcount)

    def abandoned(self, now: datetime, grace: timedelta, limit: int) -> Sequence[Delivery]:
        """List rows whose sender has gone: leased ones at once, those going out after a grace."""
        return self.session.scalars(
            self._overdue(now, grace).with_for_update(skip_locked=True).limit(limit)
        ).all()

    def _overdue(self, now: datetime, grace: timedelta) -> Select[Delivery]:
        leased = (Delivery.state == "leased") & (Delivery.lease_until < now)
        going = (Delivery.state == "sending") & (Delivery.lease_until < now - grace)
        return select(Delivery).where(leased | going).order_by(Delivery.lease_until)

    def prune(self, before: datetime) -> int:
        """Forget refreshes that have ended before an instant; gives their number."""
        old = select(Delivery.id).where(
            Delivery.kind == "refresh", Delivery.state.not_in(OPEN), Delivery.due_at < before
        )
        gone = self.session.execute(delete(Delivery).where(Delivery.id.in_(old)))
        return int(cast(CursorResult[Any], gone).rowcount)
