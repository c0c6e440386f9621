"""Keeps until when the messages to one channel or person have to wait, for all processes alike."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import UniqueConstraint, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.tables import Privacy, Thing, days, new_id

Lane = tuple[int, bool]
"""Whose messages go out one after another: of a channel, a member or a whole community, by its id;
and whether the edits of posts are meant, which platforms count by themselves."""


class Rest(Thing):
    """A lane that has to wait until an instant, because the platform asked for it."""

    __tablename__ = "rate_limits"
    privacy = Privacy(
        "Rate limits",
        "How long a platform asks us to wait",
        "Nobody, but who runs the bot",
        days(3, "until", "that"),
    )
    __table_args__ = (UniqueConstraint("lane", "edits"),)

    lane: Mapped[int]
    edits: Mapped[bool]
    until: Mapped[datetime] = mapped_column(index=True)


class RateLimits:
    """All lanes that wait, over all communities."""

    def __init__(self, session: Session) -> None:
        self.db = session

    def put(self, lanes: Mapping[Lane, datetime]) -> None:
        """Have lanes wait until an instant each, or longer where they were to wait longer."""
        if not lanes:
            return
        embedded = self.db.get_bind().dialect.name == "sqlite"
        new = (sqlite if embedded else postgresql).insert(Rest)
        later = new.on_conflict_do_update(
            index_elements=["lane", "edits"],
            set_={"until": new.excluded.until},
            where=new.excluded.until > Rest.until,
        )
        # In one order for all processes, so that no two of them wait for each other.
        rows = [
            {"id": new_id(), "lane": lane, "edits": edits, "until": until}
            for (lane, edits), until in sorted(lanes.items())
        ]
        self.db.connection().execute(later, rows)

    def ends(self, lanes: Iterable[int], now: datetime) -> Mapping[Lane, datetime]:
        """Say until when each of some lanes still has to wait."""
        waiting = select(Rest.lane, Rest.edits, Rest.until).where(
            Rest.lane.in_(sorted(set(lanes))), Rest.until > now
        )
        return {(lane, edits): until for lane, edits, until in self.db.execute(waiting)}

    def prune(self, before: datetime) -> None:
        """Forget those that had waited long enough before an instant."""
        self.db.execute(delete(Rest).where(Rest.until < before))
