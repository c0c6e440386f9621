"""Keeps what the links in a mail are good for: whose they are, and what they ask for."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.digests import digest_of
from storage.tables import Owned, Privacy, days, to_community, to_member

KEPT = 90
"""Days for which the links in a mail can be followed."""
MOST = 200
"""What the links of one mail ask for, with all that its pages offered since; the oldest goes."""


class MailLink(Owned):
    """What the links in one mail have in common: they are one account's, for what the mail asks.

    `link` is a digest of what is in them. `asks` are beginnings of digests of the calls that the
    mail, and the pages it led to, have offered: nothing else can be done with it.
    """

    __tablename__ = "mail_links"
    privacy = Privacy(
        "Links in mails",
        "What you can answer from a mail you got",
        "Nobody",
        days(KEPT, "sent_at", "the mail"),
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    link: Mapped[str] = mapped_column(unique=True)
    sent_at: Mapped[datetime]
    asks: Mapped[list[str]] = mapped_column(default_factory=list)

    def offer(self, calls: Iterable[str]) -> None:
        """Let more be asked for."""
        fresh = [_short(call) for call in calls]
        kept = [digest for digest in self.asks if digest not in fresh]
        self.asks = [*kept, *dict.fromkeys(fresh)][-MOST:]

    def offers(self, call: str) -> bool:
        """Say whether something can be asked for."""
        return _short(call) in self.asks


def by_secret(opened: Session, secret: str) -> MailLink | None:
    """Find what the links of a mail are good for, by what is in them."""
    return opened.scalar(select(MailLink).where(MailLink.link == digest_of(secret)))


def _short(call: str) -> str:
    return digest_of(call)[:16]
