"""Shows that what people need who come or may come reaches the hosts, and nobody else."""

import pytest

from tests.chatting import Chat, Screen
from tests.scenes import scene


@pytest.fixture
@scene
def hosted(three: Chat) -> Chat:
    """Have claire host a session that bruno may come to."""
    three.join("dora", zone="Africa/Nairobi", locale="en", role="member")
    three.say("claire", "/my profile language=en")
    words = '/session plan title="Soil" when="2026-11-10 15:00" languages="English, Spanish"'
    three.say("amina", words, "#general")
    three.press("amina", "Announce now")
    three.say("amina", "/community role @claire core")
    three.say("claire", "/host join")
    three.say("claire", "/host take Soil")
    three.press("bruno", "Maybe")
    return three


def write(chat: Chat, note: str) -> None:
    chat.press("bruno", "Add a note")
    chat.fill("bruno", note=note)


def test_needs_of_those_who_may_come_are_in_the_hosts_reminder(hosted: Chat) -> None:
    hosted.choose("bruno", "Interpretation", "español")
    write(hosted, "I need captions")
    told = hosted.time("+6d").to("@claire")
    assert "Nobody has said yes yet." in told
    assert "@bruno needs interpretation into Spanish. (Undecided)" in told
    assert "@bruno writes: I need captions (Undecided)" in told


def test_note_before_the_last_reminder_waits_for_it(hosted: Chat) -> None:
    hosted.time("2026-11-09T10:00Z")
    write(hosted, "I need captions")
    assert "captions" not in hosted.last("@claire").text


def test_note_after_the_last_reminder_is_sent_to_the_hosts_at_once_and_once(hosted: Chat) -> None:
    hosted.time("2026-11-10T10:30Z")
    write(hosted, "I need captions")
    told = hosted.last("@claire")
    assert told.title == "A note for the hosts of “Soil”"
    assert "@bruno writes: I need captions" in told.text
    write(hosted, "I need captions")
    assert hosted.last("@claire") is told
    assert hosted.last("@amina").title != told.title


def test_hosts_and_coordinators_alone_see_needs_with_who_comes(hosted: Chat) -> None:
    write(hosted, "I need captions")
    hosted.choose("bruno", "Interpretation", "español")
    for name in ("claire", "amina"):
        shown = hosted.say(name, "/session who Soil", "#general")
        assert "@bruno writes: I need captions" in shown.to(f"@{name}")
        assert "into Spanish" in shown
        assert shown[0].private
    assert "captions" not in hosted.say("dora", "/session who Soil")


def test_nobody_is_promised_hosts_that_are_not_there(hosted: Chat) -> None:
    assert "The hosts will see it." in note(hosted)
    hosted.say("claire", "/host decline Soil")
    assert "Nobody's hosting yet" in note(hosted)
    hosted.forge("bruno", "session.rsvp", session=_id(hosted), answer="no")
    assert "in case you come after all" in note(hosted)


def note(chat: Chat) -> Screen:
    return chat.forge("bruno", "session.note", session=_id(chat), note="I need captions")


def test_who_cannot_come_needs_nothing(hosted: Chat) -> None:
    write(hosted, "I need captions")
    hosted.forge("bruno", "session.rsvp", session=_id(hosted), answer="no")
    assert "captions" not in hosted.say("amina", "/session who Soil")
    assert "captions" not in hosted.time("+6d").to("@claire")


def _id(chat: Chat) -> str:
    return str(chat.last("#general").buttons[0].command).split("session=")[1].split("&")[0]
