"""The statements of every call: who an account is, and what its platform says of it now."""

from sqlalchemy import bindparam, func, select, update

from storage.community import Community
from storage.events import DONE
from storage.people import KnownAccount, Member, Who
from storage.plain import Change, Query

_WHO = (
    select(
        *(Member.id, Member.community_id, Member.name, Member.role, Member.locale, Member.zone),
        Member.reminders,
        func.coalesce(Member.quiet_from, Community.quiet_from),
        func.coalesce(Member.quiet_to, Community.quiet_to),
        *(KnownAccount.id, KnownAccount.name, KnownAccount.locale, KnownAccount.zone),
        KnownAccount.closed,
        *(Community.locale, Community.zone),
    )
    .join(Member, Member.id == KnownAccount.member_id)
    .join(Community, Community.id == KnownAccount.community_id)
    .where(
        KnownAccount.platform == bindparam("platform"),
        KnownAccount.space == bindparam("space"),
        KnownAccount.account == bindparam("account"),
    )
)
KNOWN = Query(_WHO, Who)
MET = Query(_WHO.add_columns(DONE.scalar_subquery()), lambda *row: (Who(*row[:-1]), row[-1]))
RENAME = Change(update(Member).where(Member.id == bindparam("row")), ("name",))
KEEP_UP = Change(
    update(KnownAccount).where(KnownAccount.id == bindparam("row")),
    ("name", "locale", "zone", "closed"),
)
