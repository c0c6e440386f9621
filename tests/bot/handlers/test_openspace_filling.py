"""Shows that a board is filled by a job: it is put up while it fits, and a failure is told."""

import pytest
from sqlalchemy import select

from storage.jobs import MOST, Job
from tests.chatting import Chat
from tests.openspaces import CHANGE, topic_id, with_board


@pytest.fixture
def board(chat: Chat) -> Chat:
    return with_board(chat, rooms="Garden\nPond\nHall")


def test_a_board_that_does_not_fit_any_more_is_filled_anew(board: Chat) -> None:
    board.say("maria", "/openspace fill")
    board.say("bruno", "/topic propose Who keeps the seeds")
    shown = board.press("maria", "Publish the board")
    assert "have changed since" in shown[0].text
    assert "Who keeps the seeds" in shown.to("@maria").text
    assert "I've published the board" in board.press("maria", "Publish the board").text


def test_a_board_fits_though_people_go_on_choosing(board: Chat) -> None:
    board.say("maria", "/openspace fill")
    board.forge("bruno", "topic.want", topic=topic_id(board, CHANGE))
    assert "I've published the board" in board.press("maria", "Publish the board").text


def wear_out(chat: Chat) -> None:
    """Have a board asked for that was interrupted as often as may be."""
    with chat.storage.write() as transaction:
        [before] = transaction.db.scalars(select(Job))
        jobs = transaction.records(before.community_id).jobs
        fresh = jobs.ask(before.about, before.name, before.asked_by_id, chat.now)
        fresh.state, fresh.attempts = "running", MOST


def test_whoever_asked_and_coordinators_are_told_of_a_board_that_failed(board: Chat) -> None:
    wear_out(board)
    shown = board.time("+1m").to("@maria")
    assert "I couldn't fill the board" in shown.text
    assert "I couldn't finish a task" in shown.text
    assert "I couldn't finish a task" in board.say("maria", "/my week").text
    listed = board.press("maria", "See what failed")
    assert "Filling the board of an open space, “How can we" in listed.text
    shown = board.press("maria", "Try again")
    assert "I'm trying it again" in shown.text
    assert "Publish the board" in shown.labels


def test_what_is_tried_again_already_is_not_tried_twice(board: Chat) -> None:
    wear_out(board)
    board.time("+1m")
    board.say("maria", "/community deliveries")
    name, _, args = board.seen("maria")[-1].buttons[0].command.partition("?")
    given = dict([args.split("=")])
    assert "can do that." in board.forge("bruno", name, **given).text
    shown = [board.forge("maria", name, **given) for _ in range(2)]
    assert "already trying it again" in shown[1].text
