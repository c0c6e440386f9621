"""Makes one topic of two similar ones, as soon as both sides agree, and two of one again."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bot.domain.openspaces import WEEK
from bot.domain.telling import tell
from storage import Records
from storage.deliveries import Wanted
from storage.log import Actor, LogEntry
from storage.openspace import OpenSpace
from storage.topics import Merger, Topic, Whole

Pair = tuple[Topic, Topic]


def wish(records: Records, pair: Pair, now: datetime) -> Merger:
    """Keep the wish to merge the second topic of a pair into the first, once."""
    records.touched.add(records.openspaces.get(pair[0].openspace_id))
    return records.topics.wish_merger(*pair, now)


def agree(records: Records, pair: Pair, merger: Merger, sides: Collection[int]) -> bool:
    """Note which topics of a pair agree to be one; says whether both do now."""
    merger.agreed = sorted({*merger.agreed, *sides})
    records.touched.add(records.openspaces.get(pair[0].openspace_id))
    return len(merger.agreed) == len(pair)


def ask(records: Records, whole: Whole, merger: Merger, by: Actor) -> None:
    """Ask those who have not agreed yet: who convenes a topic, or else leads the space."""
    pair = [topic for topic in whole.topics if topic.id in (merger.topic_id, merger.other_id)]
    leads = [whole.space.facilitator_id] if whole.space.facilitator_id else []
    args = {"topic": merger.topic_id, "other": merger.other_id}
    wish = Wanted(str(merger.id), by.now, by.now + WEEK, by_id=by.id, args=args)
    for topic in pair:
        if topic.id not in merger.agreed:
            people = [member.id for member in whole.convened(topic)] or leads
            _tell(records, whole.space, "topic.merger_wished", people, wish)


def decline(records: Records, whole: Whole, pair: Pair, merger: Merger, by: Actor) -> None:
    """Keep two topics apart, and tell those who agreed."""
    args = {"topic": pair[0].id, "other": pair[1].id}
    refused = Wanted(str(merger.id), by.now, by.now + WEEK, by_id=by.id, args=args)
    for topic in pair:
        if topic.id in merger.agreed:
            wished = [member.id for member in whole.convened(topic)]
            _tell(records, whole.space, "topic.merger_declined", wished, refused)
    records.topics.forget_merger(merger)
    records.touched.add(whole.space)


def merge(records: Records, space: OpenSpace, pair: Pair, by: Actor) -> LogEntry:
    """Make the second topic of a pair part of the first, and tell those who convene them."""
    one, two = pair
    people = {part.convener_id for topic in pair for part in records.topics.together(topic)}
    records.topics.forget_mergers(two)
    two.merged_into_id = one.id
    two.put(None, None, pinned=False)
    records.touched.add(space)
    entry = records.log.add(two.about, "merged", by.member, by.now)
    entry.after, entry.told_at = {"into": one.id}, by.now
    args: Mapping[str, Any] = {"topic": one.id, "other": two.id, "entry": entry.id}
    done = Wanted(str(entry.id), by.now, by.now + WEEK, args=args)
    _tell(records, space, "topic.merged", [id for id in people if id and id != by.id], done)
    return entry


def separate(records: Records, space: OpenSpace, other: Topic, by: Actor) -> None:
    """Make two topics again of what was merged."""
    other.merged_into_id = None
    records.touched.add(space)
    records.log.add(other.about, "separated", by.member, by.now)


def _tell(
    records: Records, space: OpenSpace, notice: str, people: Collection[int], one: Wanted
) -> None:
    """Tell people of a merger."""
    tell(records, space.about, notice, one, records.members.many([*people]))
