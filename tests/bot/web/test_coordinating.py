"""Shows that coordinators look at five pages, and nobody else does."""

import re
from collections.abc import Sequence
from datetime import timedelta
from html import escape, unescape

import pytest

from storage.hosting import Stay
from storage.sessions import Session
from tests.browsing import Browser, WebPage
from tests.chatting import Chat
from tests.scenes import scene

PATHS = ("/season", "/attendance", "/undelivered", "/members", "/settings")
HOSTILE = "<b>Mallory</b>"


@pytest.fixture
@scene
def season(chat: Chat) -> Chat:
    """Have two sessions announced and one drafted, with hosts, a guest and hostile names."""
    chat.join("lena", zone="Europe/Berlin", locale="en", role="coordinator")
    chat.join("cora", zone="Europe/Berlin", locale="en", role="core")
    chat.join("rosa", zone="America/Bogota", locale="en")
    chat.join("mia", zone="Europe/Paris", locale="en")
    chat.join("gus", zone="Europe/Paris", locale="en", role="guest")
    chat.say("lena", "/community setup name=CoLab announcements=#general", "#general")
    chat.say("rosa", f'/my profile name="{HOSTILE}" region="Bogotá & around" languages=Spanish')
    for day, title in (("20", "First <i>one</i>"), ("27", "Second one")):
        chat.say("lena", f'/session plan title="{title}" when="2026-11-{day} 15:00" duration=90m')
        chat.press("lena", "Announce now")
    chat.say("cora", '/session plan title="A secret draft" when="2026-11-28 15:00" duration=1h')
    chat.say("rosa", "/host join")
    chat.say("lena", f'/host admit "{HOSTILE}"')
    chat.say("cora", "/host join")
    chat.say("rosa", '/session rsvp "Second one" yes note="I am pregnant"')
    return chat


def nairobi(chat: Chat) -> Sequence[str]:
    """Have five people come from one place."""
    people = [f"kim{number}" for number in range(5)]
    for name in people:
        chat.join(name, zone="Africa/Nairobi", locale="en")
        chat.say(name, "/my profile region=Nairobi languages=Swahili")
        chat.say(name, '/session rsvp "Second one" yes')
    return people


def opened(chat: Chat, name: str, path: str) -> WebPage:
    """Give the page that somebody sees at a path."""
    return Browser(chat).sign_in(name).get(path)


def words(html: str) -> str:
    """Give the words of a piece of a page, apart."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))


def cells(page: WebPage, head: str) -> Sequence[str]:
    """Give what stands in the first row whose header begins like this."""
    row = next(row for row in page.html.split("<tr>") if words(row).startswith(head))
    return [words(cell) for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)]


def press(browser: Browser, label: str) -> WebPage:
    """Press a button in a table of the page that is shown, by the label it is read out with."""
    found = re.search(rf'value="([^"]+)" aria-label="{re.escape(escape(label))}', browser.last.html)
    assert found, browser.last.words
    hidden = dict(re.findall(r'name="(check|event)" value="([^"]+)"', browser.last.html))
    return browser.send("/do", {"call": unescape(found[1]), **hidden})


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("lena", [200, 200, 200, 200, 200]),
        ("cora", [200, 403, 403, 403, 403]),
        ("mia", [403, 403, 403, 403, 403]),
        ("gus", [403, 403, 403, 403, 403]),
    ],
)
def test_each_sees_what_is_theirs(season: Chat, name: str, statuses: list[int]) -> None:
    browser = Browser(season).sign_in(name)
    assert ('href="/season"' in browser.last.html) == (200 in statuses)
    pages = [browser.get(path) for path in PATHS]
    assert [page.status for page in pages] == statuses
    shown = "".join(page.html for page in pages)
    for hidden in ("A secret draft", "I am pregnant", "<b>Mallory", "<i>one"):
        assert hidden not in shown


def test_nobody_sees_them_who_is_not_signed_in(season: Chat) -> None:
    assert [Browser(season).get(path).status for path in PATHS] == [401] * 5


def test_season_shows_where_each_host_stands_and_has_them_asked(season: Chat) -> None:
    browser = Browser(season).sign_in("lena")
    assert cells(browser.get("/season"), "Second one")[0] == "open Take it Offer"
    said = press(browser, f"Ask: Second one, {HOSTILE}")
    assert HOSTILE in said.words
    assert cells(browser.get("/season"), "Second one")[1] == "asked Withdraw"
    season.say("rosa", '/host accept "Second one"')
    assert cells(browser.get("/season"), "Second one")[:2] == ["has a host", "hosts"]


def test_a_press_has_the_rights_of_who_presses(season: Chat) -> None:
    page = opened(season, "lena", "/season")
    call = re.findall(r'value="(host.ask[^"]+)"', page.html)[0]
    guest = Browser(season).sign_in("gus")
    hidden = dict(re.findall(r'name="(check|event)" value="([^"]+)"', guest.last.html))
    refused = guest.send("/do", {"call": unescape(call), **hidden})
    assert "Only members can do that." in refused.words
    assert "asked" not in cells(opened(season, "lena", "/season"), "First <i>one</i>")


def test_members_are_found_and_given_roles(season: Chat) -> None:
    browser = Browser(season).sign_in("lena")
    assert cells(browser.get("/members"), "gus")[0] == "Guest Give a role"
    found = browser.get("/members?called=spanish")
    assert cells(found, HOSTILE)[1:4] == ["Bogotá & around", "Spanish", "local chat"]
    assert "cora" not in found.words
    assert 'name="f.role"' in press(browser, "Give a role").html
    nobody = browser.get('/members?called="><script>&page=99999')
    assert "I didn't find anyone like that." in nobody.words
    assert "<script>" not in nobody.html


def test_small_groups_are_hidden(season: Chat) -> None:
    page = opened(season, "lena", "/attendance")
    assert "Fewer than five people of any" in page.words
    for name in nairobi(season)[:4]:
        season.say(name, '/session rsvp "First <i>one</i>" yes')
    page = opened(season, "lena", "/attendance")
    assert cells(page, "First <i>one</i>") == ["under 5"]
    assert cells(page, "Second one") == cells(page, "All to come") == ["5"]
    assert "Swahili" in page.words
    for hidden in ("Bogotá", "Spanish"):
        assert hidden not in page.words


def test_past_sessions_count_who_was_there(season: Chat) -> None:
    people = nairobi(season)
    season.time("+30d")
    for name in people:
        season.say(name, '/session was-there "Second one"')
    page = opened(season, "lena", "/attendance")
    assert cells(page, "Second one") == cells(page, "All past ones") == ["5"]


def test_what_a_command_says_is_what_it_says_here(season: Chat) -> None:
    browser = Browser(season).sign_in("lena")
    said = season.say("lena", "/community deliveries").text.split("\n")[0]
    assert said in browser.get("/undelivered").words
    forms = {form.values.get("call", "") for form in browser.get("/settings").forms}
    ways = ("setup", "rota", "channel-language", "calendar")
    assert {f"community.{way}" for way in ways} <= forms


def test_an_empty_community_has_pages_too(chat: Chat) -> None:
    chat.join("lena", role="coordinator")
    browser = Browser(chat).sign_in("lena")
    assert "No session has been announced yet." in browser.get("/season").words
    assert "There are no sessions yet." in browser.get("/attendance").words
    assert [browser.get(path).status for path in PATHS] == [200] * 5


def test_a_long_season_comes_in_pages(season: Chat) -> None:
    now = season.now
    with season.storage.write() as transaction:
        records = transaction.records(transaction.community_at("local", "local", now, "", "").id)
        for number in range(40):
            host = records.members.meet("local", "local", f"h{number}", f"Host {number}", now)
            records.hosting.keep(Stay(member_id=host.id, joined_at=now))
        for number in range(60):
            at = now + timedelta(days=number + 100)
            planned = Session(
                title=f"Date {number}",
                starts_at=at,
                wall=f"{at:%Y-%m-%d %H:%M}",
                zone="UTC",
                minutes=60,
                created_at=now,
                state="announced",
            )
            records.sessions.add(planned)
    browser = Browser(season).sign_in("lena")
    first, last = browser.get("/season").words, browser.get("/season?page=4").words
    assert "Page 1 of 4" in first
    assert len(cells(browser.get("/season?page=x"), "Date 0")) == 43
    assert ["could be asked" in page for page in (first, last)] == [True, False]
    assert ["Date 57" in last, "Date 59" in last] == [False, True]
