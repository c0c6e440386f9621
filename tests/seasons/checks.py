"""What must be true of everything that went out, whatever people do."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.chat import Paragraph
from storage import Records, Storage, Transaction
from storage.deliveries import Delivery
from storage.hosting import Turn
from storage.integrity import findings
from storage.people import Member
from storage.sessions import Session
from tests.seasons.ledger import Entry, Sightings
from tests.seasons.limits import PlatformLimits

MEMBER, HOST, COORDINATOR = 3, 8, 4
"""Unasked messages: a member's about a session, a host's about a turn, a coordinator's a month."""
DUTIES = ("community.", "host.wants_in", "session.suggested")
"""Notices that go to coordinators because they coordinate."""
LEAD = timedelta(minutes=15)


class Budget(NamedTuple):
    """How many messages somebody gets at `most` about one thing."""

    what: str
    about: str
    most: int


class Checks:
    """Looks at what is new in a ledger after every line. `budgets`: whether they are to hold.

    What is told of a session that moves counts for its new time: that is planned anew.
    """

    def __init__(self, ledger: Sightings, *, budgets: bool = True, limits: bool = True) -> None:
        self.ledger = ledger
        self.budgets = budgets
        self.limits = PlatformLimits() if limits else None
        self.checked = 0
        self.told: dict[tuple[str, str], Entry] = {}
        """What was told to whom; the bot may repeat it when people do the same again."""
        self.spent: Counter[tuple[str, str, str]] = Counter()

    def faults(self, storage: Storage) -> list[str]:
        """Say what is wrong with what is new, and with the database."""
        fresh, self.checked = self.ledger.entries[self.checked :], len(self.ledger.entries)
        found = [*self.ledger.leaks(fresh)]
        unasked = [one for one in fresh if one.unasked and not one.edits]
        found += self.repeated(unasked)
        with storage.read() as transaction:
            found += _broken(transaction)
            personal = [one for one in unasked if one.to[0] == "@"]
            found += [fault for one in personal for fault in self._personal(transaction, one)]
        found += [fault for one in fresh for fault in _incident(one)]
        if self.limits:
            found += [fault for one in fresh for fault in self.limits.faults(one)]
        wrong = (f"database: {count} {what}" for what, count in findings(storage.engine) if count)
        return [*found, *wrong]

    def repeated(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Say what was told to the same person or channel before, word for word."""
        for one in entries:
            before = self.told.setdefault((f"{one.to}/{one.thread}", one.words), one)
            if before is not one:
                yield f"told the same twice: {before.short}, {one.short}"

    def _personal(self, transaction: Transaction, one: Entry) -> Iterator[str]:
        row = transaction.db.get(Delivery, int(one.key, 16))
        if row is None or row.member_id is None:
            return
        records = transaction.records(row.community_id)
        planned = _session(records, row.about)
        member = records.members.get(row.member_id)
        if at_night(one, quiet_hours(records, member), _latest(row, planned)):
            yield f"told at night ({one.reader.zone}, {row.notice}): {one.short}"
        budget = budget_of(records, one, row, planned) if self.budgets else None
        if budget and self.overspent(one, budget):
            yield f"more than {budget.most} messages a {budget.what} ({row.notice}): {one.short}"

    def overspent(self, one: Entry, budget: Budget) -> bool:
        """Count a message to a person; says whether it is one too many."""
        self.spent[one.to, budget.what, budget.about] += 1
        return self.spent[one.to, budget.what, budget.about] > budget.most


def budget_of(
    records: Records, one: Entry, row: Delivery, planned: Session | None
) -> Budget | None:
    """Say which budget a message to a person counts for, if any."""
    if row.notice.startswith(DUTIES):
        return Budget("month", f"{one.at:%Y-%m}", COORDINATOR)
    if planned is None:
        return None
    about = f"{planned.id}:{planned.revision}"
    if _hosts(records, planned, row.member_id or 0):
        return Budget("turn", about, HOST)
    return Budget("session", about, MEMBER)


def _incident(one: Entry) -> Iterator[str]:
    """Say whether somebody was told of an error nobody foresaw."""
    blocks = one.message.blocks if one.message else ()
    if any(isinstance(block, Paragraph) and "incident" in block.text.values for block in blocks):
        yield f"an incident: {one.short}"


def _broken(transaction: Transaction) -> list[str]:
    """Say which deliveries failed for another reason than that they came too late."""
    dead = select(Delivery).where(Delivery.state == "dead", Delivery.error != "expired")
    return [f"failed: {row.notice}, {row.error}" for row in transaction.db.scalars(dead)]


def at_night(one: Entry, quiet: tuple[time, time], latest: datetime | None) -> bool:
    """Say whether a message came in quiet hours of its reader and could have waited.

    `latest` is when it is of use no more; a message that has to come before the quiet hours end
    may come in them.
    """
    begins, ends = quiet
    local = one.at.astimezone(ZoneInfo(one.reader.zone))
    hour = local.time()
    sleeps = begins <= hour < ends if begins <= ends else hour >= begins or hour < ends
    if not sleeps:
        return False
    day = local.date() + timedelta(days=int(hour >= ends))
    morning = datetime.combine(day, ends, local.tzinfo)
    return latest is None or latest - LEAD >= morning


def quiet_hours(records: Records, member: Member) -> tuple[time, time]:
    """Give the quiet hours of a member, else of their community."""
    home = records.community
    begins = home.quiet_from if member.quiet_from is None else member.quiet_from
    ends = home.quiet_to if member.quiet_to is None else member.quiet_to
    return begins, ends


def _latest(row: Delivery, planned: Session | None) -> datetime | None:
    """Say until when a message is of use: until it expires, or what it is about begins."""
    ends = [at for at in (row.expires_at, planned and planned.starts_at) if at]
    return min(ends, default=None)


def _session(records: Records, about: str) -> Session | None:
    """Find the session a delivery is about."""
    noun, _, id = about.partition(":")
    if noun not in ("session", "host", "contribution"):
        return None
    return records.db.get(Session, int(id.split(":")[0]))


def _hosts(records: Records, planned: Session, member_id: int) -> bool:
    """Say whether somebody has or had a part in hosting a session, or contributes to it.

    Where nobody hosts it, whoever planned it does what hosts do.
    """
    theirs = select(Turn.id).where(Turn.session_id == planned.id, Turn.member_id == member_id)
    asked = [row.member_id for row in records.contributions.of(planned.id)]
    if member_id in asked or records.db.scalar(theirs.limit(1)) is not None:
        return True
    return member_id == planned.organiser_id and not records.hosting.accepted(planned.id)
