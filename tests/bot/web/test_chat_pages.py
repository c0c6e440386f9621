"""Shows that people see and do in a browser what they see and do in the local chat."""

import asyncio
import re
from typing import Any
from urllib.parse import urlencode

from aiohttp.test_utils import TestClient

from bot.adapters.local.kept import OpenForm
from bot.adapters.local.shown import ShownField, ShownForm, ShownOption
from tests.chatting import Chat
from tests.windows import ADDRESS, ROOT, Windows

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_only_one_sees_what_is_private_and_all_see_what_was_edited(windows: Windows) -> None:
    windows.open("bruno")
    page = windows.press("Coming")
    assert "Coming: 1" in page.words
    assert page.html.count('class="tag"') == 1
    assert "(edited)" in windows.open("amina").words
    assert 'class="tag"' not in windows.open("claire").html


def test_times_are_those_of_who_looks(windows: Windows) -> None:
    for who, locale, hour in (("amina", "en", "11:00"), ("bruno", "es", "3:00")):
        page = windows.open(who)
        assert f'<html lang="{locale}">' in page.html
        assert re.search(rf"<time [^>]*>[^<]*\b{hour}", page.html)


def test_form_with_an_error_keeps_what_was_typed(windows: Windows) -> None:
    windows.open("amina")
    assert 'id="form-title"' in windows.say("/session plan").html
    page = windows.fill("session.plan", title="Second try", when="flurb")
    assert 'value="Second try"' in page.html
    assert "I don't understand “flurb”" in page.words
    page = windows.fill("session.plan", title="Second try", when="2026-12-02 15:00")
    assert "Announce now" in page.words
    assert "form-title" not in page.html


def test_form_that_is_discarded_is_gone(windows: Windows) -> None:
    windows.open("amina")
    windows.say("/session plan")
    assert "form-title" not in windows.act("dismiss", form="session.plan").html
    assert "reload the page" in windows.act("dismiss", form="session.plan").words


def test_form_of_another_command_is_not_filled_by_an_old_window(windows: Windows) -> None:
    windows.open("amina")
    windows.say("/session plan")
    page = windows.fill("topic.propose", title="Not a session")
    assert "reload the page" in page.words
    assert "Not a session" not in page.html


def test_what_is_typed_into_a_form_is_kept(windows: Windows) -> None:
    windows.open("amina")
    windows.say("/session plan")
    typed = {"as": "amina", "in": "general", "form": "session.plan", "f.title": "Half a tit"}
    assert windows.send("draft", typed).status == 204
    assert 'value="Half a tit"' in windows.open("amina", "@").html
    assert windows.send("draft", {**typed, "form": "topic.propose"}).status == 409


def test_boxes_that_are_all_unticked_are_sent(windows: Windows) -> None:
    platform = windows.chat.local.platform
    boxes = tuple(ShownOption(one, one) for one in ("quiet", "ramp"))
    field = ShownField("needs", "Needs", "several", "quiet,ramp", options=boxes)
    form = ShownForm("Needs", "session.rsvp", (field,))
    platform.open("amina", OpenForm(form, platform.place("general")))
    assert windows.open("amina").html.count(" checked") == 2
    sent = {"as": "amina", "in": "general", "form": "session.rsvp"}
    windows.send("draft", urlencode([*sent.items(), ("f.needs", ""), ("f.needs", "ramp")]), **FORM)
    assert windows.open("amina").html.count(" checked") == 1
    windows.send("draft", {**sent, "f.needs": ""})
    assert " checked" not in windows.open("amina").html


def test_file_is_uploaded_into_a_form(windows: Windows) -> None:
    windows.open("amina")
    page = windows.say("/community import")
    assert 'type="file"' in page.html
    page = windows.fill("community.import", file=b"title,when\nImported,2026-12-09 15:00\n")
    assert "Imported" in windows.open("amina", "@").words
    assert page.status == 200


def test_unread_messages_are_counted_until_somebody_looks(windows: Windows) -> None:
    windows.open("bruno")
    windows.chat.say("amina", "One", "#general")
    windows.chat.say("amina", "Two", "#general")
    assert "2 unread" in _unread(windows, "bruno", "@")
    assert "unread" not in _unread(windows, "bruno", "general")
    assert "unread" not in _unread(windows, "bruno", "@")


def _unread(windows: Windows, who: str, where: str) -> str:
    return windows.open(who, where).words.replace("sin leer", "unread")


def test_suggestions_change_as_one_goes(windows: Windows) -> None:
    chat = windows.chat
    before = windows.open("amina").words
    assert "Plan a session in one line" in before
    page = windows.say('/session plan title="Seeds" when="2026-12-02 15:00"')
    assert "Plan a session in one line" not in page.words
    assert "Announce the session" in page.words
    assert "Answer as Bruno" in windows.press("Announce now").words
    assert chat.local.platform.messages


def test_clock_goes_on_by_steps(windows: Windows) -> None:
    windows.open("bruno")
    windows.press("Coming")
    for step, when in (("+1h", "2026-11-02T09:00"), ("+1d", "2026-11-03T09:00")):
        assert f'datetime="{when}' in windows.act("time", step=step).html
    page = windows.act("time", step="next")
    assert "Budgets" in page.words
    assert 'datetime="2026-11-03T12:00' in page.html
    assert windows.act("time", step="").words.count("+3d")


def test_nothing_ahead_is_said(chat: Chat) -> None:
    chat.join("amina", locale="en")
    windows = Windows(chat)
    windows.open("amina", "@")
    assert "nothing to send" in windows.act("time", step="next").words


def test_somebody_is_let_in(windows: Windows) -> None:
    windows.open("amina")
    page = windows.act("join", name="Zuri  Ann", locale="fr", zone="Nowhere/Else")
    assert "Write it like Africa/Nairobi" in page.words
    page = windows.act("join", name="Zuri  Ann", locale="fr", zone="Africa/Nairobi")
    assert "Zuri-Ann" in page.words
    assert 'lang="fr"' in windows.open("Zuri-Ann").html


def test_whoever_was_erased_is_told_and_nobody_acts_in_their_window(windows: Windows) -> None:
    windows.open("bruno")
    windows.say("/my erase")
    page = windows.press("Borrar todo")
    assert re.search(r'id="said" role="status"><p>[^<]{20,}', page.html)
    assert "bruno" not in windows.chat.local.platform.people
    forged = {"as": "bruno", "in": "general", "act": "say", "words": "Still here"}
    assert windows.send("act", forged).status == 404
    assert "Still here" not in windows.open("bruno").words
    assert windows.here["as"] == "amina"


def test_other_workspaces_and_guests_by_mail_see_what_is_theirs(windows: Windows) -> None:
    chat = windows.chat
    chat.join("zuri", workspace="riverside", locale="en")
    chat.say("zuri/riverside", "Only here", "#river")
    chat.join("gita", mail="gita@example.org")
    assert "Only here" in windows.open("zuri/riverside", "river").words
    assert "Budgets" not in windows.last.words
    assert "Only here" not in windows.open("amina", "river").words
    assert windows.here["in"] == "general"
    page = windows.open("gita")
    assert windows.here["in"] == "@"
    assert "Budgets" not in page.words


def test_thread_is_a_window_of_its_own(windows: Windows) -> None:
    chat = windows.chat
    head = next(one for one in chat.seen("bruno").to("#general") if one.title == "Budgets")
    page = windows.open("bruno", f"general/{head.id}")
    windows.say("A question")
    assert "A question" in windows.last.words
    thread = re.findall(r'in-thread"[^>]*>[^<]*<a href="([^"]*)', windows.open("claire").html)
    assert thread
    assert "A question" in windows.get(thread[-1].replace("&amp;", "&")).words
    assert page.status == 200
    windows.open("bruno", "general/99999")
    assert windows.here["in"] == "general"


def test_many_messages_are_paged(windows: Windows) -> None:
    platform, who = windows.chat.local.platform, "amina"
    place = platform.place("general")

    async def much() -> None:
        for number in range(120):
            await platform.talk(place, who, f"word-{number:03}.")

    windows.chat._act(much())
    seen = windows.open("claire").words
    assert "word-119." in seen
    assert "word-070." in seen
    assert "word-069." not in seen
    for _ in range(2):
        more = re.search(r'id="earlier"><a href="([^"]*)"', windows.last.html)
        assert more
        seen += windows.get(more[1].replace("&amp;", "&")).words
    assert all(seen.count(f"word-{number:03}.") == 1 for number in range(120))
    assert 'id="earlier"' not in windows.last.html


def test_begin_anew_is_asked_first(windows: Windows) -> None:
    page = windows.get(f"{ROOT}/anew?as=amina&in=general")
    assert "kept in a file" in page.words
    assert windows.anew == 0
    assert windows.send("anew", {}).headers["Location"] == f"{ROOT}/"
    assert windows.anew == 1


def test_another_window_is_told_at_once(windows: Windows) -> None:
    told: list[bytes] = []

    async def two(client: TestClient[Any, Any]) -> None:
        headers = {"Host": "127.0.0.1:8746"}
        async with client.get(f"{ROOT}/events?as=claire&in=general", headers=headers) as stream:
            told.append(await stream.content.readuntil(b"\n\n"))
            said = {"as": "bruno", "in": "general", "act": "say", "words": "Hello"}
            headers |= {"Origin": ADDRESS, "Accept": "application/json"}
            answer = await client.post(f"{ROOT}/act", data=said, headers=headers)
            assert await answer.json() == {"said": [], "failed": False, "left": False}
            told.append(await asyncio.wait_for(stream.content.readuntil(b"\n\n"), 5))

    windows.served(two)
    assert told == [b"event: run\ndata: run\n\n", b"data: changed\n\n"]
    assert "Hello" in windows.open("claire").words
