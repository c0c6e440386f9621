"""Serves what communities publish: a page for everybody, and announcements for news readers."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import SimpleNamespace

from aiohttp import web

from bot.documents.atom import KIND, AtomEntry, AtomFeed, written_atom
from bot.documents.calendar import CalendarItem
from bot.domain.calendars import scope
from bot.protocol import Reader
from bot.web import words
from bot.web.conditional import has_it, validators
from bot.web.guesses import Guesses
from bot.web.lately import Lately
from bot.web.rendering import PageReader, page
from bot.web.views import Views, Words, guest
from bot.wording.calendars import CalendarReader, calendar_name
from bot.wording.public_pages import announced, public_page, when
from storage import Records, Storage, Transaction

HEADERS = {"Cache-Control": "public, max-age=300"}
Written = Callable[[Records, CalendarReader, datetime], bytes]


@dataclass(frozen=True, slots=True)
class Published:
    """What was made of a community, and since when it is that."""

    body: bytes
    etag: str
    changed_at: datetime


class PublicPages:
    """What everybody may read, of communities whose coordinators published it."""

    def __init__(
        self, address: str, views: Views, storage: Storage, now: Callable[[], datetime]
    ) -> None:
        self.address = address
        self.views = views
        self.storage = storage
        self.now = now
        self.joins = False
        self.guesses = Guesses(storage, now)
        self._lately = Lately[Published | None]()
        self._before: dict[str, Published] = {}

    def routes(self) -> list[web.RouteDef]:
        """Give the addresses there are."""
        return [
            web.get(r"/c/{id:\d{1,18}}", self._page),
            web.get(r"/c/{id:\d{1,18}}/announcements.atom", self._news),
            web.get("/c/{any:.*}", self._nothing),
        ]

    async def _page(self, request: web.Request) -> web.Response:
        return await self._serve(request, self._written, "text/html")

    async def _news(self, request: web.Request) -> web.Response:
        return await self._serve(request, self._announced, KIND)

    async def _nothing(self, request: web.Request) -> web.Response:
        refused = await self.guesses.refuse()
        if refused.status != 404:
            return refused
        return self.views.plain(guest(request), Words(words.GONE, status=404))

    async def _serve(self, request: web.Request, written: Written, kind: str) -> web.Response:
        make = partial(self._make, request.path, int(request.match_info["id"]), written)
        made = await self._lately.once(request.path, make)
        if made is None:
            return await self._nothing(request)
        headers = HEADERS | validators(made.etag, made.changed_at)
        if has_it(request, made.etag, made.changed_at):
            return web.Response(status=304, headers=headers)
        return web.Response(body=made.body, headers=headers, content_type=kind, charset="utf-8")

    async def _make(self, name: str, id: int, written: Written) -> Published | None:
        """Make what is read at an address; it stays as old as it was when it is the same."""
        now = self.now()
        body = await self.storage.long(lambda opened: _body(opened, id, written, now))
        if body is None:
            self._before.pop(name, None)
            return None
        made = Published(body, hashlib.sha256(body).hexdigest()[:32], now)
        before = self._before.get(name)
        self._before[name] = before if before and before.etag == made.etag else made
        return self._before[name]

    def _written(self, records: Records, reader: CalendarReader, now: datetime) -> bytes:
        """Write the page of a community."""
        shown = public_page(records, reader, now)
        values = {
            "title": shown.name,
            "home": shown.name,
            "nav": (),
            "here": "",
            "hidden": None,
            "public": True,
            "words": SimpleNamespace(**words.LAYOUT, **words.PUBLIC),
            "shown": shown,
            "joins": self.joins,
            "when": when,
            "id": records.community_id,
        }
        return page("public.html", PageReader(reader.reader, self.views.root), values).encode()

    def _announced(self, records: Records, reader: CalendarReader, now: datetime) -> bytes:
        """Write what a community announced."""
        home, name = records.community, reader.words(calendar_name(records, scope(now)))
        page, uid = f"{self.address}/c/{home.id}", f"convener:community-{home.id}"
        here = f"{page}/announcements.atom"
        feed = AtomFeed(uid, name, home.locale, here, page, home.created_at)
        return written_atom(feed, [_entry(i, reader) for i in announced(records, reader, now)])


def _entry(item: CalendarItem, reader: CalendarReader) -> AtomEntry:
    lines = (reader.words(when(item)), item.place, item.description)
    summary = "\n\n".join(line for line in lines if line)
    return AtomEntry(f"convener:{item.uid}", item.title, item.changed_at, summary)


def _body(opened: Transaction, id: int, written: Written, now: datetime) -> bytes | None:
    records = opened.records(id)
    home = records.setting.find()
    if home is None or not home.public_calendar:
        return None
    reader = CalendarReader(Reader(home.locale, home.zone), now.date())
    return written(records, reader, now)
