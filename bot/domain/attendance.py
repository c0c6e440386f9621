"""Keeps who was at a session: hosts and who said yes, until somebody says otherwise."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.folding import folded
from storage import Records
from storage.attendance import Attendance
from storage.log import Actor
from storage.people import Member
from storage.sessions import Session

MOST, LENGTH = 40, 2000
"""How many names, and characters of names, a host goes through in one field of a form."""


@dataclass(frozen=True, slots=True)
class NamedPeople:
    """Whom somebody names: members, and names without an account."""

    members: Sequence[Member] = ()
    names: Sequence[str] = ()


NOBODY = NamedPeople()


@dataclass(frozen=True, slots=True)
class Present:
    """Who was at a session; those who `come` said yes or host it.

    `rows` is what was said of members, by their ids; `guests` of names without an account.
    """

    come: Sequence[Member]
    rows: dict[int, Attendance] = field(default_factory=dict)
    guests: Sequence[Attendance] = ()

    @property
    def ids(self) -> set[int]:
        """The ids of the members who were there."""
        by_answer = {member.id for member in self.come if member.id not in self.rows}
        return by_answer | {id for id, row in self.rows.items() if row.there}

    @property
    def names(self) -> Sequence[str]:
        """The names of those without an account who were there."""
        return [row.name for row in self.guests if row.there]

    @property
    def count(self) -> int:
        """How many were there."""
        return len(self.ids) + len(self.names)

    @property
    def fits(self) -> bool:
        """Whether so few said yes that a host goes through all their names."""
        names = sum(len(member.name) + 2 for member in self.come)
        return len(self.come) <= MOST and names <= LENGTH


def present(records: Records, session: Session) -> Present:
    """Give who was at a session, as far as anybody said."""
    rows = records.attendance.of(session.id)
    ids = [*records.rsvps.who_comes(session.id)]
    come = {member.id: member for member in records.members.many(ids)}
    come |= {host.id: host for host in records.hosting.hosts(session.id)}
    named = [row for row in rows if row.member_id is None and row.name]
    by_id = {row.member_id: row for row in rows if row.member_id}
    return Present([*come.values()], by_id, named)


def say_there(records: Records, session: Session, by: Actor) -> bool:
    """Keep that somebody was at a session, or that they were not, where they had said they were."""
    row = records.attendance.by(session.id, by.id)
    undoes = row is not None and row.there and row.said_by_id == by.id
    if by.member is not None:
        known = Present((), {by.id: row} if row else {})
        _Roll(records, session, known, by).say(by.member, there=not undoes)
    # Whoever was not there has no say in a recording: that is about all of it.
    records.touched.add(session, None if session.recorded else by.id)
    return not undoes


def put(
    records: Records, session: Session, listed: NamedPeople | None, absent: NamedPeople, by: Actor
) -> None:
    """Keep who was at a session as a host says it.

    Those who said yes and are not `listed` were not there, where all of their names could be. What
    people or other hosts said stays, but for those who are named as `absent`; so do the hosts. Who
    counts by their answer is kept, too, with where they are now.
    """
    roll = _Roll(records, session, present(records, session), by)
    if listed is not None:
        hosts = {turn.member_id for turn in records.hosting.accepted(session.id)}
        roll.leave_out({member.id for member in listed.members} | hosts)
        for member in listed.members:
            roll.say(member, there=True)
        roll.add(listed.names)
    for member in absent.members:
        roll.say(member, there=False)
    roll.strike(absent.names)
    roll.count_rest()
    records.db.flush()
    records.touched.add(session)


@dataclass(frozen=True, slots=True)
class _Roll:
    """Writes down who was at a session, as somebody says it."""

    records: Records
    session: Session
    known: Present
    by: Actor

    def say(self, member: Member, *, there: bool) -> None:
        """Keep whether a member was there; where they are then, the first time that is said."""
        row = self.known.rows.get(member.id)
        if row is None:
            row = Attendance(session_id=self.session.id, at=self.by.now, member_id=member.id)
            row.zone = member.effective_zone or self.records.community.zone
            row.region, row.said_by_id, row.there = member.region, self.by.id, there
            self.known.rows[member.id] = row
            self._keep(row)
        elif row.there != there or self.by.id == member.id:
            row.there, row.at, row.said_by_id = there, self.by.now, self.by.id

    def count_rest(self) -> None:
        """Keep that those were there of whom nobody said anything: by nobody's word."""
        for member in self.known.come:
            if member.id not in self.known.rows:
                self.say(member, there=True)
                self.known.rows[member.id].said_by_id = None

    def leave_out(self, named: Collection[int | None]) -> None:
        """Keep that those who said yes and are not named were not there."""
        own = (None, self.by.id)
        for member in self.known.come if self.known.fits else ():
            row = self.known.rows.get(member.id)
            if member.id not in named and (row is None or row.said_by_id in own):
                self.say(member, there=False)

    def add(self, names: Collection[str]) -> None:
        """Keep that some without an account were there, each once."""
        before = {folded(guest.name) for guest in self.known.guests}
        fresh = {folded(name): name for name in reversed([*names])}
        for name in reversed([name for same, name in fresh.items() if same not in before]):
            row = Attendance(session_id=self.session.id, at=self.by.now, name=name)
            row.said_by_id = self.by.id
            self._keep(row)

    def strike(self, names: Collection[str]) -> None:
        """Take out some without an account who were not there."""
        gone = {folded(name) for name in names}
        for guest in self.known.guests:
            if folded(guest.name) in gone:
                self.records.attendance.remove(guest)

    def _keep(self, row: Attendance) -> None:
        row.community_id = self.records.community_id
        self.records.db.add(row)
