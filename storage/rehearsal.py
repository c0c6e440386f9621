"""Reads from a copy who and what has to be there for a rehearsal: people, channels, posts."""

from collections.abc import Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import Session, joinedload

from storage.community import Channel, Post
from storage.people import Member
from storage.sight import ROLES

RANK = case({role: rank for rank, role in enumerate(ROLES)}, value=Member.role)


def members(session: Session) -> Sequence[Member]:
    """List everybody who can be reached, in all communities, coordinators first."""
    there = (Member.erased_at.is_(None), Member.left_at.is_(None))
    query = select(Member).where(*there).options(joinedload(Member.community, innerjoin=True))
    return session.scalars(query.order_by(RANK.desc(), Member.name, Member.id)).all()


def channels(session: Session) -> Sequence[Channel]:
    """List all channels, those of announcements first."""
    query = select(Channel).order_by(Channel.announces.desc(), Channel.name, Channel.id)
    return session.scalars(query).all()


def direct(session: Session) -> Sequence[Post]:
    """List the posts that stand in direct messages."""
    return session.scalars(select(Post).where(Post.member_id.is_not(None))).all()
