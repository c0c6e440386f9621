"""Lets tests look at the bot's pages and press what stands on them, as a browser does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientResponse, DummyCookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.listening import HttpListener
from bot.web.guard import LARGEST
from bot.web.signing_up import Post
from bot.web.site import Site
from tests.chatting import Chat

WEB = "https://bot.example.org"


@dataclass(slots=True)
class PageForm:
    """A form of a page: where it is sent, and what with."""

    action: str
    values: dict[str, str]
    label: str


def _forms(html: str) -> list[PageForm]:
    """Read the forms of a page."""
    forms = []
    for action, inside in re.findall(r'<form [^>]*action="([^"]*)"[^>]*>(.*?)</form>', html, re.S):
        fields = re.findall(r'<input (?!type="checkbox").*?>', inside)
        values = {_of(field, "name"): _of(field, "value") for field in fields}
        areas = re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', inside, re.S)
        values |= {name: unescape(text) for name, text in areas}
        label = re.findall(r"<button[^>]*>(.*?)</button>", inside)[-1]
        forms.append(PageForm(action, values, unescape(label)))
    return forms


def _of(field: str, name: str) -> str:
    given = re.search(rf' {name}="(.*?)"', field)
    return unescape(given[1]) if given else ""


class WebPage:
    """What was answered to a request."""

    def __init__(self, answer: ClientResponse, content: bytes) -> None:
        self.status, self.headers, self.content = answer.status, answer.headers, content
        self.html = content.decode(errors="replace")
        self.words = unescape(re.sub(r"<[^>]+>", "", self.html))
        self.forms = _forms(self.html)

    def form(self, label: str) -> PageForm:
        """Give the form whose button has a label. Fails when there is none."""
        return next(form for form in self.forms if form.label == label)


class Browser:
    """A browser with at most one cookie; `last` is the page it shows."""

    def __init__(self, chat: Chat, address: str = WEB) -> None:
        self.chat = chat
        self.address = address
        self.cookie = ""
        self.post: Post | None = None
        self.last: WebPage
        chat.local.dispatcher.web_address = address

    def link(self, name: str) -> str:
        """Have somebody get a link by which they sign in, and give its path."""
        words = self.chat.say(name, "/my page").text
        found = re.search(rf"{re.escape(self.address)}(/in/[\w-]+)", words)
        assert found, words
        return found[1]

    def sign_in(self, name: str) -> "Browser":
        """Sign somebody in."""
        self.get(self.link(name))
        self.press("Sign in") if "Sign in" in self.last.words else self.press("Iniciar sesión")
        self.get("/")
        return self

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> WebPage:
        """Open a page."""
        return self.ask("GET", path, headers=headers or {})

    def press(self, label: str, **values: Any) -> WebPage:
        """Press a button of the page that is shown, with fields filled in; two `_` are a dot."""
        form = self.last.form(label)
        filled = {name.replace("__", "."): value for name, value in values.items()}
        return self.send(form.action, form.values | filled)

    def send(
        self, path: str, values: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> WebPage:
        """Send a form."""
        ours = {"Origin": "{0.scheme}://{0.netloc}".format(urlsplit(self.address))}
        path = path.removeprefix(urlsplit(self.address).path)
        return self.ask("POST", path, data=values, headers={**ours, **(headers or {})})

    def ask(self, method: str, path: str, headers: Mapping[str, str], **more: Any) -> WebPage:
        """Send any request."""
        host = urlsplit(self.address).netloc
        cookie = {"Cookie": self.cookie} if self.cookie else {}
        sent = {"Host": host, "Accept-Language": "en", **cookie, **headers}

        async def asked() -> None:
            async with TestClient(TestServer(self._app()), cookie_jar=DummyCookieJar()) as client:
                more_of_it = {"headers": sent, "allow_redirects": False, **more}
                answer = await client.request(method, path, **more_of_it)
                self.last = WebPage(answer, await answer.read())

        self.chat._act(asked())
        if kept := self.last.headers.get("Set-Cookie"):
            self.cookie = kept.split(";")[0] if "Max-Age=0" not in kept else ""
        return self.last

    def _app(self) -> web.Application:
        app, local = web.Application(client_max_size=LARGEST), self.chat.local
        storage, answer = self.chat.storage, local.dispatcher.answer
        commands = local.dispatcher.commands
        site = Site(self.address, storage, answer, commands, local.clock.now)
        if self.post is not None:
            site.send_by(self.post)
        app.add_routes(site.routes())
        HttpListener(app)  # takes requests in, as it does where they are served
        return app
