"""Asks who is named in an agenda to contribute, and keeps what they answer."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from bot.domain.agenda import plan_of
from bot.domain.reminders import Concerned
from bot.domain.telling import tell
from bot.rules.agenda_lines import without
from storage import Records
from storage.contributions import ASKED, CONFIRMED, DECLINED, OUT, Contribution
from storage.deliveries import Wanted
from storage.log import Actor
from storage.people import Member
from storage.sessions import Session

CONTRIBUTION, CANNOT = "session.contribution", "session.contribution_declined"
SAME = 0.75
"""How like the titles of two items have to be for one to be the other, corrected."""


@dataclass(frozen=True, slots=True)
class NamedAt:
    """Somebody who is named at an item of an agenda, as it is written; `people` may be meant."""

    item: str
    name: str
    people: Sequence[Member]


def contributing_to(session: Session) -> str:
    """Name what deliveries and posts about contributions to a session are about."""
    return f"contribution:{session.id}"


def answers_to(name: str, written: str) -> bool:
    """Say whether somebody of a name may be meant: by the whole of it or its first word."""
    known, said = name.casefold(), written.casefold()
    return bool(said) and said in (known, known.split(" ")[0])


def names_people(session: Session) -> bool:
    """Say whether an agenda may name anybody."""
    return "(" in session.agenda


def named(records: Records, session: Session) -> Sequence[NamedAt]:
    """List who is named in the agenda of a session, with the members who may be meant."""
    pairs = [(item.title, name) for item in plan_of(session).items for name in item.line.names]
    known = records.members.named_like({name for _, name in pairs}) if pairs else ()
    return [NamedAt(item, name, _meant(known, name)) for item, name in pairs]


def _meant(known: Sequence[Member], written: str) -> Sequence[Member]:
    """Give the members of whom a name may be: those of that whole name before the others."""
    whole = [one for one in known if one.name.casefold() == written.casefold()]
    return whole or [one for one in known if answers_to(one.name, written)]


def unclear(records: Records, session: Session) -> Sequence[NamedAt]:
    """List the names in an agenda that several members have and nobody was chosen for."""
    rows = [row for row in records.contributions.of(session.id) if row.state != OUT]
    chosen = {(row.item, row.member_id) for row in rows}
    return [
        one
        for one in named(records, session)
        if len(one.people) > 1 and not any((one.item, who.id) in chosen for who in one.people)
    ]


def choose(records: Records, session: Session, item: str, member: Member, by: Actor) -> None:
    """Say who of several people of a name is meant at an item."""
    _name(records, session, (item, member.id), by.id, by.now)
    records.touched.add(session)


def ask(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Ask who is named in the agenda of a session that is announced, and tell who is no more.

    A name that several members have stands for whoever was chosen.
    """
    if concerned is not None:
        return
    rows = {(row.item, row.member_id): row for row in records.contributions.of(session.id)}
    if not rows and "(" not in session.agenda:
        return
    if not _asks(session, now):
        records.deliveries.want(contributing_to(session), CONTRIBUTION, (), now)
        return
    wanted = {*_wanted(records, session, rows)}
    by_id = _author(records, session) if wanted ^ _standing(rows) else None
    _rename(rows, wanted)
    for key in _standing(rows) - wanted:
        _take_out(records, session, rows[key], by_id, now)
    for key in sorted(wanted - _standing(rows)):
        _name(records, session, key, by_id, now)
    _send(records, session, now)


Key = tuple[str, int]
Rows = dict[Key, Contribution]


def _asks(session: Session, now: datetime) -> bool:
    out = session.announce_at is None or session.announce_at <= now
    return session.state == "announced" and out and now < session.ends_at


def _standing(rows: Rows) -> set[Key]:
    return {key for key, row in rows.items() if row.state != OUT}


def _wanted(records: Records, session: Session, rows: Mapping[Key, Contribution]) -> Iterator[Key]:
    """Give who is to contribute to which item: the one of that name, else whoever was chosen."""
    for one in named(records, session):
        chosen = [who for who in one.people if _chosen(rows, one.item, who)]
        people = chosen or one.people
        if len(people) == 1:
            yield one.item, people[0].id


def _chosen(rows: Mapping[Key, Contribution], item: str, who: Member) -> bool:
    row = rows.get((item, who.id))
    return row is not None and row.state != OUT


def _author(records: Records, session: Session) -> int | None:
    """Give who wrote an agenda last: whoever changed it, else whoever planned the session."""
    inherits = session.programme_id is not None and "agenda" not in session.own
    about = f"programme:{session.programme_id}" if inherits else session.about
    changed = [one for one in records.log.of(about, "changed") if "agenda" in one.after]
    return changed[-1].by_id if changed else session.organiser_id


def _rename(rows: Rows, wanted: Collection[Key]) -> None:
    """Keep what somebody answered for an item whose title was corrected."""
    for item, member_id in _standing(rows) - {*wanted}:
        new = [key for key in wanted if key[1] == member_id and key not in rows]
        like = [key for key in new if SequenceMatcher(None, item, key[0]).ratio() >= SAME]
        if like:
            row = rows[like[0]] = rows.pop((item, member_id))
            row.item = like[0][0]


def _name(records: Records, session: Session, key: Key, by_id: int | None, now: datetime) -> None:
    """Have somebody contribute to an item; whoever named themselves has confirmed it."""
    item, member_id = key
    row = next((one for one in records.contributions.of(session.id) if _is(one, key)), None)
    if row is None:
        row = Contribution(session_id=session.id, member_id=member_id, item=item, asked_at=now)
        records.contributions.add(row)
    row.state, row.asked_at, row.by_id = ASKED, now, by_id
    if member_id == by_id:
        row.state, row.answered_at = CONFIRMED, now


def _is(row: Contribution, key: Key) -> bool:
    return (row.item, row.member_id) == key


def _take_out(
    records: Records, session: Session, row: Contribution, by_id: int | None, now: datetime
) -> None:
    """Have somebody contribute no more, and tell them if they were asked or had agreed."""
    was_asked = _asked(records, session, row)
    tells = row.member_id != by_id and (was_asked or row.answered_at) and row.state != DECLINED
    row.state = OUT
    if not was_asked:
        _forget(records, session, row)
    if tells:
        one = Wanted(f"out:{now.isoformat()}", now, session.ends_at, by_id=by_id)
        people = records.members.many([row.member_id])
        tell(records, contributing_to(session), CONTRIBUTION, one, people)


def _asked(records: Records, session: Session, row: Contribution) -> bool:
    """Say whether somebody was asked to contribute to an item, or is being asked."""
    sent = records.deliveries.about(contributing_to(session))
    kind = _kind(row)
    mine = [one for one in sent if one.member_id == row.member_id and one.kind == kind]
    return any(one.state not in ("pending", "cancelled") for one in mine)


def _forget(records: Records, session: Session, row: Contribution) -> None:
    """Drop the question to somebody that has not gone out, unless it is about another item, too."""
    others = records.contributions.of(session.id)
    mine = [one for one in others if one.member_id == row.member_id and one.state == ASKED]
    for sent in records.deliveries.about(contributing_to(session)):
        waits = sent.state == "pending" and sent.member_id == row.member_id
        if waits and sent.kind == _kind(row) and all(_kind(one) != sent.kind for one in mine):
            sent.state = "cancelled"


def _kind(row: Contribution) -> str:
    return f"asked:{row.asked_at.isoformat()}"


def _send(records: Records, session: Session, now: datetime) -> None:
    """Send the questions that are not on their way: one to somebody for all that is new."""
    about = contributing_to(session)
    sent = {row.key for row in records.deliveries.about(about) if row.state != "cancelled"}
    for row in records.contributions.of(session.id):
        asked = Wanted(_kind(row), now, session.ends_at, member_id=row.member_id)
        if row.state != ASKED or asked.key(about, CONTRIBUTION) in sent:
            continue
        people = [one for one in records.members.many([row.member_id]) if one.left_at is None]
        row.asked_at = now if people else row.asked_at
        one = Wanted(_kind(row), now, session.ends_at, by_id=row.by_id)
        tell(records, about, CONTRIBUTION, one, people)


def answer(
    records: Records, session: Session, rows: Sequence[Contribution], yes: bool, by: Actor
) -> None:
    """Keep whether somebody contributes; whoever named them hears of a no."""
    for row in rows:
        before, row.state = row.state, CONFIRMED if yes else DECLINED
        row.answered_at = by.now
        namer = row.by_id or session.organiser_id
        if not yes and before != DECLINED and namer not in (None, by.id):
            kind = f"{row.id}:{by.now.isoformat()}"
            one = Wanted(kind, by.now, session.ends_at, by_id=by.id, args={"item": row.id})
            people = records.members.many([namer or 0])
            tell(records, contributing_to(session), CANNOT, one, people)
    records.touched.add(session)


def contributors(records: Records, session: Session) -> Sequence[tuple[Contribution, Member]]:
    """List who contributes to a session or was asked to, each with the item."""
    rows = [row for row in records.contributions.of(session.id) if row.state != OUT]
    people = {one.id: one for one in records.members.many([row.member_id for row in rows])}
    return [(row, people[row.member_id]) for row in rows if row.member_id in people]


def erase(records: Records, member: Member) -> None:
    """Take somebody who is erased out of the agendas that name them, and of what they were."""
    said = member.name.split(" ")[0] or member.name
    for session in records.sessions.naming(said):
        names = [
            one.name for one in named(records, session) if _is_of(records, session, one, member)
        ]
        if names:
            session.agenda = without(session.agenda, names.__contains__)
            records.log.forget_texts(session.about)
            records.touched.add(session)
    known = records.members.named_like({said, member.name})
    for programme in records.programmes.naming(said):
        programme.agenda = without(programme.agenda, lambda name: _meant(known, name) == [member])
        records.log.forget_texts(programme.about)
        records.touched.add(programme)


def _is_of(records: Records, session: Session, one: NamedAt, member: Member) -> bool:
    """Say whether a name in an agenda is somebody's: theirs alone, or they were chosen."""
    rows = records.contributions.of(session.id)
    chosen = any(_is(row, (one.item, member.id)) for row in rows)
    return member in one.people and (len(one.people) == 1 or chosen)
