"""Tests that people sign up on the public page by mail, and only who confirms is let in."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.chat import Account, Message, MessageRef, Place
from bot.domain.signing_up import WantsIn, ask
from bot.errors import PostError
from bot.protocol import Reader
from storage.community import Community
from storage.people import Member
from tests.browsing import WEB, Browser
from tests.chatting import Chat
from tests.scenes import scene


class Sent:
    """What was mailed, in the place of a server; or nothing, where it is `away`."""

    def __init__(self) -> None:
        self.mails: list[tuple[Account, Message]] = []
        self.away = False

    async def post(self, to: Any, message: Message, reader: Reader, key: str) -> MessageRef:
        """Take a mail. Raises PostError."""
        if self.away:
            raise PostError("no server")
        self.mails.append((to, message))
        return MessageRef(Place("mail", to.workspace, to.id), key)

    def link(self) -> str:
        """Give the path of the link in the last mail."""
        found = re.search(rf"{WEB}(/join/[\w-]{{22}})", repr(self.mails[-1][1]))
        assert found
        return found[1]


@pytest.fixture
@scene
def published(chat: Chat) -> Chat:
    """Have a session announced on a page that everybody can read."""
    chat.local.dispatcher.web_address = WEB
    chat.join("lena", zone="Europe/Berlin", locale="en", role="coordinator")
    chat.say("lena", "/community setup name=CoLab announcements=#general", "#general")
    chat.say("lena", '/session plan title="Men as partners" when="2026-11-20 15:00"', "#general")
    chat.press("lena", "Announce now")
    chat.forge("lena", "community.publish-calendar", "", public="yes")
    return chat


def visit(chat: Chat) -> tuple[Browser, Sent, str]:
    """Open a browser of somebody nobody knows, with the path of the form."""
    sent, browser = Sent(), Browser(chat)
    browser.post = sent.post
    with chat.storage.read() as transaction:
        home = transaction.db.scalars(select(Community)).one().id
    return browser, sent, f"/c/{home}/join"


def members(chat: Chat) -> int:
    with chat.storage.read() as transaction:
        return transaction.db.scalar(select(func.count()).select_from(Member)) or 0


def test_who_confirms_is_let_in_and_comes(published: Chat) -> None:
    browser, sent, path = visit(published)
    page = browser.get(path.removesuffix("/join"))
    assert f'href="{path}"' in page.html
    session = re.search(r'<option value="(\d+)"', browser.get(path).html)
    assert session
    browser.press(
        "Take part by e-mail", f__name="Ann", f__email="Ann@Example.org", f__session=session[1]
    )
    assert "Check your inbox" in browser.last.words
    assert (sent.mails[0][0].id, members(published)) == ("ann@example.org", 1)
    link = sent.link()
    asked = browser.get(link).words
    assert "Press the button" in asked
    assert "CoLab" in asked
    assert members(published) == 1  # a scanner looks as well
    assert (
        "coming to “Men as partners”: Fri 20 Nov 2026, 09:00 (Bogot"
        in browser.press("Confirm", zone="America/Bogota").words
    )
    assert "Ann" in published.say("lena", "/session who Men").text
    assert "Guest" in published.say("lena", "/people find Ann").text or members(published) == 2
    browser.get(link)
    assert "used already" in browser.press("Confirm", zone="America/Bogota").words
    assert members(published) == 2


def test_what_is_wrong_is_said_by_the_field_and_nothing_is_lost(published: Chat) -> None:
    browser, sent, path = visit(published)
    browser.get(path)
    for address in ("ann", "a@example.org, b@example.org", "ann@example.org\nBcc: x@example.org"):
        page = browser.press("Take part by e-mail", f__name="<b>Ann", f__email=address)
        assert page.status == 422
        assert 'aria-invalid="true"' in page.html
        assert 'value="&lt;b&gt;Ann"' in page.html
    long = "ü" * 50_000
    page = browser.press("Take part by e-mail", f__name=long, f__email=f"ann@{long}.org")
    assert (page.status, len(page.html) < 10_000) == (422, True)
    assert sent.mails == []
    sent.away = True
    page = browser.press("Take part by e-mail", f__name="Ann", f__email="ann@example.org")
    assert (page.status, "try again" in page.words) == (503, True)


def test_many_attempts_send_few_mails(published: Chat) -> None:
    browser, sent, path = visit(published)
    browser.get(path)
    form = browser.last.form("Take part by e-mail")
    for _ in range(5):
        page = browser.send(path, form.values | {"f.email": "ann@example.org"})
        assert "Check your inbox" in page.words  # the same, whoever is known
    assert len(sent.mails) == 3
    with published.storage.write() as transaction:
        records = transaction.records(transaction.db.scalars(select(Community)).one().id)
        for number in range(57):
            assert ask(records, WantsIn("x", f"x{number}@example.org", "en"), published.now)
    page = browser.send(path, form.values | {"f.email": "bob@example.org"})
    assert (page.status, "try again in an hour" in page.words) == (429, True)  # nothing was sent
    published.time("+61m")
    assert "Check your inbox" in browser.send(path, form.values | {"f.email": "b@x.org"}).words


def test_nobody_signs_up_where_nothing_is_published_or_mailed(published: Chat) -> None:
    browser, _, path = visit(published)
    assert browser.get("/c/7/join").status == 404
    published.forge("lena", "community.publish-calendar", "", public="no")
    assert browser.get(path).status == 404
    without = Browser(published)
    assert without.get(path).status == 404
