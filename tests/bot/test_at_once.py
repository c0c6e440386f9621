"""Has several processes carry out calls at the same instant, and looks whether they were as one."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import func, select

from bot.app.parts import all_groups
from bot.dispatcher import Dispatcher
from bot.protocol import Answer, Call
from storage import Storage
from storage.community import Community, Workspace
from storage.events import Event
from storage.hosting import Turn
from storage.people import KnownAccount, Member
from storage.rsvps import Rsvp
from storage.sessions import Session
from storage.tables import Thing
from tests.toys import call

ROUNDS = 15
PLAN = 'title="Soon" when="2026-12-02 10:00"'


class Processes:
    """Two bots on one database."""

    def __init__(self, url: str) -> None:
        self.bots = [Dispatcher(Storage(url), all_groups()) for _ in range(2)]
        self.threads = ThreadPoolExecutor(len(self.bots))

    def close(self) -> None:
        """End both."""
        self.threads.shutdown()
        for bot in self.bots:
            bot.storage.close()

    def at_once(self, *calls: Call) -> Sequence[Answer]:
        """Have each bot carry out one of the calls, begun in the same instant."""
        barrier = Barrier(len(calls))

        def execute(bot: Dispatcher, one: Call) -> Answer:
            barrier.wait(30)
            return bot.execute(one)

        work: list[Callable[[], Answer]] = [
            partial(execute, bot, one) for bot, one in zip(self.bots, calls, strict=True)
        ]
        return [found.result(60) for found in [self.threads.submit(one) for one in work]]

    def said(self, command: str, words: str = "", who: str = "amina", **more: str) -> Answer:
        """Have one bot carry out one call."""
        return self.bots[0].execute(call(command, words, who, **more))

    def count(self, *kinds: type[Thing]) -> list[int]:
        """Count what is kept of some kinds."""
        with self.bots[0].storage.read() as transaction:
            counts = [transaction.db.scalar(select(func.count(one.id))) for one in kinds]
            return [int(count or 0) for count in counts]

    def newest(self) -> int:
        """Give the id of the last session."""
        with self.bots[0].storage.read() as transaction:
            return int(transaction.db.scalar(select(func.max(Session.id))) or 0)


@pytest.fixture
def processes(database_url: str) -> Iterator[Processes]:
    made = Processes(database_url)
    made.said("community.show", role="coordinator")
    made.said("community.show", who="bruno", role="coordinator")
    yield made
    made.close()


def test_event_two_processes_got_is_carried_out_once(processes: Processes) -> None:
    for number in range(ROUNDS):
        one, other = processes.at_once(*[call("session.plan", PLAN, event=f"e{number}")] * 2)
        assert one == other
    assert processes.count(Session, Event) == [ROUNDS, ROUNDS]


def test_event_that_can_be_done_only_once_gets_the_first_reply_twice(processes: Processes) -> None:
    for number in range(ROUNDS):
        processes.said("session.plan", PLAN)
        announce = call("session.announce", str(processes.newest()), event=f"a{number}")
        one, other = processes.at_once(announce, announce)
        assert one == other


def test_first_contact_with_two_processes_founds_one_community(processes: Processes) -> None:
    for number in range(ROUNDS):
        there = {"workspace": f"S{number}", "role": "coordinator"}
        processes.at_once(
            call("session.plan", PLAN, "claire", event=f"c{number}", **there),
            call("session.plan", PLAN, "diego", event=f"d{number}", **there),
        )
    kept = processes.count(Community, Workspace, Member, KnownAccount, Session)
    assert kept == [ROUNDS + 1, ROUNDS + 1, 2 * ROUNDS + 2, 2 * ROUNDS + 2, 2 * ROUNDS]


def test_somebody_new_met_by_two_processes_is_one_member(processes: Processes) -> None:
    for number in range(ROUNDS):
        who = f"new{number}"
        processes.at_once(call("my.profile", who=who, event=f"x{number}"), call("my.week", who=who))
    assert processes.count(Member, KnownAccount) == [ROUNDS + 2, ROUNDS + 2]


def test_answers_of_two_people_are_both_kept(processes: Processes) -> None:
    for number in range(ROUNDS):
        processes.said("session.plan", PLAN)
        session = str(processes.newest())
        processes.said("session.announce", session)
        chosen = {"session": session, "answer": "yes"}
        processes.at_once(
            call("session.rsvp", args=chosen, event=f"r{number}"),
            call("session.rsvp", who="bruno", args=chosen, event=f"s{number}"),
        )
    assert processes.count(Rsvp) == [2 * ROUNDS]


def test_turn_two_people_take_at_once_goes_to_one(processes: Processes) -> None:
    for number in range(ROUNDS):
        processes.said("session.plan", PLAN)
        session = str(processes.newest())
        processes.said("session.announce", session)
        processes.at_once(
            call("host.take", session, event=f"t{number}"),
            call("host.take", session, who="bruno", event=f"u{number}"),
        )
    with processes.bots[0].storage.read() as transaction:
        hosts = select(Turn.session_id).where(Turn.state == "accepted")
        held = transaction.db.scalars(hosts).all()
    assert len(held) == len(set(held)) == ROUNDS
