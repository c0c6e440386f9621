"""Holds every answer to coming back as it was written down."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer_json import read_back, written
from bot.chat import (
    Account,
    Actions,
    Button,
    Choice,
    CommandRef,
    Day,
    Fields,
    File,
    Items,
    Link,
    Message,
    Moment,
    Option,
    Paragraph,
    Person,
    Picture,
    Place,
    Quote,
    Rule,
)
from bot.i18n import LanguageName, Text, TimeOfDay, t, tn
from bot.protocol import Answer, Ask, Change, Field, Form, Reader, Reply, Say

WORDS = st.text(st.characters(codec=None), max_size=8)
ACCOUNTS = st.builds(Account, WORDS, WORDS, WORDS)
MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))]))
VALUES = st.one_of(
    WORDS,
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.builds(Person, WORDS, st.tuples(ACCOUNTS)),
    st.builds(Place, WORDS, WORDS, WORDS, WORDS, WORDS),
    st.builds(Moment, MOMENTS, WORDS),
    st.builds(Day, st.dates()),
    st.builds(Link, WORDS, WORDS),
    st.builds(CommandRef, WORDS, WORDS),
    st.builds(LanguageName, WORDS, st.booleans()),
    st.builds(TimeOfDay, st.times()),
)
SIMPLE = st.builds(Text, WORDS, st.dictionaries(st.sampled_from("abc"), VALUES, max_size=2))
TEXTS = st.one_of(
    SIMPLE,
    st.builds(Text, WORDS, st.fixed_dictionaries({"inner": SIMPLE}), WORDS, st.integers()),
)
FILES = st.builds(File, WORDS, st.binary(max_size=20), WORDS)
BUTTONS = st.builds(Button, TEXTS, WORDS)
CHOICES = st.builds(Choice, TEXTS, WORDS, WORDS, st.tuples(st.builds(Option, WORDS, TEXTS)))
BLOCKS = st.one_of(
    st.builds(Paragraph, TEXTS),
    st.builds(Fields, st.tuples(st.tuples(TEXTS, TEXTS))),
    st.builds(Items, st.tuples(TEXTS), st.booleans()),
    st.builds(Quote, TEXTS),
    st.builds(Picture, FILES, TEXTS),
    st.just(Rule()),
    st.builds(Actions, st.tuples(BUTTONS), st.tuples(CHOICES)),
)
MESSAGES = st.builds(
    Message,
    TEXTS,
    st.tuples(BLOCKS, BLOCKS),
    st.tuples(BUTTONS),
    st.tuples(CHOICES),
    st.tuples(FILES),
    st.tuples(st.builds(Person, WORDS)),
)
FIELDS = st.builds(Field, WORDS, TEXTS, st.just("text"), WORDS, TEXTS, st.none() | TEXTS)
FORMS = st.builds(Form, TEXTS, WORDS, st.tuples(FIELDS), st.dictionaries(WORDS, WORDS, max_size=2))
REPLIES = st.one_of(
    st.builds(Say, MESSAGES, st.booleans()), st.builds(Ask, FORMS), st.builds(Change, MESSAGES)
)
READER = Reader("es", "America/Lima")
AT = datetime(2026, 12, 2, 15, tzinfo=UTC)


def there_and_back(reply: Reply) -> Answer:
    return read_back(written(Answer(reply, READER, Reader())))


@given(REPLIES)
@pytest.mark.slow
def test_answer_is_read_back_as_it_was_written(reply: Reply) -> None:
    assert there_and_back(reply) == Answer(reply, READER, Reader())


@pytest.mark.parametrize(
    "value",
    [Moment(AT, "UTC", "relative"), Day(date(2026, 12, 2)), TimeOfDay(time(9, 30)), 1.5, True, None,
     "=", "{}", '{"=": "Message"}', "half \ud83d"],
    ids=repr,
)  # fmt: skip
def test_value_of_a_text_keeps_its_kind(value: Any) -> None:
    text = t("{value}", value=value)
    reply = there_and_back(Say(Message(text))).reply
    assert isinstance(reply, Say)
    assert reply.message.title.values["value"] == value
    assert type(reply.message.title.values["value"]) is type(value)


def test_text_of_a_number_keeps_its_number() -> None:
    assert there_and_back(Change(Message(tn("one", "many", 3)))).reply == Change(
        Message(tn("one", "many", 3))
    )


def test_answer_is_written_in_ascii_so_that_every_database_takes_it() -> None:
    assert written(Answer(Say(Message(t("é\x00\udfff"))), READER, READER)).isascii()


def test_default_of_a_field_is_not_written_and_is_taken_when_read() -> None:
    words = written(Answer(Say(Message()), READER, Reader("es")))
    assert json.loads(words)["reply"] == {"=": "Say", "message": {"=": "Message"}}
    assert read_back(words).reply == Say(Message())
    assert read_back(words).everybody == Reader("es", "UTC")


@pytest.mark.parametrize("words", ["", "{", "[]", "1", '{"=": "Say", "message": 1}'])
def test_what_is_no_answer_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"not an answer|Expecting"):
        read_back(words)


def test_value_of_an_unknown_kind_cannot_be_written() -> None:
    with pytest.raises(TypeError):
        there_and_back(Say(Message(t("{value}", value=object()))))


@pytest.mark.parametrize("words", ['{"=": "Popen", "args": "ls"}', '{"=": "__import__"}'])
def test_only_our_own_classes_are_made(words: str) -> None:
    with pytest.raises(KeyError):
        read_back(words)
