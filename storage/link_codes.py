"""Keeps the codes by which somebody joins their accounts."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Mapped, mapped_column

from storage.digests import digest_of
from storage.tables import Kept, Owned, Privacy, days, to_community, to_member


class LinkCode(Owned):
    """A code that an account gave, for another one of the same person: `code` is its digest."""

    __tablename__ = "link_codes"
    privacy = Privacy(
        "Codes to join accounts",
        "That you asked for a code to join your accounts",
        "Nobody",
        days(1, "until", "it ended"),
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    until: Mapped[datetime]


class LinkCodes(Kept[LinkCode]):
    """The codes of one community."""

    kind = LinkCode

    def forget(self, member_id: int) -> None:
        """Forget the codes that somebody was given."""
        mine = LinkCode.community_id == self.community_id, LinkCode.member_id == member_id
        self.db.execute(delete(LinkCode).where(*mine))

    def by(self, code: str, now: datetime) -> LinkCode | None:
        """Find a code that still holds."""
        held = (LinkCode.code == digest_of(code), LinkCode.until > now)
        return self.db.scalar(self.mine().where(*held))
