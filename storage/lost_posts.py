"""Keeps which posts in channels somebody deleted, until they are posted again."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, true

from storage.community import Post
from storage.deliveries import GONE, Delivery
from storage.sight import Sight, Visible
from storage.tables import new_id

LOST = (Delivery.state == "dead") & (Delivery.error == GONE)


class LostPosts(Visible[Delivery]):
    """The deleted posts of one community, each as the delivery that posted it.

    Who may post one again is asked when it is done: nothing of what it said is shown by its id.
    """

    kind = Delivery
    visible = true()

    def named(self, words: str, sight: Sight, now: datetime, limit: int = 25) -> Sequence[Delivery]:
        """Find none: posts have no names."""
        return ()

    def mine(self) -> Select[Delivery]:
        """Select those of this community."""
        return super().mine().where(LOST, Delivery.post_id.is_(None))

    def find(self, id: int) -> Delivery | None:
        """Give the one with this id, or None."""
        return self.db.scalar(self.mine().where(Delivery.id == id))

    def about(self, abouts: Collection[str], notice: str = "") -> Sequence[Delivery]:
        """List those about some things, the one posted first first."""
        rows = self.mine().where(Delivery.about.in_(abouts))
        if notice:
            rows = rows.where(Delivery.notice == notice)
        return self.all(rows.order_by(Delivery.due_at, Delivery.id))

    def lose(self, post: Post, now: datetime) -> Delivery | None:
        """Take note that somebody deleted a post; gives what it was sent by, as failed.

        It gets another id, by which platforms know messages: sent again, it is a new one to them.
        None for a message to one person, also where a channel took it in their place.
        """
        if post.channel_id is None or post.member_id is not None:
            return None
        rows = super().mine().where(Delivery.about == post.about, Delivery.notice == post.notice)
        there = rows.where(Delivery.message == post.message, Delivery.channel_id == post.channel_id)
        sent = self.db.scalar(there.where(Delivery.post_id.is_(None), Delivery.state == "sent"))
        if sent is None:  # it went out long ago
            key = f"lost|{post.id}|{new_id()}"
            sent = Delivery(key=key, about=post.about, notice=post.notice, due_at=now)
            sent.channel_id = post.channel_id
            self.add(sent)
        sent.id, sent.state, sent.error = new_id(), "dead", GONE
        self.db.flush()
        return sent
