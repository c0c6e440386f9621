"""Empties the outbox over all communities: what is due, who holds it, how it ended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Update,
    bindparam,
    delete,
    func,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from storage.community import Post
from storage.deliveries import OPEN, Delivery
from storage.people import Member
from storage.rate_limits import RateLimits, Rest

LOOKED_THROUGH = 5
"""Due rows looked through for each that is claimed, so that one full channel hides no other."""
AT_A_TIME = 500
"""Rows that are put back in one transaction."""
UNDECIDED = timedelta(days=30)
"""How long what failed is shown to coordinators."""

# Conditions are written out, because an index of some rows is found by their words only.
_PENDING, _HELD = text("state = 'pending'"), text("state IN ('leased', 'sending')")
_LEASES = select(func.min(Delivery.lease_until)).where(_HELD)
_AHEAD = select(
    select(func.min(Delivery.due_at)).where(_PENDING).scalar_subquery(),
    _LEASES.scalar_subquery(),
    _LEASES.where(Delivery.lease_until > bindparam("now")).scalar_subquery(),
    select(func.min(Rest.until)).where(Rest.until > bindparam("now")).scalar_subquery(),
)
_SENT = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(Delivery.id == bindparam("row"))
    .values(state="sent", sent_at=bindparam("now"), message=bindparam("posted"), error="")
)


def _lane(row: type[Delivery]) -> ColumnElement[int]:
    return func.coalesce(row.channel_id, row.member_id, 0)


_under_way = aliased(Delivery, name="under_way")
_UNSETTLED = (
    select(_lane(_under_way))
    .where(text("under_way.state IN ('leased', 'sending')"))
    .where(or_(_under_way.lease_until > bindparam("now"), _under_way.post_id.is_(None)))
)
"""Lanes whose next message waits: one is going out, or was left behind and may yet be sent again.

An edit that was left behind keeps nobody waiting: made once more, it shows what is true then.
"""
_RESTING = select(Rest.lane, Rest.edits).where(Rest.until > bindparam("ready"))
_EDITS = Delivery.post_id.is_not(None)
_FREE = (
    select(Delivery.id, Delivery.due_at, _lane(Delivery).label("lane"))
    .where(_PENDING, Delivery.due_at <= bindparam("now"))
    .where(tuple_(_lane(Delivery), _EDITS).not_in(_RESTING))
    .where(tuple_(Delivery.community_id, _EDITS).not_in(_RESTING))
    .where(_lane(Delivery).not_in(_UNSETTLED))
    .order_by(Delivery.due_at, Delivery.id)
    .limit(bindparam("through"))
    .subquery()
)
_PLACED = select(
    _FREE.c.id,
    func.row_number()
    .over(partition_by=_FREE.c.lane, order_by=(_FREE.c.due_at, _FREE.c.id))
    .label("place"),
).subquery()
_DUE = (
    select(Delivery)
    .where(Delivery.id.in_(select(_PLACED.c.id).where(_PLACED.c.place <= bindparam("per_lane"))))
    .where(_PENDING)
    .order_by(Delivery.due_at, Delivery.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)


@dataclass(frozen=True, slots=True)
class Ahead:
    """When the next delivery falls due, and when the first lease ends or has ended.

    `free` is when a lane will be free again that cannot be sent to just now, `timer` and `job`
    when the next of these is due.
    """

    due: datetime | None
    left: datetime | None
    free: datetime | None
    timer: datetime | None = None
    job: datetime | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """How much to claim: rows in all, of one lane, and of lanes that rest no longer than `early`.

    Lanes in which something goes out already are passed over, whoever sends it, and even when its
    sender has gone, until it is settled: that keeps the messages of a channel in order and shares
    the channels out among all processes.
    """

    limit: int = 100
    per_lane: int = 1
    early: timedelta = timedelta(0)


class Queue:
    """The outbox over all communities, as those who empty it see it."""

    def __init__(self, session: Session) -> None:
        self.db = session
        self.rate_limits = RateLimits(session)

    def ahead(self, now: datetime) -> Ahead:
        """Look at what is next."""
        due, left, lease, rest = self.db.execute(_AHEAD, {"now": now}).one()
        return Ahead(due, left, min((at for at in (lease, rest) if at), default=None))

    def claim(
        self, owner: str, now: datetime, lease: timedelta, portion: Portion
    ) -> Sequence[Delivery]:
        """Lease what is due, the longest due first. Rows held by others are passed over."""
        asked = {
            "now": now,
            "ready": now + portion.early,
            "per_lane": portion.per_lane,
            "limit": portion.limit,
            "through": portion.limit * (LOOKED_THROUGH if portion.per_lane < portion.limit else 1),
        }
        rows = self.db.scalars(_DUE, asked).all()
        self._hold(rows, "leased", owner, now + lease, tries=1)
        return rows

    def _hold(
        self, rows: Sequence[Delivery], state: str, owner: str, until: datetime, tries: int = 0
    ) -> None:
        """Have an owner hold rows that are locked: with a new fence, and `tries` attempts more."""
        if not rows:
            return
        held = {"state": state, "owner": owner, "lease_until": until}
        counted = {"fence": Delivery.fence + 1, "attempts": Delivery.attempts + tries}
        change = self._held(rows).values(held | counted)
        self.db.execute(change.execution_options(synchronize_session=False))
        for row in rows:  # as SQLAlchemy would do it, at a tenth of the cost
            now = {**held, "fence": row.fence + 1, "attempts": row.attempts + tries}
            for name, value in now.items():
                set_committed_value(row, name, value)

    def _held(self, rows: Sequence[Delivery]) -> Update:
        return update(Delivery).where(Delivery.id.in_([row.id for row in rows]))

    def begin_sending(self, rows: Sequence[Delivery], owner: str) -> Sequence[Delivery]:
        """Mark leased rows as going out; give those that still are this owner's to send."""
        still = self.still(rows, owner, "leased")
        mine = [row for row in rows if row.id in still]
        if mine:
            going = self._held(mine).values(state="sending")
            self.db.execute(going.execution_options(synchronize_session=False))
        return mine

    def still(self, rows: Sequence[Delivery], owner: str, state: str) -> set[int]:
        """Lock rows that nobody has taken over; gives their ids."""
        # Everybody locks in the order of ids, so that no two wait for each other.
        held = (
            select(Delivery.id, Delivery.fence)
            .where(Delivery.id.in_([row.id for row in rows]))
            .where(Delivery.owner == owner, Delivery.state == state)
            .order_by(Delivery.id)
        )
        found = self.db.connection().execute(held.with_for_update())
        fences = dict(found.all())
        return {row.id for row in rows if fences.get(row.id) == row.fence}

    def members(self, rows: Iterable[Delivery]) -> Mapping[int, Member]:
        """Find the members some rows are for, by their ids."""
        ids = {row.member_id for row in rows if row.member_id}
        found = self.db.scalars(select(Member).where(Member.id.in_(ids))) if ids else ()
        return {member.id: member for member in found}

    def sent(self, messages: Mapping[int, str], now: datetime) -> None:
        """Write as which messages deliveries that are still ours were posted, by their ids."""
        done = [{"row": id, "posted": message, "now": now} for id, message in messages.items()]
        if done:
            self.db.connection().execute(_SENT, done)

    def read_now(self, digests: Mapping[int, str]) -> None:
        """Keep how posts read that were edited, by their ids."""
        for id, digest in digests.items():
            self.db.execute(update(Post).where(Post.id == id).values(digest=digest))

    def finish(self, row: Delivery, holder: str, **values: Any) -> bool:
        """Write how a delivery ended; False when somebody else has taken it over."""
        mine = update(Delivery).where(
            Delivery.id == row.id,
            Delivery.owner == holder,
            Delivery.fence == row.fence,
            Delivery.state.in_(("leased", "sending")),
        )
        unsynchronized = mine.values(**values).execution_options(synchronize_session=False)
        return bool(cast(CursorResult[Any], self.db.execute(unsynchronized)).rowcount)

    def leave(self, row: Delivery, owner: str, since: datetime, **values: Any) -> bool:
        """Leave one that is going out, as if its sender had gone at an instant."""
        return self.finish(row, owner, owner="", lease_until=since, **values)

    def beat(self, owner: str, until: datetime) -> Mapping[tuple[int, int], datetime]:
        """Hold on to what an owner has, until an instant; gives the ids and fences of it."""
        held = self._all_of(owner).values(lease_until=until).returning(Delivery.id, Delivery.fence)
        unsynchronized = held.execution_options(synchronize_session=False)
        return dict.fromkeys(((id, fence) for id, fence in self.db.execute(unsynchronized)), until)

    def hand_back(self, owner: str) -> None:
        """Leave what an owner has claimed and not begun to send to others, at once."""
        free = self._all_of(owner).where(Delivery.state == "leased").values(state="pending")
        self.db.execute(free.execution_options(synchronize_session=False))

    def _all_of(self, owner: str) -> Update:
        mine = select(Delivery.id).where(_HELD, Delivery.owner == owner).order_by(Delivery.id)
        return update(Delivery).where(Delivery.id.in_(mine.with_for_update()))

    def put_back(self, now: datetime) -> None:
        """Put back what was claimed by senders that have gone, and is not going out yet."""
        left = select(Delivery).where(_HELD, Delivery.state == "leased", Delivery.lease_until < now)
        rows = self.db.scalars(left.limit(AT_A_TIME).with_for_update(skip_locked=True)).all()
        self._hold(rows, "pending", "", now)

    def take_over(
        self, owner: str, now: datetime, lease: timedelta, grace: timedelta, limit: int
    ) -> Sequence[Delivery]:
        """Take what senders that have gone were sending, after a grace: it is to be settled."""
        left = (
            select(Delivery)
            .where(_HELD, Delivery.state == "sending", Delivery.lease_until < now - grace)
            .order_by(Delivery.lease_until)
            .limit(limit)
        )
        rows = self.db.scalars(left.with_for_update(skip_locked=True)).all()
        self._hold(rows, "sending", owner, now + lease)
        return rows

    def prune(self, before: datetime) -> int:
        """Forget refreshes that ended, and rate limits that were over, before an instant.

        What failed a month before it, and nobody decided on, is dropped. Gives how many are gone.
        """
        self.rate_limits.prune(before)
        failed = text("state IN ('dead', 'unknown')")
        stale = update(Delivery).where(failed, Delivery.due_at < before - UNDECIDED)
        self.db.execute(stale.values(state="dropped"))
        old = select(Delivery.id).where(
            Delivery.kind == "refresh", Delivery.state.not_in(OPEN), Delivery.due_at < before
        )
        gone = self.db.execute(delete(Delivery).where(Delivery.id.in_(old)))
        return int(cast(CursorResult[Any], gone).rowcount)
