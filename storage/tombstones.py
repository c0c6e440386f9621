"""Keeps who was erased, readable by nobody: only an account that comes again is known by it."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.people import Address, KnownAccount, Member
from storage.tables import Keep, Privacy, Thing, new_id


class Tombstone(Thing):
    """An account that was erased: the HMAC of it under a key, `salt`, that many rows share.

    It belongs to no community that could be taken away with it, and names the one it is of.
    """

    __tablename__ = "tombstones"
    privacy = Privacy(
        "Tombstones",
        "That an account was erased and when, as a keyed digest, so that no backup and no mention "
        "brings it back",
        "Nobody: it cannot be read, only compared",
        Keep("For good"),
    )

    community_id: Mapped[int]
    salt: Mapped[str]
    digest: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]


class Grave(NamedTuple):
    """An account that was erased, and when: a row without its id."""

    community_id: int
    salt: str
    digest: str
    at: datetime


def digest_of(salt: str, address: Address) -> str:
    """Give the digest of an account under a salt."""
    words = "|".join(address).encode("utf-8", "surrogatepass")
    return hmac.new(bytes.fromhex(salt), words, hashlib.sha256).hexdigest()


def bury(
    connection: Connection, community_id: int, where: Iterable[Address], now: datetime
) -> None:
    """Keep that accounts were erased."""
    salt = connection.scalar(select(Tombstone.salt).limit(1)) or secrets.token_hex(32)
    for address in where:
        adopt(connection, [Grave(community_id, salt, digest_of(salt, address), now)])


def adopt(connection: Connection, known: Iterable[Grave]) -> None:
    """Keep what is known of accounts that were erased, once."""
    here = set(graves(connection))
    for one in dict.fromkeys(known):
        if one not in here:
            connection.execute(insert(Tombstone), {"id": new_id(), **one._asdict()})


def graves(connection: Connection) -> Sequence[Grave]:
    """List all accounts that were erased."""
    columns = Tombstone.community_id, Tombstone.salt, Tombstone.digest, Tombstone.at
    return [Grave(*row) for row in connection.execute(select(*columns).order_by(Tombstone.id))]


def is_buried(connection: Connection, address: Address) -> bool:
    """Say whether an account was erased."""
    salts = connection.scalars(select(Tombstone.salt).distinct()).all()
    digests = [digest_of(salt, address) for salt in salts]
    found = select(Tombstone.id).where(Tombstone.digest.in_(digests)).limit(1)
    return bool(digests) and connection.scalar(found) is not None


def risen(connection: Connection, known: Sequence[Grave]) -> Iterator[tuple[int, int, datetime]]:
    """List members who are there although they were erased, with their community, and when.

    Those who came back themselves afterwards are other members.
    """
    erased = {(one.salt, one.digest): one.at for one in known}
    salts = {one.salt for one in known}
    query = (
        select(Member.id, Member.community_id, Member.joined_at)
        .add_columns(KnownAccount.platform, KnownAccount.workspace, KnownAccount.account)
        .join(KnownAccount, KnownAccount.member_id == Member.id)
    )
    for id, community_id, joined_at, *account in connection.execute(query).all():
        ats = [erased.get((salt, digest_of(salt, Address(*account)))) for salt in salts]
        at = max((one for one in ats if one), default=None)
        if at is not None and joined_at <= at:
            yield id, community_id, at
