"""Keeps open spaces with the slots and rooms of their boards."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column
from sqlalchemy.orm import Session as DbSession

from storage.sight import MEMBER, PREPARES, Sight, Visible
from storage.tables import ALWAYS, WITH, Owned, Privacy, to_member


class OpenSpace(Owned):
    """A space around a guiding question; each phase begins at its instant, a draft has none.

    `revision` is raised each time the space goes back to an earlier phase. `anchored_to` is when
    its session began or was to begin, as far as its phases and slots know.
    """

    __tablename__ = "open_spaces"
    privacy = Privacy("Open spaces", "To hold them: question, phases, who leads", "Members", ALWAYS)

    guiding_question: Mapped[str]
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    marketplace_at: Mapped[datetime | None] = mapped_column(default=None)
    running_at: Mapped[datetime | None] = mapped_column(default=None)
    harvest_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    revision: Mapped[int] = mapped_column(default=0)
    facilitator_id: Mapped[int | None] = mapped_column(to_member(on_erase="empty"), default=None)
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("sessions.id", ondelete="SET NULL"), default=None
    )
    anchored_to: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def title(self) -> str:
        """What it is called in lists: its question."""
        return self.guiding_question

    @property
    def about(self) -> str:
        """How deliveries and posts name it."""
        return f"openspace:{self.id}"

    @property
    def board(self) -> str:
        """How deliveries and posts name its board, which changes with other things."""
        return f"board:{self.id}"

    @property
    def begins(self) -> Mapping[str, datetime | None]:
        """When each phase begins or began."""
        return {
            "gathering": self.opened_at,
            "marketplace": self.marketplace_at,
            "running": self.running_at,
            "harvest": self.harvest_at,
            "closed": self.closed_at,
        }

    def begin(self, phase: str, at: datetime | None) -> None:
        """Let a phase begin at an instant, or take its beginning away."""
        name = {"gathering": "opened_at", "closed": "closed_at"}.get(phase, f"{phase}_at")
        setattr(self, name, at)


class Slot(Owned):
    """A stretch of time on the board."""

    __tablename__ = "slots"
    whole = "openspace_id"
    privacy = Privacy("Slots", "When topics meet", "Members", WITH)

    openspace_id: Mapped[int] = mapped_column(
        ForeignKey("open_spaces.id", ondelete="CASCADE"), index=True
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    @property
    def title(self) -> str:
        """What it is called where words have to do: its start in UTC."""
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class Room(Owned):
    """A place on the board; `capacity` 0 means no limit."""

    __tablename__ = "rooms"
    whole = "openspace_id"
    privacy = Privacy("Rooms", "Where topics meet", "Members", WITH)

    openspace_id: Mapped[int] = mapped_column(
        ForeignKey("open_spaces.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    capacity: Mapped[int] = mapped_column(default=0)
    link: Mapped[str] = mapped_column(default="")

    @property
    def title(self) -> str:
        """What it is called in lists."""
        return self.name


_SHOWN = or_(PREPARES, OpenSpace.facilitator_id == MEMBER, OpenSpace.opened_at.is_not(None))
"""Drafts are for those who lead them."""


def within_visible(openspace_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Say what belongs to a space that somebody may see, by the column that names the space."""
    return openspace_id.in_(select(OpenSpace.id).where(_SHOWN))


def not_closed(opened: DbSession, after: int, limit: int) -> Sequence[OpenSpace]:
    """List spaces of all communities that are not closed, by id and `after` one, to change them.

    Nobody else changes them until this transaction ends.
    """
    rows = select(OpenSpace).where(OpenSpace.closed_at.is_(None), OpenSpace.id > after)
    return opened.scalars(rows.order_by(OpenSpace.id).limit(limit).with_for_update()).all()


class OpenSpaces(Visible[OpenSpace]):
    """The open spaces of one community."""

    kind = OpenSpace
    visible = _SHOWN

    def public(self, thing: OpenSpace, now: datetime) -> bool:
        """Say whether a space was opened."""
        return thing.opened_at is not None

    def open(self, sight: Sight, now: datetime) -> Sequence[OpenSpace]:
        """List those under way, the newest first."""
        begun = self._begun().where(OpenSpace.closed_at.is_(None))
        return self.seen(begun.order_by(OpenSpace.id.desc()), sight, now)

    def known(self, sight: Sight, now: datetime, limit: int) -> Sequence[OpenSpace]:
        """List those that were opened, closed ones included, the newest first."""
        opened = self._begun().order_by(OpenSpace.id.desc())
        return self.seen(opened.limit(limit), sight, now)

    def named(
        self, words: str, sight: Sight, now: datetime, limit: int = 25
    ) -> Sequence[OpenSpace]:
        """Find open spaces by words in the guiding question, the newest first; no drafts."""
        asked = OpenSpace.guiding_question.icontains(words, autoescape=True)
        found = self._begun().where(asked)
        return self.seen(found.order_by(OpenSpace.id.desc()).limit(limit), sight, now)

    def within(self, session_id: int) -> Sequence[OpenSpace]:
        """List the spaces that are held inside a session."""
        return self.all(self.mine().where(OpenSpace.session_id == session_id))

    def _begun(self) -> Select[OpenSpace]:
        return self.shown().where(OpenSpace.opened_at.is_not(None))

    def hold(self, space: OpenSpace) -> None:
        """Bring a space up to date and let nobody else hold it until the transaction ends."""
        self.db.refresh(space, with_for_update=True)


class Slots(Visible[Slot]):
    """The slots of one community's boards."""

    kind = Slot
    visible = within_visible(Slot.openspace_id)

    def of(self, openspace_id: int) -> Sequence[Slot]:
        """List the slots of a space in the order of time."""
        mine = self.mine().where(Slot.openspace_id == openspace_id)
        return self.all(mine.order_by(Slot.starts_at, Slot.id))

    def named(self, words: str, sight: Sight, now: datetime, limit: int = 25) -> Sequence[Slot]:
        """Find slots to come; words cannot name them, their ids do."""
        ahead = self.shown().where(Slot.ends_at > now)
        return self.seen(ahead.order_by(Slot.starts_at).limit(limit), sight, now)


class Rooms(Visible[Room]):
    """The rooms of one community's boards."""

    kind = Room
    visible = within_visible(Room.openspace_id)

    def of(self, openspace_id: int) -> Sequence[Room]:
        """List the rooms of a space in the order in which they were named."""
        return self.all(self.mine().where(Room.openspace_id == openspace_id).order_by(Room.id))

    def named(self, words: str, sight: Sight, now: datetime, limit: int = 25) -> Sequence[Room]:
        """Find rooms by words in the name, the newest first."""
        asked = Room.name.icontains(words, autoescape=True)
        found = self.shown().where(asked)
        return self.seen(found.order_by(Room.id.desc()).limit(limit), sight, now)
