"""Keeps who is who: members and the accounts by which platforms know them."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    Index,
    Select,
    Text,
    UniqueConstraint,
    bindparam,
    cast,
    false,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from storage.community import Community
from storage.sight import ROLES, Sight
from storage.tables import Keep, Kept, Owned, Privacy, one_of, to_member


class KnownAccount(Owned):
    """How a platform knows a member; locale and zone are what the platform says of them.

    One that is `closed` takes no direct messages, whose owner `stopped` them if they wished that.
    At `left_at` it left its workspace.
    """

    __tablename__ = "accounts"
    privacy = Privacy(
        "Accounts",
        "To know you again, and to write to you in your language and time zone: the id, name, "
        "language and time zone your platform or browser tells of you, whether you stopped mails",
        "Coordinators: on which platform I can write to you; else nobody, but who runs the bot",
        Keep("Until you erase your data"),
    )
    __table_args__ = (UniqueConstraint("platform", "workspace", "account"),)

    member_id: Mapped[int] = mapped_column(
        to_member(on_erase="delete"), index=True, init=False, default=0
    )
    platform: Mapped[str]
    workspace: Mapped[str]
    account: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="")
    closed: Mapped[bool] = mapped_column(default=False)
    left_at: Mapped[datetime | None] = mapped_column(default=None)
    stopped: Mapped[bool] = mapped_column(default=False, server_default=false())

    def profile_changed(self, name: str, locale: str, zone: str) -> bool:
        """Say whether a platform tells anything of them that it did not before.

        That they are there at all is news of somebody who could not be written to.
        """
        before = self.name, self.locale, self.zone
        return (
            (self.closed and not self.stopped)
            or self.left_at is not None
            or any(
                now and now != known
                for now, known in zip((name, locale, zone), before, strict=True)
            )
        )


WEEKLY, MONTHLY = "weekly", "monthly"
DIGESTS = (WEEKLY, MONTHLY)
"""How often somebody wants to be told what is new."""


class Member(Owned):
    """Somebody in a community. Empty `locale` and `zone`: what the platform says is taken.

    `reminders` are minutes before a session, None for the community's usual ones; `reminds_at` an
    hour of its day as well; `reminds_maybe`: also of what they said maybe to. `alarms` are minutes
    before a session for their own calendar. A `digest` comes weekly or monthly, of what is new
    since `digest_at`. `hours` are lists of [weekdays, from, to] under possible, unwelcome and
    excluded. At `left_at` they left every workspace they were known in. Whoever was erased has no
    name any more.
    """

    __tablename__ = "members"
    privacy = Privacy(
        "Members",
        "Your profile: name, role, organisation, region, time zone, languages, what you bring and "
        "look for, reminders, digest, alarms, quiet hours and the hours you can come at. After an "
        "erasure an empty row stays, without any of this, so that turns and counts do not change",
        "Members of your community; language, reminders, digest, alarms, quiet hours and your "
        "hours: you alone",
        Keep("Until you erase your data"),
    )

    __table_args__ = (
        Index(
            "ix_members_left",
            "community_id",
            "left_at",
            sqlite_where=text("left_at IS NOT NULL"),
            postgresql_where=text("left_at IS NOT NULL"),
        ),
    )

    name: Mapped[str]
    joined_at: Mapped[datetime]
    role: Mapped[str] = mapped_column(default="member", info=one_of(*ROLES))
    organisation: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(default_factory=list)
    brings: Mapped[str] = mapped_column(default="")
    seeks: Mapped[str] = mapped_column(default="")
    reminders: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True), default=None)
    reminds_at: Mapped[time | None] = mapped_column(default=None)
    reminds_maybe: Mapped[bool] = mapped_column(default=False, server_default=false())
    quiet_from: Mapped[time | None] = mapped_column(default=None)
    quiet_to: Mapped[time | None] = mapped_column(default=None)
    left_at: Mapped[datetime | None] = mapped_column(default=None)
    reached_by: Mapped[str] = mapped_column(default="")
    hours: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, server_default="{}")
    alarms: Mapped[list[int]] = mapped_column(default_factory=list, server_default="[]")
    digest: Mapped[str] = mapped_column(default="", server_default="", info=one_of("", *DIGESTS))
    digest_at: Mapped[datetime | None] = mapped_column(default=None)
    erased_at: Mapped[datetime | None] = mapped_column(default=None)
    community: Mapped[Community] = relationship(init=False, repr=False, viewonly=True)
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

    def account_at(self, platform: str, workspace: str, account: str) -> KnownAccount:
        """Give an account of theirs."""
        by = {(one.platform, one.workspace, one.account): one for one in self.accounts}
        return by[platform, workspace, account]

    def keep_up(self, account: KnownAccount, name: str, locale: str, zone: str) -> bool:
        """Take over what the platform says of them now; nothing it does not say.

        Whoever comes is written to again, though direct messages did not reach them before, and is
        called as they are now unless they chose a name here.
        Says whether they live in another zone than before.
        """
        said, lived = account.name, account.zone
        account.closed = account.stopped
        account.name, account.locale = name or said, locale or account.locale
        account.zone = zone or lived
        if self.name == said:
            self.name = account.name
        return not self.zone and account.zone != lived


class Address(NamedTuple):
    """By what a platform knows somebody."""

    platform: str
    workspace: str
    account: str


_KNOWN = (
    select(Member)
    .join(KnownAccount, KnownAccount.member_id == Member.id)
    .where(
        KnownAccount.platform == bindparam("platform"),
        KnownAccount.workspace == bindparam("workspace"),
        KnownAccount.account == bindparam("account"),
    )
    .options(joinedload(Member.accounts), joinedload(Member.community, innerjoin=True))
)


def known(session: Session, platform: str, workspace: str, account: str) -> Member | None:
    """Find who an account is, in whatever community; asked in every call."""
    asked = {"platform": platform, "workspace": workspace, "account": account}
    return session.scalars(_KNOWN, asked).unique().one_or_none()


class Members(Kept[Member]):
    """The members of one community."""

    kind = Member

    def by_account(self, platform: str, workspace: str, account: str) -> Member | None:
        """Find who is behind a platform's account."""
        return self.db.scalar(
            self.mine()
            .join(Member.accounts)
            .where(
                KnownAccount.platform == platform,
                KnownAccount.workspace == workspace,
                KnownAccount.account == account,
            )
        )

    def usual_zone(self, among: str) -> str:
        """Give the zone most members are in; of several, the one named, or any of them."""
        counts = self._zones()
        return max(counts, key=lambda zone: (counts[zone], zone == among), default=among)

    def zones(self, most: int) -> Sequence[str]:
        """List the zones most members are in."""
        counts = self._zones()
        return sorted(counts, key=lambda zone: (-counts[zone], zone))[:most]

    def _zones(self) -> dict[str, int]:
        zone = func.coalesce(func.nullif(Member.zone, ""), KnownAccount.zone)
        mine = self.mine().join(Member.accounts).where(zone != "")
        zones = mine.with_only_columns(zone, func.count()).group_by(zone)
        return dict(self.db.execute(zones).all())

    def named(self, name: str, sight: Sight) -> Sequence[Member]:
        """Find members by their whole name, capitals aside."""
        found = self.shown_to(sight).where(func.lower(Member.name) == name.lower())
        return self.all(found.limit(5))

    def called(self, names: Collection[str], accounts: Collection[str]) -> Sequence[Member]:
        """List those who have one of some whole names, or one of some accounts, capitals aside."""
        lowered = {name.lower() for name in names}
        known = select(KnownAccount.member_id).where(
            KnownAccount.community_id == self.community_id,
            func.lower(KnownAccount.account).in_({one.lower() for one in accounts}),
        )
        # The lower() of SQLite knows no accents: a name is also looked for as it is written.
        same = Member.name.in_(names)
        said = or_(func.lower(Member.name).in_(lowered), same, Member.id.in_(known))
        return self.all(self.mine().where(Member.erased_at.is_(None), said).order_by(Member.id))

    def named_like(self, names: Collection[str]) -> Sequence[Member]:
        """Find members by their whole name or its first word, capitals aside."""
        there = self.mine().where(Member.erased_at.is_(None), Member.left_at.is_(None))
        known = func.lower(Member.name)
        first = [known.startswith(f"{name.lower()} ", autoescape=True) for name in names]
        said = known.in_([name.lower() for name in names])
        return self.all(there.where(or_(said, *first)).order_by(Member.id).limit(100))

    def matching(
        self, words: str, sight: Sight, limit: int = 25, *, language: str | None = None
    ) -> Sequence[Member]:
        """Find members of whom the words say something: who they are, what they bring or seek.

        With the code of a language those who speak it are found, too.
        """
        fields = (Member.name, Member.organisation, Member.region, Member.brings, Member.seeks)
        said = [one.icontains(words, autoescape=True) for one in fields]
        if language:
            said.append(cast(Member.languages, Text).contains(f'"{language}"'))
        found = self.shown_to(sight).where(or_(*said))
        return self.all(found.order_by(func.lower(Member.name), Member.id).limit(limit))

    def shown_to(self, sight: Sight) -> Select[Member]:
        """Select those whom somebody may look for: guests find nobody but themselves."""
        there = self.mine().where(Member.erased_at.is_(None), Member.left_at.is_(None))
        everybody = sight.is_at_least("member")
        return there if everybody else there.where(Member.id == sight.member_id)

    def with_role(self, *roles: str) -> Sequence[Member]:
        """List the members who have one of these roles, without those who have left."""
        there = self.mine().where(Member.role.in_(roles), Member.left_at.is_(None))
        return self.all(there.order_by(Member.id))

    def meet(self, platform: str, workspace: str, account: str, name: str, now: datetime) -> Member:
        """Give the member behind an account, keeping both at first contact."""
        found = self.by_account(platform, workspace, account)
        if found is not None:
            return found
        name = name or account
        known = KnownAccount(platform=platform, workspace=workspace, account=account, name=name)
        known.community_id = self.community_id
        return self.add(Member(name=name, joined_at=now, accounts=[known]))
