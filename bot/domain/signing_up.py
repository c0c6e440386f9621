"""Lets people in who sign up by mail, once they confirmed that the address is theirs."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.domain import answers, guests
from storage import Records, Transaction
from storage.digests import digest_of
from storage.log import Actor
from storage.people import Member
from storage.sessions import Session
from storage.sign_ups import SignUp, SignUps, sign_up_by

HOLDS = timedelta(days=1)
"""For how long somebody can confirm."""
HOUR = timedelta(hours=1)
MOST, MOST_OF_ALL = 3, 60
"""Mails that ask to confirm: to one address a day, and of one community an hour."""


class Crowded(Exception):
    """More people want in at once than there are: nobody is written to for a while."""


@dataclass(frozen=True, slots=True)
class WantsIn:
    """Who wants to take part: name, address and language, and in which session, if in one."""

    name: str
    address: str
    locale: str
    session_id: int | None = None


def ask(records: Records, who: WantsIn, now: datetime) -> tuple[SignUp, str] | None:
    """Keep that somebody wants in, with what they confirm by; None if they have enough mails.

    Raises Crowded when so many wanted in lately that nobody is written to.
    """
    kept = SignUps(records.db, records.community_id)
    if kept.count(now - HOUR) >= MOST_OF_ALL:
        raise Crowded
    if kept.count(now - HOLDS, who.address) >= MOST:
        return None
    secret = secrets.token_urlsafe(16)
    row = SignUp(
        at=now,
        address=who.address,
        name=who.name,
        locale=who.locale,
        secret=digest_of(secret),
        session_id=who.session_id,
    )
    return kept.add(row), secret


def asked_by(opened: Transaction, secret: str, now: datetime) -> str:
    """Name the community that asks somebody to confirm; empty for a secret that holds no more."""
    row = sign_up_by(opened.db, secret, now - HOLDS)
    return opened.records(row.community_id).community.name if row is not None else ""


class Confirmed(NamedTuple):
    """Who was let in where, and to which session they come; `waits` is their place on its list."""

    records: Records
    member: Member
    session: Session | None = None
    waits: int = 0


def confirm(opened: Transaction, secret: str, zone: str, now: datetime) -> Confirmed | None:
    """Let somebody in, and keep that they come to what they signed up for, and in which zone.

    None for a secret that holds no more.
    """
    row = sign_up_by(opened.db, secret, now - HOLDS)
    if row is None:
        return None
    row.used_at = now
    records = opened.records(row.community_id)
    member = guests.invited(records, row.address) or _new(records, row, now)
    _live(records, member, row.address, zone)
    session = records.sessions.find(row.session_id) if row.session_id else None
    if session is None or not is_open(records, session, now):
        return Confirmed(records, member)
    waits = answers.answer(records, session, "yes", Actor(member, now))
    return Confirmed(records, member, session, waits)


def _live(records: Records, member: Member, address: str, zone: str) -> None:
    """Keep in which zone the browser is by which somebody confirmed."""
    account = member.account_at(*records.guests.at(address))
    if member.keep_up(account, "", "", zone):
        records.touched.add(member)


def _new(records: Records, row: SignUp, now: datetime) -> Member:
    member = guests.let_in(records, row.address, row.name, now)
    member.locale = row.locale
    records.log.add(member.about, "signed up", member, now)
    return member


def is_open(records: Records, session: Session, now: datetime) -> bool:
    """Say whether everybody may sign up for a session: it is announced, and to come."""
    closed = session.closes_at is not None and session.closes_at <= now
    return records.sessions.public(session, now) and session.starts_at > now and not closed
