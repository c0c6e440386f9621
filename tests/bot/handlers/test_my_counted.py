"""Shows that whoever asks to be erased is told of everything that refers to them."""

from bot.handlers.people.words.own_data import KEPT
from storage.personal import references
from tests.chatting import Chat


def test_whoever_did_what_the_log_keeps_can_be_erased(attended: Chat) -> None:
    assert "Log entries on what you did: 2" in attended.say("amina", "/my erase")
    assert "I've erased your data" in attended.press("amina", "Erase everything")


def test_messages_that_tell_of_what_somebody_did_are_not_counted_as_theirs(seeds: Chat) -> None:
    seeds.say("amina", "/host ask session=Seeds person=@bruno")
    told = seeds.say("bruno", "/my erase").text
    seeds.say("bruno", "/host decline Seeds")
    for said in (told, seeds.say("bruno", "/my erase").text):
        goes, _, stays = said.partition("This stays")
        assert "Messages to you" in goes
        assert "Messages to you" not in stays


def test_there_are_words_for_the_rows_of_every_table() -> None:
    assert {one.table.name for one in references()} <= KEPT.keys()
