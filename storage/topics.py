"""Keeps the topics of open spaces, who would like to be there and who is there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.leads import by_lead, lead_of_each
from storage.notes import NotesKept
from storage.openspace import OpenSpace, Room, Rooms, Slot, Slots, within_visible
from storage.people import Member, Members
from storage.sight import Sight, Visible
from storage.tables import WITH, Owned, Privacy, to_member

Thing = TypeVar("Thing", bound=Owned)


class Topic(Owned):
    """What somebody wants to talk about; the proposer is its convener.

    One that was merged into another stays as it is, and all that was said of it counts for that.
    """

    __tablename__ = "topics"
    whole = "openspace_id"
    privacy = Privacy("Topics", "To choose, place and hold them; who convenes", "Members", WITH)

    openspace_id: Mapped[int] = mapped_column(
        ForeignKey("open_spaces.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    proposed_at: Mapped[datetime]
    convener_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="empty"), index=True, default=None
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
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("topics.id", ondelete="SET NULL"), default=None
    )

    @property
    def about(self) -> str:
        """How the log names it."""
        return f"topic:{self.id}"

    def put(self, slot_id: int | None, room_id: int | None, *, pinned: bool) -> None:
        """Give it a place on the board, or none."""
        self.slot_id, self.room_id, self.pinned = slot_id, room_id, pinned


class Interest(Owned):
    """A member would like to be there."""

    __tablename__ = "interests"
    whole = "topic_id"
    privacy = Privacy("Topics you would like", "To place topics without clashes", "Members", WITH)
    __table_args__ = (UniqueConstraint("topic_id", "member_id"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)


class Presence(Owned):
    """Where a member is at the moment: with one topic of a space, or with none."""

    __tablename__ = "presences"
    whole = "openspace_id"
    privacy = Privacy("Where you are", "To find a group at an open space", "Members", WITH)
    __table_args__ = (UniqueConstraint("openspace_id", "member_id"),)

    openspace_id: Mapped[int] = mapped_column(ForeignKey("open_spaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)


class Merger(Owned):
    """A wish to merge `other` into `topic`, and which of the two sides agree so far."""

    __tablename__ = "mergers"
    whole = "topic_id"
    privacy = Privacy("Wishes to merge topics", "To ask both sides", "Conveners", WITH)
    __table_args__ = (UniqueConstraint("topic_id", "other_id"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[datetime]
    agreed: Mapped[list[int]] = mapped_column(default_factory=list)


@dataclass(frozen=True, slots=True)
class Whole:
    """An open space with all that is in it, as things stand; mappings are by topic id.

    Topics that were withdrawn are left out. Those merged into another count for that one: `leads`
    says for which each counts.
    """

    space: OpenSpace
    topics: Sequence[Topic]
    leads: Mapping[int, int]
    slots: Sequence[Slot]
    rooms: Sequence[Room]
    conveners: Mapping[int, Sequence[Member]]
    wanted: Mapping[int, frozenset[int]]
    heads: Mapping[int, int]
    noted: frozenset[int]

    def convened(self, topic: Topic) -> Sequence[Member]:
        """List who convenes a topic, the one who proposed it first."""
        return self.conveners.get(topic.id, ())

    def interest(self, topic: Topic) -> frozenset[int]:
        """Give who would like to be there, by member id."""
        return self.wanted.get(topic.id, frozenset())

    @property
    def places(self) -> Mapping[int, tuple[int, int]]:
        """Where topics stand on the board: slot and room by topic."""
        return {
            topic.id: (topic.slot_id, topic.room_id)
            for topic in self.topics
            if topic.slot_id is not None and topic.room_id is not None
        }


class Topics(Visible[Topic]):
    """The topics of one community."""

    kind = Topic
    visible = within_visible(Topic.openspace_id)

    def named(self, words: str, sight: Sight, now: datetime, limit: int = 25) -> Sequence[Topic]:
        """Find topics by words in the title: of open spaces first, then the newest."""
        live = self.shown().join(OpenSpace, OpenSpace.id == Topic.openspace_id)
        live = live.where(~Topic.withdrawn, Topic.merged_into_id.is_(None))
        asked = live.where(Topic.title.icontains(words, autoescape=True))
        order = (OpenSpace.closed_at.is_not(None), Topic.id.desc())
        return self.seen(asked.order_by(*order).limit(limit), sight, now)

    def in_space(self, openspace_id: int) -> Sequence[Topic]:
        """List all topics of a space, withdrawn and merged ones included."""
        return self.all(self.mine().where(Topic.openspace_id == openspace_id).order_by(Topic.id))

    def withdrawn(self, openspace_id: int, limit: int) -> Sequence[Topic]:
        """List the topics of a space that were withdrawn, the newest first."""
        gone = self.mine().where(Topic.openspace_id == openspace_id, Topic.withdrawn)
        return self.all(gone.order_by(Topic.id.desc()).limit(limit))

    def together(self, topic: Topic) -> Sequence[Topic]:
        """List a topic with those that are part of it, itself first."""
        there = self.in_space(topic.openspace_id)
        leads = lead_of_each(there)
        parts = [one for one in there if leads[one.id] == topic.id]
        return sorted(parts, key=lambda one: (one.id != topic.id, one.id))

    def lead(self, topic: Topic) -> Topic:
        """Give the topic that stands for this one: itself, or the one it is part of."""
        if topic.merged_into_id is None:
            return topic
        there = self.in_space(topic.openspace_id)
        lead = lead_of_each(there)[topic.id]
        return next(one for one in there if one.id == lead)

    def convened_by(self, member_id: int) -> Sequence[tuple[Topic, OpenSpace]]:
        """List a member's topics in spaces that are not closed, the newest first."""
        query = (
            select(Topic, OpenSpace)
            .join(OpenSpace, OpenSpace.id == Topic.openspace_id)
            .where(Topic.convener_id == member_id, ~Topic.withdrawn, self._own(Topic))
            .where(OpenSpace.closed_at.is_(None))
            .order_by(Topic.id.desc())
        )
        return [(row[0], row[1]) for row in self.db.execute(query.limit(25))]

    def toggle(self, topic: Topic, member_id: int) -> bool:
        """Note that a member would like to be there, or no longer; gives which."""
        ids = [one.id for one in self.together(topic)]
        query = select(Interest).where(Interest.topic_id.in_(ids), Interest.member_id == member_id)
        found = self.db.scalars(query.where(self._own(Interest))).all()
        for interest in found:
            self.db.delete(interest)
        if not found:
            self._keep(Interest(topic_id=topic.id, member_id=member_id))
        self.db.flush()
        return not found

    def go(self, topic: Topic, member_id: int) -> Topic | None:
        """Move a member to a topic; gives where they were before."""
        found = self.presence(topic.openspace_id, member_id)
        before = self.find(found.topic_id) if found else None
        if found is None:
            self._keep(
                Presence(openspace_id=topic.openspace_id, member_id=member_id, topic_id=topic.id)
            )
        else:
            found.topic_id = topic.id
        self.db.flush()
        return before

    def presence(self, openspace_id: int, member_id: int) -> Presence | None:
        """Find where a member is."""
        query = select(Presence).where(
            Presence.openspace_id == openspace_id,
            Presence.member_id == member_id,
            self._own(Presence),
        )
        return self.db.scalar(query)

    def go_nowhere(self, presence: Presence) -> None:
        """Let a member leave."""
        self.db.delete(presence)
        self.db.flush()

    def merger(self, topic: Topic, other: Topic) -> Merger | None:
        """Find the wish to merge two topics, whichever way round."""
        pair = [topic.id, other.id]
        query = select(Merger).where(Merger.topic_id.in_(pair), Merger.other_id.in_(pair))
        return self.db.scalar(query.where(self._own(Merger)))

    def wish_merger(self, topic: Topic, other: Topic, now: datetime) -> Merger:
        """Keep the wish to merge `other` into `topic`, once."""
        found = self.merger(topic, other)
        return found or self._keep(Merger(topic_id=topic.id, other_id=other.id, asked_at=now))

    def forget_merger(self, merger: Merger) -> None:
        """Drop a wish that was not agreed to."""
        self.db.delete(merger)
        self.db.flush()

    def forget_mergers(self, topic: Topic) -> None:
        """Drop what was wished of a topic that is not there any more."""
        concerned = (Merger.topic_id == topic.id) | (Merger.other_id == topic.id)
        self.db.execute(delete(Merger).where(concerned, self._own(Merger)))

    def whole(self, space: OpenSpace) -> Whole:
        """Give a space with all that is in it, in a fixed number of statements."""
        there = [one for one in self.in_space(space.id) if not one.withdrawn]
        leads = lead_of_each(there)
        wanted, heads = self._said(space.id)
        noted = NotesKept(self.db, self.community_id).noted([topic.about for topic in there])
        return Whole(
            space,
            [topic for topic in there if topic.merged_into_id is None],
            leads,
            Slots(self.db, self.community_id).of(space.id),
            Rooms(self.db, self.community_id).of(space.id),
            self._conveners(there, leads),
            {lead: frozenset(ids) for lead, ids in by_lead(wanted, leads).items()},
            {lead: len(ids) for lead, ids in by_lead(heads, leads).items()},
            frozenset(leads[topic.id] for topic in there if topic.about in noted),
        )

    def _said(
        self, openspace_id: int
    ) -> tuple[Iterable[tuple[int, int]], Iterable[tuple[int, int]]]:
        """Give who wants which topic, and who is with which."""
        topics = select(Topic.id).where(Topic.openspace_id == openspace_id, self._own(Topic))
        wanted = select(Interest.topic_id, Interest.member_id).where(Interest.topic_id.in_(topics))
        heads = select(Presence.topic_id, Presence.member_id).where(
            Presence.openspace_id == openspace_id
        )
        rows = [(row[0], row[1]) for row in self.db.execute(wanted)]
        here = [(row[0], row[1]) for row in self.db.execute(heads)]
        return rows, here

    def _conveners(
        self, topics: Sequence[Topic], leads: Mapping[int, int]
    ) -> Mapping[int, Sequence[Member]]:
        ids = {topic.convener_id for topic in topics if topic.convener_id}
        members = Members(self.db, self.community_id).many(sorted(ids))
        known = {member.id: member for member in members}
        found: dict[int, dict[int, Member]] = defaultdict(dict)
        for topic in sorted(topics, key=lambda one: (one.merged_into_id is not None, one.id)):
            if topic.convener_id in known:
                found[leads[topic.id]][topic.convener_id] = known[topic.convener_id]
        return {lead: list(people.values()) for lead, people in found.items()}

    def _keep(self, thing: Thing) -> Thing:
        thing.community_id = self.community_id
        self.db.add(thing)
        self.db.flush()
        return thing

    def _own(self, kind: type[Owned]) -> ColumnElement[bool]:
        return kind.community_id == self.community_id
