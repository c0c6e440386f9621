"""Tests that a channel can have a language of its own, and that series speak several."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene


@pytest.fixture
@scene
def two(chat: Chat) -> Chat:
    """Have a channel for announcements, and one in French beside it."""
    chat.join("lena", zone="Europe/Berlin", locale="en", role="coordinator")
    chat.join("awa", zone="Africa/Dakar", locale="fr", role="member")
    chat.say("lena", "/community setup languages=English,French announcements=#general", "#general")
    chat.say("awa", "Bonjour", "#annonces")
    chat.press("lena", "Language of a channel…")
    chat.fill("lena", channel="#annonces", language="French")
    return chat


def plan(chat: Chat, title: str) -> None:
    chat.say("lena", f'/session plan title="{title}" when="2026-11-20 15:00"', "#general")


def test_channel_in_french_gets_what_is_said_of_a_session(two: Chat) -> None:
    assert "#annonces (French)" in two.say("lena", "/community show")
    plan(two, "Seeds")
    told = two.press("lena", "Announce now")
    assert "#annonces" in told.to("@lena")
    two.say("lena", "/session text session=Seeds language=French title=Semences")
    two.press("awa", "Je viens")
    two.time("+1m")
    french, english = two.last("#annonces"), two.last("#general")
    assert (french.title, english.title) == ("Semences", "Seeds")
    assert "Participent\u202f: 1" in french.text
    assert "Coming: 1" in english.text
    assert "English" not in french.labels
    assert "Français" in english.labels
    two.say("lena", '/session move session=Seeds when="2026-11-21 15:00"')
    moved = two.time("+2m")
    assert "Semences" in moved.to("#annonces")
    assert "Seeds" in moved.to("#general")
    reminded = two.time("2026-11-20T15:00Z")
    assert len(reminded.to("#annonces")) == 1
    assert "Semences" in reminded.to("#annonces")


def test_channel_with_reminders_is_reminded_once(two: Chat) -> None:
    two.say("lena", "/community setup reminders=#annonces", "#general")
    plan(two, "Seeds")
    two.press("lena", "Announce now")
    reminded = two.time("2026-11-19T15:00Z")
    assert len(reminded.to("#annonces")) == 1
    assert not reminded.to("#general")


def test_language_chosen_later_is_for_what_is_still_to_be_announced(two: Chat) -> None:
    plan(two, "Seeds")
    two.say("lena", '/session announce-later session=Seeds at="2026-11-10 15:00"')
    two.say("lena", "/community channel-language channel=#annonces")
    two.say("awa", "Bonjour", "#actus")
    two.say("lena", "/community channel-language channel=#actus language=French")
    two.time("2026-11-11T15:00Z")
    assert two.last("#actus").title == "Seeds"
    assert two.last("#annonces").text == "awa: Bonjour"
    plan(two, "Elsewhere")
    two.press("lena", "session.announce")
    assert two.last("#actus").title == "Elsewhere"
    assert two.last("#annonces").text == "awa: Bonjour"


def test_words_of_a_date_serve_all_dates_that_say_the_same(two: Chat) -> None:
    rule = 'rule="every Wednesday at 15:00" count=3 announce_ahead=7'
    two.say("lena", f'/programme plan title="Study" description=Reading {rule}', "#general")
    two.press("lena", "Announce the series")
    assert two.last("#annonces").title == "Study"
    two.time("+1m")
    two.say("lena", '/session change session="Study, 18 November" title=Feast')
    date = 'session="Study, 11 November" language=French'
    two.say("lena", f"/session text {date} title=Étude description=Lecture")
    told = two.press("lena", "Use for all dates")
    assert "Missing" not in told
    two.press("lena", "programme.undo")
    assert two.say("awa", "/session list").text.count("Étude") == 1  # on its own date
    two.say("lena", f"/session text {date} guiding_question=Pourquoi")
    two.press("lena", "Use for all dates")
    two.time("+1m")
    assert two.last("#annonces").title == "Étude"
    listed = two.say("awa", "/session list")
    assert (listed.text.count("Étude"), listed.text.count("Feast")) == (2, 1)
    assert "Étude" in two.say("awa", "/programme show programme=étude")
    changed = two.say("lena", "/programme change programme=Study description=Together")
    assert "Now older than the original: French." in changed
    assert "Étude" in two.press("lena", "programme.read-in?language=fr")
    two.say("lena", "/programme show programme=Study")
    two.press("lena", "programme.texts")
    two.press("lena", "programme.text?language=fr")
    two.fill("lena", title="Études")
    assert "Études" in two.say("awa", "/session list")
