"""Follows what a transaction has changed: the only file that knows all areas."""

import secrets
import traceback
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.domain import (
    actions,
    after,
    agenda,
    announcing,
    calendars,
    checklists,
    closing,
    consents,
    contributions,
    digests,
    driving,
    finding,
    gaps,
    hours,
    needs,
    nudging,
    offers,
    openspaces,
    polls,
    programmes,
    reminders,
    seats,
    sessions,
    swaps,
    telling,
)
from bot.domain.reminders import Concerned
from storage import Records
from storage.community import Community
from storage.engine import DatabaseAway
from storage.openspace import OpenSpace
from storage.people import Member
from storage.polls import Poll
from storage.programmes import Programme
from storage.sessions import Session
from storage.undoing import Undone, undoable
from storage.writes import writes

log = structlog.get_logger()
Follow = Callable[[Records, datetime], None]
Step = Callable[[Records, Any, Concerned, datetime], object]
"""What follows from a change of a thing; with members: from one that concerns only these."""


def reread_sessions(records: Records, home: Community, concerned: Concerned, now: datetime) -> None:
    """Have all sessions to come followed: quiet hours, languages or channels are others."""
    for session in records.sessions.to_come(now):
        records.touched.add(session)


def remind_anew(records: Records, member: Member, concerned: Concerned, now: datetime) -> None:
    """Bring the reminders of a member in line with when and where they want them."""
    for session in records.sessions.to_come(now, member.id):
        reminders.want(records, session, {member.id}, now)
    for session in records.hosting.hosted_by(member.id):
        if session.starts_at > now:
            reminders.want_hosts(records, session, None, now)
            reminders.want_assistants(records, session, None, now)
        checklists.want(records, session, None, now)


def look_again(records: Records, member: Member, concerned: Concerned, now: datetime) -> None:
    """Have the rota see whether there is somebody to ask again: who hosts has changed."""
    if concerned is None and records.hosting.stay_of(member.id) is not None:
        for session in records.sessions.to_come(now)[: records.community.rota_ahead]:
            driving.want(records, session, None, now)


def spaces_within(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Have the open spaces inside a session followed: they name it, and rest while it does."""
    if concerned is None:
        for space in records.openspaces.within(session.id):
            records.touched.add(space)


def show_session(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Have the posts about a session say how it stands."""
    records.deliveries.refresh(session.about, now)
    if session.starts_at <= now:
        records.deliveries.refresh(closing.round_of(session), now)
    if concerned is None:
        if session.programme_id is not None:
            records.deliveries.refresh(f"programme:{session.programme_id}", now)
        records.deliveries.refresh(telling.hosting_of(session), now)
        records.deliveries.refresh(telling.suggestion_of(session), now)
        records.deliveries.refresh(contributions.contributing_to(session), now)
        records.deliveries.refresh(telling.interpreting_in(session), now)
        records.deliveries.refresh(offers.offers_of(records), now)
        for poll in records.polls.of_session(session.id):
            polls.show(records, poll, None, now)


def show_space(records: Records, space: OpenSpace, concerned: Concerned, now: datetime) -> None:
    """Have the posts about an open space and its board say how it stands."""
    records.deliveries.refresh(space.about, now)
    records.deliveries.refresh(space.board, now)


ON_AND_SHOWN: tuple[Step, ...] = (programmes.want_renewal, programmes.show)


# Causes stand above effects: a step touches only what is below it. Each brings what it keeps in
# line with the state it finds, so that following twice writes nothing that once did not.
FOLLOWS: tuple[tuple[type[Any], tuple[Step, ...]], ...] = (
    (Community, (reread_sessions, digests.want_all)),
    (Member, (remind_anew, actions.follow_owner, look_again, digests.want)),
    (Programme, (programmes.make_dates, announcing.mail_programme, *ON_AND_SHOWN)),
    (
        Session,
        (
            openspaces.along,
            spaces_within,
            seats.tell_changed,
            nudging.want,
            reminders.ask_hosts_again,
            reminders.want,
            reminders.want_hosts,
            gaps.want,
            needs.want,
            swaps.lapse,
            reminders.want_assistants,
            checklists.want,
            sessions.go_on,
            finding.keep_words,
            contributions.ask,
            agenda.show_running,
            driving.want,
            announcing.confirm,
            announcing.mail_session,
            consents.settle,
            actions.want,
            after.want,
            hours.bear,
            calendars.keep_entry,
            show_session,
        ),
    ),
    (OpenSpace, (openspaces.want, openspaces.go_on, show_space)),
    (Poll, (polls.want, polls.show)),
)


SHOWS: tuple[Step, ...] = (show_session, show_space, programmes.show, polls.show)
"""The steps that have posts worded anew, which is only needed when something has changed."""


def follow(records: Records, now: datetime, passing: Collection[Step] = ()) -> None:
    """Follow everything that was touched, `passing` some steps over.

    Raises LookupError where a step touched what is above.
    """
    if not records.touched:
        return
    records.db.flush()
    for kind, steps in FOLLOWS:
        taken = [step for step in steps if step not in passing]
        for thing, concerned in records.touched.take(kind):
            for step in taken:
                step(records, thing, concerned, now)
    if records.touched:
        raise LookupError(f"touched, and not followed: {records.touched}")


def heal(records: Records, thing: object, now: datetime) -> bool:
    """Bring in line what follows from a thing that nobody changed; says whether it was not."""
    with writes(records.db) as written:
        records.touched.add(thing)
        follow(records, now, SHOWS)
        records.db.flush()
    if written:
        records.touched.add(thing)
        follow(records, now)
    return bool(written)


AGAIN = "follow."
"""What the names of timers begin with that follow a thing again; the kind of thing comes next."""
SOON = timedelta(minutes=1)


def follow_or_later(records: Records, now: datetime, follow: Follow) -> None:
    """Follow in a savepoint: when that breaks, what was done stands, and is followed in a minute.

    Raises what a database raises that is away.
    """
    abouts = [thing.about for thing, _ in records.touched.all()]
    if not abouts:
        follow(records, now)  # nothing is there that could break
        return
    try:
        with undoable(records.db):
            follow(records, now)
    except Undone as undone:
        records.touched.clear()
        if isinstance(undone.error, DatabaseAway):
            raise undone.error from None
        trace = "".join(traceback.format_exception(undone.error))
        incident = secrets.token_hex(3).upper()
        log.error("not followed", action="follow", incident=incident, about=abouts, trace=trace)
        for about in abouts:
            records.timers.set(about, AGAIN + about.partition(":")[0], now + SOON)


FINDS: Mapping[str, Callable[[Records, int], object | None]] = {
    "community": lambda records, id: records.community,
    "member": lambda records, id: records.members.find(id),
    "programme": lambda records, id: records.programmes.find(id),
    "session": lambda records, id: records.sessions.find(id),
    "openspace": lambda records, id: records.openspaces.find(id),
    "poll": lambda records, id: records.polls.find(id),
}
"""How the things that are followed are found again, by what their names begin with."""


_OF_SESSION = ("host", "suggestion", "closing", "after", "contribution", "interpreting")
PARTS = {
    **dict.fromkeys(_OF_SESSION, "session"),
    "board": "openspace",
}
"""What names of deliveries and posts begin with that are about a part of a thing."""


def touch(records: Records, about: str) -> None:
    """Touch the thing that a delivery or a post is about, if it is one that is followed."""
    kind, _, id = about.partition(":")
    find = FINDS.get(PARTS.get(kind, kind))
    if find is not None and (thing := find(records, int(id))) is not None:
        records.touched.add(thing)


def _touching(kind: str) -> Callable[[Records, int, datetime], None]:
    return lambda records, id, now: touch(records, f"{kind}:{id}")


TIMERS = {AGAIN + kind: _touching(kind) for kind in FINDS}
"""The timers that follow a thing again, by name: whoever runs them follows what they touched."""
