"""Lets tests look at pages as somebody who signed in, and press what is on them."""

import re
from collections.abc import Awaitable, Callable, Sequence
from html import unescape
from typing import NamedTuple, TypeVar

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web.site import Site
from tests.chatting import Chat

HOST = "127.0.0.1:8080"
WEB = f"http://{HOST}"
Result = TypeVar("Result")


class Page(NamedTuple):
    """What a browser shows: the status, the source, and the words without tags."""

    status: int
    source: str

    @property
    def words(self) -> str:
        return unescape(" ".join(re.sub(r"<[^>]+>", " ", self.source).split()))

    def cells(self, head: str) -> Sequence[str]:
        """Give the words in the cells of the first row whose header begins like this."""
        rows = self.source.split("<tr>")
        row = next(row for row in rows if Page(200, row).words.startswith(head))
        cells = re.findall(r"<td>(.*?)</td>", row, re.DOTALL)
        return [Page(200, cell).words for cell in cells]

    def call(self, label: str) -> str:
        """Give what the first button of a table that is named like this sends."""
        found = re.search(rf'value="([^"]+)" aria-label="{re.escape(label)}', self.source)
        assert found, self.words
        return unescape(found[1])


class Browser:
    """A browser of somebody who signed in."""

    def __init__(self, client: "TestClient[web.Request, web.Application]") -> None:
        self.client = client

    async def get(self, path: str) -> Page:
        """Open a page."""
        answer = await self.client.get(path, headers={"Host": HOST})
        return Page(answer.status, await answer.text())

    async def press(self, page: Page, call: str) -> Page:
        """Press what is on a page and sends this call."""
        hidden = dict(re.findall(r'name="(check|event)" value="([^"]+)"', page.source))
        return await self.post("/do", {"call": call, **hidden})

    async def post(self, path: str, sent: dict[str, str]) -> Page:
        """Send a form."""
        headers = {"Host": HOST, "Origin": WEB}
        answer = await self.client.post(path, data=sent, headers=headers, allow_redirects=False)
        return Page(answer.status, await answer.text())


def browse(chat: Chat, name: str, what: Callable[[Browser], Awaitable[Result]]) -> Result:
    """Sign somebody in, and do something in their browser."""
    dispatcher = chat.local.dispatcher
    dispatcher.web_address = WEB
    link = re.search(r"/in/[\w-]+", chat.say(name, "/my page").text)
    assert link

    async def browsing() -> Result:
        app = web.Application()
        site = Site(WEB, chat.storage, dispatcher.answer, dispatcher.commands, lambda: chat.now)
        app.add_routes(site.routes())
        async with TestClient(TestServer(app)) as client:
            browser = Browser(client)
            await browser.post(link[0], {})
            return await what(browser)

    return chat.runner.run(browsing())


def opened(chat: Chat, name: str, *paths: str) -> Sequence[Page]:
    """Give the pages that somebody sees at some paths."""

    async def look(browser: Browser) -> Sequence[Page]:
        return [await browser.get(path) for path in paths]

    return browse(chat, name, look)
