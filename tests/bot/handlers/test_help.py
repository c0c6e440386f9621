"""Shows what people get who mistype a command, or know its name in their own language."""

import pytest

from tests.chatting import Chat

PLAN = "Plan a session"


def test_group_is_found_by_its_name_in_any_language_and_with_a_wrong_letter(three: Chat) -> None:
    for typed in ("/help session", "/sesion", "/Sesión", "/sesssion"):
        assert three.say("bruno", typed, "#general").text.startswith("Plan, announce")


@pytest.mark.parametrize(
    "typed", ["/sesion plant", "/sesión planifica", "/session pln 'X'", "/plan", "/sessions plan"]
)
def test_mistyped_command_is_answered_with_what_was_meant(three: Chat, typed: str) -> None:
    screen = three.say("bruno", typed, "#general")
    assert "Did you mean this?" in screen
    assert screen[0].buttons[0].command.partition("?")[0] == "session.plan"
    assert three.press("bruno", PLAN).form.fields[0].name == "title"


@pytest.mark.parametrize(
    "typed", ["/sesion plan Tea", "/sesión planificar Tea", "/session planifier Tea"]
)
def test_command_is_known_by_its_name_in_any_language(three: Chat, typed: str) -> None:
    assert three.say("bruno", typed, "#general").form["title"].value == "Tea"


def test_help_names_commands_and_options_as_the_reader_types_them(chat: Chat) -> None:
    chat.join("lucia", locale="es", zone="America/Bogota")
    assert "/sesión …: " in chat.say("lucia", "/ayuda", "#general")
    screen = chat.say("lucia", "/ayuda sesión planificar", "#general")
    assert 'cuándo="próximo miércoles 15:00"' in screen
    assert 'formato="Presentación"' in screen
    assert "/espacio-abierto tablero" in chat.say("lucia", "/tablero llenar", "#general")
    refused = chat.say("lucia", "/sesión planificar color=rojo", "#general")
    assert "título=, cuándo=" in refused
    assert chat.say("lucia", "/sesión planificar", "#general").form["title"].typed == "título"


def test_what_was_written_behind_a_mistyped_command_is_not_lost(three: Chat) -> None:
    screen = three.say("bruno", '/sessions plan Tea "2026-11-05 15:00"', "#general")
    assert 'You wrote:\nTea "2026-11-05 15:00"' in screen.text.replace("> ", "")
    assert "5 Nov" in three.press("bruno", PLAN).text


def test_what_is_more_than_a_button_carries_is_given_back(three: Chat) -> None:
    long = "How we learn " * 20
    screen = three.say("bruno", f'/sessions plan title="{long}"', "#general")
    assert long in screen.text
    assert three.press("bruno", "session.plan").form.fields[0].value == ""
    assert "some more words" in three.say("bruno", "/foo bar some more words", "#general").text


def test_what_is_like_no_command_leads_to_the_help(three: Chat) -> None:
    assert "I don't know “foo”." in three.say("bruno", "/foo", "#general")
    screen = three.say("bruno", "/foo bar", "#general")
    assert "I don't know “foo bar”." in screen
    assert "/session …" in three.press("bruno", "What I can do")


def test_what_only_buttons_lead_to_is_not_suggested(three: Chat) -> None:
    screen = three.say("bruno", "/session discrad", "#general")
    assert all(one.command != "session.discard" for one in screen[0].buttons)


def test_who_has_no_right_is_led_to_those_who_have(three: Chat) -> None:
    three.say("bruno", "/community setup", "#general")
    assert "@amina: Coordinator" in three.press("bruno", "Who to ask")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/session show", "There are no sessions yet. Members can plan one: /session plan"),
        ("/session rsvp", "There are no sessions yet. Members can plan one: /session plan"),
        ("/session who Tea", "There are no sessions yet. Members can plan one: /session plan"),
        ("/session cancel Tea", "There are no sessions yet. Members can plan one: /session plan"),
        ("/host take", "There are no sessions yet. Members can plan one: /session plan"),
        ("/topic show", "There are no topics yet. Members can propose one: /topic propose"),
    ],
)
def test_nobody_is_asked_to_choose_from_nothing(three: Chat, typed: str, answer: str) -> None:
    screen = three.say("bruno", typed, "#general")
    assert answer in screen
    assert screen[0].form is None


def test_what_people_come_for_stands_first(three: Chat) -> None:
    assert "\n/session …" in three.say("bruno", "/help").text.split("/host …")[0].replace(
        "- ", "\n"
    )
    topic = three.say("bruno", "/help topic")
    assert topic.labels[0] == "Propose a topic"
    assert three.press("bruno", topic.labels[0]).text


def test_unknown_word_behind_a_group_is_answered_with_what_the_group_has(three: Chat) -> None:
    screen = three.say("bruno", "/my settings", "#general")
    assert "I don't know “my settings”." in screen
    assert "/my profile: " in screen


def test_group_is_shown_where_no_verb_of_it_is_like_what_was_typed(three: Chat) -> None:
    for typed in ("/openspace xyzzy", "/forum-ouvert xyzzy"):
        screen = three.say("bruno", typed, "#general")
        assert f"I don't know “{typed.lstrip('/')}”." in screen
        assert "/openspace board" in screen


def test_help_names_commands_and_values_in_the_language_of_its_reader(three: Chat) -> None:
    three.join("luc", locale="fr")
    assert "/forum-ouvert …" in three.say("luc", "/aide", "#general")
    assert "/forum-ouvert tableau" in three.say("luc", "/aide forum-ouvert", "#general")
    planning = three.say("luc", "/aide session planifier", "#general")
    assert 'quand="mercredi prochain 15h"' in planning
    assert "Atelier" in planning
    assert "quand=" in three.say("luc", '/session planifier "Bilan" jour=demain', "#general")
