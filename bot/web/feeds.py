"""Serves calendars to the programs people read them with: their own, and those for everybody."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

import structlog
from aiohttp import web

from bot.documents.calendar import written
from bot.domain.calendars import scope
from bot.protocol import Reader
from bot.web.conditional import has_it, validators
from bot.web.guesses import Guesses
from bot.web.lately import Lately
from bot.wording.calendars import (
    CalendarReader,
    calendar_items,
    calendar_name,
    member_reading,
    reader_of,
)
from storage import Rank, Records, Storage, Transaction
from storage.calendars import CalendarFeed, Scope, feed_at
from storage.digests import digest_of
from storage.engine import DatabaseTrouble

log = structlog.get_logger()

HOUR = timedelta(hours=1)
AWAY = "60"
"""Seconds after which to ask again while the database is away."""
HEADERS = {
    "Cache-Control": "private, max-age=900",
    "Content-Disposition": 'inline; filename="calendar.ics"',
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


class Feed(NamedTuple):
    """What is read at an address, and what was kept of it when it was last made, if it was."""

    records: Records
    scope: Scope
    reader: CalendarReader
    kept: CalendarFeed | None

    def state(self) -> str:
        """Give a digest of everything that its bytes are made of."""
        home = self.records.community
        named = self.records.programmes.find(self.scope.programme) if self.scope.programme else None
        name = (named.title, named.texts) if named else home.name
        made_of = (name, self.reader, self.records.calendars.standing(self.scope))
        return hashlib.sha256(repr(made_of).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class FeedBytes:
    """Which bytes a feed has and since when; `etag` is empty where they have to be made."""

    etag: str
    changed_at: datetime
    read_lately: bool
    body: bytes = b""


Find = Callable[[Transaction, datetime], Feed | None]


class Feeds:
    """Calendars under their addresses; wrong ones are answered slower and slower."""

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self.storage = storage
        self.now = now
        self.guesses = Guesses(storage, now)
        self._lately = Lately[FeedBytes | None]()

    def routes(self) -> list[web.RouteDef]:
        """Give the addresses there are."""
        return [
            web.get(r"/calendar/{token:[\w-]{22}}.ics", self._private),
            web.get(r"/calendar/{id:\d{1,18}}/sessions.ics", self._public),
            web.get(r"/calendar/{id:\d{1,18}}/{programme:\d{1,18}}.ics", self._public),
            web.get("/calendar/{any:.*}", self._nothing),
        ]

    async def _private(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        return await self._serve(request, digest_of(token), partial(_of_member, token))

    async def _public(self, request: web.Request) -> web.Response:
        ids = (int(request.match_info["id"]), int(request.match_info.get("programme", 0)))
        return await self._serve(request, str(ids), partial(_for_everybody, *ids))

    async def _nothing(self, request: web.Request) -> web.Response:
        return await self.guesses.refuse()

    async def _serve(self, request: web.Request, name: str, find: Find) -> web.Response:
        try:
            return await self._answer(request, name, find)
        except DatabaseTrouble as trouble:
            log.warning("database is away", action="calendar", error=type(trouble).__name__)
            return web.Response(status=503, headers={"Retry-After": AWAY})

    async def _answer(self, request: web.Request, name: str, find: Find) -> web.Response:
        stands = await self._lately.once(f"{name} stands", lambda: self._look(find))
        if stands is None:
            return await self.guesses.refuse()
        if not stands.etag or not has_it(request, stands.etag, stands.changed_at):
            stands = await self._lately.once(f"{name} made", lambda: self._make(find))
        if stands is None:
            return await self.guesses.refuse()
        headers = HEADERS | validators(stands.etag, stands.changed_at)
        if has_it(request, stands.etag, stands.changed_at):
            return web.Response(status=304, headers=headers)
        return web.Response(
            body=stands.body, headers=headers, content_type="text/calendar", charset="utf-8"
        )

    async def _look(self, find: Find) -> FeedBytes | None:
        """See whether a feed has the bytes it had; and that it is read, once an hour."""
        now = self.now()
        stands = await self.storage.long(lambda opened: _standing(find, opened, now))
        if stands is not None and not stands.read_lately:
            await self.storage.change(lambda opened: _note_read(find, opened, now), Rank.WEB)
        return stands

    async def _make(self, find: Find) -> FeedBytes | None:
        """Make the bytes of a feed, and keep which they are."""
        now = self.now()
        made = await self.storage.long(lambda opened: _made(find, opened, now))
        if made is None:
            return None
        state, body = made
        etag = hashlib.sha256(body).hexdigest()[:32]
        keep = partial(_keep, find, state, etag)
        changed_at = await self.storage.change(lambda opened: keep(opened, now), Rank.WEB)
        return FeedBytes(etag, changed_at, read_lately=True, body=body)


def _standing(find: Find, opened: Transaction, now: datetime) -> FeedBytes | None:
    feed = find(opened, now)
    if feed is None:
        return None
    kept = feed.kept
    if kept is None or kept.state != feed.state():
        return FeedBytes("", now, read_lately=True)
    read_lately = kept.read_at is not None and kept.read_at > now - HOUR
    return FeedBytes(kept.etag, kept.changed_at or now, read_lately)


def _note_read(find: Find, opened: Transaction, now: datetime) -> None:
    feed = find(opened, now)
    if feed is not None and feed.kept is not None:
        feed.kept.read_at = now.replace(minute=0, second=0, microsecond=0)


def _made(find: Find, opened: Transaction, now: datetime) -> tuple[str, bytes] | None:
    feed = find(opened, now)
    if feed is None:
        return None
    state = feed.state()  # first: what changes meanwhile is then seen the next time
    name = feed.reader.words(calendar_name(feed.records, feed.scope))
    items = calendar_items(feed.records, feed.scope, feed.reader)
    return state, written(name, items)


def _keep(find: Find, state: str, etag: str, opened: Transaction, now: datetime) -> datetime:
    """Keep which bytes a feed has; gives since when."""
    feed = find(opened, now)
    if feed is None:
        return now
    kept = feed.kept
    if kept is None:
        fresh = CalendarFeed(created_at=now, programme_id=feed.scope.programme or None)
        kept = feed.records.calendars.add(fresh)
    if kept.etag != etag:
        kept.changed_at = now
    kept.state, kept.etag = state, etag
    kept.read_at = now.replace(minute=0, second=0, microsecond=0)
    return kept.changed_at or now


def _of_member(token: str, opened: Transaction, now: datetime) -> Feed | None:
    kept = feed_at(opened.db, token)
    if kept is None:
        return None
    records = opened.records(kept.community_id)
    member = records.members.get(kept.member_id or 0)
    if member.left_at is not None:
        return None
    reader = member_reading(member, reader_of(member, records.community), now)
    return Feed(records, scope(now, member=member.id), reader, kept)


def _for_everybody(id: int, programme: int, opened: Transaction, now: datetime) -> Feed | None:
    """Find the sessions of a community, or of one of its programmes, if it lets everybody read."""
    records = opened.records(id)
    home = records.setting.find()
    if home is None or not home.public_calendar:
        return None
    series = records.programmes.find(programme) if programme else None
    if programme and (series is None or not records.programmes.public(series, now)):
        return None
    reader = CalendarReader(Reader(home.locale, home.zone), now.date())
    kept = records.calendars.public_feed(programme or None)
    return Feed(records, scope(now, programme=programme), reader, kept)
