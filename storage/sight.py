"""Says with whose eyes things are looked for, so that nobody finds what is not theirs to see."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Select,
    bindparam,
    column,
    exists,
    or_,
    table,
)
from sqlalchemy.orm import InstrumentedAttribute

from storage.tables import Instant, Kept, Kind

ROLES = ("guest", "member", "core", "coordinator")
"""From those who are invited to those who keep the community going, each with the rights before."""


class Sight(NamedTuple):
    """Who looks; whatever lists, completes or fills in takes it and finds what they may see."""

    member_id: int
    role: str

    def is_at_least(self, role: str) -> bool:
        """Say whether they have this role or one above it."""
        return ROLES.index(self.role) >= ROLES.index(role)

    @property
    def prepares(self) -> bool:
        """Whether they are of the core group, which sees what is still being prepared."""
        return self.is_at_least("core")


_TURNS = table("turns", column("id"), column("session_id"), column("member_id"))
_INTERPRETERS = table("interpreters", column("session_id"), column("member_id"))
_SWAPS = table("swaps", column("turn_id"), column("asked_id"))
PUBLIC = Sight(0, "guest")
"""The eyes of a channel: what everybody may see."""


MEMBER = bindparam("member", type_=BigInteger())
PREPARES, COORDINATES = (bindparam(n, type_=Boolean()) for n in ("prepares", "coordinates"))
NOW = bindparam("now", type_=Instant())


def eyes(sight: Sight, now: datetime) -> dict[str, Any]:
    """Give the values of what conditions on who looks are written with."""
    return {
        "member": sight.member_id,
        "prepares": sight.prepares,
        "coordinates": sight.is_at_least("coordinator"),
        "now": now,
    }


class Visible(Kept[Kind]):
    """Kept things that people list and name, as far as each is theirs to see.

    `visible` says which those are, for the `eyes` a statement is run with. Only `find` and `get`
    don't ask who looks: they are for what is done to a thing.
    """

    visible: ClassVar[ColumnElement[bool]]

    def public(self, thing: Kind, now: datetime) -> bool:
        """Say whether everybody surely sees a thing, which spares asking the database."""
        return False

    def shown(self) -> Select[Kind]:
        """Select those that somebody may see; every list begins here."""
        return self.mine().where(self.visible)

    def seen(self, query: Select[Kind], sight: Sight, now: datetime) -> Sequence[Kind]:
        """List what a query finds for somebody."""
        return self.db.scalars(query, eyes(sight, now)).all()

    def among(self, ids: Iterable[int], sight: Sight, now: datetime) -> Sequence[Kind]:
        """List those of some that somebody may see."""
        return self.seen(self.shown().where(self.kind.id.in_([*ids])), sight, now)

    def look_up(self, id: int, sight: Sight, now: datetime) -> Kind | None:
        """Give the one with this id if they may see it."""
        thing = self.find(id)
        if thing is None or self.public(thing, now):
            return thing
        return thing if self.seen(self.shown().where(self.kind.id == id), sight, now) else None


def has_part(session_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Say in which sessions somebody hosts or interprets, or was asked to."""
    swap = exists().where(_SWAPS.c.turn_id == _TURNS.c.id, _SWAPS.c.asked_id == MEMBER)
    own = or_(_TURNS.c.member_id == MEMBER, swap)
    interprets = _INTERPRETERS.c.session_id == session_id, _INTERPRETERS.c.member_id == MEMBER
    hosts = exists().where(_TURNS.c.session_id == session_id, own)
    return or_(hosts, exists().where(*interprets))
