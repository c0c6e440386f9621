"""Plans, moves and announces sessions in one line, as people try it first."""

import pytest

from tests.chatting import Chat


@pytest.mark.parametrize(
    ("locale", "line", "title", "when"),
    [
        ("en", "/session plan Team call tomorrow 3pm", "Team call", "3 Nov 2026, 15:00"),
        ("en", "/session plan Team call, 3 Dec 15:00", "Team call", "3 Dec 2026, 15:00"),
        ("en", '/session plan "Team call" tomorrow 3pm for 90 min', "Team call", "1 h 30 min"),
        ("en", "/session plan Team call tomorrow 3pm duration=90m", "Team call", "1 h 30 min"),
        (
            "es",
            "/sesión planificar Llamada del equipo mañana a las 15h",
            "Llamada del equipo",
            "15:00",
        ),
        ("fr", "/session planifier Réunion d'équipe demain à 15h", "Réunion d'équipe", "15:00"),
    ],
)
def test_session_is_planned_in_one_line(
    chat: Chat, locale: str, line: str, title: str, when: str
) -> None:
    chat.join("ana", zone="Africa/Nairobi", locale=locale)
    preview = chat.say("ana", line, "#general")
    assert preview[-1].title == title
    assert when in preview


@pytest.mark.parametrize(
    ("line", "title", "when", "asked"),
    [
        ("Team call soon", "Team call soon", "", ""),
        ("Team call tomorrow", "Team call", "tomorrow", "time of day is missing"),
        ("Team call 2/12 15:00", "Team call", "2/12 15:00", "several things"),
        ("tomorrow 3pm", "", "2026-11-03 15:00", ""),
    ],
)
def test_what_the_line_leaves_open_is_asked(
    chat: Chat, line: str, title: str, when: str, asked: str
) -> None:
    chat.join("ana", zone="Africa/Nairobi", locale="en")
    form = chat.say("ana", f"/session plan {line}", "#general").form
    assert (form["title"].value, form["when"].value) == (title, when)
    assert asked in form["when"].error


@pytest.mark.parametrize("command", ["move", "announce-later"])
def test_session_is_named_in_words_before_a_moment(three: Chat, command: str) -> None:
    three.say("amina", "/session plan Team call Friday 3pm", "#general")
    done = three.say("amina", f"/session {command} Team call tomorrow 4pm")
    assert "3 Nov 2026, 16:00" in done


def test_day_without_its_hour_stays_in_the_form_that_asks_for_something_else(three: Chat) -> None:
    three.say("amina", "/session plan Team call Friday 3pm", "#general")
    form = three.say("amina", "/session move Team when=tomorrow duration=soon").form
    assert form["when"].value == "2026-11-03"
    assert "Write it like 90m" in form["duration"].error
