"""Serves the local chat as pages: what one person sees in one window, and what they do there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.adapters.local import Player, Shown, Stage
from bot.adapters.local.kept import USUAL, OpenForm, handle, newest
from bot.adapters.local.lines import DismissLine, FillLine, TimeLine
from bot.adapters.local.player import Course
from bot.adapters.local.suggesting import Suggestions
from bot.errors import RecordsAway, UserError
from bot.groups import Group
from bot.i18n import render
from bot.names import Names
from bot.protocol import Complete
from bot.web.chat import words
from bot.web.chat.acts import Sent, line_of, tried
from bot.web.chat.arrivals import arrivals
from bot.web.chat.forms import with_suggestions
from bot.web.chat.pages import ChatView, asked_page, words_page
from bot.web.chat.streams import Streams
from bot.web.chat.window import Window, exactly, window_of
from bot.web.guard import SiteGuard
from bot.web.pages import static
from bot.web.posted import values

SUGGESTED = 8
"""How many ways to go on are suggested at once."""
END = "#end"
"""Where the newest message stands, which a page without JavaScript has to be led to."""
INLINE = ("image/png", "image/svg+xml", "image/jpeg", "image/gif", "image/webp")

SEALED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What a file may do that a browser opens: be looked at."""


@dataclass(frozen=True, slots=True)
class ChatParts:
    """What the pages stand on: the stage, its course of time, what can be typed, a new beginning.

    `secret` is a word of the address, which pages from elsewhere cannot know. A copy was
    `copied_at` some moment.
    """

    stage: Stage
    course: Course
    groups: Mapping[str, Group]
    complete: Complete
    begin_anew: Callable[[], None]
    secret: str
    run: str
    copied_at: datetime | None = None


class ChatSite:
    """The pages of a chat."""

    def __init__(self, address: str, parts: ChatParts) -> None:
        self.parts = parts
        self.stage, self.platform = parts.stage, parts.stage.platform
        self.guard = SiteGuard(address)
        self.root = f"/chat/{parts.secret}"
        commands = (one for group in parts.groups.values() for one in group.commands.values())
        self._names = Names({one.name: one for one in commands})
        self.streams = Streams(parts.run)
        self.view = ChatView(self.platform, self.root, parts.run, parts.copied_at)
        self.goodbyes: dict[str, str] = {}
        self._follow()

    def _follow(self) -> None:
        """Have open windows told of all that appears, beside whoever is shown it now."""
        show = self.platform.show

        def shown(one: Shown) -> None:
            show(one)
            self.streams.changed()
            who = handle(one.to.removeprefix("@"), one.workspace or USUAL)
            if one.private and who not in self.platform.people:
                self.goodbyes[who] = one.text

        self.platform.show = shown

    def routes(self) -> list[web.AbstractRouteDef]:
        """Give the addresses there are."""
        ours = [
            web.get(f"{self.root}/", self._page),
            web.post(f"{self.root}/act", self._act),
            web.post(f"{self.root}/draft", self._save),
            web.get(f"{self.root}/events", self.streams.serve),
            web.get(f"{self.root}/suggest", self._suggest),
            web.get(f"{self.root}/file", self._file),
            web.get(f"{self.root}/anew", self._ask_anew),
            web.post(f"{self.root}/anew", self._begin_anew),
            web.get(r"/static/{name:chat\.css|chat\.js|convener\.svg}", static),
            web.get("/chat/{rest:.*}", self._gone),
        ]
        return [self.guard.around(route) for route in ours]

    async def _page(self, request: web.Request) -> web.Response:
        """Show a window."""
        window, asked = window_of(self.platform, request.query), request.query
        if window is None:
            return words_page(words.GONE, 404)
        if any(asked.get(name, word) != word for name, word in window.query.items()):
            return self._see(window)  # somebody left, say, whose window was open
        opened = self.platform.forms.get(window.who.handle)
        form = await with_suggestions(opened.form, self._suggestions(window)) if opened else None
        return self.view.page(window, form, request.query)

    async def _act(self, request: web.Request) -> web.Response:
        """Do what somebody presses, chooses, types or fills in."""
        sent = await request.post()
        window = exactly(self.platform, _words(sent))
        if window is None:
            return words_page(words.GONE, 404)
        told, failed = await self._played(sent, window)
        self.streams.changed()
        left = window.who.handle not in self.platform.people
        after = (window_of(self.platform, {}) if left else window) or window
        reads = request.headers.get("Accept", "").startswith("application/json")
        if left or not reads:
            self.view.say(after, told)
        if reads:
            return web.json_response({"said": told, "failed": failed, "left": left})
        return self._see(after, "#form" if after.who.handle in self.platform.forms else END)

    def _see(self, window: Window, part: str = "") -> web.Response:
        """Lead to a window."""
        where = f"{self.root}/{window.path()}{part}"
        return web.Response(status=303, headers={"Location": where})

    async def _played(self, sent: Sent, window: Window) -> tuple[list[str], bool]:
        """Carry it out; gives what is said beside what appears, and whether it could not be."""
        locale, told = window.reader.locale, list[str]()
        player = Player(
            self.stage, self.parts.course, locale, lambda one: told.append(one.error or one.text)
        )
        try:
            line = line_of(sent, window)
            if isinstance(line, FillLine | DismissLine) and not self._opened(sent, window):
                raise UserError(words.NOT_READ)
        except UserError as error:
            return [render(error.text, locale, str)], True
        since = newest(self.platform.messages)
        await player.act(line)
        if not player.failed:
            self.view.tried.add(tried(line, self._names))
            if isinstance(line, TimeLine):
                told.append(render(arrivals(self.platform, window, since), locale, str))
        if goodbye := self.goodbyes.pop(window.who.handle, ""):
            told.append(goodbye)
        return told, player.failed

    def _opened(self, sent: Sent, window: Window) -> OpenForm | None:
        """Give the form that was sent, if it is the one that is open."""
        opened = self.platform.forms.get(window.who.handle)
        return opened if opened and opened.form.command == sent.get("form") else None

    async def _save(self, request: web.Request) -> web.Response:
        """Keep what was typed into a form so far."""
        sent = await request.post()
        window = exactly(self.platform, _words(sent))
        opened = window and self._opened(sent, window)
        if not (window and opened):
            return web.Response(status=409)
        self.platform.open(window.who.handle, opened.filled(values(sent)))
        try:
            await self.platform.saved()
        except RecordsAway:  # it is kept with what is kept next
            return web.Response(status=503)
        return web.Response(status=204)

    async def _suggest(self, request: web.Request) -> web.Response:
        """Suggest how to go on with what is typed into the message field, or a field of a form."""
        window = window_of(self.platform, request.query)
        typed, field = request.query.get("typed", "")[:500], request.query.get("field", "")
        if window is None:
            return web.json_response([])
        suggestions = self._suggestions(window)
        opened = self.platform.forms.get(window.who.handle)
        if field and opened:
            found = await suggestions.values(opened.form.command, field, typed)
            return web.json_response([(one.strip('"'), about) for one, about in found])
        if not typed.startswith("/") and typed.rpartition(" ")[2][:1] not in ("@", "#"):
            return web.json_response([])
        begun, found = await suggestions.following(typed)
        wanted = begun.strip('"').casefold()
        head = typed.removesuffix(begun)
        fits = [(head + one, about) for one, about in found if wanted in one.casefold()]
        return web.json_response(fits[:SUGGESTED])

    async def _file(self, request: web.Request) -> web.Response:
        """Hand over a file of a message to somebody who sees it."""
        window, asked = window_of(self.platform, request.query), request.query
        seen = self.platform.visible(window.who.handle) if window else ()
        posted = next((one for one in seen if one.id == asked.get("message")), None)
        files = posted.shown.files if posted else ()
        file = next((one for one in files if one.name == asked.get("name")), None)
        if file is None:
            return words_page(words.GONE, 404)
        kind, _, _ = file.kind.partition(";")
        answer = web.Response(body=file.content, content_type=kind)
        if kind not in INLINE:
            answer.headers["Content-Disposition"] = "attachment"
        answer.headers["Content-Security-Policy"] = SEALED
        return answer

    async def _ask_anew(self, request: web.Request) -> web.Response:
        window = window_of(self.platform, request.query)
        return asked_page(window, self.root, copied=self.parts.copied_at is not None)

    async def _begin_anew(self, request: web.Request) -> web.Response:
        self.parts.begin_anew()
        return web.Response(status=303, headers={"Location": f"{self.root}/"})

    async def _gone(self, request: web.Request) -> web.Response:
        return words_page(words.GONE, 404)

    def _suggestions(self, window: Window) -> Suggestions:
        handle, locale = window.who.handle, window.reader.locale
        parts = self.parts
        return Suggestions(parts.stage, parts.groups, parts.complete, lambda: handle, locale)


def _words(sent: Sent) -> Mapping[str, str]:
    return {name: word for name, word in sent.items() if isinstance(word, str)}
