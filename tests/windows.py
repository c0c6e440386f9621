"""Lets tests use the pages of the local chat over HTTP, as somebody without JavaScript does."""

import re
from collections.abc import Awaitable, Callable, Mapping
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from aiohttp import DummyCookieJar, FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.listening import HttpListener
from bot.web.chat import ChatParts, ChatSite
from bot.web.guard import LARGEST
from tests.browsing import WebPage
from tests.chatting import Chat

ADDRESS = "http://127.0.0.1:8746"
SECRET = "a-word-nobody-knows"
ROOT = f"/chat/{SECRET}"


class Windows:
    """The pages of a chat; `last` is the one that is shown, `anew` how often all began anew."""

    def __init__(self, chat: Chat) -> None:
        self.chat, self.anew = chat, 0
        core = chat.local.dispatcher
        parts = ChatParts(
            chat.stage, chat.local, core.groups, core.complete, self._begin_anew, SECRET, "run"
        )
        self.site = ChatSite(ADDRESS, parts)
        self.last: WebPage
        self.here: Mapping[str, str] = {}

    def _begin_anew(self) -> None:
        self.anew += 1

    def open(self, who: str, where: str = "general", **more: str) -> WebPage:
        """Open a window of somebody."""
        return self.get(f"{ROOT}/?{urlencode({'as': who, 'in': where, **more})}")

    def get(self, path: str) -> WebPage:
        """Open an address, and see where it leads."""
        self.ask("GET", path)
        while self.last.status == 303:
            path = self.last.headers["Location"]
            self.ask("GET", path)
        self.here = dict(parse_qsl(urlsplit(path).query))
        return self.last

    def act(self, act: str, **values: Any) -> WebPage:
        """Send what a page's form sends, from the window that is open, and see what comes of it."""
        named = {name.replace("__", "."): value for name, value in values.items()}
        place = {"as": self.here.get("as", ""), "in": self.here.get("in", "")}
        self.send("act", {**place, "act": act, **named})
        return self.get(self.last.headers["Location"]) if self.last.status == 303 else self.last

    def say(self, words: str) -> WebPage:
        """Send words off."""
        return self.act("say", words=words)

    def press(self, label: str, message: str = "") -> WebPage:
        """Press the newest button of a label that is on the page."""
        button = rf'name="call" value="([^"]*)"[^>]*>{re.escape(label)}[^<]*<'
        found = re.findall(button, self.last.html)
        assert found, f"no button “{label}”: {self.last.words}"
        return self.act("press", call=unescape(found[-1]), message=message)

    def fill(self, command: str, **values: Any) -> WebPage:
        """Fill in the form that is open, and send it off."""
        given = {f"f.{name}": value for name, value in values.items()}
        return self.act("fill", form=command, **given)

    def send(self, part: str, values: Any, **headers: str) -> WebPage:
        """Send a form."""
        if isinstance(values, Mapping):
            filled = FormData(default_to_multipart=True)
            for name, value in values.items():
                file = {"filename": name} if isinstance(value, bytes) else {}
                filled.add_field(name, value, **file)
            values = filled
        return self.ask("POST", f"{ROOT}/{part}", {"Origin": ADDRESS, **headers}, data=values)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> WebPage:
        """Send any request."""

        async def asked(client: TestClient[Any, Any]) -> None:
            sent = {"Host": urlsplit(ADDRESS).netloc, **(headers or {})}
            options = {"headers": sent, "allow_redirects": False, **more}
            answer = await client.request(method, path, **options)
            self.last = WebPage(answer, await answer.read())

        self.served(asked)
        return self.last

    def served(self, use: Callable[[TestClient[Any, Any]], Awaitable[None]]) -> None:
        """Do something with a client while the pages are served."""

        async def serving() -> None:
            app = web.Application(client_max_size=LARGEST)
            app.add_routes(self.site.routes())
            HttpListener(app)  # takes requests in, as it does where they are served
            async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
                await use(client)

        self.chat._act(serving())
