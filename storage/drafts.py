"""Forms that were begun and not sent off, one for each member, command and what it is about."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, delete
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Kept, Owned, Privacy, days, to_community, to_member


class Draft(Owned):
    """A form somebody has begun; `bound` are the things it is about, by id, as JSON.

    `given` is what it was opened with, `filled` what was filled in since: raw texts by field.
    `vouched` names the channels a platform found for it, each under its platform and workspace.
    """

    __tablename__ = "drafts"
    privacy = Privacy(
        "Forms you have begun",
        "What you typed into a form that was not sent off or not accepted yet, so that it is not "
        "lost and you can go on elsewhere",
        "You alone",
        days(30, "changed_at", "you last worked on it"),
    )
    __table_args__ = (UniqueConstraint("community_id", "member_id", "command", "bound"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    member_id: Mapped[int] = mapped_column(to_member(on_erase="delete"), index=True)
    command: Mapped[str]
    bound: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    given: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    filled: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    vouched: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)

    @property
    def things(self) -> dict[str, str]:
        """The ids of the things it is about, by option."""
        return dict(json.loads(self.bound))

    @property
    def raw(self) -> dict[str, str]:
        """All raw values it has: the things it is about, what was given, what was filled in."""
        return {**self.things, **self.given, **self.filled}


class Drafts(Kept[Draft]):
    """The drafts of one community."""

    kind = Draft

    def by(self, member_id: int, id: int) -> Draft | None:
        """Find a draft of a member by its id."""
        return self.db.scalar(self.mine().where(Draft.member_id == member_id, Draft.id == id))

    def of(self, member_id: int, command: str, bound: Mapping[str, str]) -> Draft | None:
        """Find what a member has begun of a command about these things."""
        same = (Draft.command == command, Draft.bound == _written(bound))
        return self.db.scalar(self.mine().where(Draft.member_id == member_id, *same))

    def begin(self, member_id: int, command: str, bound: Mapping[str, str], now: datetime) -> Draft:
        """Give what a member has begun of a command about these things; it is new if need be."""
        draft = self.of(member_id, command, bound)
        if draft is None:
            fresh = Draft(
                member_id=member_id, command=command, bound=_written(bound), changed_at=now
            )
            draft = self.add(fresh)
        draft.changed_at = now
        return draft

    def drop(self, member_id: int, command: str, bound: Mapping[str, str]) -> None:
        """Forget what a member has begun of a command about these things."""
        self.db.execute(
            delete(Draft).where(
                Draft.community_id == self.community_id,
                Draft.member_id == member_id,
                Draft.command == command,
                Draft.bound == _written(bound),
            )
        )


def _written(bound: Mapping[str, str]) -> str:
    return json.dumps(bound, sort_keys=True, separators=(",", ":"))
