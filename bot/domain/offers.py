"""Offers several turns at once: one message with a line for each, kept as the turns stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.hosting import askable, is_open, open_up
from bot.domain.telling import tell
from storage import Records
from storage.deliveries import Delivery, Wanted
from storage.hosting import Turn
from storage.log import Actor
from storage.sessions import Session

OFFERED_ALL, OUTDATED = "host.offered_all", "host.outdated"
Target = tuple[int | None, int | None]
"""A channel or a member, by id: one of the two."""


def offers_of(records: Records) -> str:
    """Name what deliveries and posts are about that offer several turns."""
    return f"offers:{records.community_id}"


def open_all(records: Records, sessions: Iterable[Session], by: Actor) -> list[Session]:
    """Offer the turns of sessions that nobody hosts; gives those that are offered to somebody."""
    fresh = [session for session in sessions if not is_open(records, session)]
    if len(fresh) < 2:
        return [session for session in fresh if open_up(records, session, by)]
    readers = _readers(records, fresh, by)
    offered = [one for one in fresh if any(one in many for many in readers.values())]
    for session in offered:
        records.hosting.add(Turn(session_id=session.id, state="open", changed_at=by.now))
        records.touched.add(session)
    records.db.flush()
    still = {target: _still_open(records, target) for target in readers}
    _outdate(records, by.now)
    for target, many in readers.items():
        _send(records, target, [*still[target], *many], by)
    return offered


def _readers(
    records: Records, sessions: Sequence[Session], by: Actor
) -> Mapping[Target, list[Session]]:
    """Say who reads of which sessions: where the core group talks, else each host who could."""
    channels = [channel.id for channel in records.channels.of_core() if not channel.lost]
    if channels:
        return {(id, None): [*sessions] for id in channels}
    readers: dict[Target, list[Session]] = {}
    for session in sessions:
        for id in sorted(askable(records, session, by) - {by.id}):
            readers.setdefault((None, id), []).append(session)
    return readers


def _still_open(records: Records, target: Target) -> list[Session]:
    """List what was offered before and still is, so that one message holds all of it."""
    ids = listed(records, *target)
    return [one for one in records.sessions.many(ids) if is_open(records, one)]


def listed(records: Records, channel_id: int | None, member_id: int | None) -> Sequence[int]:
    """Give the ids of the sessions whose turns were offered together last, to a reader.

    Without a channel or a member those of the newest message in any channel.
    """
    rows = [row for row in records.deliveries.about(offers_of(records)) if _to(row, member_id)]
    own = [row for row in rows if channel_id is None or row.channel_id == channel_id]
    return own[-1].args["sessions"] if own else ()


def _to(row: Delivery, member_id: int | None) -> bool:
    return row.notice == OFFERED_ALL and "sessions" in row.args and row.member_id == member_id


def _outdate(records: Records, now: datetime) -> None:
    """Have what was offered before say that it counts no more."""
    about, before = offers_of(records), f"outdated at {now.isoformat()}:0"
    records.deliveries.cancel(about)
    for post in records.posts.about(about):
        post.about, post.notice = before, OUTDATED
    records.db.flush()
    records.deliveries.refresh(before, now)


def _send(records: Records, target: Target, sessions: Sequence[Session], by: Actor) -> None:
    channel_id, member_id = target
    one = Wanted(
        by.now.isoformat(),
        by.now,
        max(session.ends_at for session in sessions),
        by_id=by.id or None,
        args={"sessions": [session.id for session in sessions]},
    )
    about = offers_of(records)
    if channel_id is not None:
        records.deliveries.send(about, OFFERED_ALL, replace(one, channel_id=channel_id))
    tell(records, about, OFFERED_ALL, one, records.members.many([member_id] if member_id else []))
