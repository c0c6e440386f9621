"""Shows that there are words for whatever is kept of somebody."""

from bot.handlers.people.words.own_data import KEPT
from storage.personal import references


def test_there_are_words_for_each_table_that_refers_to_somebody() -> None:
    assert {one.table.name for one in references()} == KEPT.keys()
