"""Shows what everybody reads of a community that publishes its page, and what nobody does."""

from email.utils import format_datetime
from xml.etree import ElementTree

import pytest

from storage.community import Community
from tests.browsing import WEB, Browser
from tests.chatting import Chat
from tests.scenes import scene

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
@scene
def published(chat: Chat) -> Chat:
    """Have a community with a session to come, one that is over and a programme publish itself."""
    chat.join("lena", zone="Europe/Berlin", locale="en", role="coordinator")
    chat.join("paul", zone="Europe/London", locale="en")
    chat.say("lena", "/community setup name=CoLab announcements=#general", "#general")
    dates = {"First steps": "2026-11-03 10:00", "Men as <b>partners</b>": "2026-11-20 15:00"}
    for title, when in dates.items():
        link = "link=https://zoom.example.org/secret"
        chat.say("lena", f'/session plan title="{title}" when="{when}" {link}')
        chat.press("lena", "Announce now")
    chat.say(
        "lena",
        '/programme plan title="Open hours" rule="every month on the last Wednesday at 10:00" '
        "first=2026-11-25 count=3 duration=1h",
    )
    chat.press("lena", "programme.start")
    chat.press("paul", "session.rsvp?answer=yes")
    chat.time("2026-11-05T08:00Z")
    return chat


def page_of(chat: Chat) -> str:
    """Give the path of the page for everybody."""
    with chat.storage.read() as transaction:
        return f"/c/{transaction.db.query(Community).one().id}"


def test_page_is_there_while_it_is_published(published: Chat) -> None:
    browser, path = Browser(published), page_of(published)
    assert browser.get(path).status == 404
    assert browser.get(f"{path}/announcements.atom").status == 404
    published.say("lena", "/community calendar")
    shown = published.press("lena", "Publish for everybody…")
    assert "Programmes and their dates, and past sessions" in shown.text
    published.press("lena", "Write the public page…")
    about = "We learn together.\nSee https://colab.example.org."
    kept = published.fill("lena", about_us=about, how_to_join="<i>Write</i>")
    assert "Nobody else can read it yet" in kept.text
    published.press("lena", "Publish for everybody…")
    assert f"{WEB}{path}" in published.press("lena", "Publish").text
    page = browser.get(path)
    assert page.status == 200
    for words in ("We learn together.", "<i>Write</i>", "Men as <b>partners</b>", "Open hours"):
        assert words in page.words
    assert '<a href="https://colab.example.org" rel="noreferrer">' in page.html
    assert 'datetime="2026-11-20T14:00:00+00:00"' in page.html
    assert page.words.index("Past sessions") < page.words.index("First steps")
    for secret in ("lena", "paul", "zoom.example.org", "<script>", "Set-Cookie"):
        assert secret not in page.html.lower()
    published.press("lena", "Undo")
    assert browser.get(path).status == 404


def test_what_is_published_is_not_sent_twice(published: Chat) -> None:
    browser, path = Browser(published), page_of(published)
    published.say("lena", "/community publish-calendar public=yes")
    for address in (path, f"{path}/announcements.atom"):
        first = browser.get(address)
        assert first.headers["Cache-Control"] == "public, max-age=300"
        assert browser.get(address, {"If-None-Match": first.headers["ETag"]}).status == 304
        assert browser.get(address, {"If-None-Match": '"other"'}).status == 200
        later = format_datetime(published.now, usegmt=True)
        assert browser.get(address, {"If-Modified-Since": later}).status == 304


def test_news_keep_their_ids(published: Chat) -> None:
    browser, path = Browser(published), f"{page_of(published)}/announcements.atom"
    published.say("lena", "/community publish-calendar public=yes")

    def entries() -> dict[str, tuple[str | None, str | None]]:
        feed = ElementTree.fromstring(browser.get(path).content)  # noqa: S314
        return {
            entry.findtext(f"{ATOM}id") or "": (
                entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}updated")
            )
            for entry in feed.iter(f"{ATOM}entry")
        }  # fmt: skip

    before = entries()
    assert browser.last.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    published.say("lena", '/session move session="Men as" when="2026-11-21 15:00"')
    after = entries()
    assert {*before} == {*after}
    changed = [id for id in after if after[id] != before[id]]
    assert [after[id] for id in changed] == [("Men as <b>partners</b>", "2026-11-05T08:00:00Z")]
    assert "zoom.example.org" not in browser.last.html


def test_only_coordinators_publish_and_write(published: Chat) -> None:
    assert not {"Write the public page…"} & {*published.say("paul", "/community calendar").labels}
    for command in ("public-page about_us=x", "publish-calendar public=yes"):
        published.say("paul", f"/community {command}")
    assert Browser(published).get(page_of(published)).status == 404
    published.say("lena", "/community public-page about_us=Friends")
    assert "what the public page says" in published.say("lena", "/community log").text
    assert Browser(published).get("/c/1").status == 404
    assert "no page" in Browser(published).get("/c/x").words
