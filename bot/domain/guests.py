"""Invites guests by mail, and takes an invitation back while they have done nothing."""

from datetime import datetime, timedelta

from bot.domain.telling import tell
from storage import Records
from storage.deliveries import Wanted
from storage.erasure import erase_member
from storage.log import Actor, LogEntry
from storage.people import KnownAccount, Member
from storage.personal import counts
from storage.tombstones import is_buried

INVITED, HELD = "community.invited", timedelta(days=3)
"""The notice of an invitation, and how long it may wait to be sent."""
UNTOUCHED = {"accounts", "deliveries", "mail_links", "posts"}
"""Tables whose rows somebody has who has done nothing yet."""


def invited(records: Records, address: str) -> Member | None:
    """Find whose an address is."""
    return records.members.by_account(*records.guests.at(address))


def was_erased(records: Records, address: str) -> bool:
    """Say whether whoever had an address was erased."""
    return is_buried(records.db.connection(), records.guests.at(address))


def let_in(records: Records, address: str, name: str, now: datetime) -> Member:
    """Keep somebody with an address as a guest; mail to them goes out from now on."""
    records.guests.are_mailed()
    platform, workspace, account = records.guests.at(address)
    known = KnownAccount(platform=platform, workspace=workspace, account=account, name=name)
    known.community_id = records.community_id
    guest = Member(name=name, joined_at=now, role="guest", accounts=[known])
    return records.members.add(guest)


def invite(records: Records, address: str, name: str, by: Actor) -> LogEntry:
    """Let somebody in as a guest, and invite them: once."""
    guest = let_in(records, address, name, by.now)
    records.db.flush()
    entry = records.log.add(guest.about, "invited", by.member, by.now)
    records.db.flush()
    one = Wanted("invited", by.now, by.now + HELD, by_id=by.id or None, args={"entry": entry.id})
    (row,) = tell(records, guest.about, INVITED, one, [guest])
    entry.told_at = row.due_at
    return entry


def has_done_nothing(records: Records, guest: Member) -> bool:
    """Say whether nothing of a guest is there but that they were invited."""
    there = set(counts(records.db.connection(), guest.id))
    return guest.role == "guest" and there <= UNTOUCHED


def take_back(records: Records, guest: Member, now: datetime) -> None:
    """Take an invitation back: nothing of who was invited stays."""
    erase_member(records.db, records.community_id, guest.id, now)
