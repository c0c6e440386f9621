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
    hosted.choose("bruno", "I need…", "español")
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
    hosted.choose("bruno", "I need…", "español")
    for name in ("claire", "amina"):
        shown = hosted.say(name, "/session who Soil", "#general")
        assert "@bruno writes: I need captions" in shown.to(f"@{name}")
        assert "into Spanish" in shown
        assert shown[0].private
    assert "captions" not in hosted.say("dora", "/session who Soil")


def test_nobody_is_promised_hosts_that_are_not_there(hosted: Chat) -> None:
    assert "The hosts will see it." in note(hosted)
    hosted.say("claire", "/host decline Soil")
    assert "Nobody's hosting yet: the coordinators will see it." in note(hosted)
    hosted.forge("bruno", "session.rsvp", session=_id(hosted), answer="no")
    assert "in case you come after all" in note(hosted)


def note(chat: Chat) -> Screen:
    return chat.forge("bruno", "session.note", session=_id(chat), note="I need captions")


def test_who_cannot_come_needs_nothing(hosted: Chat) -> None:
    write(hosted, "I need captions")
    hosted.forge("bruno", "session.rsvp", session=_id(hosted), answer="no")
    assert "captions" not in hosted.say("amina", "/session who Soil")
    assert "captions" not in hosted.time("+6d").to("@claire")


@pytest.fixture
@scene
def alone(three: Chat) -> Chat:
    """Have bruno plan a session that nobody hosts, and dora come to it; amina coordinates."""
    three.join("dora", zone="Africa/Nairobi", locale="en", role="member")
    three.join("emil", zone="Africa/Nairobi", locale="en", role="member")
    words = '/session plan title="Soil" when="2026-11-10 10:00" languages="English, Spanish"'
    three.say("bruno", words, "#general")
    three.press("bruno", "Request announcement")
    three.press("amina", "Announce now")
    for name in ("dora", "emil"):
        three.press(name, "session.rsvp?answer=yes")
    return three


def needs(chat: Chat, name: str, words: str) -> Screen:
    return chat.forge(name, "session.note", session=_id(chat), note=words)


def test_needs_without_hosts_go_to_planner_and_coordinators_in_one_message(alone: Chat) -> None:
    both = "Nobody's hosting yet: whoever planned it and the coordinators will see it."
    assert both in needs(alone, "dora", "I need captions")
    needs(alone, "emil", "Step-free, please")
    shown = alone.time("2026-11-08T00:00Z")
    for name in ("@amina", "@bruno"):
        titles = [message.title for message in shown.to(name) if message.title]
        assert titles == ["“Soil” has no host yet. This is what people need:"]
        assert "@dora writes: I need captions" in shown.to(name)
        assert "@emil writes: Step-free, please" in shown.to(name)
    assert "captions" not in shown.to("#general") + shown.to("@claire") + shown.to("@emil")


def test_needs_said_late_are_gathered_for_a_day(alone: Chat) -> None:
    alone.time("2026-11-08T14:00Z")
    assert "captions" in needs(alone, "dora", "I need captions").to("@bruno")
    needs(alone, "emil", "Step-free, please")
    assert not alone.time("+1h").to("@bruno")
    assert "Step-free" in alone.time("2026-11-09T14:05Z").to("@bruno")


def test_needs_are_told_before_a_session_that_moves_to_an_earlier_time(alone: Chat) -> None:
    needs(alone, "dora", "I need captions")
    alone.time("2026-11-02T14:00Z")
    moved = alone.say("bruno", '/session move Soil "2026-11-04 08:00"')
    assert "captions" in moved.to("@amina")
    assert "captions" not in alone.time("2026-11-12T00:00Z").to("@amina")


def test_needs_without_hosts_are_shown_to_the_planner_until_somebody_hosts(alone: Chat) -> None:
    needs(alone, "dora", "I need captions")
    for words in ("/session who Soil", "/session show Soil"):
        assert "captions" in alone.say("bruno", words)
        assert "captions" not in alone.say("emil", words)
    alone.say("amina", "/host join")
    alone.say("amina", "/host take Soil")
    assert "captions" not in alone.say("bruno", "/session show Soil")
    assert "captions" not in alone.time("2026-11-09T00:00Z").to("@bruno")


def test_needs_told_to_a_host_who_leaves_go_to_planner_and_coordinators(alone: Chat) -> None:
    alone.say("amina", "/community role @claire core")
    alone.say("claire", "/host join")
    alone.say("claire", "/host take Soil")
    needs(alone, "dora", "I need captions")
    alone.say("claire", "/host decline Soil")
    assert "captions" in alone.time("2026-11-08T00:00Z").to("@bruno")


def test_need_of_who_cannot_come_is_not_told(alone: Chat) -> None:
    needs(alone, "dora", "I need captions")
    alone.forge("dora", "session.rsvp", session=_id(alone), answer="no")
    assert "captions" not in alone.time("2026-11-12T00:00Z")


def test_nobody_is_told_their_own_need(alone: Chat) -> None:
    alone.press("amina", "session.rsvp?answer=yes")
    assert "whoever planned it will see it." in needs(alone, "amina", "I need captions")
    shown = alone.time("2026-11-08T00:00Z")
    assert "captions" in shown.to("@bruno")
    assert "captions" not in shown.to("@amina")


def test_need_that_nobody_else_would_see_is_kept_for_a_host(three: Chat) -> None:
    three.say("amina", '/session plan title="Soil" when="2026-11-10 10:00"', "#general")
    three.press("amina", "Announce now")
    three.press("amina", "session.rsvp?answer=yes")
    assert "I'll keep this for whoever does." in needs(three, "amina", "I need captions")
    assert "captions" not in three.time("2026-11-11T00:00Z")


def _id(chat: Chat) -> str:
    return str(chat.last("#general").buttons[0].command).split("session=")[1].split("&")[0]
