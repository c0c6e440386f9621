"""Shows that answers stay with the question they were given to, as it read then."""

from collections.abc import Iterator

import pytest

from storage import Records, Storage
from storage.questions import Question
from tests.toys import NOW


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    storage = Storage(database_url)
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC")
        yield transaction.records(home.id)
    storage.close()


@pytest.fixture
def why(records: Records) -> Question:
    asked = Question(about="call:17", position=2, kind="text", words={"fr": "Pourquoi ?"})
    return records.questions.add(asked)


def test_question_nobody_has_answered_is_changed_in_its_place(
    records: Records, why: Question
) -> None:
    assert records.questions.change(why, NOW, words={"fr": "Comment ?"}) is why
    assert records.questions.asked("call:17") == [why]


def test_question_that_was_answered_is_replaced_by_a_new_one(
    records: Records, why: Question
) -> None:
    records.answers.put("submission:5", {why.id: "Parce que"}, "fr", None)
    new = records.questions.change(why, NOW, required=True)
    assert (new.words, new.position, new.required, new.replaces_id) == (why.words, 2, True, why.id)
    assert records.questions.asked("call:17") == [new]
    [answer] = records.answers.about([why.id, new.id])
    assert (answer.question_id, answer.value, answer.language) == (why.id, "Parce que", "fr")


def test_question_that_is_retired_is_asked_no_more(records: Records, why: Question) -> None:
    how = records.questions.add(
        Question(about="call:17", position=1, kind="yesno", words={"en": "How?"})
    )
    assert records.questions.asked("call:17") == [how, why]
    records.answers.put("submission:5", {why.id: "Parce que"}, "fr", None)
    records.questions.retire(why, NOW)
    records.questions.retire(how, NOW)
    assert records.questions.asked("call:17") == []
    assert records.questions.all(records.questions.mine()) == [why]


def test_answers_are_corrected_and_taken_back(records: Records, why: Question) -> None:
    for value in ("Parce que", "Parce que si", ""):
        records.answers.put("submission:5", {why.id: value}, "fr", None)
        kept = [answer.value for answer in records.answers.of("submission:5").values()]
        assert kept == ([value] if value else [])
