"""Keeps who is who: members and the accounts by which platforms know them."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import NamedTuple

from sqlalchemy import JSON, Select, UniqueConstraint, func, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.sight import Sight
from storage.tables import Keep, Kept, Owned, Privacy, to_member


class KnownAccount(Owned):
    """How a platform knows a member; locale and zone are what the platform says of them."""

    __tablename__ = "accounts"
    privacy = Privacy(
        "Accounts",
        "To know you again, and to write to you in your language and time zone: the id, name, "
        "language and time zone that Slack or Discord tells of you",
        "Nobody, but who runs the bot",
        Keep("Until you erase your data"),
    )
    __table_args__ = (UniqueConstraint("platform", "space", "account"),)

    member_id: Mapped[int] = mapped_column(
        to_member(on_erase="delete"), index=True, init=False, default=0
    )
    platform: Mapped[str]
    space: Mapped[str]
    account: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="")
    closed: Mapped[bool] = mapped_column(default=False)


class Member(Owned):
    """Somebody in a community. Empty `locale` and `zone`: what the platform says is taken.

    `reminders` are minutes before a session, None for the community's usual ones. Whoever was
    erased has no name any more.
    """

    __tablename__ = "members"
    privacy = Privacy(
        "Members",
        "Your profile: name, role, organisation, region, time zone, languages, what you bring and "
        "look for, reminders and quiet hours. After an erasure an empty row stays, without any of "
        "this, so that turns and counts do not change",
        "Members of your community; language, reminders and quiet hours: you alone",
        Keep("Until you erase your data"),
    )

    name: Mapped[str]
    joined_at: Mapped[datetime]
    role: Mapped[str] = mapped_column(default="member")
    organisation: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(default_factory=list)
    brings: Mapped[str] = mapped_column(default="")
    seeks: Mapped[str] = mapped_column(default="")
    reminders: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True), default=None)
    quiet_from: Mapped[time | None] = mapped_column(default=None)
    quiet_to: Mapped[time | None] = mapped_column(default=None)
    erased_at: Mapped[datetime | None] = mapped_column(default=None)
    accounts: Mapped[list[KnownAccount]] = relationship(
        default_factory=list,
        lazy="selectin",
        cascade="all, delete-orphan",
        order_by=KnownAccount.id,
        repr=False,
    )

    @property
    def about(self) -> str:
        """How deliveries and the log name somebody."""
        return f"member:{self.id}"

    @property
    def sight(self) -> Sight:
        """What they may see."""
        return Sight(self.id, self.role)

    @property
    def effective_zone(self) -> str:
        """The zone chosen, else what a platform says, else empty."""
        return self.zone or next((known.zone for known in self.accounts if known.zone), "")

    @property
    def effective_locale(self) -> str:
        """The language chosen, else what a platform says, else empty."""
        return self.locale or next((known.locale for known in self.accounts if known.locale), "")


class Who(NamedTuple):
    """Who an account is, as far as every call asks.

    `locale` and `zone` are what they chose, `said_…` what the platform says of them, `home_…` their
    community's, which is also where habits come from that they have not chosen themselves.
    """

    id: int
    community_id: int
    name: str
    role: str
    locale: str
    zone: str
    reminders: list[int] | None
    quiet_from: time
    quiet_to: time
    account_id: int
    said_name: str
    said_locale: str
    said_zone: str
    closed: bool
    home_locale: str
    home_zone: str

    @property
    def sight(self) -> Sight:
        """What they may see."""
        return Sight(self.id, self.role)

    @property
    def effective_zone(self) -> str:
        """The zone chosen, else what the platform says, else empty."""
        return self.zone or self.said_zone

    def said_otherwise(self, name: str, locale: str, zone: str) -> bool:
        """Say whether a platform tells anything of them that it did not before.

        That they are there at all is news of somebody who could not be written to.
        """
        known = self.said_name, self.said_locale, self.said_zone
        return self.closed or any(
            now and now != before for now, before in zip((name, locale, zone), known, strict=True)
        )


class Address(NamedTuple):
    """By what a platform knows somebody."""

    platform: str
    space: str
    account: str


class Named(NamedTuple):
    """As much of a member as it takes to show them."""

    name: str
    accounts: tuple[Address, ...]


class Members(Kept[Member]):
    """The members of one community."""

    kind = Member

    def by_account(self, platform: str, space: str, account: str) -> Member | None:
        """Find who is behind a platform's account."""
        return self.session.scalar(
            self.mine()
            .join(Member.accounts)
            .where(
                KnownAccount.platform == platform,
                KnownAccount.space == space,
                KnownAccount.account == account,
            )
        )

    def named(self, name: str, sight: Sight) -> Sequence[Member]:
        """Find members by their whole name, capitals aside."""
        found = self.shown_to(sight).where(func.lower(Member.name) == name.lower())
        return self.all(found.limit(5))

    def matching(self, words: str, sight: Sight, limit: int = 25) -> Sequence[Member]:
        """Find members of whom the words say something: who they are, what they bring or seek."""
        fields = (Member.name, Member.organisation, Member.region, Member.brings, Member.seeks)
        said = or_(*(one.icontains(words, autoescape=True) for one in fields))
        found = self.shown_to(sight).where(said)
        return self.all(found.order_by(func.lower(Member.name), Member.id).limit(limit))

    def shown_to(self, sight: Sight) -> Select[Member]:
        """Select those whom somebody may look for: guests find nobody but themselves."""
        there = self.mine().where(Member.erased_at.is_(None))
        everybody = sight.is_at_least("member")
        return there if everybody else there.where(Member.id == sight.member_id)

    def with_role(self, *roles: str) -> Sequence[Member]:
        """List the members who have one of these roles."""
        return self.all(self.mine().where(Member.role.in_(roles)).order_by(Member.id))

    def meet(self, platform: str, space: str, account: str, name: str, now: datetime) -> Member:
        """Give the member behind an account, keeping both at first contact."""
        found = self.by_account(platform, space, account)
        if found is not None:
            return found
        name = name or account
        known = KnownAccount(platform=platform, space=space, account=account, name=name)
        known.community_id = self.community_id
        return self.add(Member(name=name, joined_at=now, accounts=[known]))
