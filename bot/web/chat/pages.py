"""Renders the pages of the local chat."""

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from aiohttp import web
from markupsafe import escape

from bot.adapters.local import LocalPlatform
from bot.adapters.local.kept import handle
from bot.adapters.local.seat import ME
from bot.adapters.local.shown import ShownForm
from bot.i18n import Text, format_moment, render, zone_label
from bot.protocol import Reader
from bot.web.chat import words
from bot.web.chat.links import marking
from bot.web.chat.side import MOST, PeopleAsked, colours, people, places
from bot.web.chat.timeline import timeline
from bot.web.chat.tries import Scene, tries
from bot.web.chat.unread import Unread
from bot.web.chat.window import ALONE, Window
from bot.web.rendering import PageReader, page


class ChatView:
    """Makes the pages of one chat, and remembers what was looked at, tried and is still to say."""

    def __init__(
        self, platform: LocalPlatform, root: str, run: str, copied_at: datetime | None = None
    ) -> None:
        self.platform = platform
        self.root = root
        self.run = run
        self.rehearsal = copied_at and words.rehearsal(copied_at)
        self.unread = Unread(platform)
        self.tried: set[str] = set()
        self._said: dict[str, list[str]] = {}
        self._first = ""

    def say(self, window: Window, said: Sequence[str]) -> None:
        """Have something said on the next page somebody opens."""
        self._said.setdefault(window.who.handle, []).extend(said)

    def page(
        self, window: Window, form: ShownForm | None, query: Mapping[str, str]
    ) -> web.Response:
        """Show a window; one that is asked for `again` by its own page uses up nothing said."""
        self._look(window)
        said = [] if "again" in query else self._said.pop(window.who.handle, [])
        platform, reader, now = self.platform, window.reader, self.platform.now()
        shown_people = people(platform, window, self.unread, PeopleAsked(now, query.get("who", "")))
        shown: dict[str, object] = {
            "window": window,
            "run": self.run,
            "alone": ALONE,
            "words": SimpleNamespace(**words.PAGE),
            "rehearsal": self.rehearsal,
            "people": shown_people,
            "who": query.get("who", ""),
            "searched": len(platform.people) > MOST,
            "places": places(platform, window, self.unread),
            "timeline": timeline(platform, window, query.get("before", "")),
            "tries": tries(Scene(platform, window, self.tried)),
            **_clock(now, reader),
            "said": said,
            "form": form,
            "form_key": _key(form),
            "typed": query.get("say", ""),
            "colours": colours(platform),
            "handle_of": partial(handle, workspace=window.who.workspace),
            "text": escape,
            "marked": marking(platform, window, self.root),
            "unread": words.unread,
            "named": words.shown_name,
            "me": ME,
            "to": words.message_to(window.name, window.where == ALONE),
        }
        return _html(page("chat/window.html", PageReader(reader, self.root), shown))

    def _look(self, window: Window) -> None:
        """Note what is seen now, and that one is somebody else than at first."""
        self.unread.look(window)
        self._first = self._first or window.who.handle
        if window.who.handle != self._first:
            self.tried.add("read" if window.where == ALONE else "became")


def asked_page(window: Window | None, root: str, *, copied: bool) -> web.Response:
    """Ask whether to begin anew."""
    reader = window.reader if window else Reader()
    back = window.path() if window else ""
    shown = {
        "title": words.ANEW,
        "sure": words.ANEW_COPIED if copied else words.ANEW_SURE,
        "keep": words.KEEP,
        "begin": words.BEGIN,
    }
    return _html(page("chat/anew.html", PageReader(reader, root), {**shown, "back": back}))


def words_page(text: Text, status: int) -> web.Response:
    """Say something on a page of its own."""
    return web.Response(text=render(text, "en", str) + "\n", status=status)


def _key(form: ShownForm | None) -> int:
    """Give a number that is another one when another form is asked, or something is wrong in it."""
    if form is None:
        return 0
    seen = (form.command, form.draft, [(one.name, one.error) for one in form.fields])
    return zlib.crc32(repr(seen).encode("utf-8", "replace"))


def _clock(now: datetime, reader: Reader) -> Mapping[str, str]:
    """Write the time, its zone (which phones leave out), and as the fields of a page have it."""
    here = now.astimezone(ZoneInfo(reader.zone))
    return {
        "clock": format_moment(now, reader.locale, reader.zone, name_zone=False),
        "clock_zone": zone_label(reader.zone, reader.locale),
        "now": now.isoformat(timespec="minutes"),
        "now_here": f"{here:%Y-%m-%dT%H:%M}",
    }


def _html(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html")
