"""Shows that the log keeps no texts of somebody who was erased, and what an undo says of that."""

import json

import pytest

from tests.bot.handlers.test_my import erase
from tests.chatting import Chat
from tests.lives import rows

CHANGE = '/session change session=Soil description="{}"'


@pytest.fixture
def planned(three: Chat) -> Chat:
    """Have bruno plan a session that amina announces, and each of them describe it."""
    three.say("amina", "/community role @bruno core")
    three.say("bruno", '/session plan title=Soil when="2026-11-10 15:00"', "#general")
    three.press("bruno", "Announce now")
    three.say("bruno", CHANGE.format("words-of-bruno"))
    return three


def logged(chat: Chat) -> str:
    return json.dumps(list(rows(chat.storage.engine)["log_entries"].values()), default=str)


def test_log_keeps_no_text_of_somebody_erased(planned: Chat) -> None:
    planned.say("amina", CHANGE.format("words of amina"))
    assert "words-of-bruno" in logged(planned)
    erase(planned, "bruno")
    assert "words-of-bruno" not in logged(planned)


def test_change_whose_words_were_erased_is_not_undone(planned: Chat) -> None:
    changed = planned.say("amina", CHANGE.format("words of amina"))
    undo = next(one.command for one in changed[0].buttons if one.label == "Undo")
    erase(planned, "bruno")
    assert "nothing to undo any more" in planned.press("amina", undo)
    assert "words of amina" in planned.say("amina", "/session show Soil")


def test_log_offers_no_undo_of_a_change_whose_words_were_erased(planned: Chat) -> None:
    assert "Undo (sessions)" in planned.say("amina", "/community log").labels
    erase(planned, "bruno")
    shown = planned.say("amina", "/community log")
    assert "Somebody changed “Soil”" in shown
    assert "Undo (sessions)" not in shown.labels


def test_texts_that_others_changed_can_still_be_undone(planned: Chat) -> None:
    changed = planned.say("amina", CHANGE.format("words of amina"))
    undo = next(one.command for one in changed[0].buttons if one.label == "Undo")
    planned.forge("claire", "my.erase-now")
    planned.press("amina", undo)
    assert "words-of-bruno" in planned.say("amina", "/session show Soil")
