"""Takes note of people who turn out to have left when something is sent to them."""

from datetime import datetime

from bot.chat import Account
from bot.domain.leaving import leave
from bot.scheduler.outgoing import Outgoing
from storage import Records
from storage.people import KnownAccount


def take_out(records: Records, outgoing: Outgoing, now: datetime) -> bool:
    """Take out whoever has left the workspace a delivery was for; False: they are elsewhere too."""
    member = records.members.find(outgoing.row.member_id or 0)
    whom = outgoing.target if isinstance(outgoing.target, Account) else outgoing.whom
    if member is None or whom is None:
        return True
    for known in member.accounts:
        if is_account(known, whom):
            leave(records, member, known, now)
    return member.left_at is not None


def is_account(known: KnownAccount, account: Account) -> bool:
    """Say whether what is kept of an account is that of a target."""
    return (known.platform, known.workspace, known.account) == (
        account.platform,
        account.workspace,
        account.id,
    )
