"""Keeps which threads stand beneath posts, and who was added to them."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update

from storage.community import Post
from storage.people import KnownAccount, Member
from storage.rsvps import Rsvp
from storage.tables import Kept


class Threads(Kept[Post]):
    """The threads beneath the posts of one community."""

    kind = Post

    def beneath(self, about: str, platform: str, workspace: str) -> Post | None:
        """Find the newest post about a thing in a workspace that has a thread beneath it."""
        there = self.mine().where(
            Post.about == about,
            Post.platform == platform,
            Post.workspace == workspace,
            Post.channel_id.is_not(None),
            (Post.thread == Post.message) | (Post.below != ""),
        )
        return self.db.scalar(there.order_by(Post.id.desc()).limit(1))

    def missing(self, post: Post, session_id: int, limit: int) -> Sequence[KnownAccount]:
        """List the accounts of attendees not in the thread yet, the first to answer first."""
        rows = (
            select(KnownAccount)
            .join(Member, Member.id == KnownAccount.member_id)
            .join(Rsvp, Rsvp.member_id == Member.id)
            .where(
                Rsvp.community_id == self.community_id,
                Rsvp.session_id == session_id,
                Rsvp.answer == "yes",
                Rsvp.muted.is_(False),
                Rsvp.thread != post.thread,
                KnownAccount.platform == post.platform,
                KnownAccount.workspace == post.workspace,
                KnownAccount.left_at.is_(None),
            )
        )
        return self.db.scalars(rows.order_by(Rsvp.answered_at, Rsvp.id).limit(limit)).all()

    def added(self, thread: str, session_id: int, members: Collection[int]) -> None:
        """Take note of who was added to a thread: nobody is added twice."""
        theirs = update(Rsvp).where(
            Rsvp.community_id == self.community_id,
            Rsvp.session_id == session_id,
            Rsvp.member_id.in_(members),
        )
        self.db.execute(theirs.values(thread=thread))
