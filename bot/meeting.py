"""Holds a call while it is carried out: who calls, and the records of their community."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.commands import Caller
from bot.domain.finding import forget_name
from bot.domain.leaving import come_back
from bot.domain.people import reads_in
from bot.errors import UserError
from bot.i18n import t
from bot.options.basic import Reading
from bot.protocol import Answer, Call, Reader, Reply, Say
from storage import Records, Transaction
from storage.people import KnownAccount, Member

MOST, LATELY = 20, timedelta(minutes=1)
"""How much one person may add, and in which time."""
TOO_FAST = t("That's a lot in one minute! Please wait a minute, then send this once more.")


Ways = tuple[str, bool]
"""How people are reached beside their chats: the address of our pages, whether mail is sent."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A call inside its transaction: who it is, and the records of their community."""

    caller: Caller
    records: Records
    everybody: Reader
    vouched: Mapping[str, str]
    gathers: bool = True

    @property
    def reading(self) -> Reading:
        """How the caller's arguments are read."""
        caller = self.caller
        return Reading(
            caller.locale,
            caller.zone,
            caller.now,
            caller.account.platform,
            caller.account.workspace,
            self.records,
            caller.sight,
            self.vouched,
            self.gathers,
        )

    def answer(self, reply: Reply) -> Answer:
        """Give a reply with those who may read it: the caller, or everybody."""
        own = reply.locale if isinstance(reply, Say) else ""
        return Answer(reply, Reader(own or self.caller.locale, self.caller.zone), self.everybody)


def met(
    transaction: Transaction,
    call: Call,
    who: Member,
    gathers: bool = True,
    ways: Ways = ("", False),
) -> Meeting:
    """Give the call of somebody who is known, in the language and zone they are answered in."""
    home, account = who.community, account_of(call, who)
    zone = who.zone or call.zone or account.zone or home.zone
    locale = reads_in(who, call.locale or account.locale, zone, home)
    caller = Caller(who, call.account, call.place, call.at, locale, zone, *ways)
    everybody = Reader(home.locale, home.zone)
    records = transaction.records(who.community_id)
    return Meeting(caller, records, everybody, call.vouched, gathers)


def keep_pace(meeting: Meeting) -> None:
    """Let only those add something who have not added a lot just now. Raises UserError."""
    caller = meeting.caller
    if meeting.records.added(caller.member.id, caller.now - LATELY) >= MOST:
        raise UserError(TOO_FAST)


def identity(call: Call) -> tuple[str, str, str]:
    """Give by what a platform knows who calls."""
    return call.account.platform, call.account.workspace, call.account.id


def profile(call: Call) -> tuple[str, str, str]:
    """Give what a platform says of who calls: name, locale and zone."""
    return call.name, call.locale, call.zone


def account_of(call: Call, who: Member) -> KnownAccount:
    """Give the account somebody calls with."""
    return who.account_at(*identity(call))


def keep_up(transaction: Transaction, call: Call, who: Member) -> None:
    """Take over what is new of whoever calls: that they are back, or live elsewhere."""
    account, records = account_of(call, who), transaction.records(who.community_id)
    if account.left_at is not None:
        come_back(records, who, account, call.at)
    if not account.profile_changed(*profile(call)):
        return
    name = who.name
    if who.keep_up(account, *profile(call)):
        records.touched.add(who)  # other quiet hours
    if who.name != name:
        forget_name(records, who, call.at)


def is_to_lead(transaction: Transaction, call: Call, who: Member) -> bool:
    """Say whether somebody who administers a workspace is to lead its community: nobody does yet.

    They were named before they came, or their platform could not say who they were.
    """
    if call.role != "coordinator" or who.role != "member":
        return False
    return not transaction.records(who.community_id).members.with_role("coordinator")
