"""Counts who comes, by region and by language; small groups stay hidden."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.hours import FIVE, spread
from storage import Records
from storage.finding import Search
from storage.hours import Living
from storage.sessions import Session
from storage.sight import Sight

MOST = 12
"""How many past sessions are counted, and how many to come."""
Groups = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Comers:
    """How many people of each region, and of each language, come to a session or to several.

    Groups of less than five people are left out. Somebody counts for each language they speak.
    """

    regions: Groups
    languages: Groups


@dataclass(frozen=True, slots=True)
class Audience:
    """Who came to the latest sessions, and who comes to the next: to each, and to any of them."""

    past: Sequence[tuple[Session, Comers]]
    ahead: Sequence[tuple[Session, Comers]]
    came: Comers
    coming: Comers


Person = tuple[str, str, str, Sequence[str]]
"""Somebody who comes: who they are, their region, their zone, the languages they speak."""


def audience(records: Records, sight: Sight, now: datetime) -> Audience:
    """Count who came and who comes, as far as somebody sees the sessions."""
    living = {who.member_id: who for who in records.burdens.living()}
    naming = spread(records).naming()
    ids = records.finding.ids(Search(past=True), sight, now)[:MOST]
    past, ahead = records.finding.listed(ids), records.sessions.upcoming(sight, now, MOST)
    there = _there(records, past, living)
    to_come = _to_come(records, ahead, living)

    def comers(people: Iterable[Person]) -> Comers:
        each = {who: (naming(region, zone), speaks) for who, region, zone, speaks in people}
        regions = Counter(region for region, _ in each.values())
        languages = Counter(code for _, speaks in each.values() for code in speaks)
        return Comers(_large(regions), _large(languages))

    return Audience(
        [(session, comers(there[session.id])) for session in past],
        [(session, comers(to_come[session.id])) for session in ahead],
        comers(person for people in there.values() for person in people),
        comers(person for people in to_come.values() for person in people),
    )


def _large(counts: Counter[str]) -> Groups:
    return {name: count for name, count in counts.items() if name and count >= FIVE}


def _there(
    records: Records, sessions: Sequence[Session], living: Mapping[int, Living]
) -> Mapping[int, Sequence[Person]]:
    """Give who was at sessions, from where they lived then."""
    people: dict[int, list[Person]] = {session.id: [] for session in sessions}
    for row in records.attendance.there([*people]):
        who = living.get(row.member_id or 0)
        key = str(row.member_id or f"row {row.id}")
        people[row.session_id].append((key, row.region, row.zone, who.languages if who else ()))
    return people


def _to_come(
    records: Records, sessions: Sequence[Session], living: Mapping[int, Living]
) -> Mapping[int, Sequence[Person]]:
    """Give who said that they come to sessions, without those who have left."""
    people: dict[int, list[Person]] = {session.id: [] for session in sessions}
    for session_id, member_id in records.attendance.to_come([*people]):
        who = living.get(member_id)
        if who is not None:
            people[session_id].append((str(member_id), who.region, who.zone, who.languages))
    return people
