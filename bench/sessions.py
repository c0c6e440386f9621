"""Measures how past sessions are found, who comes is shown, and a waiting list is answered."""

import asyncio
import itertools
import random
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from bench.rows import Figure, Work, beside, in_turn
from bot.app.parts import all_groups
from bot.chat import Account, Place
from bot.dispatcher import Dispatcher
from bot.domain.finding import sought
from bot.protocol import Call
from storage import Records, Storage
from storage.engine import migrate
from storage.rsvps import Rsvp
from storage.sessions import Session
from storage.tables import new_id
from tests.chatting import START

PAST, COMING, SEATS = 10_000, 800, 600
VOCABULARY, EACH = 5_000, 220
"""Different words there are, and of each session: some 1,500 characters."""
FIND_MS, WHO_MS, SLOWER = 300.0, 50.0, 1.3
TIMES = 15
LOOKED_FOR = ("w17", "w4021 w99", "zzz", "e")


@dataclass(frozen=True, slots=True)
class Crowd:
    """A community with a past, and two sessions to which many come: with seats, and without."""

    dispatcher: Dispatcher
    seated: int
    free: int


@contextmanager
def _stage() -> Iterator[Crowd]:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'sessions.db'}"
        migrate(url)
        storage = Storage(url)
        with storage.write() as transaction:
            home = transaction.community_at("local", "home", START, "en", "UTC")
            records = transaction.records(home.id)
            people = [
                records.members.meet("local", "home", f"p{n}", f"Person {n}", START).id
                for n in range(COMING)
            ]
            _past(records)
            ids = [_session(records, f"Ahead {seats}", seats) for seats in (SEATS, 0)]
            for id in ids:
                _answers(records, id, people)
        yield Crowd(Dispatcher(storage, all_groups()), *ids)
        storage.close()


def _past(records: Records) -> None:
    """Keep what was held, one a day, with the words of a description and of notes."""
    drawn = random.Random(18)
    vocabulary = [f"w{number}ord" for number in range(VOCABULARY)]
    rows = []
    for number in range(PAST):
        at = START - timedelta(days=number + 1)
        words = " ".join(sought(" ".join(drawn.choices(vocabulary, k=EACH))))
        rows.append(
            {
                "id": new_id(), "community_id": records.community_id, "title": f"Past {number}",
                "starts_at": at, "wall": f"{at:%Y-%m-%d %H:%M}", "zone": "UTC", "minutes": 60,
                "created_at": at, "state": "announced", "told_at": at, "description": "",
                "format": "", "link": "", "agenda": "", "guiding_question": "", "languages": ["en"],
                "revision": 0, "reason": "", "search_words": f"past {number} {words}",
            }
        )  # fmt: skip
    records.db.execute(insert(Session), rows)


def _session(records: Records, title: str, seats: int) -> int:
    at = START + timedelta(days=9)
    ahead = Session(
        title=title, starts_at=at, wall=f"{at:%Y-%m-%d %H:%M}", zone="UTC", minutes=60,
        created_at=START, state="announced", told_at=START, capacity=seats,
    )  # fmt: skip
    return records.sessions.add(ahead).id


def _answers(records: Records, session: int, people: list[int]) -> None:
    rows = [
        {
            "id": new_id(), "community_id": records.community_id, "session_id": session,
            "member_id": member, "answer": "yes", "answered_at": START + timedelta(seconds=number),
            "note": "", "language": "",
        }
        for number, member in enumerate(people)
    ]  # fmt: skip
    records.db.execute(insert(Rsvp), rows)


_events = itertools.count()


def _call(who: int, command: str, **args: str) -> Call:
    account, place = Account("local", "home", f"p{who}"), Place("local", "home", "general")
    at = START + timedelta(hours=1)
    return Call(account, place, command, at, args, name=f"Person {who}", event=str(next(_events)))


async def _milliseconds(stage: Crowd, command: str, args: Mapping[str, str]) -> float:
    """Give how long a call takes, in the median."""
    took = []
    for _ in range(TIMES):
        call = _call(1, command, **args)
        began = time.perf_counter()
        await stage.dispatcher.answer(call)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def _answering(stage: Crowd, session: int) -> Work:
    """Have people take their yes back, and say it again."""
    turns = [(who, answer) for answer in ("no", "yes") for who in range(0, COMING, 40)]

    async def work(who: int, answer: str) -> object:
        call = _call(who, "session.rsvp", session=str(session), answer=answer)
        return await stage.dispatcher.answer(call)

    return in_turn(partial(work, *turn) for turn in turns)


async def _figures(stage: Crowd) -> list[Figure]:
    looked = [await _milliseconds(stage, "session.list", {"find": words}) for words in LOOKED_FOR]
    what = f"session.list find= over {PAST:,} past sessions, the slowest of {len(LOOKED_FOR)}"
    found = [Figure(what, max(looked), FIND_MS, "ms", True)]
    shown = await _milliseconds(stage, "session.who", {"session": str(stage.free)})
    found.append(Figure(f"session.who, a page of {COMING}", shown, WHO_MS, "ms", True))
    works = _answering(stage, stage.free), _answering(stage, stage.seated)
    measured = await beside(*works, 1)
    what = f"session.rsvp among {COMING} with a waiting list beside one without"
    return [*found, Figure(what, measured.ratio, SLOWER, "× slower", True, measured.seen)]


def rows() -> list[Figure]:
    """Measure them in one community."""
    with _stage() as stage:
        return asyncio.run(_figures(stage))
