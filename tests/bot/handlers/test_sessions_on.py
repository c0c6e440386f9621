"""Shows that a session that is on now is found where sessions are looked for, and past ones too."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene


@pytest.fixture
@scene
def on(three: Chat) -> Chat:
    """Have a session be on, from noon to half past one UTC."""
    plan = (
        '/session plan title=Soil when="2026-11-10 15:00" duration=90m link=https://meet.example/s'
    )
    three.say("amina", plan, "#general")
    three.press("amina", "Announce now")
    three.time("2026-11-10T13:00Z")
    return three


def test_session_that_is_on_stands_first_in_the_list_with_its_link(on: Chat) -> None:
    on.say("amina", '/session plan title=Water when="2026-11-11 15:00"', "#general")
    on.press("amina", "Announce now")
    told = on.say("amina", "/session list").text.replace("\u202f", " ")
    assert "On now, until 16:30: Soil · https://meet.example/s" in told
    assert told.index("Soil") < told.index("Water")


def test_session_that_is_on_stands_first_on_the_desk(on: Chat) -> None:
    told = on.say("bruno", "/my week").text.replace("\u202f", " ")
    assert "On now, until 08:30: Soil · https://meet.example/s" in told
    assert told.index("Soil") < told.index("any upcoming session")


def test_session_that_is_on_says_where_people_are_on_site(on: Chat) -> None:
    on.say("amina", "/session change Soil place=Hall")
    assert "Soil · https://meet.example/s · Hall" in on.say("bruno", "/session list")
    assert "Soil · https://meet.example/s · Hall" in on.say("bruno", "/my week")


def test_session_that_is_over_is_past_and_found_by_its_title(on: Chat) -> None:
    on.time("2026-11-10T13:31Z")
    told = on.say("bruno", "/session list")
    assert "No sessions are coming up. You can look through past ones." in told
    assert "On now" not in on.say("bruno", "/my week")
    on.press("bruno", "Past sessions")
    option = on.last("@bruno").choices[0].options[0].label
    assert "This session is over." in on.choose("bruno", "Show", option)
    assert "No sessions are coming up." in on.say("amina", "/host rota")
