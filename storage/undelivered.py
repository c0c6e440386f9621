"""Shows coordinators what waits to be sent and what failed, and lets them decide."""

import typing
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CursorResult,
    Select,
    String,
    case,
    cast,
    func,
    or_,
    orm,
    select,
    text,
    union_all,
    update,
)

from storage.deliveries import FAILED, OPEN, Deliveries, Delivery, Wanted
from storage.key_values import KeyValues
from storage.people import KnownAccount, Member
from storage.sessions import Session
from storage.sight import COORDINATES, Sight, Visible

DOUBTED = "time in doubt"
"""The name under which it is kept that nothing is sent, as nobody confirms what time it is."""


REMINDERS = ("session.reminder", "session.host_reminder")
"""Notices of which the newest to somebody about a session says all that the others do."""
MOVED, ANNOUNCED = "session.moved", "session.announced"
STANDING = dict.fromkeys((*REMINDERS, MOVED, "session.back"), "announced") | {
    "session.cancelled": "cancelled"
}
"""Notices that are of use until their session begins, and the state it is in meanwhile."""


IN_CHANNEL = "told in the channel"
"""The error of what was not sent to somebody whom a message in the channel names."""
_GOES_OUT = Delivery.state.in_((*OPEN, "sent"))


class Undelivered(Visible[Delivery]):
    """The unsettled messages of one community, without edits and what is nobody's to read."""

    kind = Delivery
    visible = COORDINATES

    def named(self, words: str, sight: Sight, now: datetime, limit: int = 25) -> Sequence[Delivery]:
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

    def of(self, about: str, notice: str = ANNOUNCED) -> Sequence[Delivery]:
        """List the posts about a thing that failed, the first due first."""
        rows = self._in_channel(about, notice).where(Delivery.state.in_(FAILED))
        return self.all(rows.order_by(Delivery.due_at, Delivery.id))

    def is_out(self, about: str, notice: str = ANNOUNCED) -> bool:
        """Say whether some post about a thing stands, or will."""
        return bool(self.all(self._in_channel(about, notice).where(_GOES_OUT).limit(1)))

    def closed(self) -> Sequence[int]:
        """Give the members who take no direct messages somewhere, by their ids."""
        theirs = select(Member.id).join(Member.accounts)
        closed = theirs.where(Member.community_id == self.community_id, KnownAccount.closed)
        return self.db.scalars(closed.distinct()).all()

    def unreached(self, row: Delivery, closed: Sequence[int], now: datetime) -> Sequence[int]:
        """Give those of the members in `closed` who are told the same as a channel."""
        same = self.mine().where(
            Delivery.about == row.about,
            Delivery.notice == row.notice,
            Delivery.kind == row.kind,
            Delivery.due_at <= now,
            Delivery.state.in_(OPEN) | (Delivery.error == IN_CHANNEL),
            Delivery.member_id.in_(closed),
        )
        return [id for id in self.db.scalars(same.with_only_columns(Delivery.member_id)) if id]

    def _in_channel(self, about: str, notice: str) -> Select[Delivery]:
        said = self._said().where(Delivery.about == about, Delivery.notice == notice)
        return said.where(Delivery.channel_id.is_not(None))

    def perhaps_doubled(self, limit: int) -> Sequence[Delivery]:
        """List what was sent once more because it was not found, the newest first."""
        rows = self._said().where(Delivery.state == "sent", text("looked > 1"))
        newest = rows.order_by(Delivery.due_at.desc(), Delivery.id.desc())
        return self.all(newest.limit(limit))

    def counts(self) -> Mapping[str, int]:
        """Count what waits and what failed, by state."""
        some = self._said().where(Delivery.state.in_((*OPEN, *FAILED))).subquery()
        found = select(some.c.state, func.count()).group_by(some.c.state)
        return dict(self.db.execute(found).all())

    def useful(self, now: datetime) -> Mapping[int, str]:
        """Give the states of those that failed and would still say something, by their ids."""
        rows = self._said().where(Delivery.state.in_(FAILED), _is_useful(now))
        found = self.db.execute(rows.with_only_columns(Delivery.id, Delivery.state))
        return {row.id: row.state for row in found}

    def in_doubt(self) -> bool:
        """Say whether nothing is sent because nobody confirms what time it is."""
        return bool(KeyValues(self.db).get(DOUBTED))

    def again(self, row: Delivery, now: datetime) -> bool:
        """Have a failed one sent once more.

        False when it did not fail, goes out already, or is of no use any more.
        """
        useful = row.id in self.useful(now)
        return useful and bool(self._turn(Delivery.id == row.id, FAILED, **_anew(now)))

    def all_again(self, now: datetime) -> Sequence[Delivery]:
        """Have all sent once more that surely failed and are still of use; gives them."""
        rows = self.all(self._said().where(Delivery.state == "dead", _is_useful(now)))
        self._turn(Delivery.id.in_([row.id for row in rows]), ("dead",), **_anew(now))
        return rows

    def elsewhere(self, row: Delivery, channel_id: int, now: datetime) -> bool:
        """Have a failed one sent in another channel, unless it is told the same there already.

        False when it did not fail, goes out already, or is of no use any more.
        """
        if row.id not in self.useful(now):
            return False
        if not self._turn(Delivery.id == row.id, FAILED, state="dropped"):
            return False
        one = Wanted(row.kind, now, None, None, channel_id, row.revision, args=row.args)
        key = one.key(row.about, row.notice)
        there = self.mine().where(Delivery.key == key)
        if not self._turn(_one_of(there), (*FAILED, "dropped"), **_anew(now)):
            Deliveries(self.db, self.community_id).send(row.about, row.notice, one)
        return True

    def drop_failed(self) -> int:
        """Have none of those sent that failed, whatever is wanted later; gives how many."""
        failed = self._said().where(text("state IN ('dead', 'unknown')"))
        return self._turn(_one_of(failed), FAILED, state="dropped")

    def drop(self, row: Delivery) -> bool:
        """Have one never sent, whatever is wanted later; False when it is too late for that."""
        return bool(self._turn(Delivery.id == row.id, ("pending", *FAILED), state="dropped"))

    def _said(self) -> Select[Delivery]:
        to_somebody = Delivery.channel_id.is_not(None) | Delivery.member_id.is_not(None)
        return self.mine().where(Delivery.post_id.is_(None), to_somebody)

    def _turn(self, which: ColumnElement[bool], states: Sequence[str], **values: Any) -> int:
        """Turn rows into another state that are in one of some; gives how many were."""
        mine = update(Delivery).where(which, Delivery.state.in_(states))
        done = self.db.execute(mine.values(**values))
        return int(typing.cast(CursorResult[Any], done).rowcount)


def _one_of(rows: Select[Delivery]) -> ColumnElement[bool]:
    return Delivery.id.in_(rows.with_only_columns(Delivery.id))


def _is_useful(now: datetime) -> ColumnElement[bool]:
    """Say whether a delivery would say something: the newest, about what still is to come."""
    named = cast(func.substr(Delivery.about, len("session:") + 1), BigInteger)
    standing = (
        select(Session.id)
        .where(
            Session.community_id == Delivery.community_id,
            Session.id == case((Delivery.about.startswith("session:"), named), else_=0),
            Session.state == case(STANDING, value=Delivery.notice),
            Session.starts_at > now,
            Delivery.notice.not_in(REMINDERS) | (Delivery.revision == Session.revision),
            (Delivery.notice != MOVED) | (Delivery.kind == cast(Session.revision, String)),
        )
        .correlate(Delivery)
    )
    replaced = Delivery.notice.in_(REMINDERS) & _newer(now)
    return Delivery.notice.not_in(STANDING) | (standing.exists() & ~replaced)


def _newer(now: datetime) -> ColumnElement[bool]:
    """Say whether the same is told to the same somebody by a newer delivery."""
    newer = orm.aliased(Delivery)
    later = (newer.due_at > Delivery.due_at) | (
        (newer.due_at == Delivery.due_at) & (newer.id > Delivery.id)
    )
    same_target = or_(
        newer.member_id == Delivery.member_id, newer.channel_id == Delivery.channel_id
    )
    rows = select(newer.id).where(
        newer.community_id == Delivery.community_id,
        newer.about == Delivery.about,
        newer.notice == Delivery.notice,
        newer.state.in_((*OPEN, *FAILED, "sent")),
        newer.post_id.is_(None),
        newer.due_at <= now,
        same_target,
        later,
    )
    return rows.correlate(Delivery).exists()


def _anew(now: datetime) -> Mapping[str, Any]:
    return {"state": "pending", "due_at": now, "expires_at": None, "error": ""}


def depth(session: orm.Session, now: datetime) -> Mapping[str, int]:
    """Count what waits (`due` or `later`), goes out and failed, over all communities."""
    when = case((Delivery.due_at <= now, "due"), else_="later")
    # Written out, because an index of some rows is found by the words of its condition only.
    pending = select(when.label("state"), func.count()).where(text("state = 'pending'"))
    others = [
        select(Delivery.state, func.count()).where(text(some)).group_by(Delivery.state)
        for some in ("state IN ('leased', 'sending')", "state IN ('dead', 'unknown')")
    ]
    return dict(session.execute(union_all(pending.group_by(when), *others)).all())
