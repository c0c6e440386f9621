"""Shows that feedback on a session is nobody's, and is shown in groups."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.chat import Account, Place
from bot.protocol import Ask, Call
from storage import metadata
from storage.local import LocalThing
from tests.chatting import Chat, Screen
from tests.scenes import scene

SENTENCE = "canarysentence"


@pytest.fixture
@scene
def over(hosted: Chat) -> Chat:
    """Have a session hosted by bruno be over, to which eight people came."""
    for number in range(8):
        hosted.join(f"guest{number}", zone="Europe/Paris", locale="en")
        hosted.press(f"guest{number}", "Coming")
    hosted.time("2026-11-18T14:00Z")
    return hosted


def give(chat: Chat, name: str, **values: str) -> Screen:
    chat.forge(name, "session.feedback", session=session_id(chat))
    return chat.fill(name, **values)


def session_id(chat: Chat) -> str:
    with chat.storage.read() as transaction:
        return str(transaction.db.scalar(select(metadata.tables["sessions"].c.id)))


def test_feedback_has_two_questions_and_says_that_it_is_anonymous(over: Chat) -> None:
    form = over.say("guest0", "/session feedback Seeds").form
    assert [field.label for field in form.fields] == [
        "Was it worth your time?",
        "What should we change?",
    ]
    assert "Nobody sees who wrote what." in over.seen("guest0")
    assert "Thank you for your feedback on “Seeds”." in over.fill("guest0", score="4")


def test_host_asks_a_question_of_their_own(over: Chat) -> None:
    over.say("bruno", "/session feedback Seeds")
    over.press("bruno", "Ask for feedback")
    over.fill("bruno", question="What will you plant?")
    form = over.say("guest0", "/session feedback Seeds").form
    assert form.fields[-1].label == "What will you plant?"
    over.fill("guest0", **{form.fields[-1].name: "Beans"})
    told = over.say("bruno", '/session ask-feedback Seeds question="Why?"')
    assert "Somebody has answered already" in told


def test_nothing_is_shown_under_five_answers_but_how_many(over: Chat) -> None:
    for number in range(4):
        give(over, f"guest{number}", score="5", change=SENTENCE)
    told = over.say("bruno", "/session feedback Seeds")
    assert "4 of 8 who were there gave feedback." in told
    assert "I show answers once there are 5" in told
    assert SENTENCE not in told
    assert "Very much" not in told


def test_sixth_answer_cannot_be_told_from_those_before(over: Chat) -> None:
    for number in range(5):
        give(over, f"guest{number}", score="5", change=f"More {number}")
    before = over.say("bruno", "/session feedback Seeds").text
    assert "5 – Very much so: 5" in before
    assert "More 4" in before
    give(over, "guest5", score="1", change=SENTENCE)
    told = over.say("bruno", "/session feedback Seeds").text
    assert told.replace("6 of 8", "5 of 8").replace(
        "You see 5 of them. I add more once there are 5.\n", ""
    ) in (before, before + "\n")


def test_feedback_is_given_once(over: Chat) -> None:
    give(over, "guest0", score="5")
    assert "already" in over.say("guest0", "/session feedback Seeds")
    assert "already" in over.say("guest0", "/session feedback Seeds score=1")


def test_feedback_without_anything_is_asked_again(over: Chat) -> None:
    assert "Please answer one of the questions." in give(over, "guest0")


def test_feedback_before_it_begins_is_too_early(hosted: Chat) -> None:
    assert "hasn't begun yet" in hosted.say("dan", "/session feedback Seeds")


def test_coordinators_see_what_hosts_see_and_others_do_not(over: Chat) -> None:
    assert "0 of 8 who were there" in over.say("amina", "/session feedback Seeds")
    refused = over.forge("guest0", "session.answers", session=session_id(over))
    assert "Only the session's hosts and coordinators see that." in refused
    assert "can do that." in over.say("guest0", "/session ask-feedback Seeds question=Why?")


def rows_with(chat: Chat, words: str) -> dict[str, int]:
    """Count the rows of each table in which words stand."""
    counted = {}
    with chat.storage.read() as transaction:
        for table in metadata.sorted_tables:
            rows = transaction.db.execute(select(table)).all()
            counted[table.name] = sum(words in str(tuple(row)) for row in rows)
    return {name: count for name, count in counted.items() if count}


def test_what_was_written_stands_beside_nobody(
    over: Chat, capsys: pytest.CaptureFixture[str]
) -> None:
    over.say("guest0", "/session feedback Seeds")
    refused = over.fill("guest0", score="9", change=SENTENCE)
    assert SENTENCE in refused  # their own form still has it
    assert set(rows_with(over, SENTENCE)) <= {LocalThing.__tablename__}  # their screen
    over.fill("guest0", score="5")
    assert rows_with(over, SENTENCE) == {"feedback": 1}
    assert SENTENCE not in capsys.readouterr().out
    with over.storage.read() as transaction:
        columns = metadata.tables["feedback"].c
        assert not any(
            key.column.table.name == "members" for c in columns for key in c.foreign_keys
        )
        assert transaction.db.scalar(select(metadata.tables["feedback"].c.change)) == SENTENCE


def test_form_that_is_asked_again_is_kept_with_no_stored_reply(over: Chat) -> None:
    account, place = Account("local", "local", "guest0"), Place("local", "local", "general")
    for args in ({"score": "9", "change": SENTENCE}, {"score": "1", "change": SENTENCE * 90}):
        call = Call(account, place, "session.feedback", over.now, event=args["score"])
        call = replace(call, args={"session": session_id(over), **args}, form="sent")
        asked = asyncio.run(over.local.dispatcher.answer(call)).reply
        assert isinstance(asked, Ask)
        assert SENTENCE in str(asked.form)
    assert rows_with(over, SENTENCE) == {}


def test_feedback_of_somebody_who_is_erased_stays(over: Chat) -> None:
    for number in range(5):
        give(over, f"guest{number}", score="5", change=f"More {number}")
    over.say("guest0", "/my erase")
    over.press("guest0", "Erase everything")
    told = over.say("bruno", "/session feedback Seeds")
    assert "More 0" in told
    assert "5 of 7 who were there" in told


def test_who_reads_feedback_cannot_make_a_group_whole_with_their_own(over: Chat) -> None:
    for number in range(4):
        give(over, f"guest{number}", score="5", change=SENTENCE)
    for reader in ("bruno", "amina"):
        told = over.say(reader, "/session feedback Seeds score=1")
        assert "Those who read the feedback don't give any" in told
        assert SENTENCE not in over.say(reader, "/session feedback Seeds")
