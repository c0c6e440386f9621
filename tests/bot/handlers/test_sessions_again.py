"""Shows that a session can be planned like one that was held: all of it but the date."""

import pytest

from tests.chatting import Chat
from tests.hosts import core_group
from tests.scenes import scene

WHAT = {
    "title": "Seeds",
    "duration": "1h 30m",
    "description": "Who keeps them?",
    "guiding_question": "Whose are they?",
    "format": "fishbowl",
    "link": "https://meet.example.org/seeds",
    "languages": "English, Spanish",
    "agenda": "Welcome",
    "partners": "Misereor",
}


@pytest.fixture
@scene
def held(chat: Chat) -> Chat:
    """Hold a session that says all there is to say."""
    core_group(chat)
    said = " ".join(f'{name}="{value}"' for name, value in WHAT.items())
    chat.say("amina", f'/session plan {said} when="2026-11-18 15:00"', "#general")
    chat.press("amina", "Announce now")
    chat.say("dan", "/session rsvp Seeds yes")
    chat.time("2026-11-18T14:00Z")
    return chat


def fields(chat: Chat, name: str) -> dict[str, str]:
    return {one.name: one.value for one in chat.seen(name).form.fields}


def test_a_past_session_leads_to_a_form_in_which_only_the_date_is_missing(held: Chat) -> None:
    held.press("dan", "Plan another like this")
    shown = fields(held, "dan")
    assert shown.pop("when") == shown.pop("until") == ""
    assert {name: shown[name] for name in WHAT if name != "duration"} == {
        **{name: value for name, value in WHAT.items() if name != "duration"},
    }
    told = held.fill("dan", when="2026-12-16 15:00", partners="")
    assert "Seeds" in told
    assert "1 h 30 min" in told
    assert "Misereor" not in told
    assert "Who's coming" not in told.labels


def test_planning_by_a_line_copies_what_was_not_said(held: Chat) -> None:
    told = held.say("amina", '/session plan title=Roots when="2026-12-16 15:00" like=Seeds')
    assert "Roots" in told
    assert "Whose are they?" in told
    assert "Fishbowl" in told


def test_planning_like_a_session_opens_the_form(held: Chat) -> None:
    held.say("amina", "/session plan like=Seeds")
    assert fields(held, "amina")["agenda"] == "Welcome"


def test_the_last_of_a_title_is_copied(held: Chat) -> None:
    words = 'title=Seeds when="2026-12-16 15:00" like=Seeds partners=Oxfam'
    held.say("amina", f"/session plan {words}", "#general")
    held.press("amina", "Announce now")
    held.time("2026-12-17T12:00Z")
    held.say("amina", "/session plan like=Seeds")
    assert fields(held, "amina")["partners"] == "Oxfam"


def test_the_length_of_several_days_is_copied(chat: Chat) -> None:
    core_group(chat)
    days = 'title=Days when="2026-11-18 09:00" until="2026-11-20 17:00"'
    chat.say("amina", f"/session plan {days}", "#general")
    chat.press("amina", "Announce now")
    chat.time("2026-11-21T12:00Z")
    chat.press("amina", "Plan another like this")
    told = chat.fill("amina", when="2026-12-16 09:00")
    assert "to Fri 18 Dec 2026, 17:00" in told
