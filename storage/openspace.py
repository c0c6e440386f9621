"""Keeps open spaces, their topics and their board of slots and rooms."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Kept, Owned


class OpenSpace(Owned):
    """A space around a guiding question; `phase` is one of those in the rules."""

    __tablename__ = "open_spaces"

    guiding_question: Mapped[str]
    opened_at: Mapped[datetime]
    phase: Mapped[str] = mapped_column(default="gathering")
    facilitator_id: Mapped[int | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), default=None
    )
    channel_id: Mapped[int | None] = mapped_column(
        ForeignKey("channels.id", ondelete="SET NULL"), default=None
    )
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("sessions.id", ondelete="SET NULL"), default=None
    )
    closed_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def title(self) -> str:
        """What it is called in lists: its question."""
        return self.guiding_question

    @property
    def about(self) -> str:
        """How deliveries and posts name it."""
        return f"openspace:{self.id}"


class Topic(Owned):
    """What somebody wants to talk about; the proposer is its convener."""

    __tablename__ = "topics"

    space_id: Mapped[int] = mapped_column(
        ForeignKey("open_spaces.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    proposed_at: Mapped[datetime]
    convener_id: Mapped[int | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), default=None
    )
    description: Mapped[str] = mapped_column(default="")
    slot_id: Mapped[int | None] = mapped_column(
        ForeignKey("slots.id", ondelete="SET NULL"), default=None
    )
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("rooms.id", ondelete="SET NULL"), default=None
    )
    pinned: Mapped[bool] = mapped_column(default=False)
    withdrawn: Mapped[bool] = mapped_column(default=False)


class Interest(Owned):
    """A member would like to be there."""

    __tablename__ = "interests"
    __table_args__ = (UniqueConstraint("topic_id", "member_id"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))


class Slot(Owned):
    """A stretch of time on the board."""

    __tablename__ = "slots"

    space_id: Mapped[int] = mapped_column(
        ForeignKey("open_spaces.id", ondelete="CASCADE"), index=True
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Room(Owned):
    """A place on the board; `capacity` 0 means no limit."""

    __tablename__ = "rooms"

    space_id: Mapped[int] = mapped_column(
        ForeignKey("open_spaces.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    capacity: Mapped[int] = mapped_column(default=0)
    link: Mapped[str] = mapped_column(default="")


class Notes(Owned):
    """What came of a topic, as one member wrote it down."""

    __tablename__ = "notes"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    written_at: Mapped[datetime]
    discussed: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), default=None
    )
    insights: Mapped[str] = mapped_column(default="")
    actions: Mapped[str] = mapped_column(default="")
    resources: Mapped[str] = mapped_column(default="")


class OpenSpaces(Kept[OpenSpace]):
    """The open spaces of one community."""

    kind = OpenSpace

    def open(self) -> Sequence[OpenSpace]:
        """List those not closed, the newest first."""
        return self.all(
            self.mine().where(OpenSpace.closed_at.is_(None)).order_by(OpenSpace.id.desc())
        )

    def named(self, words: str, now: datetime) -> Sequence[OpenSpace]:
        """Find open spaces by words in the guiding question, the newest first."""
        asked = OpenSpace.guiding_question.icontains(words, autoescape=True)
        return self.all(self.mine().where(asked).order_by(OpenSpace.id.desc()).limit(25))


class Topics(Kept[Topic]):
    """The topics of one community."""

    kind = Topic

    def named(self, words: str, now: datetime) -> Sequence[Topic]:
        """Find topics by words in the title, the newest first."""
        asked = Topic.title.icontains(words, autoescape=True)
        return self.all(self.mine().where(asked).order_by(Topic.id.desc()).limit(25))
