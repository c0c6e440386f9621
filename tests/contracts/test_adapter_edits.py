"""Holds the bot on every platform to editing what stands there only when it reads differently."""

from collections.abc import AsyncIterator
from typing import Literal

import pytest

from bot.app.parts import all_groups
from bot.app.sweep import sweep
from bot.chat import Account, Message, MessageRef
from bot.dispatcher import Dispatcher
from bot.protocol import Adapter, Call, Reader, Say
from bot.scheduler.outbox import Outbox
from storage import Storage
from tests.contracts.adapter import World, needs
from tests.toys import Watch


class Counting:
    """An adapter that counts the edits it is asked for, and passes everything on."""

    def __init__(self, adapter: Adapter) -> None:
        self.adapter, self.edited = adapter, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.adapter, name)

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Count it, and have it done."""
        self.edited += 1
        await self.adapter.edit(ref, message, reader)


class EditedHome:
    """A community on a platform, with Amina as its coordinator, and what goes out to it."""

    def __init__(self, world: World, storage: Storage) -> None:
        self.world, self.storage, self.watch = world, storage, Watch()
        self.platform = Counting(world.adapter)
        adapters: dict[str, Adapter] = {world.adapter.name: self.platform}  # type: ignore[dict-item]
        self.core = Dispatcher(storage, all_groups(), adapters)
        self.outbox = Outbox(storage, self.core.notices, adapters, self.watch)
        self.outbox.timers.known = self.core.timers

    async def ask(self, who: Account, command: str, **args: str) -> str:
        """Call a command, let follow what follows, and give the id on the first button shown."""
        role: Literal["coordinator", "member"] = (
            "coordinator" if who == self.world.amina else "member"
        )
        call = Call(who, self.world.place, command, self.watch(), args, name=who.id, role=role)
        reply = (await self.core.answer(call)).reply
        await self.settle()
        shown = reply.message.buttons if isinstance(reply, Say) else ()
        return shown[0].call.partition("=")[2].partition("&")[0] if shown else ""

    async def settle(self) -> None:
        """Send what is due within a quarter of a minute."""
        for _ in range(3):
            self.watch.forward(seconds=5)
            await self.outbox.turn()

    async def edits(self, who: Account, command: str, **args: str) -> int:
        """Count the edits that follow from a command."""
        before = self.platform.edited
        await self.ask(who, command, **args)
        return self.platform.edited - before


@pytest.fixture
async def home(world: World, sqlite_url: str) -> AsyncIterator[EditedHome]:
    needs(world, "edits")
    needs(world, "gathers")
    storage = Storage(sqlite_url)
    yield EditedHome(world, storage)
    storage.close()


async def announced(home: EditedHome) -> str:
    """Have a session announced where the core group talks, too; gives its id."""
    amina, here = home.world.amina, f"<#{home.world.place.channel}>"
    await home.ask(amina, "community.setup", core_channel=here, announcements=here)
    id = await home.ask(amina, "session.plan", title="Seeds", when="2026-12-03T15:00Z")
    await home.ask(amina, "session.announce", session=id)
    return id


async def test_announcement_is_edited_when_its_counts_are_others(home: EditedHome) -> None:
    id, bruno = await announced(home), home.world.bruno
    assert await home.edits(bruno, "session.rsvp", session=id, answer="yes") == 1
    assert await home.edits(bruno, "session.rsvp", session=id, answer="yes") == 0
    assert await home.edits(bruno, "session.note", session=id, note="A ramp") == 0


async def test_sweep_edits_nothing(home: EditedHome) -> None:
    await announced(home)
    before = home.platform.edited
    await sweep(home.storage, home.watch())
    await home.settle()
    assert home.platform.edited == before


async def test_answered_offer_is_edited_once(home: EditedHome) -> None:
    id, (amina, bruno) = await announced(home), (home.world.amina, home.world.bruno)
    await home.ask(bruno, "host.join", often="month")
    await home.ask(amina, "host.offer", session=id)
    taken = await home.edits(amina, "host.take", session=id)
    assert taken == 2, "the offer, and the announcement, which names the host"
    assert await home.edits(amina, "host.take", session=id) == 0
    assert await home.edits(bruno, "session.rsvp", session=id, answer="maybe") == 1


async def test_request_to_host_is_edited_when_it_is_answered(home: EditedHome) -> None:
    id, (amina, bruno) = await announced(home), (home.world.amina, home.world.bruno)
    await home.ask(bruno, "my.week")
    await home.ask(amina, "host.ask", session=id, person=bruno.id)
    assert await home.edits(amina, "host.rota") == 0
    assert await home.edits(bruno, "host.accept", session=id) == 2, "the card, the announcement"
    assert await home.edits(bruno, "host.accept", session=id) == 0


async def test_open_space_is_edited_when_its_topics_are_others(home: EditedHome) -> None:
    amina, bruno = home.world.amina, home.world.bruno
    space = await home.ask(amina, "openspace.open", question="What next?")
    await home.ask(amina, "openspace.begin", space=space)
    before = home.platform.edited
    topic = await home.ask(bruno, "topic.propose", title="Seeds")
    assert home.platform.edited == before + 1
    assert await home.edits(amina, "topic.want", topic=topic) == 1
    assert await home.edits(amina, "topic.join", topic=topic) == 0
    assert await home.edits(amina, "topic.list") == 0
