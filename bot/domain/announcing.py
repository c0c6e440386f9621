"""Announces sessions once more whose announcement does not stand."""

from collections.abc import Sequence

from storage import Records
from storage.community import Channel
from storage.log import Actor
from storage.sessions import Session


def announce_again(
    records: Records, session: Session, by: Actor, elsewhere: Channel | None = None
) -> Sequence[Channel]:
    """Announce a session once more where it does not stand, or in another channel; gives where."""
    failed = records.undelivered.of(session.about)
    if elsewhere is None:
        places = records.channels.many([row.channel_id for row in failed if row.channel_id])
        for row in failed:
            records.undelivered.again(row, by.now)
    else:
        places = [elsewhere]
        records.undelivered.elsewhere(failed[0], elsewhere.id, by.now)
    for place in places:
        place.lost = ""
    session.told_at = by.now
    records.touched.add(session)
    records.log.add(session.about, "announced", by.member, by.now)
    return places
