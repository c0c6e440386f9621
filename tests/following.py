"""Follows what a transaction has changed a second time, which must write nothing."""

import os
from collections.abc import Mapping, Set
from datetime import datetime

from sqlalchemy import event
from sqlalchemy.orm import Session

from bot.dispatcher import Dispatcher
from bot.domain.follow import follow
from bot.scheduler.outbox import Outbox
from storage import Records
from storage import sessions as kept
from storage.engine import DatabaseAway
from storage.openspace import OpenSpace
from storage.polls import Poll
from storage.programmes import Programme
from storage.tables import Thing
from storage.topics import Topic
from storage.writes import writes

ABOUTS: Mapping[str, type[Thing]] = {
    "topic": Topic,
    "programme": Programme,
    "session": kept.Session,
    "openspace": OpenSpace,
    "poll": Poll,
}
"""The things that parts are `about`."""


EVERY = int(os.environ.get("FOLLOWED_TWICE", "5"))
"""Of how many calls one is followed twice: `make nightly` does so with each."""


class Twice:
    """Follows now and then twice, and remembers what broke: people are answered all the same."""

    def __init__(self) -> None:
        self.breaks = self.calls = 0
        self.broken: list[Exception] = []

    def watch(self, dispatcher: Dispatcher, outbox: Outbox) -> None:
        """Follow what calls, timers and results touch."""
        dispatcher.follow = outbox.timers.follow = outbox.results.follow = self

    def __call__(self, records: Records, now: datetime) -> None:
        """Follow, unless a test has it break as many times as `breaks` says."""
        if self.breaks and records.touched:
            self.breaks -= 1
            follow(records, now)
            raise RuntimeError("a step is broken")
        self.calls += 1
        try:
            if self.calls % EVERY:
                follow(records, now)
            else:
                follow_twice(records, now)
        except DatabaseAway:
            raise  # then the call is not answered, which tests see
        except Exception as error:
            self.broken.append(error)
            raise

    def check(self) -> None:
        """Raise what broke."""
        if self.broken:
            raise self.broken.pop()


def _keep_parts(session: Session, context: object) -> None:
    """Note which parts of things are written."""
    changed = [thing for thing in session.dirty if session.is_modified(thing)]
    for thing in (*session.new, *changed, *session.deleted):
        if isinstance(thing, Thing) and thing.whole:
            session.info.setdefault("parts", []).append(thing)


event.listen(Session, "after_flush", _keep_parts)


def check_wholes(records: Records) -> None:
    """See that the whole of each part that was written is touched. Raises AssertionError."""
    touched = {thing.about: concerned for thing, concerned in records.touched.all()}
    for part in records.db.info.pop("parts", ()):
        whole, people = whole_of(records, part), _people(part)
        by_member = any(f"member:{id}" in touched for id in people)
        concerned: Set[int] | None = touched.get(whole, frozenset()) if whole else None
        fine = by_member or concerned is None or people & concerned
        assert fine, f"{part} is written, and {whole} is not touched"


def _people(part: Thing) -> set[int]:
    """Give the members a part refers to."""
    columns = [
        key.parent for key in part.__table__.foreign_keys if key.column.table.name == "members"
    ]
    return {getattr(part, column.name) for column in columns} - {None}


def whole_of(records: Records, part: Thing) -> str | None:
    """Name the thing a part belongs to, as `about` does; None for one that is gone, or of none."""
    if getattr(part, part.whole) is None:
        return None
    above = records.db.get(*_above(part))
    if above is None:
        return None
    return whole_of(records, above) if above.whole else str(above.about)  # type: ignore[attr-defined]


def _above(part: Thing) -> tuple[type[Thing], int]:
    """Say to what a part leads: to the thing it belongs to, or to another part of that."""
    leads = getattr(part, part.whole)
    if part.whole == "about":
        kind, _, id = leads.partition(":")
        return ABOUTS[kind], int(id)
    (key,) = part.__table__.c[part.whole].foreign_keys
    return {mapper.local_table: mapper.class_ for mapper in Thing.registry.mappers}[
        key.column.table
    ], leads


def follow_twice(records: Records, now: datetime) -> None:
    """Follow, and once more. Raises AssertionError when that writes anything."""
    records.db.flush()
    check_wholes(records)
    touched = records.touched.all()
    follow(records, now)
    records.db.flush()
    for thing, concerned in touched:
        for member_id in (None,) if concerned is None else concerned:
            records.touched.add(thing, member_id)
    with writes(records.db) as written:
        follow(records, now)
        records.db.flush()
    assert written == [], "following twice writes more than following once"
