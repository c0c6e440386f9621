"""Knows which posts are missed when somebody deletes them, by whom, and posts them again."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.domain.announcing import announce_again
from bot.domain.hosting import is_open
from bot.domain.offers import OFFERED_ALL, listed
from bot.domain.reminders import ANNOUNCED
from bot.rules.openspace import reached
from storage import Records
from storage.community import Channel, Community, Post
from storage.deliveries import Delivery
from storage.log import Actor
from storage.openspace import OpenSpace
from storage.people import Member
from storage.polls import OPEN, Poll
from storage.programmes import RUNNING, Programme
from storage.sessions import Session

Thing = Session | Programme | OpenSpace | Community | Poll
Stands = Callable[[Records, int, datetime], Thing | None]
"""Gives what a post is about, by its id, as long as the post has something to say."""
SUGGESTED = "session.suggested"


def _announced(records: Records, id: int, now: datetime) -> Session | None:
    session = records.sessions.find(id)
    ahead = session is not None and session.state == "announced" and session.starts_at > now
    return session if ahead else None


def _suggested(records: Records, id: int, now: datetime) -> Session | None:
    session = records.sessions.find(id)
    ahead = session is not None and session.state == "draft" and session.starts_at > now
    return session if ahead else None


def _offered(records: Records, id: int, now: datetime) -> Session | None:
    session = _announced(records, id, now)
    turns = records.hosting.of_session(id) if session else ()
    return session if any(turn.state in ("open", "offered") for turn in turns) else None


def _roles_offered(records: Records, id: int, now: datetime) -> Session | None:
    session = _announced(records, id, now)
    turns = records.roles.beside(id) if session else ()
    return session if any(turn.state in ("open", "offered") for turn in turns) else None


def _offered_all(records: Records, id: int, now: datetime) -> Community | None:
    sessions = records.sessions.many(listed(records, None, None))
    ahead = any(one.starts_at > now and is_open(records, one) for one in sessions)
    return records.community if ahead else None


def _runs(records: Records, id: int, now: datetime) -> Programme | None:
    programme = records.programmes.find(id)
    return programme if programme is not None and programme.state == RUNNING else None


def _open(records: Records, id: int, now: datetime) -> OpenSpace | None:
    space = records.openspaces.find(id)
    closed = space is None or reached(space.begins, now) in ("draft", "closed")
    return None if closed else space


def _asked(records: Records, id: int, now: datetime) -> Poll | None:
    poll = records.polls.find(id)
    return poll if poll is not None and poll.state == OPEN else None


MISSED: Mapping[str, Stands] = {
    ANNOUNCED: _announced,
    SUGGESTED: _suggested,
    "host.offered": _offered,
    "host.roles_offered": _roles_offered,
    OFFERED_ALL: _offered_all,
    "programme.announced": _runs,
    "openspace.space": _open,
    "openspace.board": _open,
    "session.polled": _asked,
}
"""The posts in channels that people look for, by their notices."""


def missed(records: Records, post: Post | Delivery, now: datetime) -> Thing | None:
    """Give what a post is about, if it is one that is missed when somebody deletes it."""
    stands = MISSED.get(post.notice)
    return stands(records, int(post.about.rpartition(":")[2]), now) if stands else None


def posters(records: Records, row: Delivery, thing: Thing) -> Sequence[int]:
    """Give who had something posted, by their ids."""
    announced = records.log.last([thing.about], "announced", "started", "polled")
    own = thing.facilitator_id if isinstance(thing, OpenSpace) else None
    if isinstance(thing, Session) and row.notice == SUGGESTED:
        own = thing.organiser_id
    return [id for id in (announced.by_id if announced else None, row.by_id, own) if id]


def keepers(records: Records, row: Delivery, thing: Thing) -> Sequence[Member]:
    """List who has to know that a post was deleted, beside the coordinators."""
    own = thing.organiser_id if isinstance(thing, Session | Programme | Poll) else None
    ids = [*([own] if own else []), *posters(records, row, thing)]
    return records.members.many([*dict.fromkeys(ids)])


def may_post(records: Records, row: Delivery, thing: Thing, member: Member) -> bool:
    """Say whether somebody may post something again: the core group, and who had it posted."""
    return member.sight.prepares or member.id in posters(records, row, thing)


def post_again(
    records: Records, row: Delivery, thing: Thing, by: Actor, elsewhere: Channel | None = None
) -> Sequence[Channel]:
    """Post again what was deleted, wherever it was, or in another channel; gives where."""
    if isinstance(thing, Session) and row.notice == ANNOUNCED:
        return announce_again(records, thing, by, elsewhere)
    rows = records.lost_posts.about([row.about], row.notice)
    if elsewhere is not None:
        records.undelivered.elsewhere(row, elsewhere.id, by.now)
        places: Sequence[Channel] = [elsewhere]
    else:
        places = records.channels.many([one.channel_id for one in rows if one.channel_id])
        for one in rows:
            records.undelivered.again(one, by.now)
    for place in places:
        place.lost = ""
    return places


def lost(
    records: Records, things: Sequence[str], now: datetime
) -> Sequence[tuple[Delivery, Thing]]:
    """List what was deleted and is missed about some things, once for each kind of post."""
    rows = {(row.about, row.notice): row for row in records.lost_posts.about(things)}
    about = ((row, missed(records, row, now)) for row in rows.values())
    return [(row, thing) for row, thing in about if thing is not None]
