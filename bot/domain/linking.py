"""Joins the accounts of one person: a code from the one is given on the other."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from storage import Records
from storage.digests import digest_of
from storage.joining import join_members
from storage.joins import JoinedMember, JoinedMembers, part_members
from storage.link_codes import LinkCode, LinkCodes
from storage.people import Member
from storage.personal import counts
from storage.wrong_guesses import guessed, guesses

log = structlog.get_logger()

HOLDS, UNDONE = timedelta(hours=1), timedelta(days=1)
"""How long a code holds, and for how long joining can be undone."""
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Signs that nobody takes for another; a code has eight of them."""
HOUR, TRIES = timedelta(hours=1), 10
"""How many wrong codes a member may try an hour; who mistypes has more than enough."""


def new_code(records: Records, member: Member, now: datetime) -> str:
    """Give a code for one use within an hour; one that was given before holds no more."""
    _codes(records).forget(member.id)
    signs = "".join(secrets.choice(SIGNS) for _ in range(8))
    row = LinkCode(member_id=member.id, code=digest_of(signs), until=now + HOLDS)
    _codes(records).add(row)
    return f"{signs[:4]}-{signs[4:]}"


def may_try(records: Records, member: Member, now: datetime) -> bool:
    """Say whether somebody may try a code: who tried many wrong ones has to wait."""
    return guesses(records.db, member.id, now - HOUR) < TRIES


def tried(records: Records, member: Member, code: str, now: datetime) -> Member | None:
    """Find who was given a code that still holds, however it is written; a wrong one is counted."""
    signs = "".join(sign for sign in code.upper() if sign in SIGNS)
    row = _codes(records).by(signs, now)
    if row is None:
        guessed(records.db, member.id, now.replace(second=0, microsecond=0))
    return records.members.find(row.member_id) if row else None


def belongings(records: Records, member: Member) -> Mapping[str, int]:
    """Count the answers and the turns of somebody, which go over with them."""
    found = counts(records.db.connection(), member.id)
    answers = ("rsvps", "programme_answers", "poll_answers")
    return {
        "answers": sum(found[name][1] for name in answers if name in found),
        "turns": found["turns"][1] if "turns" in found else 0,
    }


def join(records: Records, stays: Member, goes: Member, now: datetime) -> None:
    """Make one member of both, for whom everything follows anew."""
    for one in (stays, goes):
        _codes(records).forget(one.id)
    before = join_members(records.db, stays.id, goes.id, now)
    JoinedMembers(records.db, records.community_id).add(before)
    records.log.add(stays.about, "linked", stays, now)
    _follow(records, [stays], now)


def joined_lately(records: Records, member: Member, now: datetime) -> JoinedMember | None:
    """Give how somebody was before they joined accounts, while that can be undone."""
    before = JoinedMembers(records.db, records.community_id).last(member.id)
    return before if before is not None and before.at > now - UNDONE else None


def part(records: Records, before: JoinedMember, member: Member, now: datetime) -> None:
    """Make two members of one again, each with what was theirs."""
    back, lost = part_members(records.db, before)
    if lost:
        log.warning("not put back", action="unlinked", rows=lost)
    records.log.add(member.about, "unlinked", member, now)
    _follow(records, [member, records.members.get(back)], now)


def _follow(records: Records, members: Sequence[Member], now: datetime) -> None:
    """Have everything to come follow who people are now."""
    for member in members:
        records.touched.add(member)
    for session in records.sessions.to_come(now):
        records.touched.add(session)


def _codes(records: Records) -> LinkCodes:
    return LinkCodes(records.db, records.community_id)
