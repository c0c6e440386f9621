"""Tests that people read sessions in their language."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene

SPANISH = "Hombres aliados contra la violencia"
FRENCH = "Les hommes, partenaires contre la violence"
AGENDA = "10:00 Welcome (Sara)\\n20m Fishbowl"
PLAN = (
    '/session plan title="Men as partners" when="2026-11-20 15:00" '
    'description="What failed and what worked in six districts of Bogotá."'
)


@pytest.fixture
@scene
def men(chat: Chat) -> Chat:
    """Have a session announced in a community of three languages."""
    chat.join("lena", zone="Europe/Berlin", locale="en", role="coordinator")
    chat.join("awa", zone="Africa/Dakar", locale="fr", role="member")
    chat.join("rosa", zone="America/Bogota", locale="es", role="member")
    chat.say("lena", "/community setup name=CoLab languages=English,Spanish,French", "#general")
    chat.say("lena", f'{PLAN} agenda="{AGENDA}"', "#general")
    chat.press("lena", "Announce now")
    return chat


@pytest.fixture
@scene
def translated(men: Chat) -> Chat:
    """Have it written in Spanish and French."""
    men.say(
        "lena",
        f'/session text session="Men as partners" language=Spanish title="{SPANISH}" '
        'description="Lo que fracasó y lo que funcionó en seis barrios de Bogotá."',
    )
    men.say(
        "lena",
        f'/session text session="Men as partners" language=French title="{FRENCH}" '
        'description="Échecs et réussites dans six quartiers de Bogota."',
    )
    men.time("+1m")
    return men


def test_reader_gets_their_language_wherever_a_session_is_named(translated: Chat) -> None:
    translated.press("awa", "Coming")
    assert FRENCH in translated.seen("awa")[-1].text
    assert FRENCH in translated.say("awa", "/session list")
    shown = translated.say("awa", '/session show session="Les hommes"')
    assert "Échecs et réussites" in shown
    assert "n’est pas encore" in shown  # no agenda in French
    assert SPANISH in translated.say("rosa", "/session list find=fracaso")
    reminded = translated.time("2026-11-19T15:00Z")
    assert FRENCH in reminded.to("@awa")
    assert "Men as partners" in reminded.to("#general")
    assert FRENCH not in reminded.to("#general")


def test_buttons_beneath_a_post_show_the_whole_in_another_language(translated: Chat) -> None:
    post = translated.last("#general")
    assert "Men as partners" in post.title
    assert {"Español", "Français"} <= {*post.labels}
    read = translated.press("lena", "session.read-in?language=es")
    assert SPANISH in read
    assert "Voy" in read.labels
    assert "Men as partners" not in read
