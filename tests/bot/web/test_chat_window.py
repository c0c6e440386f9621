"""Shows what is offered in a window of the local chat, and where its words lead."""

import re

from tests.windows import ROOT, Windows


def test_who_has_answered_is_not_asked_to(windows: Windows) -> None:
    asked = "Decir si vienes"
    assert asked in windows.open("bruno").words
    windows.press("Coming")
    windows.site.view.tried.clear()
    assert asked not in windows.open("bruno").words


def test_programmes_are_suggested_once_there_is_one(windows: Windows) -> None:
    view = windows.site.view
    view.tried |= {"session.plan", "session.announce", "session.rsvp", "became", "time"}
    view.tried |= {"topic.propose", "my.week", "host.rota", "read"}
    assert "See the programmes" not in windows.open("amina").words


def test_menu_begins_with_nothing_chosen(windows: Windows) -> None:
    windows.open("amina")
    page = windows.press("Coming")
    menus = re.findall(r'<select name="option"[^>]*>\s*<option value="([^"]*)"', page.html)
    assert menus
    assert not any(menus)


def test_clock_is_moved_to_an_hour_as_it_is_where_one_is(windows: Windows) -> None:
    windows.open("amina")
    windows.act("time", step="", at="2026-12-24T09:00")
    now = windows.chat.local.platform.now().isoformat()
    assert now.startswith("2026-12-24T06:00")
    assert "how far to move" in windows.act("time", step="", at="soon").words


def test_threads_and_channels_that_are_there_are_links(windows: Windows) -> None:
    html = said(windows, "See #general/1, #general/999, #nowhere and https://a.example/#general")
    assert f'<a href="{ROOT}/?as=amina&amp;in=general%2F1">#general/1</a>' in html
    assert ">#general/999<" not in html
    assert "in=nowhere" not in html
    assert ">https://a.example/#general</a>" in html


def test_people_who_are_here_stand_out_and_nothing_else_is_read_into_words(
    windows: Windows,
) -> None:
    html = said(windows, "@bruno @nobody <b>@claire</b> a@bruno")
    assert "<b>@bruno</b> @nobody &lt;b&gt;<b>@claire</b>&lt;/b&gt; a@bruno" in html


def said(windows: Windows, words: str) -> str:
    """Say something in #general, and give how it is shown."""
    windows.open("amina")
    return windows.say(words).html
