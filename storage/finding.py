"""Finds sessions by all that was said of them, past ones and those to come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import String, Update, case, cast, func, literal, or_, select, union_all, update
from sqlalchemy.orm import Session as DbSession

from storage.actions import ActionItem
from storage.assets import PUBLIC, RECORDING, Asset
from storage.hosting import Turn
from storage.notes import Notes
from storage.sessions import Session, Sessions
from storage.sight import Sight, Visible, eyes

UNREAD = Session.search_words == ""
"""Whose words nobody has gathered yet: an older version wrote it, or one of its hosts is erased."""
_WORDS = case((UNREAD, func.lower(Session.title)), else_=Session.search_words)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: sessions with all of some folded `words`, or in a `language`.

    With `past` only those that took place and are not among those that are `on` now.
    """

    words: Sequence[str] = ()
    language: str = ""
    past: bool = False
    on: Collection[int] = field(default_factory=tuple)


def unread(opened: DbSession, after: int, limit: int) -> Sequence[Session]:
    """List sessions of all communities whose words are not gathered, by id and `after` one.

    Nobody else changes them until this transaction ends.
    """
    rows = select(Session).where(UNREAD, Session.state != "draft", Session.id > after)
    return opened.scalars(rows.order_by(Session.id).limit(limit).with_for_update()).all()


def forgotten(member_id: int) -> Update:
    """Give what drops the words of all sessions that somebody hosts or took notes of.

    Until they are gathered anew the sessions are found by their titles.
    """
    hosted = select(Turn.session_id).where(Turn.member_id == member_id)
    noted = select(Notes.about).where(Notes.member_id == member_id)
    about = literal("session:").concat(cast(Session.id, String))
    own = or_(Session.id.in_(hosted), about.in_(noted))
    return update(Session).where(own).values(search_words="")


class FoundSessions(Visible[Session]):
    """The sessions of one community, as they are looked for."""

    kind = Session
    visible = Sessions.visible

    def ids(self, search: Search, sight: Sight, now: datetime) -> Sequence[int]:
        """List by id what is looked for, as far as somebody sees it; drafts are left out.

        What is on comes first, then what is to come, the next one first, then what has begun, the
        last one first.
        """
        begun = Session.starts_at <= now
        query = self.shown().with_only_columns(Session.id).where(Session.state != "draft")
        query = query.where(*(_WORDS.contains(word, autoescape=True) for word in search.words))
        if search.language:
            spoken = cast(Session.languages, String)
            query = query.where(spoken.contains(f'"{search.language}"', autoescape=True))
        if search.past:
            query = query.where(begun, Session.state == "announced")
            query = query.where(Session.id.not_in(search.on)) if search.on else query
        ahead = case((~begun, Session.starts_at))
        query = query.order_by(begun, ahead, Session.starts_at.desc(), Session.id)
        ids: Sequence[int] = self.db.scalars(query, eyes(sight, now)).all()
        return sorted(ids, key=lambda id: id not in search.on) if search.on else ids

    def any_past(self, sight: Sight, now: datetime) -> bool:
        """Say whether somebody sees a session that has begun."""
        begun = self.shown().where(Session.state == "announced", Session.starts_at <= now)
        return bool(self.seen(begun.limit(1), sight, now))

    def listed(self, ids: Sequence[int]) -> Sequence[Session]:
        """Give the sessions with these ids, in their order."""
        sessions = {session.id: session for session in self.many(ids)}
        return [sessions[id] for id in ids if id in sessions]

    def said_beside(self, about: str) -> Sequence[str]:
        """List what was written down of a session for everybody: notes, links, action items.

        What is still a draft is left out, and so are recordings, which may be withheld.
        """
        assets = select(Asset.words).where(
            Asset.community_id == self.community_id,
            Asset.about == about,
            Asset.state == PUBLIC,
            Asset.kind != RECORDING,
        )
        notes = [
            select(column).where(Notes.community_id == self.community_id, Notes.about == about)
            for column in (Notes.discussed, Notes.insights, Notes.actions, Notes.resources)
        ]
        actions = select(ActionItem.words).where(
            ActionItem.community_id == self.community_id, ActionItem.about == about
        )
        return self.db.scalars(union_all(assets, *notes, actions)).all()

    def unread(self, limit: int) -> Sequence[Session]:
        """List some sessions whose words are not gathered."""
        rows = self.mine().where(UNREAD, Session.state != "draft")
        return self.all(rows.order_by(Session.id).limit(limit))

    def forget(self, member_id: int) -> None:
        """Have the words of all sessions gathered anew in which somebody has a turn."""
        self.db.execute(forgotten(member_id))
