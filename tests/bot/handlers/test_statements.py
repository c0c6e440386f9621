"""Shows that the calls that come most often take no more statements for more rows."""

import asyncio
from datetime import timedelta

import pytest

from bot.chat import Account, Place
from bot.domain.follow import follow
from bot.protocol import Call
from storage import Records
from storage.hosting import Turn
from storage.sessions import Session
from tests.after import SLIDES, come, seeds, write_down
from tests.chatting import Chat
from tests.openspaces import counted


@pytest.fixture
def session(three: Chat) -> int:
    """Have a session announced, and give its id."""
    three.say(
        "amina", '/session plan title="Soil" when="2026-11-10 15:00" duration=90m', "#general"
    )
    three.press("amina", "Announce now")
    command = str(three.last("#general").buttons[0].command)
    return int(command.split("session=")[1].split("&")[0])


def statements(chat: Chat, who: str, command: str, event: str = "", **args: str) -> int:
    """Say how many statements a call takes."""
    account, place = Account("local", "local", who), Place("local", "local", "general")
    call = Call(account, place, command, chat.now, args, event=event)
    chat.local.dispatcher.follow = follow  # once, as people do
    with counted(chat) as found:
        asyncio.run(chat.local.dispatcher.answer(call))
    return len(found)


def fill(chat: Chat, session: int, numbers: range) -> None:
    """Let somebody host a session and come to it for each number, and announce another one."""
    with chat.storage.write() as transaction:
        known = transaction.known("local", "local", "bruno")
        assert known is not None
        records = transaction.records(known.community_id)
        soil = records.sessions.get(session)
        for number in numbers:
            _attend(chat, records, soil, f"guest{number}")
            other = Session(
                title=f"Other {number}", starts_at=soil.starts_at + timedelta(days=number),
                wall=soil.wall, zone=soil.zone, minutes=60, created_at=chat.now,
                state="announced", told_at=chat.now,
            )  # fmt: skip
            records.sessions.add(other)


def _attend(chat: Chat, records: Records, soil: Session, name: str) -> None:
    member = records.members.meet("local", "local", name, name, chat.now)
    records.rsvps.answer(soil.id, member.id, "yes", chat.now)
    turn = Turn(session_id=soil.id, state="accepted", changed_at=chat.now, member_id=member.id)
    records.hosting.add(turn)


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("session.show", {}),
        ("session.who", {}),
        ("session.list", {}),
        ("session.list", {"find": "other"}),
        ("session.list", {"past": "yes"}),
        ("session.rsvp", {"answer": "yes"}),
        ("session.rsvp", {"answer": "no"}),
    ],
)
def test_call_takes_no_more_statements_for_more_rows(
    three: Chat, session: int, command: str, args: dict[str, str]
) -> None:
    about = {} if command == "session.list" else {"session": str(session)}
    fill(three, session, range(1))
    few = statements(three, "bruno", command, "few", **about, **args)
    fill(three, session, range(1, 25))
    assert statements(three, "claire", command, "many", **about, **args) <= few


def test_answer_that_changes_nothing_takes_fewer_statements(three: Chat, session: int) -> None:
    answer = {"session": str(session), "answer": "yes"}
    first = statements(three, "bruno", "session.rsvp", "e1", **answer)
    assert statements(three, "bruno", "session.rsvp", "e2", **answer) < first


def test_event_that_comes_twice_is_looked_up_and_nothing_else(three: Chat, session: int) -> None:
    answer = {"session": str(session), "answer": "no"}
    first = statements(three, "bruno", "session.rsvp", "e1", **answer)
    assert statements(three, "bruno", "session.rsvp", "e1", **answer) < first / 2


@pytest.mark.parametrize("command", ["session.show", "session.was-there", "session.after"])
def test_call_after_a_session_takes_no_more_statements_for_more_rows(
    chat: Chat, command: str
) -> None:
    seeds(chat)
    come(chat, "Seeds", 1)
    about = {"session": written(chat)}
    given = {"notes": "few"} if command == "session.after" else {}
    few = statements(chat, "bruno", command, "few", **about, **given)
    come(chat, "Seeds", 40)
    write_down(chat, slides=f"{SLIDES}-2")  # each of them gets a message once, which is a row
    given = {"notes": "many"} if command == "session.after" else {}
    assert statements(chat, "bruno", command, "many", **about, **given) <= few


def written(chat: Chat) -> str:
    """Have it written down what stays; gives the id of the session."""
    write_down(chat, slides=SLIDES)
    shown = chat.say("dan", "/session show Seeds")
    call = next(b.command for one in shown for b in one.buttons if b.label == "I was there")
    return str(call).partition("=")[2]
