"""Shows that there are words for whatever is kept of somebody."""

from bot.handlers.people.words.own_data import KEPT
from storage.key_values import KeyValue
from storage.personal import references


def test_there_are_words_for_each_table_that_refers_to_somebody() -> None:
    assert {one.table.name for one in references()} | {KeyValue.__tablename__} == KEPT.keys()
