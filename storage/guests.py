"""Finds the people of a community who are reached by mail, and has mail belong to it."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from storage.community import Workspace
from storage.people import Address, KnownAccount, Member
from storage.tables import Kept

MAIL = "mail"
"""The platform of accounts that are addresses; its workspaces are communities, by their ids."""
DIGEST, ALL = "digest", "all"
"""What comes by mail to somebody who is in a chat as well; empty: nothing."""


def is_mailed(member: Member) -> bool:
    """Say whether somebody has an address, and no account of a chat that they are still in."""
    there = {known.platform for known in member.accounts if known.left_at is None}
    return there == {MAIL}


class Guests(Kept[Member]):
    """The members of one community who are reached by mail."""

    kind = Member

    def at(self, address: str) -> Address:
        """Give by what somebody with an address is known in this community."""
        return Address(MAIL, str(self.community_id), address)

    def by_mail_alone(self) -> Sequence[Member]:
        """List those who have an address, and no account of a chat that they are still in."""
        theirs = (KnownAccount.member_id == Member.id, KnownAccount.left_at.is_(None))
        mailed = exists().where(*theirs, KnownAccount.platform == MAIL)
        chats = exists().where(*theirs, KnownAccount.platform != MAIL)
        there = self.mine().where(Member.erased_at.is_(None), Member.left_at.is_(None))
        return self.all(there.where(mailed, ~chats).order_by(Member.id))

    def are_mailed(self) -> None:
        """Have mail to its people be sent: it is at home where their addresses are."""
        _, workspace, _ = self.at("")
        here = (Workspace.platform == MAIL, Workspace.workspace == workspace)
        if self.db.scalar(select(Workspace.id).where(*here)) is None:
            row = Workspace(platform=MAIL, workspace=workspace)
            row.community_id = self.community_id
            self.db.add(row)
            self.db.flush()
