"""Keeps who is signed in on the web: the links that were given, and the browsers that used them."""

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.digests import digest_of
from storage.tables import Owned, Privacy, days, to_community, to_member


class SignIn(Owned):
    """A link by which somebody signs in on the web, and the browser that used it.

    They do there what they do as the account that asked for the link. `link` and `browser` are
    digests of what is in the link, and of what the browser that opened it has held since. At
    `until` the link can't be used any more, or once it was used they are signed out.
    """

    __tablename__ = "sign_ins"
    privacy = Privacy(
        "Sign-ins", "That you signed in on the web", "Nobody", days(1, "until", "it ended")
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    link: Mapped[str] = mapped_column(unique=True)
    until: Mapped[datetime]
    browser: Mapped[str | None] = mapped_column(unique=True, default=None)


def by_link(opened: Session, secret: str, now: datetime) -> SignIn | None:
    """Find a link that can still be used, by what is in it; nobody else uses it meanwhile."""
    mine = select(SignIn).where(SignIn.link == digest_of(secret), SignIn.until > now)
    return opened.scalar(mine.where(SignIn.browser.is_(None)).with_for_update())


def by_browser(opened: Session, secret: str, now: datetime) -> SignIn | None:
    """Find who is signed in with a browser, by what it holds."""
    mine = select(SignIn).where(SignIn.browser == digest_of(secret), SignIn.until > now)
    return opened.scalar(mine)
