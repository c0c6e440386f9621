"""Opens the bot's pages in Chromium, without a window."""

import asyncio
import shutil
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from bot.listening import HttpListener
from bot.web.chat import ChatParts, ChatSite
from bot.web.site import Site
from tests.chatting import Chat

AXE = Path(__file__).parents[2] / ".venv" / "axe.min.js"
HOW = "run `sh tools/browser.sh` as root on Debian"
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
UNLABELLED = """
return [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
  .filter(field => !field.labels.length || !field.labels[0].textContent.trim())
  .map(field => field.name)
"""
Routes = Iterable[web.AbstractRouteDef]
TABS = 80
"""How often somebody presses the tabulator at most."""


@contextmanager
def served(chat: Chat) -> Iterator[str]:
    """Serve the pages of a chat on this machine for a while; gives their address."""
    local = chat.local
    answer, commands = local.dispatcher.answer, local.dispatcher.commands

    def routes(address: str) -> Routes:
        return Site(address, chat.storage, answer, commands, local.clock.now).routes()

    with _serving(chat, routes) as address:
        yield address


@contextmanager
def windows_served(chat: Chat) -> Iterator[str]:
    """Serve a chat itself as pages for a while; gives the address of the chat."""

    def routes(address: str) -> Routes:
        core = chat.local.dispatcher
        tools = (core.groups, core.complete, lambda: None, "secret", "run")
        site = ChatSite(address, ChatParts(chat.stage, chat.local, *tools))
        sites.append(site)
        return site.routes()

    sites: list[ChatSite] = []
    with _serving(chat, routes, lambda: sites[0].streams.close()) as address:
        yield f"{address}/chat/secret/"


@contextmanager
def _serving(
    chat: Chat, routes: Callable[[str], Routes], stop: Callable[[], None] = lambda: None
) -> Iterator[str]:
    listens = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listens.getsockname()[1]}"
    runner, ready = asyncio.Runner(), threading.Event()
    chat.local.dispatcher.web_address = address
    app, done = web.Application(), asyncio.Event()
    app.add_routes(routes(address))
    HttpListener(app)  # takes requests in, as it does where they are served

    async def serve() -> None:
        serving = web.AppRunner(app)
        await serving.setup()
        await web.SockSite(serving, listens).start()
        ready.set()
        await done.wait()
        stop()
        await serving.cleanup()

    thread = threading.Thread(target=lambda: runner.run(serve()))
    thread.start()
    ready.wait()
    try:
        yield address
    finally:
        runner.get_loop().call_soon_threadsafe(done.set)
        thread.join()
        runner.close()


class Chromium:
    """A browser of a phone's width in Bogota, and somebody who has no mouse."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def command(self, name: str, **values: Any) -> None:
        """Set something that is not said by options."""
        self.driver.execute_cdp_cmd(f"Emulation.{name}", values)

    def open(self, address: str) -> None:
        """Open a page."""
        self.driver.get(address)

    @property
    def words(self) -> str:
        """What is read on the page."""
        return str(self.driver.find_element("css selector", "body").text)

    def press(self, label: str) -> None:
        """Go to a button or link of this label by the tabulator, and press Enter."""
        for _ in range(TABS):
            self.driver.switch_to.active_element.send_keys(Keys.TAB)
            focused = self.driver.switch_to.active_element
            if focused.text == label:
                focused.send_keys(Keys.ENTER)
                return
        pytest.fail(f"“{label}” is not reached by the tabulator: {self.words}")

    def type(self, field: str, words: str) -> None:
        """Type into a field, found by its name."""
        self.driver.find_element("name", f"f.{field}").send_keys(words)

    def faults(self) -> Sequence[str]:
        """Name what is wrong with the page that is shown."""
        wide = self.driver.execute_script(
            "return document.documentElement.scrollWidth > screen.width"
        )
        wrong = [f"no label: {name}" for name in self.driver.execute_script(UNLABELLED)]
        wrong += ["wider than the phone"] if wide else []
        wrong += [str(line["message"]) for line in self.driver.get_log("browser")]
        return [*wrong, *self._found_by_axe()]

    def _found_by_axe(self) -> Sequence[str]:
        if not AXE.exists():
            return []
        self.driver.execute_script(AXE.read_text(encoding="utf-8"))
        run = "axe.run().then(arguments[arguments.length - 1])"
        seen: Mapping[str, Any] = self.driver.execute_async_script(run)
        return [f"{one['id']}: {one['nodes'][0]['html']}" for one in seen["violations"]]


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Open a browser for a while; skips the test where there is none."""
    driver, browser = shutil.which("chromedriver"), shutil.which("chromium")
    if not (driver and browser):
        pytest.skip(f"Chromium and its driver are not there: {HOW}")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in ARGUMENTS:
        options.add_argument(argument)
    opened = Chromium(webdriver.Chrome(options, webdriver.ChromeService(driver)))
    try:
        size = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
        opened.command("setDeviceMetricsOverride", **size)
        opened.command("setTimezoneOverride", timezoneId="America/Bogota")
        yield opened
    finally:
        opened.driver.quit()
