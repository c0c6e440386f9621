"""Keeps who agreed to what is kept of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import WITH, Kept, Owned, Privacy, one_of, to_community, to_member

TO_RECORD = "recording"
YES, NO = "yes", "no"


class Consent(Owned):
    """What somebody answered who was asked whether something of a thing may be kept and shown.

    `purpose` says what: recording. `answer` is empty until they answer, then yes or no;
    `withdrawn_at` is when they took a yes back. `speaks` says whether they speak in it;
    `unseen_at` is when a host said that they can neither be heard nor seen in it.
    """

    __tablename__ = "consents"
    whole = "about"
    privacy = Privacy(
        "Consents",
        "Whether you agree that a session is recorded and the recording shown",
        "Hosts and coordinators",
        WITH,
    )
    __table_args__ = (UniqueConstraint("community_id", "about", "purpose", "member_id"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    about: Mapped[str]
    purpose: Mapped[str]
    asked_at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty", words=("name",)), index=True, default=None
    )
    name: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="", info=one_of("", YES, NO))
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    speaks: Mapped[bool] = mapped_column(default=False)
    unseen_at: Mapped[datetime | None] = mapped_column(default=None)


class Consents(Kept[Consent]):
    """The consents of one community."""

    kind = Consent

    def of(self, about: str, purpose: str) -> Sequence[Consent]:
        """List who was asked something of a thing, the first first."""
        mine = self.mine().where(Consent.about == about, Consent.purpose == purpose)
        return self.all(mine.order_by(Consent.id))

    def by(self, about: str, purpose: str, member_id: int) -> Consent | None:
        """Find what a member was asked of a thing."""
        mine = self.mine().where(Consent.about == about, Consent.purpose == purpose)
        return self.db.scalar(mine.where(Consent.member_id == member_id))
