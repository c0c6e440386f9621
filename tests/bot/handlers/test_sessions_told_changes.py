"""Shows what a change of an announced session changes, and that one press tells those coming."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene

PLAN = '/session plan title=Soil when="2026-11-10 15:00" duration=90m link=https://meet.example/s'


@pytest.fixture
@scene
def coming(three: Chat) -> Chat:
    """Have a session be announced to which bruno and claire come, by day for everybody."""
    three.time("2026-11-02T14:00Z")
    three.say("amina", PLAN, "#general")
    three.press("amina", "Announce now")
    three.press("bruno", "Coming")
    three.press("claire", "Maybe")
    return three


def test_a_change_shows_each_thing_as_it_was_and_is(coming: Chat) -> None:
    told = coming.say(
        "amina",
        "/session change Soil link=https://meet.example/t place=Hall duration=2h languages=English "
        'capacity=20 closes="2 days before" description="Bring soil." agenda="15:00 Welcome"',
    )
    for words in (
        "https://meet.example/s → https://meet.example/t",
        "none → Hall",
        "1 h 30 min → 2 h",
        "none → English",
        "no limit → 20",
        "none → 2 d before the start",
        "The description has changed.",
        "New in the agenda: 15:00 Welcome",
    ):
        assert words in told
    assert not told.to("@bruno")
    assert {"Tell those who are coming", "Undo"} <= {*told.labels}


def test_nothing_to_change_is_said(coming: Chat) -> None:
    told = coming.say("amina", "/session change Soil link=https://meet.example/s")
    assert "nothing has changed in “Soil”" in told
    assert "Undo" not in told.labels


def test_one_press_tells_those_coming_in_their_language_once(coming: Chat) -> None:
    coming.say("amina", "/session change Soil link=https://meet.example/t")
    told = coming.press("amina", "Tell those who are coming")
    assert "I'll tell 2 people." in told.to("@amina")
    assert "@amina changed “Soil”." in told.to("@bruno")
    assert "https://meet.example/s → https://meet.example/t" in told.to("@bruno")
    assert "Lien" in told.to("@claire")
    assert not told.to("#general")
    assert "I've told them already." in coming.press("amina", "Tell those who are coming")


def test_those_told_hear_of_an_undo(coming: Chat) -> None:
    undo = coming.say("amina", "/session change Soil place=Hall").labels
    assert "Undo" in undo
    coming.press("amina", "Tell those who are coming")
    assert "Hall → none" in coming.press("amina", "Undo").to("@bruno")


def test_undo_of_what_nobody_heard_tells_nobody(coming: Chat) -> None:
    coming.say("amina", "/session change Soil place=Hall")
    screen = coming.press("amina", "Undo")
    assert not screen.to("@bruno")
    night = coming.time("2026-11-03T04:00Z")  # eleven at night in Bogotá
    assert not night.to("@bruno")
    coming.say("amina", "/session change Soil place=Hall")
    coming.press("amina", "Tell those who are coming")
    coming.press("amina", "Undo")
    assert "Hall" not in coming.time("2026-11-03T16:00Z").to("@bruno")


def test_reminders_use_what_is_true_when_they_go_out(coming: Chat) -> None:
    coming.say("amina", "/session change Soil link=https://meet.example/t place=Hall")
    reminded = coming.time("2026-11-09T15:00Z").to("@bruno")
    assert "On site: Hall" in reminded
    assert "Online: https://meet.example/t" in reminded


def test_nobody_else_tells(coming: Chat) -> None:
    coming.say("amina", "/session change Soil place=Hall")
    call = next(
        one.command for one in coming.last("@amina").buttons if one.command.startswith("session.t")
    )
    entry = call.partition("entry=")[2]
    assert "Only whoever planned the session" in coming.forge("bruno", "session.tell", entry=entry)
