"""Keeps who bore which hour: what each date of a programme cost the zones people were in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.people import KnownAccount, Member
from storage.tables import WITH, Kept, Owned, Privacy, to_community

Borne = list[list[Any]]
"""For each region and zone: [region, zone, people, cost for each of them]."""


class Burden(Owned):
    """What a date that was held cost each zone, as people were spread over zones and regions then.

    One without `session_id` was entered: `times` dates at that hour, from before the bot.
    """

    __tablename__ = "burdens"
    whole = "programme_id"
    privacy = Privacy(
        "Hours borne",
        "At which hours past dates of a series were held, by region and time zone; without people",
        "Members",
        WITH,
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), index=True
    )
    held_at: Mapped[datetime]
    minutes: Mapped[int]
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), default=None, unique=True
    )
    times: Mapped[int] = mapped_column(default=1)
    zones: Mapped[Borne] = mapped_column(default_factory=list)


@dataclass(frozen=True, slots=True)
class Living:
    """Where a member lives, at what hours they can come and what they speak, as they said."""

    member_id: int
    region: str
    zone: str
    hours: Mapping[str, Any]
    languages: Sequence[str] = ()


class Burdens(Kept[Burden]):
    """Who bore which hours in the programmes of one community."""

    kind = Burden

    def of(self, programme_id: int) -> Sequence[Burden]:
        """List what past dates of a programme cost, the first first."""
        mine = self.mine().where(Burden.programme_id == programme_id)
        return self.all(mine.order_by(Burden.held_at, Burden.id))

    def of_session(self, session_id: int) -> Burden | None:
        """Find what a session cost."""
        return self.db.scalar(self.mine().where(Burden.session_id == session_id))

    def living(self, but: Collection[int] = ()) -> Sequence[Living]:
        """List where everybody lives who is here; `zone` is empty where nobody knows."""
        mine = (
            select(
                Member.id,
                Member.region,
                Member.zone,
                Member.hours,
                KnownAccount.zone,
                Member.languages,
            )
            .outerjoin(KnownAccount, KnownAccount.member_id == Member.id)
            .where(
                Member.community_id == self.community_id,
                Member.left_at.is_(None),
                Member.erased_at.is_(None),
            )
            .order_by(Member.id, KnownAccount.id)
        )
        people: dict[int, Living] = {}
        for id, region, own, hours, zone, languages in self.db.execute(mine):
            known = people.get(id)
            if id not in but and (known is None or not known.zone):
                people[id] = Living(id, region, own or zone or "", hours, languages)
        return list(people.values())
