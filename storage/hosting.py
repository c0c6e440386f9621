"""Keeps the pool of hosts, when they are away, and the turns they take."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column

from storage.people import Member
from storage.sessions import Session, Sessions
from storage.sight import Sight, eyes
from storage.tables import ALWAYS, WITH, Kept, Owned, Privacy, one_of, to_community, to_member

HOSTING = ("accepted", "offered")
"""The states of a turn whose member hosts the session."""
HOST = "host"
ROLES = (HOST, "scribe", "welcome", "tech")
"""What somebody can do for a session: host it, take notes, welcome people, help with technology."""
ASKED, PAST = ("proposed", "wished", "open"), ("given", "declined", "lapsed")
"""The states of a turn that waits for an answer, and of one that has come to nothing."""


class Stay(Owned):
    """A member's time in a pool; `left_at` is None while they are in it.

    `rest_days` is how many days at least lie between two of their turns. The pool is that of one
    programme, or of all sessions, for a `role`.
    """

    __tablename__ = "stays"
    whole = "member_id"
    privacy = Privacy("Times among the hosts", "To share turns fairly", "Core group", ALWAYS)

    member_id: Mapped[int] = mapped_column(to_member(on_erase="keep"), index=True)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None] = mapped_column(default=None)
    rest_days: Mapped[int] = mapped_column(default=0)
    programme_id: Mapped[int | None] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), default=None
    )
    role: Mapped[str] = mapped_column(default=HOST, server_default=HOST, info=one_of(*ROLES))


class Away(Owned):
    """Days on which a host is not there, both included, in their own zone."""

    __tablename__ = "aways"
    whole = "member_id"
    privacy = Privacy("Days away", "So that nobody asks you to host then", "Core group", ALWAYS)

    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    first: Mapped[date]
    last: Mapped[date]


class Turn(Owned):
    """A session's host, or one who was asked.

    `state` is one of proposed (asked by `asked_by_id`), wished (would like to host beside the
    hosts), accepted, offered (accepted, and open to whoever takes it), declined, lapsed (asked, and
    gave no answer in time), given (given back or over), open (nobody's and offered to all, without
    a member). `agreed_to` is the start of the session they said yes to: when it is another by now,
    they are to be asked again. In one session somebody has one `role`.
    """

    __tablename__ = "turns"
    whole = "session_id"
    privacy = Privacy("Turns as host", "Who hosts, hosted or said no", "Members", WITH)
    __table_args__ = (
        UniqueConstraint("session_id", "member_id"),
        Index("ix_turns_session", "community_id", "session_id"),
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(info=one_of(*HOSTING, *ASKED, *PAST))
    changed_at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="keep"), index=True, default=None
    )
    asked_by_id: Mapped[int | None] = mapped_column(to_member(on_erase="empty"), default=None)
    agreed_to: Mapped[datetime | None] = mapped_column(default=None)
    role: Mapped[str] = mapped_column(default=HOST, server_default=HOST, info=one_of(*ROLES))

    @property
    def hosts(self) -> bool:
        """Whether its member hosts the session."""
        return self.state in HOSTING


Count = tuple[int | None, int, datetime]
_HOSTS = (
    select(Member)
    .join(Turn, Turn.member_id == Member.id)
    .where(
        Turn.community_id == bindparam("community"),
        Turn.session_id == bindparam("session"),
        Turn.role == HOST,
        Turn.state.in_(HOSTING),
    )
    .order_by(Turn.changed_at, Turn.id)
    .options(joinedload(Member.accounts))
)


class Hosting(Kept[Turn]):
    """Who hosts what in one community."""

    kind = Turn

    def keep(self, thing: Stay | Away) -> None:
        """Keep a new stay or absence."""
        thing.community_id = self.community_id
        self.db.add(thing)
        self.db.flush()

    def drop(self, thing: Away) -> None:
        """Forget an absence."""
        self.db.delete(thing)
        self.db.flush()

    # The pool.

    def pool(self, role: str = HOST) -> Sequence[Stay]:
        """List the stays of those who are in the pool, the first to join first."""
        return [stay for stay in self.stays(role) if stay.left_at is None]

    def stays(self, role: str = HOST) -> Sequence[Stay]:
        """List all stays, also of those who left."""
        query = select(Stay).where(Stay.community_id == self.community_id, Stay.role == role)
        return self.db.scalars(query.order_by(Stay.joined_at, Stay.id)).all()

    def stays_until(self, member_id: int, left_at: datetime | None) -> Sequence[Stay]:
        """List the stays of a member that ended at an instant, or that have not ended."""
        query = select(Stay).where(
            Stay.community_id == self.community_id,
            Stay.member_id == member_id,
            Stay.left_at.is_(None) if left_at is None else Stay.left_at == left_at,
        )
        return self.db.scalars(query.order_by(Stay.id)).all()

    def stay_of(self, member_id: int, role: str = HOST) -> Stay | None:
        """Find a member's stay while they are in the pool, their first one."""
        return next((stay for stay in self.pool(role) if stay.member_id == member_id), None)

    def aways(self, member_id: int | None = None, since: date = date.min) -> Sequence[Away]:
        """List absences that last until `since` or longer, of one member or of all."""
        query = select(Away).where(Away.community_id == self.community_id, Away.last >= since)
        if member_id is not None:
            query = query.where(Away.member_id == member_id)
        return self.db.scalars(query.order_by(Away.first, Away.id)).all()

    # Turns.

    def hold(self, session_id: int) -> None:
        """Let nobody else change who hosts a session until this transaction ends."""
        held = select(Session.id).where(
            Session.id == session_id, Session.community_id == self.community_id
        )
        self.db.execute(held.with_for_update())

    def of_session(self, session_id: int, role: str = HOST) -> Sequence[Turn]:
        """List the turns of a session in a role, whatever their state."""
        turns = self.mine().where(Turn.session_id == session_id, Turn.role == role)
        return self.all(turns.order_by(Turn.id))

    def accepted(self, session_id: int, role: str = HOST) -> Sequence[Turn]:
        """List the turns of those who host a session, or have another role in it."""
        turns = self.mine().where(Turn.session_id == session_id, Turn.state.in_(HOSTING))
        turns = turns.where(Turn.role == role)
        return self.all(turns.order_by(Turn.changed_at, Turn.id))

    def hosts(self, session_id: int) -> Sequence[Member]:
        """List the members who host a session, the first to agree first."""
        asked = {"community": self.community_id, "session": session_id}
        return self.db.scalars(_HOSTS, asked).unique().all()

    def turn_of(self, session_id: int, member_id: int) -> Turn | None:
        """Find somebody's turn of a session, in the one role they have."""
        own = self.mine().where(Turn.session_id == session_id, Turn.member_id == member_id)
        return self.db.scalar(own)

    def turns_of(
        self, member_id: int, sight: Sight, now: datetime, role: str = HOST
    ) -> Sequence[tuple[Turn, Session]]:
        """List what somebody hosts or is asked to host, as far as it is seen, the next first."""
        query = (
            select(Turn, Session)
            .join(Session, Session.id == Turn.session_id)
            .where(
                Turn.community_id == self.community_id,
                Turn.member_id == member_id,
                Turn.role == role,
                Turn.state.in_((*HOSTING, "proposed")),
                Session.state == "announced",
                Session.starts_at > now,
                Sessions.visible,
            )
        )
        rows = self.db.execute(query.order_by(Session.starts_at, Session.id), eyes(sight, now))
        return [(row[0], row[1]) for row in rows]

    def wished_by(self, member_id: int) -> Sequence[Turn]:
        """List the turns somebody wishes for and was not answered about."""
        return self.all(self.mine().where(Turn.member_id == member_id, Turn.state == "wished"))

    def wishes_to(self, host_id: int, now: datetime) -> Sequence[tuple[Session, Member]]:
        """List who wishes to host with somebody and was not answered, the next session first."""
        own = aliased(Turn)
        query = (
            select(Session, Member)
            .join(Turn, Turn.session_id == Session.id)
            .join(Member, Member.id == Turn.member_id)
            .join(own, own.session_id == Session.id)
            .where(
                Turn.community_id == self.community_id,
                Turn.state == "wished",
                own.member_id == host_id,
                own.role == HOST,
                own.state.in_(HOSTING),
                Session.state == "announced",
                Session.starts_at > now,
            )
        )
        rows = self.db.execute(query.order_by(Session.starts_at, Session.id, Turn.id))
        return [(row[0], row[1]) for row in rows]

    def settled_at(self, member_id: int, at: datetime) -> Sequence[Turn]:
        """List the turns of somebody that changed at an instant."""
        own = self.mine().where(Turn.member_id == member_id, Turn.changed_at == at)
        return self.all(own.order_by(Turn.id))

    def hosted_by(self, member_id: int) -> Sequence[Session]:
        """List the sessions of which somebody ever had a turn."""
        own = select(Turn.session_id).where(Turn.member_id == member_id)
        here = Session.community_id == self.community_id
        return self.db.scalars(select(Session).where(here, Session.id.in_(own))).all()

    def since(self, begin: datetime) -> Sequence[tuple[Turn, datetime]]:
        """List all turns of announced sessions from an instant on, with when each begins."""
        query = (
            select(Turn, Session.starts_at)
            .join(Session, Session.id == Turn.session_id)
            .where(
                Turn.community_id == self.community_id,
                Session.state == "announced",
                Session.starts_at >= begin,
            )
        )
        return [(row[0], row[1]) for row in self.db.execute(query.order_by(Turn.id))]

    def counts(self, now: datetime, role: str = HOST) -> Sequence[Count]:
        """Count who hosted how much until now: member, number of turns, start of the last one."""
        query = (
            select(Turn.member_id, func.count(), func.max(Session.starts_at))
            .join(Session, Session.id == Turn.session_id)
            .where(
                Turn.community_id == self.community_id,
                Turn.member_id.is_not(None),
                Turn.role == role,
                Turn.state.in_(HOSTING),
                Session.state == "announced",
                Session.starts_at <= now,
            )
        )
        return [(row[0], row[1], row[2]) for row in self.db.execute(query.group_by(Turn.member_id))]

    def settle(
        self,
        session: Session,
        member_id: int,
        state: str,
        now: datetime,
        role: str = "",
    ) -> Turn:
        """Keep the state of somebody's turn, and its role, in the place of what it was before."""
        turn = self.turn_of(session.id, member_id)
        if turn is None:
            turn = Turn(session_id=session.id, member_id=member_id, state=state, changed_at=now)
            self.add(turn)
        turn.state, turn.changed_at, turn.asked_by_id = state, now, None
        turn.agreed_to = session.starts_at if state in HOSTING else None
        turn.role = role or turn.role
        self.db.flush()
        return turn

    def agrees(self, session: Session, member_id: int) -> None:
        """Take it that somebody, should they host a session, knows and agrees to its time."""
        turn = self.turn_of(session.id, member_id)
        if turn is not None and turn.hosts:
            turn.agreed_to = session.starts_at
