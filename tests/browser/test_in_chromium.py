"""Shows that pages work in a real browser: on a phone, without a mouse, for who can't see them."""

import re
from collections.abc import Iterator

import pytest

from tests.browser.chromium import AXE, HOW, Chromium, chromium, served
from tests.chatting import Chat
from tests.scenes import scene

pytestmark = [pytest.mark.processes, pytest.mark.nightly]


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    """Open one browser for all tests."""
    with chromium() as opened:
        yield opened


@pytest.fixture
@scene
def men(chat: Chat) -> Chat:
    """Have a session announced by a community that publishes its page."""
    chat.join("lena", zone="Europe/Berlin", locale="en", role="coordinator")
    chat.say("lena", "/community setup name=CoLab announcements=#general", "#general")
    chat.say("lena", '/session plan title="Men as partners" when="2026-11-20 15:00"')
    chat.press("lena", "Announce now")
    chat.say("lena", "/community publish-calendar public=yes")
    return chat


def test_somebody_answers_and_plans_by_the_keyboard(men: Chat, browser: Chromium) -> None:
    with served(men) as address:
        link = re.search(rf"{address}/in/[\w-]+", men.say("lena", "/my page").text)
        assert link
        browser.open(link[0])
        assert browser.faults() == []
        browser.press("Sign in")
        assert browser.faults() == []
        browser.press("Help")
        assert browser.faults() == []
        browser.press("Sessions")
        browser.press("Choose")
        browser.press("Coming")
        assert "You're coming" in browser.words
        assert browser.faults() == []
        browser.open(f"{address}/do/session.plan")
        browser.type("title", "Second try")
        browser.type("when", "some day")
        assert browser.faults() == []
        browser.press("Preview")
        field = browser.driver.find_element("name", "f.title")
        assert field.get_attribute("value") == "Second try"
        assert browser.driver.find_element("css selector", "[aria-invalid=true]").is_displayed()
        assert browser.faults() == []


def test_times_of_the_public_page_are_those_of_who_reads(men: Chat, browser: Chromium) -> None:
    shown = men.say("lena", "/community calendar").text
    with served(men) as address:
        community = re.search(r"/calendar/(\d+)/", men.say("lena", "/community calendar").text)
        assert community, shown
        browser.open(f"{address}/c/{community[1]}")
        assert re.search(r"Fri,? 20 Nov 2026,? (at )?09:00", browser.words)
        assert browser.faults() == []


def test_axe_is_there() -> None:
    if not AXE.exists():
        pytest.skip(f"axe-core is not there, so that pages are tested without it: {HOW}")
