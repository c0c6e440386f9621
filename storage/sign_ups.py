"""Keeps who wants to take part by mail, for a day, until they confirm the address."""

from datetime import datetime

from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.digests import digest_of
from storage.tables import Kept, Owned, Privacy, days, to_community


class SignUp(Owned):
    """That somebody wrote an address on the page of a community, for a session or for nothing.

    `secret` is a digest of what is in the mail that asks them to confirm; `used_at` is when they
    did.
    """

    __tablename__ = "sign_ups"
    privacy = Privacy(
        "Sign-ups",
        "The address and name somebody wrote on the public page, until they confirm",
        "Nobody",
        days(1, "at", "that"),
    )
    __table_args__ = (Index("ix_sign_ups_at", "community_id", "at"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    at: Mapped[datetime]
    address: Mapped[str]
    name: Mapped[str]
    locale: Mapped[str]
    secret: Mapped[str] = mapped_column(unique=True)
    session_id: Mapped[int | None] = mapped_column(default=None)
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class SignUps(Kept[SignUp]):
    """Who wants to take part by mail in one community."""

    kind = SignUp

    def count(self, since: datetime, address: str = "") -> int:
        """Count the sign-ups since an instant, of everybody or with an address."""
        query = select(func.count()).where(
            SignUp.community_id == self.community_id, SignUp.at > since
        )
        return self.db.scalar(query.where(SignUp.address == address) if address else query) or 0


def sign_up_by(opened: Session, secret: str, since: datetime) -> SignUp | None:
    """Find a sign-up of whatever community that is not confirmed; nobody else does meanwhile."""
    mine = select(SignUp).where(SignUp.secret == digest_of(secret), SignUp.at > since)
    return opened.scalar(mine.where(SignUp.used_at.is_(None)).with_for_update())
