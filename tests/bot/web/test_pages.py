"""Shows that people do on the web what they may do in the chat, and nobody else for them."""

import re
from io import BytesIO

import pytest

from bot.web.guard import LARGEST
from storage.people import Member
from tests.browsing import Browser
from tests.chatting import Chat
from tests.scenes import scene

HOSTILE = "<script>alert(1)</script> \"'> {{ 7*7 }} javascript:alert(1)"


@pytest.fixture
@scene
def men(chat: Chat) -> Chat:
    """Have a session announced."""
    chat.join("lena", zone="Europe/Berlin", locale="en", role="coordinator")
    chat.join("rosa", zone="America/Bogota", locale="es")
    chat.join("paul", zone="Europe/London", locale="en")
    chat.say("lena", "/community setup name=CoLab announcements=#general", "#general")
    chat.say("lena", '/session plan title="Men as partners" when="2026-11-20 15:00"')
    chat.press("lena", "Announce now")
    return chat


def test_link_is_used_once_by_a_press(men: Chat) -> None:
    browser, other = Browser(men), Browser(men)
    link = browser.link("paul")
    for method in ("GET", "HEAD", "GET"):  # a scanner of mails looks at it
        assert other.ask(method, link, {}).status == 200
        assert "Set-Cookie" not in other.last.headers
    browser.get(link)
    assert browser.press("Sign in").status == 303
    assert "Men as partners" in browser.get("/do/session.list").words
    other.get(link)
    assert other.press("Sign in").status == 403
    assert "used already" in other.last.words
    assert "Men as partners" not in other.get("/do/session.list").words
    assert other.last.status == 401


def test_link_and_stay_end(men: Chat) -> None:
    browser = Browser(men)
    browser.get(browser.link("paul"))
    men.time("+11m")
    assert browser.press("Sign in").status == 403
    browser.sign_in("paul")
    men.time("+23h")
    assert browser.get("/").form("Sign out").action
    men.time("+1h")
    assert "To sign in" in browser.get("/").words


@pytest.mark.parametrize(
    ("address", "path", "secure"),
    [("https://bot.example.org", "/", True), ("http://10.0.0.2:9464/bot", "/bot/", False)],
)
def test_cookie_is_sent_to_us_alone(men: Chat, address: str, path: str, secure: bool) -> None:
    browser = Browser(men, address)
    browser.get(browser.link("paul"))
    cookie = browser.press("Sign in").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", f"Path={path}"} <= {*cookie.split("; ")}
    assert ("Secure" in cookie) == secure
    assert browser.last.headers["Location"] == path


def test_nothing_is_sent_from_elsewhere(men: Chat) -> None:
    browser = Browser(men).sign_in("lena")
    browser.get("/do/session.cancel?session=Men")
    form = next(form for form in browser.last.forms if form.action == "/do")
    assert browser.send("/do", form.values | {"check": "0" * 32}).status == 403
    for elsewhere in ("https://evil.example.org", "null"):
        assert browser.send("/do", form.values, {"Origin": elsewhere}).status == 403
    assert browser.ask("POST", "/do", {}, data=form.values).status == 403
    assert browser.ask("POST", "/sign-out", {}, data={}).status == 403
    assert browser.send("/sign-out", {}).status == 403
    lies = {"Host": "evil.example.org", "X-Forwarded-Host": "bot.example.org"}
    assert browser.get("/", lies).status == 421
    assert "Men as partners" in browser.get("/do/session.list").words


def test_pages_let_browsers_do_little(men: Chat) -> None:
    headers = Browser(men).sign_in("paul").last.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_looking_changes_nothing(men: Chat) -> None:
    browser = Browser(men).sign_in("paul")
    page = browser.get("/do/session.rsvp?session=Men&answer=yes")
    assert "You said" not in browser.get("/do/my.week").words
    browser.last = page
    assert page.status == 200
    browser.press(next(form.label for form in page.forms if form.action == "/do"))
    assert "Men as partners" in browser.get("/").words


def test_page_sent_again_does_nothing_twice(men: Chat) -> None:
    browser = Browser(men).sign_in("lena")
    browser.get("/do/session.plan")
    first = browser.press("Preview", f__title="Second", f__when="2026-11-27 15:00")
    form = next(f for f in first.forms if f.label == "Announce now")
    answers = [browser.send(form.action, form.values).words for _ in range(2)]
    assert answers[0] == answers[1]
    assert men.say("paul", "/session list").text.count("Second") == 1


def test_form_with_an_error_keeps_what_was_typed(men: Chat) -> None:
    browser = Browser(men).sign_in("lena")
    browser.get("/do/session.plan")
    page = browser.press("Preview", f__title=HOSTILE, f__when="some day")
    values = page.form("Preview").values
    assert (values["f.title"], values["f.when"]) == (HOSTILE, "some day")
    assert 'aria-invalid="true" aria-describedby="field-when-error"' in page.html
    assert "<script>alert" not in page.html


def test_what_is_typed_is_kept_as_it_is_typed(men: Chat) -> None:
    browser = Browser(men).sign_in("lena")
    typed = browser.get("/do/session.plan").form("Preview").values
    kept = typed | {"f.title": "Half a tit", "f.description": "First line"}
    assert browser.send("/draft", kept).status == 204
    again = Browser(men).sign_in("lena").get("/do/session.plan").form("Preview").values
    assert (again["f.title"], again["f.description"]) == ("Half a tit", "First line")
    assert Browser(men).send("/draft", kept).status == 403
    assert browser.send("/draft", kept | {"check": ""}).status == 403


def test_two_browsers_send_one_form(men: Chat) -> None:
    phone, desk = Browser(men).sign_in("lena"), Browser(men).sign_in("lena")
    pages = [browser.get("/do/session.plan") for browser in (phone, desk)]
    assert {page.status for page in pages} == {200}
    sent = {"f__title": "One", "f__when": "2026-11-27 15:00"}
    assert "One" in phone.press("Preview", **sent).words
    typed = pages[1].form("Preview").values | {"f.title": "Two"}
    assert desk.send("/draft", typed).status == 410  # what is not kept is not said to be
    desk.last = pages[1]
    assert desk.press("Preview", **sent).status == 200
    assert men.say("lena", "/session list").text.count("One") <= 2


def test_who_goes_is_signed_out_everywhere(men: Chat) -> None:
    phone, desk = Browser(men).sign_in("paul"), Browser(men).sign_in("paul")
    phone.press("Sign out")
    assert phone.cookie == ""
    assert "To sign in" in phone.get("/").words
    assert desk.get("/").form("Sign out").action
    men.leave("paul")
    assert "To sign in" in desk.get("/").words
    own = Browser(men).sign_in("rosa")
    assert "Veces que iniciaste sesión en la web: 1" in men.say("rosa", "/my erase").text
    men.press("rosa", "my.erase-now")
    assert "To sign in" in own.get("/").words
    with men.storage.read() as transaction:
        assert transaction.db.query(Member).filter(Member.erased_at.is_not(None)).count() == 1


def test_nobody_does_here_what_they_may_not_do(men: Chat) -> None:
    browser = Browser(men).sign_in("paul")
    check = {"check": browser.last.form("Sign out").values["check"], "event": "x"}
    for call in ("community.publish-calendar?public=yes", "session.cancel?session=Men&reason=x"):
        page = browser.send("/do", check | {"call": call})
        assert page.status == 200
    assert "Men as partners" in browser.get("/do/session.list").words
    assert browser.get("/do/no.such").status == 404
    assert browser.send("/do", check | {"call": "no.such"}).status == 200


def test_hostile_words_stay_words(men: Chat) -> None:
    men.say("lena", f"/session plan title='{HOSTILE[:25]}' when='2026-11-27 15:00'")
    browser = Browser(men).sign_in("lena")
    browser.get("/do/session.plan")
    page = browser.press(
        "Preview", f__title=HOSTILE, f__when="2026-11-28 15:00", f__description=HOSTILE
    )
    assert "&lt;script&gt;alert(1)" in page.html
    for shown in (page, browser.get("/do/session.list"), browser.get("/")):
        assert "<script>alert" not in shown.html
        assert 'href="javascript:' not in shown.html
    browser.get("/do/session.list?" + "x" * 3000 + "=<script>alert(1)</script>")
    assert "<script>alert" not in browser.last.html


def test_file_is_uploaded_and_no_larger_than_it_may_be(men: Chat) -> None:
    browser = Browser(men).sign_in("lena")
    page = browser.get("/do/community.import")
    form = next(form for form in page.forms if "f.file" in form.values)
    table = BytesIO(b"title,when\r\nFrom a table,2026-12-01 15:00\r\n")
    browser.press(form.label, f__file=table)
    assert "1 session" in men.seen("lena").text
    browser.last = page
    assert browser.press(form.label, f__file=BytesIO(b"x" * (LARGEST + 1))).status == 413


def test_files_of_ours_are_all_there_is_to_have(men: Chat) -> None:
    browser = Browser(men)
    style = browser.get("/static/style.css")
    assert (style.status, style.headers["Cache-Control"]) == (200, "no-cache")
    again = browser.get("/static/style.css", {"If-None-Match": style.headers["ETag"]})
    assert again.status == 304
    for path in ("", "..%2fpages.py", "%2e%2e/pages.py", "style.css/", "a" * 5000, "a%00b"):
        assert browser.get(f"/static/{path}").status == 404


def test_links_of_pages_lead_somewhere(men: Chat) -> None:
    browser = Browser(men).sign_in("rosa")
    links = {*re.findall('href="(/do/[^"]+)"', browser.get("/do/help").html)}
    assert "/do/help?about=session" in links
    assert {path: browser.get(path).status for path in links} == dict.fromkeys(links, 200)


def test_visitors_read_in_their_own_language(men: Chat) -> None:
    browser = Browser(men).sign_in("rosa")
    assert '<html lang="es">' in browser.last.html
    assert "Mi semana" in browser.last.words
    stranger = Browser(men).get("/", {"Accept-Language": "fr-CH, fr;q=0.9"})
    assert '<html lang="fr">' in stranger.html
