"""Keeps communities, the spaces they live in and the channels they use."""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.tables import ALWAYS, WITH, Kept, Owned, Privacy, Thing, to_community, to_member


class Community(Thing):
    """One community of practice. `zone` is an IANA name, `locale` the language of public posts."""

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


class Space(Owned):
    """A workspace or server a community lives in."""

    __tablename__ = "spaces"
    privacy = Privacy(
        "Workspaces",
        "Where the community is: a Slack workspace or Discord server",
        "Nobody, but who runs the bot",
        ALWAYS,
    )
    __table_args__ = (UniqueConstraint("platform", "space"),)

    platform: Mapped[str]
    space: Mapped[str]
    name: Mapped[str] = mapped_column(default="")


class Channel(Owned):
    """A channel and what it is for; `lost` is the platform's reason why it cannot be reached."""

    __tablename__ = "channels"
    privacy = Privacy(
        "Channels", "Which channels are used for what", "Members of the community", ALWAYS
    )
    __table_args__ = (UniqueConstraint("platform", "space", "channel"),)

    platform: Mapped[str]
    space: Mapped[str]
    channel: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    announces: Mapped[bool] = mapped_column(default=False)
    core: Mapped[bool] = mapped_column(default=False)
    reminds: Mapped[bool] = mapped_column(default=False)
    lost: Mapped[str] = mapped_column(default="")


class Setting:
    """The community itself, within one transaction."""

    def __init__(self, session: Session, community_id: int) -> None:
        self.db = session
        self.community_id = community_id

    def get(self) -> Community:
        """Give the community."""
        return self.db.get_one(Community, self.community_id)

    def spaces(self) -> Sequence[Space]:
        """List the spaces it lives in."""
        query = select(Space).where(Space.community_id == self.community_id)
        return self.db.scalars(query).all()


class Channels(Kept[Channel]):
    """The channels a community uses."""

    kind = Channel

    def known(self, platform: str, space: str, channel: str) -> Channel | None:
        """Find a channel by the platform's id."""
        return self.db.scalar(
            self.mine().where(
                Channel.platform == platform, Channel.space == space, Channel.channel == channel
            )
        )

    def meet(self, platform: str, space: str, channel: str, name: str = "") -> Channel:
        """Give the channel, keeping it at its first use."""
        found = self.known(platform, space, channel)
        if found is None:
            found = Channel(platform=platform, space=space, channel=channel, name=name or channel)
            return self.add(found)
        return found

    def called(self, platform: str, space: str, name: str) -> Channel | None:
        """Find a channel in use by its name, without the leading `#`."""
        return self.db.scalar(
            self.mine().where(
                Channel.platform == platform, Channel.space == space, Channel.name == name
            )
        )

    def choose(self, purpose: str, chosen: Channel) -> None:
        """Give a channel a purpose (announces, core, reminds) that no other of its space keeps."""
        self.choose_none(purpose, chosen.platform, chosen.space)
        setattr(chosen, purpose, True)
        self.db.flush()

    def choose_none(self, purpose: str, platform: str, space: str) -> None:
        """Take a purpose from the channel of a space that has it."""
        for channel in self.in_use():
            if channel.platform == platform and channel.space == space:
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

    def reminding(self) -> Sequence[Channel]:
        """List the channels for reminders."""
        return self.all(self.mine().where(Channel.reminds).order_by(Channel.id))


class Post(Owned):
    """Where a live message stands: `notice` words it anew when `about` changes.

    `digest` says how it reads there.
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
    space: Mapped[str]
    channel: Mapped[str]
    message: Mapped[str]
    thread: Mapped[str] = mapped_column(default="")
    channel_id: Mapped[int | None] = mapped_column(
        ForeignKey("channels.id", ondelete="CASCADE"), default=None
    )
    member_id: Mapped[int | None] = mapped_column(to_member(on_erase="delete"), default=None)
    digest: Mapped[str] = mapped_column(default="", server_default="")


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
