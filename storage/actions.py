"""Keeps action items: who does what until when."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import WITH, Kept, Owned, Privacy, to_community, to_member


class ActionItem(Owned):
    """Something to be done that was agreed on in the thing it is `about`.

    Its owner is a member, or a `name` without an account, or nobody yet. `due_on` is a day in the
    owner's zone, `zone` where they have none; `by_id` wrote it down.
    """

    __tablename__ = "actions"
    whole = "about"
    privacy = Privacy(
        "Action items",
        "What was agreed on in a session, who does it and until when, to remind them once",
        "Members",
        WITH,
    )
    __table_args__ = (
        Index("ix_actions_about", "community_id", "about"),
        Index("ix_actions_owner", "owner_id", "done_at"),
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    about: Mapped[str]
    words: Mapped[str]
    created_at: Mapped[datetime]
    owner_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty", words=("name",)), default=None
    )
    name: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None] = mapped_column(default=None)
    zone: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    by_id: Mapped[int | None] = mapped_column(to_member(on_erase="empty"), index=True, default=None)


class ActionItems(Kept[ActionItem]):
    """The action items of one community."""

    kind = ActionItem

    def of(self, about: str) -> Sequence[ActionItem]:
        """List the action items of a thing, the first written down first."""
        mine = self.mine().where(ActionItem.about == about)
        return self.all(mine.order_by(ActionItem.id))

    def open_of(self, owner_id: int) -> Sequence[ActionItem]:
        """List what somebody has still to do, the first due first."""
        mine = self.mine().where(ActionItem.owner_id == owner_id, ActionItem.done_at.is_(None))
        undated = ActionItem.due_on.is_(None)
        return self.all(mine.order_by(undated, ActionItem.due_on, ActionItem.id))
