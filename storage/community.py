"""Keeps communities, the workspaces they live in and the channels they use."""

from collections.abc import Collection, Sequence
from datetime import datetime, time

from sqlalchemy import ForeignKey, UniqueConstraint, false, select, true
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.tables import ALWAYS, WITH, Kept, Owned, Privacy, Thing, to_community, to_member


class Community(Thing):
    """One community of practice. `zone` is an IANA name, `locale` the language of public posts.

    While the rota runs by itself, the next `rota_ahead` sessions without a host are offered
    `rota_offer` days before, somebody is asked `rota_ask` days before and given `rota_answer` days,
    and coordinators are warned `rota_warn` days before. With a `public_calendar` everybody on the
    web can read when sessions are, and on its page what it says `about_us` and on `how_to_join`.
    """

    __tablename__ = "communities"
    privacy = Privacy(
        "Communities",
        "What the community is called, and its language, time zone and quiet hours",
        "Members of the community",
        ALWAYS,
    )

    name: Mapped[str]
    created_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(default="UTC")
    locale: Mapped[str] = mapped_column(default="en")
    languages: Mapped[list[str]] = mapped_column(default_factory=list)
    quiet_from: Mapped[time] = mapped_column(default=time(22))
    quiet_to: Mapped[time] = mapped_column(default=time(7))
    alternate_regions: Mapped[bool] = mapped_column(default=False)
    set_up: Mapped[bool] = mapped_column(default=False)
    about_us: Mapped[str] = mapped_column(default="", server_default="")
    how_to_join: Mapped[str] = mapped_column(default="", server_default="")
    public_calendar: Mapped[bool] = mapped_column(default=False, server_default=false())
    rota_runs: Mapped[bool] = mapped_column(default=True, server_default=true())
    rota_ahead: Mapped[int] = mapped_column(default=4, server_default="4")
    rota_offer: Mapped[int] = mapped_column(default=21, server_default="21")
    rota_ask: Mapped[int] = mapped_column(default=14, server_default="14")
    rota_answer: Mapped[int] = mapped_column(default=3, server_default="3")
    rota_warn: Mapped[list[int]] = mapped_column(
        default_factory=lambda: [7, 2], server_default="[7, 2]"
    )

    @property
    def about(self) -> str:
        """How timers name it."""
        return f"community:{self.id}"


class Workspace(Owned):
    """A workspace or server a community lives in."""

    __tablename__ = "workspaces"
    privacy = Privacy(
        "Workspaces",
        "Where the community is: a Slack workspace or Discord server",
        "Nobody, but who runs the bot",
        ALWAYS,
    )
    __table_args__ = (UniqueConstraint("platform", "workspace"),)

    platform: Mapped[str]
    workspace: Mapped[str]
    name: Mapped[str] = mapped_column(default="")


class Channel(Owned):
    """A channel and what it is for; `lost` is the platform's reason why it cannot be reached.

    `locale` is the language of posts there, empty: the community's.
    """

    __tablename__ = "channels"
    privacy = Privacy(
        "Channels", "Which channels are used for what", "Members of the community", ALWAYS
    )
    __table_args__ = (UniqueConstraint("platform", "workspace", "channel"),)

    platform: Mapped[str]
    workspace: Mapped[str]
    channel: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    announces: Mapped[bool] = mapped_column(default=False)
    core: Mapped[bool] = mapped_column(default=False)
    reminds: Mapped[bool] = mapped_column(default=False)
    lost: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default="", server_default="")


class Placement(Owned):
    """A channel where a thing stands: where it is announced, or held."""

    __tablename__ = "placements"
    whole = "about"
    privacy = Privacy(
        "Placements", "In which channels a session or an open space stands", "Members", WITH
    )
    __table_args__ = (UniqueConstraint("community_id", "about", "channel_id"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    about: Mapped[str]
    channel_id: Mapped[int] = mapped_column(
        ForeignKey("channels.id", ondelete="CASCADE"), index=True
    )


class Setting:
    """The community itself, within one transaction."""

    def __init__(self, session: Session, community_id: int) -> None:
        self.db = session
        self.community_id = community_id

    def get(self) -> Community:
        """Give the community."""
        return self.db.get_one(Community, self.community_id)

    def find(self) -> Community | None:
        """Give the community, or None."""
        return self.db.get(Community, self.community_id)

    def workspaces(self) -> Sequence[Workspace]:
        """List the workspaces it lives in."""
        query = select(Workspace).where(Workspace.community_id == self.community_id)
        return self.db.scalars(query).all()


class Channels(Kept[Channel]):
    """The channels a community uses."""

    kind = Channel

    def known(self, platform: str, workspace: str, channel: str) -> Channel | None:
        """Find a channel by the platform's id."""
        return self.db.scalar(
            self.mine().where(
                Channel.platform == platform,
                Channel.workspace == workspace,
                Channel.channel == channel,
            )
        )

    def meet(self, platform: str, workspace: str, channel: str, name: str = "") -> Channel:
        """Give the channel, keeping it at its first use."""
        found = self.known(platform, workspace, channel)
        if found is None:
            found = Channel(
                platform=platform, workspace=workspace, channel=channel, name=name or channel
            )
            return self.add(found)
        return found

    def called(self, platform: str, workspace: str, name: str) -> Channel | None:
        """Find a channel in use by its name, without the leading `#`."""
        return self.db.scalar(
            self.mine().where(
                Channel.platform == platform, Channel.workspace == workspace, Channel.name == name
            )
        )

    def choose(self, purpose: str, chosen: Channel) -> None:
        """Give a channel a purpose (announces, core, reminds) no other of its workspace keeps."""
        self.choose_none(purpose, chosen.platform, chosen.workspace)
        setattr(chosen, purpose, True)
        self.db.flush()

    def choose_none(self, purpose: str, platform: str, workspace: str) -> None:
        """Take a purpose from the channel of a workspace that has it."""
        for channel in self.in_use():
            if channel.platform == platform and channel.workspace == workspace:
                setattr(channel, purpose, False)
        self.db.flush()

    def in_use(self) -> Sequence[Channel]:
        """List all channels, the one met first first."""
        return self.all(self.mine().order_by(Channel.id))

    def announcing(self) -> Sequence[Channel]:
        """List the channels for announcements."""
        return self.all(self.mine().where(Channel.announces).order_by(Channel.id))

    def of_core(self) -> Sequence[Channel]:
        """List the channels of the core group."""
        return self.all(self.mine().where(Channel.core).order_by(Channel.id))

    def with_language(self) -> Sequence[Channel]:
        """List the channels that have a language of their own."""
        return self.all(self.mine().where(Channel.locale != "").order_by(Channel.id))

    def beside(self, ids: Sequence[int]) -> Sequence[int]:
        """Give some channels, and those with a language of their own beside one for announcements.

        What is announced in the one channel is announced in the others of its workspace as well.
        """
        own = self.with_language()
        public = [one for one in self.many(ids) if one.announces] if own else []
        homes = {(one.platform, one.workspace) for one in public}
        beside = [one.id for one in own if (one.platform, one.workspace) in homes]
        return [*dict.fromkeys((*ids, *beside))]

    def reminding(self) -> Sequence[Channel]:
        """List the channels for reminders."""
        return self.all(self.mine().where(Channel.reminds).order_by(Channel.id))


class Placements(Kept[Placement]):
    """The channels in which the things of a community stand."""

    kind = Placement

    def of(self, about: str) -> Sequence[int]:
        """List the ids of the channels a thing stands in, the first chosen first."""
        return [one.channel_id for one in self._of(about)]

    def put(self, about: str, channels: Collection[int]) -> None:
        """Have a thing stand in these channels, and in no others."""
        before = {one.channel_id: one for one in self._of(about)}
        for channel_id, placement in before.items():
            if channel_id not in channels:
                self.remove(placement)
        for channel_id in channels:
            if channel_id not in before:
                self.add(Placement(about=about, channel_id=channel_id))

    def _of(self, about: str) -> Sequence[Placement]:
        return self.all(self.mine().where(Placement.about == about).order_by(Placement.id))


class Post(Owned):
    """Where a live message stands: `notice` words it anew when `about` changes.

    `digest` says how it reads there. What follows stands in its `thread`; people alone write
    `below` it.
    """

    __tablename__ = "posts"
    privacy = Privacy(
        "Posts",
        "Where a message of the bot stands that is kept up to date, also one to you alone",
        "Nobody, but who runs the bot",
        WITH,
    )
    __table_args__ = (UniqueConstraint("community_id", "about", "notice", "target", "message"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    about: Mapped[str]
    notice: Mapped[str]
    target: Mapped[str]
    platform: Mapped[str]
    workspace: Mapped[str]
    channel: Mapped[str]
    message: Mapped[str]
    thread: Mapped[str] = mapped_column(default="")
    channel_id: Mapped[int | None] = mapped_column(
        ForeignKey("channels.id", ondelete="CASCADE"), default=None
    )
    member_id: Mapped[int | None] = mapped_column(to_member(on_erase="delete"), default=None)
    digest: Mapped[str] = mapped_column(default="", server_default="")
    below: Mapped[str] = mapped_column(default="", server_default="")


class Posts(Kept[Post]):
    """Where the live messages of a community stand."""

    kind = Post

    def about(self, about: str) -> Sequence[Post]:
        """List the posts about a thing."""
        return self.all(self.mine().where(Post.about == about).order_by(Post.id))

    def thread(self, about: str, channel_id: int) -> str:
        """Give the newest thread in a channel that stands for a thing, or nothing."""
        there = self.mine().where(Post.about == about, Post.channel_id == channel_id)
        opened = there.where(Post.thread != "").order_by(Post.id.desc()).limit(1)
        found = self.db.scalar(opened)
        return found.thread if found else ""
