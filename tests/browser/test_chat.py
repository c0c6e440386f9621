"""Shows the first look at the local chat in a real browser, by mouse, by keyboard, on a phone."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Chromium, chromium
from tests.browser.newcomer import PHONE, WIDE, Newcomer, two_minutes, welcomed
from tests.chatting import Chat

pytestmark = [pytest.mark.processes, pytest.mark.nightly]
MOST = 150_000
"""Bytes that are sent for the first page at most."""
LOADED = "return performance.getEntries().filter(one => one.name.startsWith('http'))"
SENT = f"{LOADED}.map(one => one.transferSize || 0).reduce((a, b) => a + b, 0)"
NAMES = f"{LOADED}.map(one => one.name)"
PAINT = "return performance.getEntriesByType('paint').map(one => one.startTime).pop() || 0"
Report = Callable[[str], None]


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    """Open one browser for all tests."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def address(chat: Chat, browser: Chromium) -> Iterator[str]:
    """Serve the community that everybody begins with."""
    with welcomed(chat) as served:
        yield served
        browser.open("about:blank")


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    """Print a figure, whatever else is captured."""

    def told(words: str) -> None:
        with capsys.disabled():
            print(f"\n  {words}")  # noqa: T201

    return told


def in_all_lights(newcomer: Newcomer) -> Sequence[str]:
    """Name what is wrong with a page, wide and on a phone, light and dark."""
    found = []
    for size, scheme in ((WIDE, "light"), (WIDE, "dark"), (PHONE, "light"), (PHONE, "dark")):
        newcomer.size(size, scheme)
        newcomer.settle()
        found += [f"{size['width']} {scheme}: {one}" for one in newcomer.browser.faults()]
    newcomer.size(WIDE)
    return found


def test_newcomer_plans_announces_answers_and_is_reminded(browser: Chromium, address: str) -> None:
    seen: list[str] = []
    newcomer = Newcomer(browser, address)
    two_minutes(newcomer, seen.append)
    assert seen == ["channel", "reminder", "phone"]
    assert "“What have we learned?” comienza en 24 horas" in newcomer.conversation
    assert browser.faults() == []


def test_first_page_is_small_and_asks_nobody_else(
    browser: Chromium, address: str, report: Report
) -> None:
    browser.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    newcomer = Newcomer(browser, address)
    newcomer.wait(lambda: newcomer.driver.execute_script(PAINT), "paint")
    paint, sent = (newcomer.driver.execute_script(script) for script in (PAINT, SENT))
    report(f"first paint after {paint:.0f} ms, {sent / 1000:.1f} kB sent")
    assert 0 < sent <= MOST
    origin = address.partition("/chat")[0]
    assert all(name.startswith(origin) for name in newcomer.driver.execute_script(NAMES))


def test_pages_are_read_by_everybody(browser: Chromium, address: str) -> None:
    newcomer = Newcomer(browser, address)
    assert in_all_lights(newcomer) == []
    newcomer.type("/session plan" + Keys.ENTER)
    newcomer.wait(lambda: "Guiding question" in browser.words, "form")
    assert in_all_lights(newcomer) == []
    browser.open(f"{address}anew")
    assert in_all_lights(newcomer) == []


def test_all_is_done_by_the_keyboard(browser: Chromium, address: str) -> None:
    newcomer = Newcomer(browser, address)
    browser.press("Plan a session in one line")
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    newcomer.until("Announce now")
    browser.open(f"{address}?as=amina&in=general")
    browser.press("Announce now")
    newcomer.until("Nobody has answered yet")
    browser.press("Can't come")
    newcomer.until("Can't come: 1")
    focused = browser.driver.switch_to.active_element
    assert focused.text == "Can't come"


def test_suggestion_is_taken_by_the_keyboard(browser: Chromium, address: str) -> None:
    newcomer = Newcomer(browser, address)
    newcomer.type("/session pl")
    suggested = "return document.querySelectorAll('#suggested li').length"
    newcomer.wait(lambda: browser.driver.execute_script(suggested), "suggestions")
    newcomer.type(Keys.TAB)
    write = browser.driver.find_element("id", "write")
    assert write.get_attribute("value").startswith("/session plan ")


def test_two_windows_see_each_other_at_once(
    browser: Chromium, address: str, report: Report
) -> None:
    bruno = Newcomer(browser, f"{address}?as=bruno&in=general")
    with chromium() as other:
        claire = Newcomer(other, f"{address}?as=claire&in=general")
        time.sleep(0.3)
        bruno.type("Hola" + Keys.ENTER)
        begun = time.monotonic()
        claire.until("Hola")
        report(f"another window shows a message after {(time.monotonic() - begun) * 1000:.0f} ms")
        claire.type("Salut" + Keys.ENTER)
        bruno.until("Salut")
    assert browser.faults() == []


def test_five_hundred_messages_are_paged_and_stay_quick(
    chat: Chat, browser: Chromium, report: Report
) -> None:
    platform = chat.local.platform

    async def much() -> None:
        for number in range(500):
            await platform.talk(platform.place("general"), "amina", f"word-{number:03}.")

    with welcomed(chat, much()) as address:
        newcomer = Newcomer(browser, f"{address}?as=amina&in=general")
        assert "word-449." not in newcomer.conversation
        times = [_took(newcomer, f"new-{number}.") for number in range(5)]
        report(f"with 500 messages, one of mine is there after {sorted(times)[2]:.0f} ms")
        for first in ("word-405.", "word-355."):
            newcomer.click("#earlier a", "")
            newcomer.until(first)
        newcomer.type("Last" + Keys.ENTER)
        newcomer.until("Last")
        assert newcomer.conversation.count("word-450.") == 1
        assert newcomer.conversation.count("word-405.") == 1
        assert browser.faults() == []
        browser.open("about:blank")


def _took(newcomer: Newcomer, words: str) -> float:
    newcomer.type(words)
    begun = time.monotonic()
    newcomer.type(Keys.ENTER)
    newcomer.until(words)
    return (time.monotonic() - begun) * 1000


def test_whoever_erases_themselves_is_told(browser: Chromium, address: str) -> None:
    newcomer = Newcomer(browser, f"{address}?as=bruno&in=%40")
    newcomer.type("/my erase" + Keys.ENTER)
    newcomer.click("#timeline button", "Borrar todo")
    said: Any = browser.driver.find_element
    newcomer.wait(lambda: len(said("id", "said").text) > 20, "goodbye")
    assert "as=amina" in browser.driver.current_url
