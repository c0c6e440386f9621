"""Shows that coordinators look at five pages, and nobody else does."""

from datetime import timedelta

import pytest

from storage.hosting import Stay
from storage.sessions import Session
from tests.browsing import Browser, Page, browse, opened
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
    chat.join("rosa", zone="America/Bogota", locale="es")
    chat.join("mia", zone="Europe/Paris", locale="en")
    chat.join("gus", zone="Europe/Paris", locale="fr", role="guest")
    chat.say("lena", "/community setup name=CoLab announcements=#general", "#general")
    chat.say("rosa", f'/my profile name="{HOSTILE}" region="Bogotá & around" languages=Spanish')
    for day, title in (("20", "First <i>one</i>"), ("27", "Second one")):
        chat.say("lena", f'/session plan title="{title}" when="2026-11-{day} 15:00" duration=90m')
        chat.press("lena", "Announce now")
    chat.say("cora", '/session plan title="A secret draft" when="2026-11-28 15:00" duration=1h')
    chat.say("rosa", "/host join")
    chat.say("lena", f'/host admit "{HOSTILE}"')
    chat.say("cora", "/host join")
    chat.press("rosa", "session.rsvp?answer=yes")
    return chat


@pytest.mark.parametrize(
    ("name", "statuses", "leads"),
    [
        ("lena", [200] * 5, True),
        ("cora", [200, 403, 403, 403, 403], True),
        ("mia", [403] * 5, False),
        ("gus", [403] * 5, False),
    ],
)
def test_each_sees_what_is_theirs(
    season: Chat, name: str, statuses: list[int], leads: bool
) -> None:
    home, *pages = opened(season, name, "/", *PATHS)
    assert [page.status for page in pages] == statuses
    assert ('href="/season"' in home.source) == leads
    assert all("A secret draft" not in page.words for page in pages)
    assert all("<b>Mallory" not in page.source and "<i>one" not in page.source for page in pages)


def test_nobody_sees_them_who_is_not_signed_in(season: Chat) -> None:
    async def leave(browser: Browser) -> list[int]:
        browser.client.session.cookie_jar.clear()
        return [(await browser.get(path)).status for path in PATHS]

    assert browse(season, "lena", leave) == [401] * 5


def test_season_shows_where_each_host_stands_and_has_them_asked(season: Chat) -> None:
    async def ask(browser: Browser) -> tuple[Page, Page, Page]:
        before = await browser.get("/season")
        said = await browser.press(
            before,
            before.call("Ask: Second one, <b>Mallory".replace("<", "&lt;").replace(">", "&gt;")),
        )
        return before, said, await browser.get("/season")

    before, said, after = browse(season, "lena", ask)
    assert before.cells("Second one")[0] == "open Take it Offer"
    assert HOSTILE in said.words
    assert "asked Withdraw" in after.cells("Second one")
    season.say("rosa", '/host accept "Second one"')
    (page,) = opened(season, "lena", "/season")
    assert page.cells("Second one")[0] == "has a host"
    assert "hosts" in page.cells("Second one")


def test_a_press_has_the_rights_of_who_presses(season: Chat) -> None:
    (page,) = opened(season, "lena", "/season")
    ask = page.call("Ask: Second one")

    async def forge(browser: Browser) -> Page:
        return await browser.press(await browser.get("/"), ask)

    refused = browse(season, "gus", forge)
    assert "asked" not in refused.words
    (page,) = opened(season, "lena", "/season")
    assert page.cells("Second one")[0].startswith("open")


def test_members_are_found_and_given_roles(season: Chat) -> None:
    async def search(browser: Browser) -> tuple[Page, Page, Page]:
        everybody = await browser.get("/members")
        found = await browser.get("/members?called=spanish")
        return everybody, found, await browser.press(found, found.call("Give a role"))

    everybody, found, form = browse(season, "lena", search)
    assert everybody.cells("gus")[0] == "Guest Give a role"
    assert found.cells(HOSTILE)[1:4] == ["Bogotá & around", "Spanish", "local chat"]
    assert "cora" not in found.words.split("Members and guests", 2)[-1]
    assert "Give somebody a role" in form.words
    assert 'name="f.role"' in form.source
    (nobody,) = opened(season, "lena", '/members?called="><script>&page=99999')
    assert "I didn't find anyone like that." in nobody.words
    assert "<script>" not in nobody.source


def test_small_groups_are_hidden(season: Chat) -> None:
    (page,) = opened(season, "lena", "/attendance")
    assert "Bogotá" not in page.words
    assert "Fewer than five people of any" in page.words
    for number in range(5):
        name = f"kim{number}"
        season.join(name, zone="Africa/Nairobi", locale="en")
        season.say(name, '/my profile region=Nairobi languages="English, French"')
        season.say(name, '/session rsvp "Second one" yes')
        if number < 4:
            season.say(name, '/session rsvp "First <i>one</i>" yes')
    (page,) = opened(season, "lena", "/attendance")
    assert page.cells("Second one") == ["5"]
    assert page.cells("First <i>one</i>") == ["fewer than five"]
    assert page.cells("All to come") == ["5"]
    assert "Spanish" not in page.words
    assert "French" in page.words


def test_past_sessions_count_who_was_there(season: Chat) -> None:
    for number in range(5):
        name = f"kim{number}"
        season.join(name, zone="Africa/Nairobi", locale="en")
        season.say(name, "/my profile region=Nairobi languages=Swahili")
        season.say(name, '/session rsvp "Second one" yes')
    season.time("+30d")
    for number in range(5):
        season.say(f"kim{number}", '/session was-there "Second one"')
    (page,) = opened(season, "lena", "/attendance")
    assert page.cells("Second one") == ["5"]
    assert page.cells("All past ones") == ["5"]


def test_what_a_command_says_is_what_it_says_here(season: Chat) -> None:
    undelivered, settings = opened(season, "lena", "/undelivered", "/settings")
    assert season.say("lena", "/community deliveries").text.split("\n")[0] in undelivered.words
    assert "community.setup" in settings.source
    assert "community.rota" in settings.source


def test_an_empty_community_has_pages_too(chat: Chat) -> None:
    chat.join("lena", role="coordinator")
    season, attendance, *others = opened(chat, "lena", *PATHS)
    assert "No session has been announced yet." in season.words
    assert "There are no sessions yet." in attendance.words
    assert [page.status for page in others] == [200] * 3


def test_a_long_season_comes_in_pages(season: Chat) -> None:
    now = season.now
    with season.storage.write() as transaction:
        records = transaction.records(transaction.community_at("local", "local", now, "", "").id)
        for number in range(40):
            host = records.members.meet("local", "local", f"h{number}", f"Host {number}", now)
            records.hosting.keep(Stay(member_id=host.id, joined_at=now))
        for number in range(60):
            at = now + timedelta(days=number + 100)
            records.sessions.add(
                Session(
                    title=f"Date {number}",
                    starts_at=at,
                    wall=f"{at:%Y-%m-%d %H:%M}",
                    zone="UTC",
                    minutes=60,
                    created_at=now,
                    state="announced",
                )
            )
    first, last, beyond = opened(season, "lena", "/season", "/season?page=4", "/season?page=x")
    assert "Page 1 of 4" in first.words
    assert len(first.cells("Date 0")) == 43
    assert "/season?page=2" in first.source
    assert "could be asked" in first.words
    assert "could be asked" not in last.words
    assert ["Date 57" in last.words, "Date 59" in last.words] == [False, True]
    assert beyond.words == first.words
