"""Does to turns what is done to them: asks, offers, takes and hands back, and tells of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.reminders import HOST_ASKED
from bot.domain.season import season
from bot.domain.telling import hosting_of, replace_posts, tell_awake
from bot.rules.rotation import why
from storage import Records
from storage.deliveries import Wanted
from storage.hosting import HOST, Turn
from storage.log import Actor
from storage.people import Member
from storage.sessions import Session

OFFERED, WISHED, ROLES_OFFERED = "host.offered", "host.wished", "host.roles_offered"
UNASKED = ("away", "declined", "busy")
"""Why an offer does not go to somebody; those who rest may volunteer all the same."""


# An act checks nothing of who asks for it and words nothing. It touches the session, so that
# reminders and posts follow, and tells those concerned what no state shows.
def hosting(turns: Iterable[Turn]) -> list[Turn]:
    """Keep the turns of those who host."""
    return [turn for turn in turns if turn.hosts]


def standing(turns: Iterable[Turn], role: str = HOST) -> dict[str, Any]:
    """Sum up what those concerned are told of a session's turns, so that it can be compared."""
    hosts, states = hosting(turns), {turn.state for turn in turns}
    ids = sorted(turn.id for turn in hosts)  # a delivery keeps them: no person is named in it
    which = {} if role == HOST else {"role": role}
    return {"hosts": ids, "offered": bool(states & {"open", "offered"}), **which}


def stands(records: Records, session: Session, role: str = HOST) -> dict[str, Any]:
    """Sum up how the turns of a session stand now, those of hosts or of another role."""
    return standing(records.hosting.of_session(session.id, role), role)


def tell(
    records: Records, session: Session, notice: str, people: Iterable[int | None], one: Wanted
) -> None:
    """Send a notice on who hosts a session to some people."""
    members = records.members.many([id for id in people if id])
    tell_awake(records, session, notice, members, one)


def tell_changed(
    records: Records,
    session: Session,
    was: Mapping[str, Any],
    by: Actor,
    known: Iterable[int] = (),
) -> None:
    """Tell those concerned who hosts a session now; its reminders and posts follow.

    That is its organiser, its hosts, and those who hosted it when things stood as they `was`;
    whoever did it and those of `known` know it already. Who hosts the dates of a programme the rota
    looks after, so that whoever planned it need not. Of another role, only those who had it are
    told: who has it now stands in the announcement.
    """
    records.db.flush()
    records.touched.add(session)
    role = was.get("role", HOST)
    turns = records.hosting.of_session(session.id, role)
    hosts = [turn.member_id for turn in turns if turn.hosts or turn.id in was["hosts"]]
    organiser = {session.organiser_id} if role == HOST and not session.programme_id else set()
    concerned = {*organiser, *hosts} - {by.id, *known}
    one = Wanted("", by.now, session.ends_at, by_id=by.id, args=was)
    tell(records, session, "host.changed", concerned, one)


def ask(records: Records, session: Session, asked: Member, by: Actor, role: str = HOST) -> bool:
    """Ask a member to host a session; False when they are in their quiet hours and asked later.

    Whoever asks themselves has it before them and needs no message.
    """
    turn = records.hosting.settle(session, asked.id, "proposed", by.now, role)
    turn.asked_by_id = by.id or None
    records.touched.add(session, asked.id)
    if asked.id == by.id:
        return True
    replace_posts(records, session, HOST_ASKED, by.now, [asked.id])
    one = Wanted("", by.now, session.starts_at, by_id=by.id or None)
    return not tell_awake(records, session, HOST_ASKED, [asked], one)


def unask(records: Records, session: Session, turns: Iterable[Turn], by: Actor) -> None:
    """Ask people no more who have not answered: their messages say so, or are not sent.

    From then on the rota asks nobody else for it.
    """
    for turn in turns:
        if turn.role == HOST:
            records.hosting.remove(turn)
        else:
            turn.state = "given"
    records.db.flush()
    records.log.add(hosting_of(session), "unasked", by.member, by.now)
    records.touched.add(session)


def offer(
    records: Records, session: Session, turn: Turn | None, by: Actor, role: str = HOST
) -> bool:
    """Offer a turn to all: that of a host, or one that is nobody's; False: there is nobody."""
    if turn is None:
        return open_up(records, session, by, role)
    was = stands(records, session, turn.role)
    turn.state = "offered"
    records.db.flush()
    told = _offer_to_all(records, session, by, turn.role)
    if told:
        records.log.add(hosting_of(session), "offered", by.member, by.now)
    if told and turn.member_id != by.id:
        tell_changed(records, session, was, by)
    records.touched.add(session)
    return told


def is_open(records: Records, session: Session, role: str = HOST) -> bool:
    """Say whether a turn that is nobody's is offered."""
    return any(turn.state == "open" for turn in records.hosting.of_session(session.id, role))


def open_up(records: Records, session: Session, by: Actor, role: str = HOST) -> bool:
    """Offer a turn that is nobody's to all, once; False when it was already, or there is nobody."""
    if is_open(records, session, role):
        return False
    fresh = Turn(session_id=session.id, state="open", changed_at=by.now, role=role)
    turn = records.hosting.add(fresh)
    told = _offer_to_all(records, session, by, role)
    records.touched.add(session)
    if not told:
        records.hosting.remove(turn)
    return told


def _offer_to_all(records: Records, session: Session, by: Actor, role: str) -> bool:
    """Post an offer where the core group talks, else to each host who could; False: to nobody.

    Whoever makes it need not be told. One post holds all roles beside hosting; one of which there
    is no pool is not offered.
    """
    notice = OFFERED if role == HOST else ROLES_OFFERED
    if role != HOST and not has_pool(records, session, role):
        return False
    replace_posts(records, session, notice, by.now)
    channels = [channel.id for channel in records.channels.of_core() if not channel.lost]
    one = Wanted("", by.now, session.ends_at, by_id=by.id or None)
    for id in channels:
        row = replace(one, kind=by.now.isoformat(), channel_id=id)
        records.deliveries.send(hosting_of(session), notice, row)
    people = [] if channels else askable(records, session, by, role) - {by.id}
    tell(records, session, notice, people, one)
    return bool(channels or people)


def has_pool(records: Records, session: Session, role: str) -> bool:
    """Say whether anybody takes turns at a role that a session may need."""
    whose = (None, session.programme_id)
    return any(stay.programme_id in whose for stay in records.hosting.pool(role))


def askable(records: Records, session: Session, by: Actor, role: str = HOST) -> set[int]:
    """Give who can be offered a session: whoever is free, and does not host it."""
    here = season(records, [session], by.now, role)
    hosts = {turn.member_id or 0 for turn in records.hosting.accepted(session.id, role)}
    ranked = why(session.id, here.turns, here.hosts, by.now)
    return {one.host for one in ranked if one.passed not in UNASKED} - hosts


def withdraw(records: Records, session: Session, by: Actor, role: str = HOST) -> None:
    """Take an offer back; the rota does not offer it again."""
    if role == HOST and is_open(records, session):
        records.log.add(hosting_of(session), "closed", by.member, by.now)
    for turn in records.hosting.of_session(session.id, role):
        if turn.state == "offered":
            turn.state = "accepted"
        elif turn.state == "open":
            records.hosting.remove(turn)
    records.db.flush()
    records.touched.add(session)


def confirm(records: Records, session: Session, turn: Turn) -> bool:
    """Have a host host: after a move, or instead of handing over; False: as they did anyway."""
    news = turn.state == "offered" or turn.agreed_to != session.starts_at
    turn.state, turn.agreed_to = "accepted", session.starts_at
    records.db.flush()
    if news:
        records.touched.add(session)
    return news


def accept(
    records: Records, session: Session, by: Actor, *, beside: bool, role: str = HOST
) -> None:
    """Make somebody a host: `beside` the hosts there are, or in the place of one who offers."""
    turns = records.hosting.of_session(session.id, role)
    was = standing(turns, role)
    for turn in turns:
        if turn.state == "offered" and not beside:
            turn.state, turn.changed_at = "given", by.now
        elif turn.state in ("open", "proposed") and turn.member_id != by.id:
            _release(records, turn, beside)
    records.hosting.settle(session, by.id, "accepted", by.now, role=role)
    tell_changed(records, session, was, by)


def _release(records: Records, turn: Turn, beside: bool) -> None:
    """Ask nobody any more for a turn that has found its host.

    Of another role the turn stays, so that the question can say which it was about.
    """
    if turn.role != HOST and turn.state == "proposed":
        turn.state = turn.state if beside else "given"
    elif not (beside and turn.state == "proposed"):
        records.hosting.remove(turn)


def decline(records: Records, session: Session, turn: Turn, by: Actor) -> None:
    """Free somebody of a turn they had or were asked to take, or wished for."""
    if turn.state == "wished":
        drop(records, session, turn)
    elif turn.state == "lapsed":
        turn.state, turn.changed_at = "declined", by.now
        records.touched.add(session)
    elif turn.hosts or turn.state == "proposed":
        give_back(records, session, turn, by)


def drop(records: Records, session: Session, turn: Turn) -> None:
    """Forget that somebody wished to host with others."""
    records.hosting.remove(turn)
    records.touched.add(session)


def give_back(
    records: Records, session: Session, turn: Turn, by: Actor, alone: list[Session] | None = None
) -> None:
    """Free somebody of a turn they had or were asked to take; without a host it is open to all.

    One without a host is added to those `alone` instead, where several are offered together.
    """
    had, asked_by, role = turn.hosts, turn.asked_by_id, turn.role
    was = stands(records, session, role)
    turn.state, turn.changed_at = ("given" if had else "declined"), by.now
    records.db.flush()
    # Where the rota asks, it offered the turn before, and goes on to the next.
    goes_on = role == HOST and asked_by is None and not had and records.community.rota_runs
    if not records.hosting.accepted(session.id, role) and not goes_on:
        if alone is None or role != HOST:
            open_up(records, session, by, role)
        else:
            alone.append(session)
    if had:
        entry = records.log.add(hosting_of(session), "given back", by.member, by.now)
        entry.after = {"role": role}
        tell_changed(records, session, was, by)
        return
    records.touched.add(session)
    one = Wanted(f"{turn.id}:{by.now.isoformat()}", by.now, session.ends_at, by_id=by.id)
    tell(records, session, "host.declined", {asked_by} - {by.id}, one)


def wish(records: Records, session: Session, hosts: Sequence[Turn], by: Actor) -> None:
    """Ask the hosts of a session whether somebody may host it with them."""
    records.hosting.settle(session, by.id, "wished", by.now, role=HOST)
    records.touched.add(session, by.id)
    replace_posts(records, session, WISHED, by.now)
    one = Wanted("", by.now, session.starts_at, by_id=by.id or None)
    tell(records, session, WISHED, [turn.member_id for turn in hosts], one)


def let_in(records: Records, session: Session, person: Member, by: Actor) -> None:
    """Have somebody host with the hosts there are, as they wished."""
    was = stands(records, session)
    records.hosting.settle(session, person.id, "accepted", by.now)
    tell_changed(records, session, was, by)
