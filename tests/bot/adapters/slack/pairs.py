"""Runs two processes of one bot on one database, before somebody who does not know of it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.adapters.slack import Core, Slack
from bot.app.key_values import PlatformKeyValues
from bot.app.slack import KEPT_FOR, PLATFORM
from bot.chat import button, said
from bot.commands import Answers, Caller
from bot.dispatcher import Dispatcher
from bot.groups import Group
from bot.i18n import t
from bot.protocol import Answer, Call, Reply, Say
from storage import Records, Storage
from storage.drafts import Draft
from storage.questions import Question
from tests.bot.adapters.slack.conftest import NOW, setup, workspace
from tests.fakes.slack import FakePerson, FakeSlack
from tests.toys import Title

count = Group("count", t("Counting"))


@count.command
def up(caller: Caller, records: Records) -> Reply:
    """Count one up."""
    return Say(
        said(t("{n} so far", n=_more(caller, records)), button(t("More"), up)), private=False
    )


@count.command
def named(caller: Caller, records: Records, title: Title) -> Reply:
    """Count one up, by a name."""
    return Say(said(t("{title}: {n} so far", title=title, n=_more(caller, records))))


LONG = [
    Question(id=n, about="count", position=n, kind="text", words={"en": f"Field {n}"})
    for n in range(1, 61)
]


@count.command(questions=lambda caller, records: LONG)
def long(caller: Caller, records: Records, title: Title, answers: Answers) -> Reply:
    """Count one up, after many questions."""
    more = _more(caller, records)
    words = ", ".join(f"{id}: {answer}" for id, answer in answers.items() if answer)
    return Say(said(t("{title}: {n} so far. {words}", title=title, n=more, words=words)))


@count.command(reads=True)
def so_far(caller: Caller, records: Records) -> Reply:
    """Say how far it is."""
    return Say(said(t("{n} so far", n=records.members.get(caller.member.id).brings)))


def _more(caller: Caller, records: Records) -> str:
    member = records.members.get(caller.member.id)
    member.brings = str(int(member.brings or 0) + 1)
    return member.brings


class PairWorker:
    """One process of the bot: its own memory, the database of all."""

    def __init__(self, slack: FakeSlack, url: str, mode: str) -> None:
        self.storage = Storage(url)
        self.notes = PlatformKeyValues(self.storage, PLATFORM, KEPT_FOR, lambda: datetime.now(UTC))
        self.dispatcher = Dispatcher(self.storage, [count])
        self.calls: list[Call] = []
        core = Core(self._answer, self.dispatcher.complete, lambda: NOW, self.dispatcher.commands)
        self.app = Slack(setup(slack, mode), core, notes=self.notes)

    async def _answer(self, call: Call) -> Answer:
        self.calls.append(call)
        return await self.dispatcher.answer(call)

    @property
    def url(self) -> str:
        assert self.app.http is not None
        return f"http://127.0.0.1:{self.app.http.port}/slack/events"

    async def settled(self) -> None:
        """Wait until what goes on behind acknowledgements is done."""
        while self.app.work:
            await asyncio.wait(self.app.work)

    async def stop(self) -> None:
        await self.app.stop()
        self.storage.close()


class Pair:
    """Two processes, and somebody who does not know that they are two."""

    def __init__(self, slack: FakeSlack, one: PairWorker, two: PairWorker) -> None:
        self.slack = slack
        self.one, self.two = one, two
        self.amina = FakePerson(slack, "UAMINA")
        self.general = next(iter(slack.state.channels))

    async def to(self, worker: PairWorker, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """Carry something to one of them, and wait until it is done."""
        self.slack.url = worker.url
        ack = await self.slack.deliver(kind, body)
        await worker.settled()
        return ack

    async def both(self, kind: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Carry the same thing to both, one after the other."""
        return [await self.to(worker, kind, body) for worker in (self.one, self.two)]

    async def settled(self) -> None:
        for worker in (self.one, self.two):
            await worker.settled()

    def counted(self) -> str:
        """Say how often something was counted for Amina."""
        with self.one.storage.read() as transaction:
            found = transaction.known("slack", self.slack.state.team, "UAMINA")
            assert found is not None
            return transaction.records(found.community_id).members.get(found.id).brings

    def drafts(self) -> Sequence[Draft]:
        """List the forms Amina has begun."""
        with self.one.storage.read() as transaction:
            found = transaction.known("slack", self.slack.state.team, "UAMINA")
            assert found is not None
            kept = transaction.records(found.community_id).drafts
            return kept.all(kept.mine())


async def opened(url: str, mode: str) -> AsyncIterator[Pair]:
    """Connect two processes."""
    slack = await workspace().start()
    one, two = (PairWorker(slack, url, mode) for _ in "ab")
    for worker in (one, two):
        await worker.app.start()
    yield Pair(slack, one, two)
    for worker in (one, two):
        await worker.stop()
    await slack.stop()
