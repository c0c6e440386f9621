"""Keeps what hosts have to do before and after sessions, what was done, and what they hand over."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import ALWAYS, WITH, Kept, Owned, Privacy, to_member


class ChecklistItem(Owned):
    """What a host has to do, `days` after the start of a session; before it where that is negative.

    Without a programme it holds for every session.
    """

    __tablename__ = "checklist_items"
    privacy = Privacy("Checklists", "What hosts have to do, and when", "Core group", ALWAYS)

    words: Mapped[str]
    days: Mapped[int]
    created_at: Mapped[datetime]
    programme_id: Mapped[int | None] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), index=True, default=None
    )
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Tick(Owned):
    """An item of a checklist that was done for a session."""

    __tablename__ = "ticks"
    whole = "session_id"
    privacy = Privacy("Ticks", "Who did what of a checklist", "Core group", WITH)
    __table_args__ = (UniqueConstraint("session_id", "item_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("checklist_items.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty"), index=True, default=None
    )


class Handover(Owned):
    """What the hosts of a session have the next hosts know, in their words."""

    __tablename__ = "handovers"
    whole = "session_id"
    privacy = Privacy(
        "Handovers", "What the last host has the next one know", "Hosts and the core group", WITH
    )
    __table_args__ = (UniqueConstraint("session_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    words: Mapped[str]
    at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty", words=("words",)), index=True, default=None
    )


class Checklists(Kept[ChecklistItem]):
    """The checklists of one community."""

    kind = ChecklistItem
