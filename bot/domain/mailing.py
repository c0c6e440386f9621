"""Keeps what people can do from a mail: answer by its links, and stop more from coming."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.signing_in import SignedIn, owner_of
from storage import Transaction
from storage.digests import digest_of
from storage.mail_links import KEPT, MailLink, by_secret

LONG = timedelta(days=KEPT)


def new_link(
    opened: Transaction, known: tuple[str, str, str], calls: Sequence[str], now: datetime
) -> str:
    """Give the secret of the links in a mail to an account; empty where nobody has it."""
    member = opened.known(*known)
    if member is None:
        return ""
    secret = secrets.token_urlsafe(16)
    account = member.account_at(*known)
    row = MailLink(member_id=member.id, account_id=account.id, link=digest_of(secret), sent_at=now)
    row.community_id = member.community_id
    row.offer(calls)
    opened.db.add(row)
    opened.db.flush()
    return secret


def followed(opened: Transaction, secret: str, now: datetime) -> tuple[MailLink, SignedIn] | None:
    """Say whose mail a link is from, and what it is good for; None where it is too old."""
    row = by_secret(opened.db, secret)
    if row is None or row.sent_at < now - LONG:
        return None
    owner = owner_of(opened, row)
    return (row, owner) if owner is not None else None


def stop(owner: SignedIn, *, stopped: bool) -> None:
    """Send nothing to an account any more, or write to it again."""
    owner.account.stopped = owner.account.closed = stopped
