"""Shows that nobody drives the local chat from elsewhere, and that words stay words there."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp.test_utils import TestClient

from bot.chat import Account, File, Message
from bot.protocol import Reader
from tests.chatting import Chat
from tests.windows import ADDRESS, ROOT, Windows

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HOSTILE = "<script>alert(1)</script> \"'> {{ 7*7 }} javascript:alert(1)"
MARKUP = re.compile(r"<script(?! src=\"/static/chat\.js\" defer>)|\son\w+=|href=\"javascript", re.I)


def test_file_is_handed_only_to_who_sees_it(windows: Windows) -> None:
    windows.open("bruno", "@")
    page = windows.say("/my data")
    link = re.search(r'class="file" download="[^"]*" href="([^"]*)"', page.html)
    assert link
    path = link[1].replace("&amp;", "&")
    answer = windows.ask("GET", path)
    assert answer.status == 200
    assert answer.headers["Content-Disposition"] == "attachment"
    assert windows.ask("GET", path.replace("bruno", "amina")).status == 404
    assert windows.ask("GET", path.replace("name=", "name=..%2f..%2f")).status == 404


def test_picture_is_shown_and_cannot_act(windows: Windows) -> None:
    svg = File("a\r\nX-Bad: 1.svg", b"<svg><script>alert(1)</script></svg>", "image/svg+xml")
    chat, message = windows.chat, Message(files=(svg,))
    who = Account("local", "local", "bruno")
    chat._act(_posted(chat, who, message))
    page = windows.open("bruno", "@")
    name = next(one for one in chat.local.platform.messages.values() if one.shown.files)
    path = f"{ROOT}/file?as=bruno&in=%40&message={name.id}&name={quote(svg.name)}"
    answer = windows.ask("GET", path)
    assert page.status == answer.status == 200
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")
    assert "X-Bad" not in answer.headers


async def _posted(chat: Chat, who: Account, message: Message) -> None:
    await chat.local.platform.post(who, message, Reader(), "")


def test_hundreds_of_windows_are_open_and_let_go(windows: Windows) -> None:
    async def many(client: TestClient[Any, Any]) -> None:
        headers = {"Host": "127.0.0.1:8746"}
        path = f"{ROOT}/events"
        streams = [await client.get(path, headers=headers) for _ in range(90)]
        assert (await client.get(f"{ROOT}/", headers=headers)).status == 200
        for one in streams:
            one.close()
        windows.site.streams.close()

    windows.served(many)
    assert not windows.site.streams._windows


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:8746"}, 403),
        ({"Origin": ADDRESS, "Host": "evil.example:8746"}, 421),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
    ],
)
def test_only_our_own_pages_act(windows: Windows, headers: dict[str, str], status: int) -> None:
    sent = {"as": "amina", "in": "general", "act": "say", "words": "Forged"}
    for part in ("act", "anew"):
        assert windows.ask("POST", f"{ROOT}/{part}", headers, data=sent).status == status
    assert ("Forged" in windows.open("claire").words) == (status == 303)


def test_nothing_is_there_without_the_word_of_the_address(windows: Windows) -> None:
    there = windows.site.routes()
    for route in there:
        assert isinstance(route.path, str)  # type: ignore[attr-defined]
        path = route.path.replace(ROOT, "/chat/guessed")  # type: ignore[attr-defined]
        if path.startswith("/static"):
            continue
        ours = {"Origin": ADDRESS}
        for method in ("GET", "POST", "HEAD", "PUT", "OPTIONS"):
            assert windows.ask(method, path, ours).status in (404, 405), (method, path)
    assert windows.anew == 0


def test_looking_does_nothing(windows: Windows) -> None:
    before = windows.open("amina").html
    for part in ("", "act", "draft", "anew"):
        asked = "as=amina&in=general&act=say&words=Forged"
        windows.ask("GET", f"{ROOT}/{part}?{asked}")
    assert windows.open("amina").html == before
    assert windows.anew == 0


def test_words_of_people_stay_words(windows: Windows) -> None:
    windows.open("amina")
    windows.say(f'{HOSTILE} https://evil.example/"onmouseover=alert(1)')
    windows.act("join", name="<img/onerror=alert(1)>", locale="en", zone="")
    windows.say(f"/session plan title='{HOSTILE}' when=\"2026-12-02 15:00\"")
    windows.say("/topic propose")
    windows.fill("topic.propose", title=HOSTILE, session=HOSTILE)
    for who in ("amina", "bruno"):
        page = windows.open(who, say=HOSTILE)
        assert "alert(1)" in page.words
        tags = re.sub(r'"[^"]*"', '""', page.html)
        assert not MARKUP.search(tags.replace('<script src="" defer>', "")), tags
        assert 'rel="noopener noreferrer"' in page.html
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "odd",
    ["nobody", "../../etc/passwd", "a\0b", "\ud83d", "general/\ud83d", "x" * 2500, "9" * 2500],
)
def test_odd_addresses_lead_to_a_window_and_do_nothing(windows: Windows, odd: str) -> None:
    word = quote(odd, errors="surrogatepass")
    for asked in (f"as={word}&in=general", f"as=amina&in={word}"):
        assert windows.get(f"{ROOT}/?{asked}").status == 200
        assert windows.here == {"as": "amina", "in": "general"}
        sent = f"{asked}&act=say&words=Forged"
        assert windows.send("act", sent, **FORM).status in (400, 404)
    assert windows.get(f"{ROOT}/?as=amina&in=general&before={word}").status == 200
    assert windows.get(f"{ROOT}/file?as=amina&in=general&message={word}&name={word}").status == 404
    assert (
        windows.get(f"{ROOT}/suggest?as=amina&in=general&typed=/{word}&field={word}").status == 200
    )
    assert "Forged" not in windows.open("claire").words


def test_nobody_presses_what_they_cannot_see(windows: Windows) -> None:
    chat = windows.chat
    windows.open("amina")
    windows.say('/session plan title="Seeds" when="2026-12-02 15:00"')
    call = re.findall(r'value="(session\.announce\?[^"]*)"', windows.last.html)[-1]
    message = max(chat.local.platform.messages, key=int)
    windows.open("claire")
    page = windows.act("press", call=call.replace("&amp;", "&"), message=message)
    assert page.status == 200
    assert "Seeds" not in windows.open("bruno").words


def test_what_no_page_sends_is_refused(windows: Windows) -> None:
    windows.open("amina")
    for act in ("", "leave", "quit", "say "):
        assert windows.act(act, words="x").status == 200
        assert "reload the page" in windows.last.words
    assert "write something" in windows.say("  ").words
    for step in ("+999999999999d", "9999-12-31T23:59Z", "-3d", "soon"):
        assert windows.act("time", step=step).status == 200
        assert 'role="status"><p>' in windows.last.html, step
