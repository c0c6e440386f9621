"""Words deliveries at the moment of sending, and finds out where each of them goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.answer_json import digest_of
from bot.chat import Account, Actions, Message, MessageRef, Moment, Paragraph, Place
from bot.commands import mentioned
from bot.domain.people import reads_in
from bot.domain.telling import put_off
from bot.errors import PersonClosed
from bot.i18n import t
from bot.notices import Notice, Sending
from bot.protocol import AllCapabilities, Capabilities, Reader, Target
from storage import Records, Transaction
from storage.community import Channel, Post
from storage.deliveries import Delivery
from storage.guests import ALL, DIGEST, MAIL, is_mailed
from storage.people import KnownAccount, Member
from storage.reading import only_reading
from storage.undelivered import IN_CHANNEL

LATE = timedelta(minutes=10)
DIGEST_BY_MAIL = (DIGEST, "my.digest")
ASIDE, OTHERS = timedelta(minutes=5), 12
"""How often a notice this version does not know is left to others, and for how long each time."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A worded delivery, ready to be posted, or to be edited in at `ref`.

    `digest` says how it reads: a post that reads so already is not edited. `whom` it asks
    something, and who may have left.
    """

    row: Delivery
    target: Target
    message: Message
    reader: Reader
    live: bool
    ref: MessageRef | None = None
    digest: str = ""
    whom: Account | None = None


class Unsent(Exception):
    """A row that is not to be posted, with how it ends instead, or when it is due again."""

    def __init__(self, state: str, error: str, due_at: datetime | None = None) -> None:
        super().__init__(error)
        self.ends: dict[str, Any] = {"state": state, "error": error}
        if due_at is not None:
            self.ends["due_at"] = due_at


@dataclass(slots=True)
class Chunk:
    """What deliveries that are worded in one transaction share."""

    transaction: Transaction
    members: Mapping[int, Member]
    homes: dict[int, Records] = field(default_factory=dict)
    seen: dict[int, dict[str, Any]] = field(default_factory=dict)
    workspaces: dict[int, frozenset[tuple[str, str]]] = field(default_factory=dict)
    shut: dict[int, Sequence[int]] = field(default_factory=dict)
    languages: dict[int, Mapping[int, Channel]] = field(default_factory=dict)

    def spoken_in(self, records: Records, row: Delivery) -> Channel | None:
        """Give the channel where a row goes, if it has a language of its own."""
        id = records.community_id
        if id not in self.languages:
            own = records.channels.with_language()
            self.languages[id] = {channel.id: channel for channel in own}
        return None if row.member_id else self.languages[id].get(row.channel_id or 0)

    def is_at_home(self, target: Target, records: Records) -> bool:
        """Say whether a target is in a workspace of a community: no other's may be written to."""
        id = records.community_id
        if id not in self.workspaces:
            lived_in = records.setting.workspaces()
            self.workspaces[id] = frozenset((one.platform, one.workspace) for one in lived_in)
        return (target.platform, target.workspace) in self.workspaces[id]

    def closed(self, records: Records) -> Sequence[int]:
        """Give the members of a community who take no direct messages somewhere."""
        id = records.community_id
        if id not in self.shut:
            self.shut[id] = records.undelivered.closed()
        return self.shut[id]

    def records(self, community_id: int) -> Records:
        """Give the records of a community, the same ones each time."""
        if community_id not in self.homes:
            self.homes[community_id] = self.transaction.records(community_id)
        return self.homes[community_id]


class Outgoings:
    """Makes rows ready to be posted on the platforms there are. Raises Unsent."""

    def __init__(
        self, notices: Mapping[str, Notice], platforms: Mapping[str, Capabilities]
    ) -> None:
        self.notices = notices
        self.platforms = platforms

    def word(self, chunk: Chunk, row: Delivery, now: datetime) -> Outgoing:
        """Word a row from the state of this moment, and say where it goes."""
        if row.expires_at is not None and now > row.expires_at:
            raise Unsent("dead", "expired")
        records = chunk.records(row.community_id)
        member = chunk.members.get(row.member_id or 0)
        if member is not None and (member.erased_at or member.left_at) is not None:
            raise Unsent("cancelled", "needed no more")
        notice = self.notices.get(row.notice)
        if notice is None:
            raise _unknown(row, now)
        spoken = chunk.spoken_in(records, row)
        message = _worded(notice, records, _sending(chunk, row, member, now, spoken))
        if now - row.due_at > LATE and row.post_id is None:
            _let_sleep(records, row, member, now)
            message = _late(message, row.due_at)
        target, reader, ref = self.whither(records, row, member)
        reader = replace(reader, locale=spoken.locale if spoken else reader.locale)
        if not chunk.is_at_home(target, records):
            raise Unsent("dead", "elsewhere")
        if member is not None and isinstance(target, Place) and ref is None:
            message = _in_public(message, member)
        live = self.is_live(row, target.platform)
        if row.channel_id is not None and row.post_id is None and not live:
            message = _ringing(chunk, row, message, now)
        digest = _changed(records, row, digest_of(message, reader))
        whom = self._asked(notice, member) if ref is None else None
        return Outgoing(row, target, message, reader, live, ref, digest, whom)

    def _asked(self, notice: Notice, member: Member | None) -> Account | None:
        """Give who is asked something, by the account they are known by here."""
        accounts = self._accounts(member) if member is not None and notice.asks else ()
        return _account(accounts[-1]) if accounts else None

    def _accounts(self, member: Member) -> Sequence[KnownAccount]:
        """List the accounts of somebody on the platforms there are, without those that left."""
        there = [known for known in member.accounts if known.left_at is None]
        return [known for known in there if known.platform in self.platforms]

    def is_live(self, row: Delivery, platform: str) -> bool:
        """Say whether the post of a row is to be remembered: where none is edited, none is."""
        notice = self.notices.get(row.notice)
        live = notice is not None and notice.live and row.post_id is None
        return live and self._can(platform).edits

    def _can(self, platform: str) -> Capabilities:
        return self.platforms.get(platform, AllCapabilities())

    def whither(
        self, records: Records, row: Delivery, member: Member | None
    ) -> tuple[Target, Reader, MessageRef | None]:
        """Say where a row goes, and who will read it there; edits go where the post stands."""
        home = records.community
        reader = Reader(home.locale, home.zone)
        if member is not None:
            zone = member.effective_zone or home.zone
            reader = Reader(reads_in(member, member.effective_locale, zone, home), zone)
        if row.post_id is not None:
            ref = _ref(records.posts.get(row.post_id))
            return ref.place, reader, ref
        if member is not None:
            return self._direct(records, row, member, reader)
        channel = records.channels.find(row.channel_id or 0)
        notice = self.notices.get(row.notice)
        inside = "" if notice is not None and notice.aloud else _thread(records, row, channel)
        thread = row.thread or inside
        return self._open_place(channel, thread), reader, None

    def _direct(
        self, records: Records, row: Delivery, member: Member, reader: Reader
    ) -> tuple[Target, Reader, None]:
        accounts = self._accounts(member)
        reachable = [known for known in accounts if not known.closed]
        by_mail = member.reached_by == ALL or (member.reached_by, row.notice) == DIGEST_BY_MAIL
        reachable.sort(key=lambda known: (known.platform == MAIL) == by_mail)  # the last is taken
        if reachable:
            return _account(reachable[-1]), reader, None
        if accounts and all(known.stopped for known in accounts):
            raise Unsent("cancelled", "asked for no messages")
        if accounts and not any(self._can(known.platform).gathers for known in accounts):
            raise Unsent("dead", "nowhere to send it")  # no channel reaches them
        fallback = records.channels.find(row.fallback_id or 0)
        told = records.deliveries.told_in(row, fallback.id) if fallback else None
        if told is not None and _rings_for(told, row):
            raise Unsent("cancelled", IN_CHANNEL)
        return self._open_place(fallback, _thread(records, row, fallback)), reader, None

    def _open_place(self, channel: Channel | None, thread: str) -> Place:
        if channel is None or not self._can(channel.platform).gathers:
            raise Unsent("dead", "nowhere to send it")
        if channel.lost:
            raise Unsent("dead", f"channel lost: {channel.lost}")
        return Place(channel.platform, channel.workspace, channel.channel, channel.name, thread)


def _sending(
    chunk: Chunk, row: Delivery, member: Member | None, now: datetime, spoken: Channel | None
) -> Sending:
    about = int(row.about.rpartition(":")[2] or 0)
    seen = chunk.seen.setdefault(row.community_id, {})
    late = now - row.due_at
    return Sending(about, row.kind, now, late, member, row.args, seen, row.by_id, spoken)


def _unknown(row: Delivery, now: datetime) -> Unsent:
    """Leave a notice we do not know to others for a while: they may be of a newer version."""
    words = f"no notice {row.notice}"
    if row.attempts > OTHERS:
        return Unsent("dead", words)
    return Unsent("pending", words, now + ASIDE)


def _worded(notice: Notice, records: Records, sending: Sending) -> Message:
    with only_reading(records.db, records.touched):
        message = notice.word(records, sending)
    if message is None:
        raise Unsent("cancelled", "needed no more")
    return message


def _changed(records: Records, row: Delivery, digest: str) -> str:
    """Give how a message reads, unless the post that it is to be edited in reads so already."""
    if row.post_id is not None and records.posts.get(row.post_id).digest == digest:
        raise Unsent("cancelled", "reads the same")
    return digest


def _account(known: KnownAccount) -> Account:
    return Account(known.platform, known.workspace, known.account)


def mark(row: Delivery) -> str:
    """Give the mark a platform's message carries, so that it is known again: 13 characters."""
    return f"{row.id:x}"


def _late(message: Message, due: datetime) -> Message:
    words = t("This is late: it was due on {due}. I'm sorry.", due=Moment(due))
    return replace(message, blocks=(*message.blocks, Paragraph(words)))


def _let_sleep(records: Records, row: Delivery, member: Member | None, now: datetime) -> None:
    """Put off what comes late and would come at night, if it can wait until the morning."""
    if member is not None:
        morning = put_off(records, row, member, now)
        if morning > now:
            raise Unsent("pending", "quiet hours", morning)


def _in_public(message: Message, member: Member) -> Message:
    """Have a channel show what one person was to get: with their name, and nothing to press."""
    blocks = tuple(block for block in message.blocks if not isinstance(block, Actions))
    shown = replace(message, blocks=blocks, buttons=(), choices=(), event=None)
    return replace(shown, notify=(mentioned(member),))


def _rings_for(told: Delivery, row: Delivery) -> bool:
    """Say whether what a channel is told names somebody who takes no direct messages.

    It does not when that was found out only now, or when they were to be told later.
    """
    known = not row.error.startswith(PersonClosed.__name__)
    return known and (told.sent_at is None or row.due_at <= told.sent_at)


def _ringing(chunk: Chunk, row: Delivery, message: Message, now: datetime) -> Message:
    """Have what a channel is told name those of the same who take no direct messages."""
    records = chunk.records(row.community_id)
    shut = chunk.closed(records)
    ids = records.undelivered.unreached(row, shut, now) if shut else ()
    there = [one for one in records.members.many(ids) if one.left_at is None]
    seen = [one for one in there if not is_mailed(one)]
    closed = [one for one in seen if all(a.closed for a in one.accounts)]
    if not closed:
        return message
    return replace(message, notify=(*message.notify, *map(mentioned, closed)))


def _thread(records: Records, row: Delivery, channel: Channel | None) -> str:
    """Name the thread in a channel that was opened for what a delivery is about."""
    return records.posts.thread(row.about, channel.id) if channel else ""


def _ref(post: Post) -> MessageRef:
    place = Place(post.platform, post.workspace, post.channel, thread=post.thread)
    return MessageRef(place, post.message)
