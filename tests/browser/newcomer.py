"""Plays the first two minutes of somebody who opens the local chat in a browser."""

import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from selenium.webdriver.common.keys import Keys

from bot.app.chat import WELCOME, play_quietly
from tests.browser.chromium import Chromium, windows_served
from tests.chatting import Chat

WIDE = {
    "width": 1200,
    "height": 820,
    "screenWidth": 1200,
    "screenHeight": 820,
    "deviceScaleFactor": 1.5,
    "mobile": False,
}
PHONE = {
    "width": 360,
    "height": 760,
    "screenWidth": 360,
    "screenHeight": 760,
    "deviceScaleFactor": 2,
    "mobile": True,
}
PATIENCE = 10.0
"""Seconds after which what is waited for does not come."""
BOX = "[...document.querySelectorAll(arguments[0])].filter(one => one.checkVisibility())"
REMINDED = "comienza en 24 horas"
Picture = Callable[[str], None]


class Newcomer:
    """Somebody in front of a window of the chat."""

    def __init__(self, browser: Chromium, address: str) -> None:
        self.browser, self.driver, self.address = browser, browser.driver, address
        self.size(WIDE)
        browser.open("about:blank")
        browser.driver.get_log("browser")  # what another test left behind
        browser.open(address)

    def size(self, size: dict[str, Any], scheme: str = "light") -> None:
        """Take another screen."""
        self.browser.command("setDeviceMetricsOverride", **size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.browser.command("setEmulatedMedia", features=features)

    def until(self, words: str) -> None:
        """Wait until something is read in the conversation."""
        self.wait(lambda: words in self.conversation, words)

    def wait(self, holds: Callable[[], Any], what: str) -> None:
        """Wait until something holds."""
        begun = time.monotonic()
        while not holds():
            assert time.monotonic() - begun < PATIENCE, f"{what}: {self.browser.words}"
            time.sleep(0.03)

    @property
    def conversation(self) -> str:
        """All that stands in the window."""
        script = "return document.getElementById('timeline').textContent"
        return str(self.driver.execute_script(script))

    def be(self, who: str, where: str = "general") -> None:
        """Open a window of somebody."""
        self.browser.open(f"{self.address}?as={who}&in={where}")

    def click(self, css: str, label: str) -> None:
        """Click the last thing of a kind that reads so."""
        script = (
            f"return {BOX}.filter(one => one.textContent.trim().startsWith(arguments[1])).pop()"
        )
        self.wait(lambda: self.driver.execute_script(script, css, label), label)
        self.driver.execute_script(script, css, label).click()
        self.wait(
            lambda: not self.driver.execute_script("return document.body.matches('.busy')"), ""
        )

    def settle(self) -> None:
        """Wait until nothing moves on the page any more."""
        moving = "return document.getAnimations().filter(one => one.playState == 'running').length"
        self.wait(lambda: not self.driver.execute_script(moving), "still moving")

    def type(self, words: str) -> None:
        """Type into the message field, which has the focus already, or is clicked."""
        self.driver.find_element("id", "write").send_keys(words)


@contextmanager
def welcomed(chat: Chat, more: Coroutine[Any, Any, None] | None = None) -> Iterator[str]:
    """Serve a chat with the small community that everybody begins with, and `more` after it."""
    lines = WELCOME.read_text(encoding="utf-8").splitlines()
    chat.runner.run(play_quietly(chat.local, lines))
    if more:
        chat.runner.run(more)
    with windows_served(chat) as address:
        yield address


def two_minutes(newcomer: Newcomer, picture: Picture) -> None:
    """Plan in one line, announce, answer as two others, turn the clock, read the reminder."""
    newcomer.click("#tries a, #tries button", "Plan a session")
    newcomer.type(Keys.ENTER)
    newcomer.click("#timeline button", "Announce now")
    newcomer.wait(
        lambda: "What have we learned" in newcomer.conversation.split("Coming")[-2], "post"
    )
    for who, answer in (("bruno", "Coming"), ("claire", "Maybe")):
        newcomer.be(who)
        newcomer.click("#timeline button", answer)
    newcomer.be("amina")
    newcomer.until("Coming: 1 · Maybe: 1")
    picture("channel")
    newcomer.be("bruno", "@")
    for _ in range(6):
        if REMINDED not in newcomer.conversation:
            newcomer.click("#step-next", "")
            newcomer.settle()
    newcomer.until(REMINDED)
    picture("reminder")
    newcomer.size(PHONE, "dark")
    newcomer.be("bruno", "@")
    picture("phone")
