"""Measures commands through the Dispatcher beside bare transactions that read and write as much."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sqlalchemy import Select, select
from sqlalchemy.orm import Session as Opened

from bench.homes import CALLS, NOW, Home, home
from bench.rows import Figure, Work, beside, in_turn
from bot.app.parts import all_groups
from bot.dispatcher import Dispatcher
from bot.domain.follow import follow
from bot.protocol import Answer, Call
from storage.people import KnownAccount
from storage.rsvps import Rsvp
from storage.sessions import Session

READ, WRITE = 0.7, 0.5
SLOWER, ROUNDS = 1.2, 15
COMING, CPU_MS = 2_000, 5.0


class Bare:
    """What a transaction costs without a bot: a session on the same engine, in a thread.

    A read is two selects of mapped rows: the account that calls, and a session to come; where a
    list is asked, the sessions to come and what that member answered to them. A write is a select,
    an insert or update of another answer than before, and the commit, kept by the disk.
    """

    def __init__(self, made: Home) -> None:
        self.made = made
        self.engine = made.storage.engine
        self.writing = made.storage.engine.execution_options(writing=True)
        self.thread = ThreadPoolExecutor(1)

    def show(self, call: Call) -> object:
        """Read the account and the session."""
        with Opened(self.engine, expire_on_commit=False) as session:
            known = session.scalars(self._account(call)).one()
            wanted = select(Session).where(
                Session.community_id == known.community_id,
                Session.id == int(call.args["session"]),
            )
            return session.scalars(wanted).one()

    def list(self, call: Call) -> object:
        """Read the sessions to come, and the answers of a member."""
        community = self.made.community_of(call)
        with Opened(self.engine, expire_on_commit=False) as session:
            coming = select(Session).where(
                Session.community_id == community,
                Session.state == "announced",
                Session.starts_at > NOW,
            )
            found = session.scalars(coming.order_by(Session.starts_at).limit(25)).all()
            member = self.made.member_of(call)
            answers = select(Rsvp).where(
                Rsvp.member_id == member, Rsvp.session_id.in_([one.id for one in found])
            )
            return found, session.scalars(answers).all()

    def rsvp(self, call: Call) -> object:
        """Keep an answer, in the place of what the member answered before."""
        with Opened(self.writing, expire_on_commit=False) as session, session.begin():
            member, about = self.made.member_of(call), int(call.args["session"])
            kept = select(Rsvp).where(Rsvp.session_id == about, Rsvp.member_id == member)
            found = session.scalars(kept).one_or_none()
            if found is None:
                found = Rsvp(session_id=about, member_id=member, answer="", answered_at=NOW)
                found.community_id = self.made.community_of(call)
                session.add(found)
            found.answer, found.answered_at = call.args["answer"], call.at
            return found

    def _account(self, call: Call) -> Select[KnownAccount]:
        return select(KnownAccount).where(
            KnownAccount.platform == call.account.platform,
            KnownAccount.workspace == call.account.workspace,
            KnownAccount.account == call.account.id,
        )


class Sides:
    """The same calls on both sides: through the Dispatcher, and bare."""

    def __init__(self, made: Home) -> None:
        self.made = made
        self.dispatcher = Dispatcher(made.storage, all_groups())
        self.bare = Bare(made)

    def ours(self, command: str) -> Work:
        """Carry calls of a command out, each a new event of its platform."""

        async def work(call: Call) -> Answer:
            return await self.dispatcher.answer(self.made.anew(call))

        return in_turn(partial(work, call) for call in self.made.calls(command))

    def theirs(self, command: str) -> Work:
        """Do the bare work of the same calls."""
        work: Callable[[Call], object] = getattr(self.bare, command.partition(".")[2])

        def run(call: Call) -> Awaitable[object]:
            fresh, loop = self.made.anew(call), asyncio.get_running_loop()
            return loop.run_in_executor(self.bare.thread, work, fresh)

        return in_turn(partial(run, call) for call in self.made.calls(command))


async def _ratios(made: Home) -> list[Figure]:
    sides, found = Sides(made), []
    for command, wanted in (
        ("session.show", READ),
        ("session.list", READ),
        ("session.rsvp", WRITE),
    ):
        for at_once in (50, 1):
            ours, theirs = sides.ours(command), sides.theirs(command)
            measured = await beside(ours, theirs, at_once)
            what = f"{command} beside its bare transaction, {at_once} at a time"
            found.append(Figure(what, measured.ratio, wanted, seen=measured.seen))
    return found


async def _slower(small: Home, large: Home) -> list[Figure]:
    found = []
    for command in ("session.show", "session.list", "session.rsvp"):
        works = Sides(small).ours(command), Sides(large).ours(command)
        for work in works:  # each call once, so that both change answers that were given before
            for _ in range(CALLS):
                await work()
        measured = await beside(*works, 50, rounds=ROUNDS)
        what = f"{command} with {large.communities:,} communities and 1,000,000 sessions"
        found.append(Figure(what, measured.ratio, SLOWER, "× slower", True, measured.seen))
    return found


def _crowded(made: Home) -> Figure:
    """Measure what an answer to a session costs to which many come."""
    about = made.sessions[0]
    with made.storage.write() as transaction:
        records = transaction.records(made.community)
        session = records.sessions.get(about)
        for number in range(COMING):
            name = f"guest{number}"
            member = records.members.meet("local", "home0", name, name, NOW)
            records.rsvps.answer(session.id, member.id, "yes", NOW)
        records.touched.add(session)
        follow(records, NOW)
    dispatcher, took = Dispatcher(made.storage, all_groups()), []
    for number in range(300):
        call = made.call(0, f"person{number % 20}", "session.rsvp", about)
        began = time.process_time()
        dispatcher.execute(made.anew(call))
        took.append((time.process_time() - began) * 1000)
    what = f"session.rsvp with {COMING:,} coming, CPU of one"
    return Figure(what, statistics.median(took[100:]), CPU_MS, "ms", True)


def rows() -> list[Figure]:
    """Measure commands, in a small file and in large ones."""
    with home(10, 1_000) as small:
        found = asyncio.run(_ratios(small))
        for communities in (10, 10_000):
            with home(communities, 1_000_000) as large:
                found += asyncio.run(_slower(small, large))
    with home(1, 100) as one:
        found.append(_crowded(one))
    return found
