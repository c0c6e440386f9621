"""Keeps what hosts have to do before and after sessions, what was done, and what they hand over."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, select, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.hosting import HOST, HOSTING, Turn
from storage.sessions import Session
from storage.tables import ALWAYS, WITH, Kept, Owned, Privacy, to_member


class ChecklistItem(Owned):
    """What a host has to do, `days` after the start of a session; before it where that is negative.

    Without a programme it holds for every session.
    """

    __tablename__ = "checklist_items"
    privacy = Privacy("Checklists", "What hosts have to do, and when", "Core group", ALWAYS)

    words: Mapped[str]
    days: Mapped[int]
    created_at: Mapped[datetime]
    programme_id: Mapped[int | None] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), index=True, default=None
    )
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Tick(Owned):
    """An item of a checklist that was done for a session."""

    __tablename__ = "ticks"
    whole = "session_id"
    privacy = Privacy("Ticks", "Who did what of a checklist", "Core group", WITH)
    __table_args__ = (UniqueConstraint("session_id", "item_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("checklist_items.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty"), index=True, default=None
    )


class Handover(Owned):
    """What the hosts of a session have the next hosts know, in their words."""

    __tablename__ = "handovers"
    whole = "session_id"
    privacy = Privacy(
        "Handovers", "What the last host has the next one know", "Hosts and the core group", WITH
    )
    __table_args__ = (UniqueConstraint("session_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    words: Mapped[str]
    at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty", words=("words",)), index=True, default=None
    )


class Checklists(Kept[ChecklistItem]):
    """The checklists of one community."""

    kind = ChecklistItem

    def present(self) -> Sequence[ChecklistItem]:
        """List all items that count, those to do first first."""
        items = self.mine().where(ChecklistItem.removed_at.is_(None))
        return self.all(items.order_by(ChecklistItem.days, ChecklistItem.id))

    def listed(self, programme_id: int | None) -> Sequence[ChecklistItem]:
        """List the items of a programme alone, or those of all sessions."""
        return [item for item in self.present() if item.programme_id == programme_id]

    def of_session(self, session: Session) -> Sequence[ChecklistItem]:
        """List what the hosts of a session have to do, done or not."""
        whose = (None, session.programme_id)
        return [item for item in self.present() if item.programme_id in whose]

    def ticks(self, session_ids: Collection[int]) -> Sequence[Tick]:
        """List what was done for some sessions."""
        here = Tick.community_id == self.community_id
        return self.db.scalars(
            select(Tick).where(here, Tick.session_id.in_(session_ids)).order_by(Tick.at, Tick.id)
        ).all()

    def tick(self, session_id: int, item_id: int, member_id: int, now: datetime) -> bool:
        """Keep that an item was done for a session; False: it was already."""
        if any(tick.item_id == item_id for tick in self.ticks([session_id])):
            return False
        done = Tick(session_id=session_id, item_id=item_id, at=now, member_id=member_id)
        done.community_id = self.community_id
        self.db.add(done)
        self.db.flush()
        return True

    def untick(self, session_id: int, item_id: int) -> None:
        """Forget that an item was done for a session."""
        for tick in self.ticks([session_id]):
            if tick.item_id == item_id:
                self.db.delete(tick)
        self.db.flush()

    def handover_of(self, session_id: int) -> Handover | None:
        """Find what the hosts of a session hand over; what was erased is not there."""
        return self.db.scalar(
            select(Handover).where(
                Handover.community_id == self.community_id,
                Handover.session_id == session_id,
                Handover.words != "",
            )
        )

    def hand_over(self, session_id: int, words: str, member_id: int, now: datetime) -> None:
        """Keep what the hosts of a session hand over, in the place of what it was."""
        whole = select(Handover).where(Handover.community_id == self.community_id)
        known = self.db.scalar(whole.where(Handover.session_id == session_id))
        if known is None:
            known = Handover(session_id=session_id, words=words, at=now)
            known.community_id = self.community_id
            self.db.add(known)
        known.words, known.at, known.member_id = words, now, member_id
        self.db.flush()

    def before(self, session: Session) -> Sequence[Session]:
        """List the sessions whose hosts hand over to those of a session.

        That is the date before it in its programme, and the session before it, if that is a single
        one.
        """
        last = (
            select(Session)
            .where(
                Session.community_id == self.community_id,
                Session.state == "announced",
                Session.starts_at < session.starts_at,
                Session.id != session.id,
            )
            .order_by(Session.starts_at.desc(), Session.id.desc())
            .limit(1)
        )
        near = self.db.scalar(last)
        single = [near] if near is not None and near.programme_id is None else []
        if session.programme_id is None:
            return single
        series = self.db.scalar(last.where(Session.programme_id == session.programme_id))
        return [*single, *([series] if series is not None else [])]

    def is_last(self, session: Session, now: datetime) -> bool:
        """Say whether no session is to come to which the hosts of one could hand over."""
        later = select(Session.id).where(
            Session.community_id == self.community_id,
            Session.state == "announced",
            Session.starts_at > max(session.starts_at, now),
            Session.id != session.id,
        )
        if session.programme_id is not None:
            later = later.where(Session.programme_id == session.programme_id)
        return self.db.scalar(later.limit(1)) is None

    def hosted(self, member_id: int, since: datetime) -> Sequence[Session]:
        """List the sessions somebody hosts that begin after an instant, the first first."""
        own = select(Turn.session_id).where(
            Turn.community_id == self.community_id,
            Turn.member_id == member_id,
            Turn.state.in_(HOSTING),
            Turn.role == HOST,
        )
        return self._begin_after(since, Session.id.in_(own))

    def followed(self, programme_id: int | None, since: datetime) -> Sequence[Session]:
        """List the sessions a checklist holds for that begin after an instant."""
        own = true() if programme_id is None else Session.programme_id == programme_id
        return self._begin_after(since, own)

    def _begin_after(self, since: datetime, condition: ColumnElement[bool]) -> Sequence[Session]:
        query = select(Session).where(
            Session.community_id == self.community_id,
            Session.state == "announced",
            Session.starts_at > since,
            condition,
        )
        return self.db.scalars(query.order_by(Session.starts_at, Session.id)).all()
