"""Follows what a transaction has changed a second time, which must write nothing."""

from datetime import datetime

from bot.dispatcher import Dispatcher
from bot.domain.follow import follow
from bot.scheduler.outbox import Outbox
from storage import Records
from storage.writes import writes


class Twice:
    """Follows twice, and remembers what broke: people are answered all the same."""

    def __init__(self) -> None:
        self.breaks = 0
        self.broken: list[Exception] = []

    def watch(self, dispatcher: Dispatcher, outbox: Outbox) -> None:
        """Follow what calls and timers touch."""
        dispatcher.follow = outbox.timers.follow = self

    def __call__(self, records: Records, now: datetime) -> None:
        """Follow, unless a test has it break as many times as `breaks` says."""
        if self.breaks and records.touched:
            self.breaks -= 1
            follow(records, now)
            raise RuntimeError("a step is broken")
        try:
            follow_twice(records, now)
        except Exception as error:
            self.broken.append(error)
            raise

    def check(self) -> None:
        """Raise what broke."""
        if self.broken:
            raise self.broken.pop()


def follow_twice(records: Records, now: datetime) -> None:
    """Follow, and once more. Raises AssertionError when that writes anything."""
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
