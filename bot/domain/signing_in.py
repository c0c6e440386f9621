"""Signs people in on the web: by a link for one browser, for a day."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from storage import Records, Transaction
from storage.digests import digest_of
from storage.mail_links import MailLink
from storage.people import KnownAccount, Member
from storage.sign_ins import SignIn, by_browser, by_link

LINK, STAY = timedelta(minutes=10), timedelta(days=1)
"""How long a link can be used, and how long whoever used it stays signed in."""


class SignedIn(NamedTuple):
    """Who is signed in, and as which account they do what they do."""

    records: Records
    member: Member
    account: KnownAccount


def new_link(records: Records, account: KnownAccount, now: datetime) -> str:
    """Give the secret of a link by which the owner of an account signs in on the web."""
    secret = secrets.token_urlsafe(16)
    row = SignIn(
        member_id=account.member_id,
        account_id=account.id,
        link=digest_of(secret),
        until=now + LINK,
    )
    row.community_id = records.community_id
    records.db.add(row)
    records.db.flush()
    return secret


def open_link(opened: Transaction, secret: str, now: datetime) -> str | None:
    """Use a link, once: gives what its browser is known by from now on; None where it can't be."""
    row = by_link(opened.db, secret, now)
    if row is None or owner_of(opened, row) is None:
        return None
    browser = secrets.token_urlsafe(16)
    row.browser, row.until = digest_of(browser), now + STAY
    return browser


def signed_in(opened: Transaction, browser: str, now: datetime) -> SignedIn | None:
    """Say who is signed in with a browser; nobody who has left or was erased."""
    row = by_browser(opened.db, browser, now)
    return owner_of(opened, row) if row is not None else None


def sign_out(opened: Transaction, browser: str, now: datetime) -> None:
    """Let a browser know nobody any more."""
    row = by_browser(opened.db, browser, now)
    if row is not None:
        row.until = now


def owner_of(opened: Transaction, row: SignIn | MailLink) -> SignedIn | None:
    """Say whose something is, while they are there."""
    records = opened.records(row.community_id)
    member = records.members.find(row.member_id)
    if member is None or member.left_at is not None or member.erased_at is not None:
        return None
    account = next((known for known in member.accounts if known.id == row.account_id), None)
    if account is None or account.left_at is not None:
        return None
    return SignedIn(records, member, account)
