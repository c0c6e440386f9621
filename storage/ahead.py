"""Looks ahead over a community: which sessions have no host yet, and what waits for a word."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session as DbSession

from storage.deliveries import Delivery
from storage.hosting import HOST, HOSTING, Stay, Turn
from storage.people import Member
from storage.sessions import Session


class Outlook:
    """What lies ahead in one community."""

    def __init__(self, session: DbSession, community_id: int) -> None:
        self.db = session
        self.community_id = community_id

    def has_hosts(self) -> bool:
        """Say whether anybody was ever among the hosts."""
        stays = select(Stay.id).where(Stay.community_id == self.community_id)
        return self.db.scalar(stays.limit(1)) is not None

    def nth(self, count: int, now: datetime) -> Session | None:
        """Give the session that is so many ahead, the next one being the first."""
        ordered = self._to_come(now).order_by(Session.starts_at, Session.id)
        return self.db.scalar(ordered.offset(count - 1).limit(1))

    def nth_before(self, session: Session, count: int, now: datetime) -> Session | None:
        """Give the session to come that is so many before another one."""
        same = and_(Session.starts_at == session.starts_at, Session.id < session.id)
        before = self._to_come(now).where(or_(Session.starts_at < session.starts_at, same))
        ordered = before.order_by(Session.starts_at.desc(), Session.id.desc())
        return self.db.scalar(ordered.offset(count - 1).limit(1))

    def unhosted(self, now: datetime, until: datetime) -> Sequence[Session]:
        """List the announced sessions that begin until an instant and have no host."""
        taken = select(Turn.id).where(
            Turn.session_id == Session.id, Turn.state.in_(HOSTING), Turn.role == HOST
        )
        some = self._to_come(now).where(Session.starts_at <= until, ~taken.exists())
        return self.db.scalars(some.order_by(Session.starts_at, Session.id)).all()

    def suggested(self, now: datetime) -> Sequence[Session]:
        """List the drafts that somebody suggested, and that can still be announced."""
        asked = select(Delivery.about).where(
            Delivery.community_id == self.community_id, Delivery.notice == "session.suggested"
        )
        ids = {int(about.partition(":")[2]) for about in self.db.scalars(asked.distinct())}
        drafts = select(Session).where(
            Session.community_id == self.community_id,
            Session.id.in_(ids),
            Session.state == "draft",
            Session.starts_at > now,
        )
        return self.db.scalars(drafts.order_by(Session.starts_at, Session.id)).all()

    def wishing_in(self) -> Sequence[tuple[Member, str]]:
        """List who asked to join the hosts and was not let in, and how often they would host."""
        inside = select(Stay.id).where(Stay.member_id == Member.id, Stay.left_at.is_(None))
        asked = select(Delivery).where(
            Delivery.community_id == self.community_id, Delivery.notice == "host.wants_in"
        )
        rows = [row for row in self.db.scalars(asked) if not row.args.get("put_off")]
        often = {row.about: str(row.args.get("often", "any")) for row in rows}
        ids = {int(about.partition(":")[2]) for about in often}
        people = select(Member).where(
            Member.community_id == self.community_id, Member.id.in_(ids), ~inside.exists()
        )
        members = self.db.scalars(people.order_by(Member.id)).unique().all()
        return [(one, often[one.about]) for one in members if one.name and one.role != "guest"]

    def _to_come(self, now: datetime) -> Select[Session]:
        return select(Session).where(
            Session.community_id == self.community_id,
            Session.state == "announced",
            Session.starts_at > now,
        )
