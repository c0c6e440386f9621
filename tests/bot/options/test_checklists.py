"""Shows how the lines of a checklist are read, in three languages and as people write them."""

import pytest

from bot.domain.checklists import ToDo
from bot.errors import Unreadable
from bot.i18n import render, t
from bot.moments.distance import read_distance
from bot.options.checklists import ChecklistKind, read_line
from bot.options.checklists import day as said
from tests.bot.options.test_basic import NOWHERE


@pytest.mark.parametrize(
    ("line", "words", "days"),
    [
        ("book interpretation: 14 days before", "book interpretation", -14),
        ("14 days before: book interpretation", "book interpretation", -14),
        ("Book interpretation 14 days before", "Book interpretation", -14),
        ("Test the link (the day before the session)", "Test the link", -1),
        ("On the day: open the room", "open the room", 0),
        ("two weeks before: invite, remind: all of them", "invite, remind: all of them", -14),
        ("send the slides, 3 days after", "send the slides", 3),
        ("reservar la interpretación: 14 días antes", "reservar la interpretación", -14),
        ("una semana antes de la sesión: invitar", "invitar", -7),
        ("enviar la memoria al día siguiente", "enviar la memoria", 1),
        ("el mismo día: abrir la sala", "abrir la sala", 0),
        ("réserver l’interprétation\u202f: 14 jours avant", "réserver l’interprétation", -14),
        ("la veille : tester le lien", "tester le lien", -1),
        ("J-14 : réserver la salle", "réserver la salle", -14),
        ("envoyer le support : trois jours après", "envoyer le support", 3),
        ("le jour même : ouvrir la salle", "ouvrir la salle", 0),
    ],
)
def test_line_says_what_and_when(line: str, words: str, days: int) -> None:
    assert read_line(line) == ToDo(words, days)


@pytest.mark.parametrize(
    "line",
    ["buy cake", "14 days before", "14 days before: call: 3 days after", "500 days before: x"],
)
def test_line_that_does_not_say_when_is_not_guessed(line: str) -> None:
    assert read_line(line) is None


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
@pytest.mark.parametrize("days", [-14, -1, 0, 1, 3])
def test_what_is_said_is_read_again(locale: str, days: int) -> None:
    assert read_distance(render(said(days), locale, str)) == days


def test_lines_that_cannot_be_read_are_named() -> None:
    kind = ChecklistKind(t("Agenda"))
    read = kind.read("- call: 2 days before\n\n1. bring cups: on the day", NOWHERE)
    assert read == [ToDo("call", -2), ToDo("bring cups", 0)]
    with pytest.raises(Unreadable) as refused:
        kind.read("call: 2 days before\nbuy cake\nsing", NOWHERE)
    assert "“buy cake”, “sing”" in render(refused.value.text, "en", str)
