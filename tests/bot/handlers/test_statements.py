"""Counts the statements of the calls that come most often: few, whatever there is to show."""

import asyncio

import pytest

from bot.calls import Call
from bot.chat import Account, Place
from bot.domain.follow import follow
from tests.chatting import Chat
from tests.spaces import counted


@pytest.fixture
def session(three: Chat) -> str:
    """Have a session announced, and give its id."""
    three.say(
        "amina", '/session plan title="Soil" when="2026-11-10 15:00" duration=90m', "#general"
    )
    three.press("amina", "Announce now")
    return str(three.last("#general").buttons[0].command).split("session=")[1].split("&")[0]


def statements(chat: Chat, command: str, event: str = "", **args: str) -> int:
    """Say how many statements a call of bruno's takes, the one that begins included."""
    account, place = Account("local", "local", "bruno"), Place("local", "local", "general")
    call = Call(account, place, command, chat.now, args, event=event)
    chat.local.dispatcher.follow = follow  # once, as people do
    with counted(chat) as found:
        asyncio.run(chat.local.dispatcher.answer(call))
    return len(found)


def test_showing_a_session_takes_three_statements(three: Chat, session: str) -> None:
    assert statements(three, "session.show", session=session) == 1 + 3


def test_listing_sessions_takes_three_statements(three: Chat, session: str) -> None:
    assert statements(three, "session.list") == 1 + 3


def test_new_answer_takes_fourteen_statements_one_for_each_reminder(
    three: Chat, session: str
) -> None:
    assert statements(three, "session.rsvp", "e1", session=session, answer="yes") == 1 + 14


def test_answer_that_changes_nothing_takes_four_statements(three: Chat, session: str) -> None:
    statements(three, "session.rsvp", "e1", session=session, answer="yes")
    assert statements(three, "session.rsvp", "e2", session=session, answer="yes") == 1 + 4


def test_event_that_comes_twice_takes_one_statement(three: Chat, session: str) -> None:
    statements(three, "session.rsvp", "e1", session=session, answer="no")
    assert statements(three, "session.rsvp", "e1", session=session, answer="no") == 1 + 1
