"""Shows that a closing round is read out once, by those who wish, and pings nobody."""

import pytest

from tests.chatting import Chat, Screen
from tests.scenes import scene


@pytest.fixture
@scene
def on(hosted: Chat) -> Chat:
    """Have a session be on that bruno hosts, to which claire and dan come."""
    hosted.press("claire", "Coming")
    hosted.press("dan", "Coming")
    hosted.join("eva", zone="Europe/Paris", locale="en")
    hosted.time("2026-11-18T12:30Z")
    return hosted


def write(chat: Chat, name: str, line: str, **more: str) -> Screen:
    chat.say(name, "/session closing Seeds")
    label = "Write my line" if "Write my line" in chat.last(f"@{name}").labels else "Change my line"
    chat.press(name, label)
    return chat.fill(name, line=line, **more)


def read_out(chat: Chat, name: str = "bruno") -> Screen:
    chat.say(name, "/session closing Seeds")
    chat.press(name, "Read out together")
    return chat.fill(name).to("#general")


def test_lines_are_read_out_once_with_names_as_each_wishes(on: Chat) -> None:
    write(on, "claire", "A seed in my pocket")
    write(on, "dan", "A new question", named="no")
    write(on, "bruno", "Not for all", aloud="no")
    on.say("bruno", "/session closing Seeds")
    asked = on.press("bruno", "Read out together")
    assert "I'll post 2 lines in #general. Nobody is pinged." in asked.text + asked.form.intro
    told = on.fill("bruno").to("#general")
    assert "claire: A seed in my pocket" in told
    assert "@claire" not in told
    assert "A new question" in told
    assert "dan" not in told
    assert "Not for all" not in told
    assert "Read out together" not in on.say("bruno", "/session closing Seeds").labels


def test_late_line_joins_what_was_read_out_by_an_edit(on: Chat) -> None:
    write(on, "claire", "A seed in my pocket")
    read_out(on)
    told = write(on, "dan", "A new question").to("#general")
    assert [bool(shown.edits) for shown in told] == [True]
    assert "A seed in my pocket" in told
    assert "dan: A new question" in told


def test_second_line_of_a_person_takes_the_place_of_the_first(on: Chat) -> None:
    write(on, "claire", "A seed in my pocket")
    assert "1 line so far" in write(on, "claire", "Two seeds")
    told = read_out(on)
    assert "Two seeds" in told
    assert "pocket" not in told


def test_line_is_taken_back_until_it_is_read_out(on: Chat) -> None:
    write(on, "claire", "A seed in my pocket")
    on.press("claire", "Take it back")
    assert "0 lines so far" in on.say("claire", "/session closing Seeds")
    write(on, "claire", "Two seeds")
    read_out(on)
    labels = on.say("claire", "/session closing Seeds").labels
    assert "Take it back" not in labels
    assert "Change my line" not in labels
    on.say("dan", "/session closing Seeds")
    id = str(on.last("@dan").buttons[0].command).partition("session=")[2]
    assert "so it stays" in on.forge("claire", "session.take-line-back", session=id)


def test_line_of_somebody_who_is_erased_vanishes_from_the_post(on: Chat) -> None:
    write(on, "claire", "A seed in my pocket")
    write(on, "dan", "A new question")
    read_out(on)
    on.say("dan", "/my erase")
    on.press("dan", "Erase everything")
    on.time("+1m")
    assert "A seed in my pocket" in on.seen("claire").to("#general")
    assert "A new question" not in on.seen("claire").to("#general")


def test_those_who_were_not_there_write_no_line(on: Chat) -> None:
    assert "Write my line" not in on.say("eva", "/session closing Seeds").labels


def test_closing_round_begins_with_the_session(hosted: Chat) -> None:
    assert "hasn't begun yet" in hosted.say("bruno", "/session closing Seeds")


def test_host_who_never_was_there_has_it_read_out(on: Chat) -> None:
    on.say("bruno", "/session rsvp Seeds no")
    write(on, "claire", "A seed in my pocket")
    assert "claire: A seed in my pocket" in read_out(on)


def test_nothing_is_read_out_where_nobody_wrote(on: Chat) -> None:
    on.say("bruno", "/session closing Seeds")
    assert "Nobody has written a line yet" in on.press("bruno", "Read out together")


def test_line_that_is_too_long_is_asked_for_again(on: Chat) -> None:
    assert "shorten it to 200" in write(on, "claire", "a" * 201)
