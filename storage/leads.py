"""Says for which topic each one counts, where some were merged into others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.topics import Topic


def by_lead(pairs: Iterable[tuple[int, int]], leads: Mapping[int, int]) -> Mapping[int, set[int]]:
    """Gather members by the topic that counts."""
    grouped: dict[int, set[int]] = defaultdict(set)
    for topic, member in pairs:
        if topic in leads:
            grouped[leads[topic]].add(member)
    return grouped


def lead_of_each(topics: "Iterable[Topic]") -> Mapping[int, int]:
    """Say for which topic each one counts, however often topics were merged on."""
    into = {topic.id: topic.merged_into_id for topic in topics}
    leads: dict[int, int] = {}
    for topic in into:
        lead = topic
        while (further := into.get(lead)) in into and further is not None:
            lead = further
        leads[topic] = lead
    return leads
