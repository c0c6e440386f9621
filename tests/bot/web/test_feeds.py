"""Shows that calendar programs read what the bot announces, and nobody else's."""

import asyncio
import re
import time
from collections.abc import Mapping, Sequence

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import event, text

from bot.web.feeds import Feeds
from bot.web.guesses import STEP
from storage.community import Community
from storage.export import communities, whole
from storage.wrong_guesses import ANYBODY, WrongGuess, guessed
from tests.chatting import Chat
from tests.scenes import scene

WEB = "https://bot.example.org"


class Fetched:
    """What was answered to a request."""

    def __init__(self, answer: ClientResponse, text: str) -> None:
        self.status, self.headers, self.text = answer.status, answer.headers, text

    @property
    def known(self) -> Mapping[str, str]:
        """Give the headers by which it is asked for later."""
        return {
            "If-None-Match": self.headers["ETag"],
            "If-Modified-Since": self.headers["Last-Modified"],
        }

    def has(self, *lines: str) -> bool:
        """Say whether a calendar has these lines."""
        return {*lines} <= {*self.text.replace("\r\n ", "").split("\r\n")}


def asked(chat: Chat, *paths: str, headers: Mapping[str, str] | None = None) -> Sequence[Fetched]:
    """Ask for paths at once, of a server that has just been started."""

    async def ask(client: "TestClient[web.Request, web.Application]", path: str) -> Fetched:
        answer = await client.get(path, headers=headers)
        return Fetched(answer, await answer.text())

    async def all_of_them() -> Sequence[Fetched]:
        app = web.Application()
        app.add_routes(Feeds(chat.storage, lambda: chat.now).routes())
        async with TestClient(TestServer(app)) as client:
            return await asyncio.gather(*(ask(client, path) for path in paths))

    return asyncio.run(all_of_them())


def get(chat: Chat, path: str, **headers: str) -> Fetched:
    """Ask for one path, with headers."""
    return asked(chat, path, headers={n.replace("_", "-"): v for n, v in headers.items()})[0]


def address(chat: Chat, name: str) -> str:
    """Have somebody get a private address, and give its path."""
    chat.local.dispatcher.web_address = WEB
    chat.say(name, "/my calendar")
    words = chat.press(name, "my.feed").text
    given = re.search(rf"{WEB}(/calendar/[\w-]{{22}}\.ics)", words)
    assert given
    return given[1]


@pytest.fixture
@scene
def men(chat: Chat) -> Chat:
    """Have a session announced to people in three zones."""
    chat.join("lena", zone="Europe/Berlin", locale="en", role="coordinator")
    chat.join("rosa", zone="America/Bogota", locale="es")
    chat.join("paul", zone="Europe/London", locale="en")
    chat.say("lena", "/community setup name=CoLab announcements=#general", "#general")
    chat.say(
        "lena",
        '/session plan title="Men as partners" when="2026-11-20 15:00" duration=90m '
        'link="https://zoom.example.org/secret"',
    )
    chat.press("lena", "Announce now")
    chat.press("rosa", "session.rsvp?answer=yes")
    return chat


def test_own_calendar_follows_what_the_bot_announces(men: Chat) -> None:
    path = address(men, "rosa")
    first = get(men, path)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, max-age=900"
    assert first.has("DTSTART;TZID=Europe/Berlin:20261120T150000", "SEQUENCE:1", "BEGIN:VTIMEZONE")
    assert "Dijiste que vas." in first.text
    uid = re.findall("UID:.*", first.text)
    men.time("+1h")
    again = get(men, path, **first.known)
    assert (again.status, again.text) == (304, "")
    assert again.known == first.known
    men.say("lena", '/session move session="Men as" when="2026-11-21 16:00"')
    moved = get(men, path, **first.known)
    assert moved.has("DTSTART;TZID=Europe/Berlin:20261121T160000", "SEQUENCE:2")
    assert moved.known != first.known
    men.say("lena", '/session change session="Men as" title="Men as allies"')
    assert get(men, path).has("SUMMARY:Men as allies", "SEQUENCE:2")
    men.say("lena", '/session cancel session="Men as" reason="Lena is ill"')
    men.press("lena", "Cancel session")
    off = get(men, path)
    assert off.has("SUMMARY:Cancelada: Men as allies", "SEQUENCE:3", "STATUS:CANCELLED")
    assert re.findall("UID:.*", off.text) == uid
    men.time("2026-11-28T14:00Z")
    assert "VEVENT" in get(men, path).text
    men.time("2026-11-29T16:00Z")
    assert "VEVENT" not in get(men, path).text


def test_bytes_count_before_their_time(men: Chat) -> None:
    path = address(men, "rosa")
    first = get(men, path)
    tag, at = first.headers["ETag"], first.headers["Last-Modified"]
    for have in (f'"other", W/{tag}', "*"):
        assert get(men, path, If_None_Match=have).status == 304
    assert get(men, path, If_None_Match='"other"', If_Modified_Since=at).status == 200
    assert get(men, path, If_Modified_Since=at).status == 304
    for since in (
        "Sun, 01 Nov 2026 00:00:00 GMT",
        "Fri, 01 Jan 2100 00:00:00 GMT",
        "yesterday",
        "Mon, 02 Nov 99999999999 08:00:00 GMT",
    ):
        assert get(men, path, If_Modified_Since=since).status == 200


def test_calendar_has_what_is_theirs_alone(men: Chat) -> None:
    path = address(men, "paul")
    assert "VEVENT" not in get(men, path).text
    men.press("paul", "session.rsvp?answer=maybe")
    assert get(men, path).has("STATUS:TENTATIVE", "TRANSP:TRANSPARENT")
    men.say("paul", '/my alarms before="1 day, 30 minutes"')
    assert get(men, path).has("TRIGGER:-PT1440M", "TRIGGER:-PT30M")
    men.press("paul", "session.rsvp?answer=no")
    assert "VEVENT" not in get(men, path).text


def test_address_is_kept_by_nobody_and_goes_with_its_owner(men: Chat) -> None:
    old, path = address(men, "rosa"), address(men, "rosa")
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    with men.storage.read() as transaction:
        connection = transaction.db.connection()
        dump = "\n".join(connection.connection.iterdump())
        home = communities(connection)[0][0]
        assert not whole(connection, home)["calendars"]["calendar_feeds"]
    assert token not in dump
    assert [page.status for page in asked(men, old, path)] == [200, 200]
    men.say("rosa", "/my calendar")
    assert "2 direcciones" in men.press("rosa", "my.feed-off").text
    men.press("rosa", "my.close-feeds")
    assert [page.status for page in asked(men, old, path)] == [404, 404]
    fresh = address(men, "rosa")
    men.leave("rosa")
    assert get(men, fresh).status == 404


def test_addresses_that_no_app_reads_go_first(men: Chat) -> None:
    read, unread = address(men, "rosa"), address(men, "rosa")
    get(men, read)
    for _ in range(9):
        address(men, "rosa")
    assert [page.status for page in asked(men, read, unread)] == [200, 404]
    assert "10 direcciones" in men.say("rosa", "/my calendar").text


def test_everybody_reads_only_what_a_community_publishes(men: Chat) -> None:
    with men.storage.read() as transaction:
        home = transaction.db.query(Community).one().id
    path = f"/calendar/{home}/sessions.ics"
    assert get(men, path).status == 404
    men.local.dispatcher.web_address = WEB
    assert "Publish for everybody…" not in men.say("paul", "/community calendar").labels
    men.say("lena", "/community calendar")
    assert "the link to the call" in men.press("lena", "Publish for everybody…").text
    assert f"{WEB}{path}" in men.press("lena", "Publish").text
    page = get(men, path)
    assert page.has("SUMMARY:Men as partners", "STATUS:CONFIRMED")
    assert "secret" not in page.text
    assert get(men, path, **page.known).status == 304
    others = asked(men, "/calendar/1/sessions.ics", f"/calendar/{home}/7.ics")
    assert [other.status for other in others] == [404, 404]
    men.press("lena", "Undo")
    assert get(men, path).status == 404


def test_feed_that_is_asked_for_all_the_time_is_made_once(men: Chat) -> None:
    path = address(men, "rosa")
    statements: list[str] = []
    event.listen(men.storage.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    pages = asked(men, *[path] * 100)
    assert {page.status for page in pages} == {200}
    assert len(statements) < 40


def test_who_asks_while_the_database_is_away_asks_again_later(men: Chat) -> None:
    path = address(men, "rosa")
    with men.storage.write() as transaction:
        transaction.db.execute(text("ALTER TABLE calendar_feeds RENAME TO away"))
    page = get(men, path)
    assert (page.status, page.headers["Retry-After"]) == (503, "60")


def test_wrong_addresses_are_answered_later_in_every_process(men: Chat) -> None:
    def seconds(path: str) -> float:
        begun = time.perf_counter()
        get(men, path)
        return time.perf_counter() - begun

    with men.storage.write() as transaction:
        for _ in range(10):  # that another process counted
            guessed(transaction.db, ANYBODY, men.now.replace(second=0))
    assert seconds(f"/calendar/{'A' * 22}.ics") >= 10 * STEP
    assert seconds(address(men, "rosa")) < 10 * STEP
    men.time("+1m")
    assert seconds(f"/calendar/{'A' * 22}.ics") < 10 * STEP
    men.time("+2d")
    with men.storage.read() as transaction:
        assert transaction.db.query(WrongGuess).count() == 0


@pytest.mark.parametrize("path", ["x.ics", "a/b/c", "A" * 22 + ".ics", "9" * 19 + "/sessions.ics"])
def test_nothing_is_found_at_other_addresses(men: Chat, path: str) -> None:
    assert get(men, f"/calendar/{path}").status == 404
