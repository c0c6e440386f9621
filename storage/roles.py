"""Gives who has which role at sessions, hosts among them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from storage.hosting import HOST, HOSTING, ROLES, Turn
from storage.people import Member
from storage.tables import Kept


class RoleTurns(Kept[Turn]):
    """The roles people have in the sessions of one community."""

    kind = Turn

    def taken(self, session_id: int) -> Sequence[Turn]:
        """List the turns of all who have a role in a session, the hosts first."""
        mine = self.mine().where(Turn.session_id == session_id, Turn.state.in_(HOSTING))
        turns = self.all(mine.order_by(Turn.changed_at, Turn.id))
        return sorted(turns, key=lambda turn: ROLES.index(turn.role))

    def beside(self, session_id: int) -> Sequence[Turn]:
        """List the turns of a session in all roles but that of hosts, whatever their state."""
        mine = self.mine().where(Turn.session_id == session_id, Turn.role != HOST)
        turns = self.all(mine.order_by(Turn.changed_at, Turn.id))
        return sorted(turns, key=lambda turn: ROLES.index(turn.role))

    def assistants(self, session_id: int) -> Sequence[tuple[str, Member]]:
        """List who has a role beside hosting in a session, with that role."""
        query = (
            select(Turn.role, Member)
            .join(Member, Member.id == Turn.member_id)
            .where(
                Turn.community_id == self.community_id,
                Turn.session_id == session_id,
                Turn.role != HOST,
                Turn.state.in_(HOSTING),
            )
            .order_by(Turn.changed_at, Turn.id)
            .options(joinedload(Member.accounts))
        )
        rows = [(row[0], row[1]) for row in self.db.execute(query).unique()]
        return sorted(rows, key=lambda row: ROLES.index(row[0]))
