"""Shows that what follows an announcement goes into the thread that was opened beneath it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.chat import Message, MessageRef, Place
from bot.protocol import Reader, Target
from bot.scheduler.outbox import Outbox
from storage import Storage
from storage.deliveries import Wanted
from tests.toys import ToyPlatform, Watch, call, dispatcher, toy


class Threading(ToyPlatform):
    """A platform that opens a thread beneath everything it posts in a channel."""

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Remember a message, and name the thread beneath it."""
        ref = await super().post(target, message, reader, key)
        thread = target.thread if isinstance(target, Place) and target.thread else ref.id
        return replace(ref, place=replace(ref.place, thread=thread))


class Told:
    """A community that is told things about one topic, in two channels."""

    def __init__(self, storage: Storage, platform: ToyPlatform) -> None:
        self.storage = storage
        self.platform = platform
        self.watch = Watch()
        self.outbox = Outbox(storage, toy.notices, {"toy": platform}, self.watch)

    async def tell(self, kind: str, channel: str = "general", about: str = "toy:1") -> Place:
        """Tell something in a channel, and say where it went."""
        with self.storage.write() as transaction:
            known = transaction.known("toy", "home", "amina")
            assert known is not None
            records = transaction.records(known.community_id)
            place = records.channels.meet("toy", "home", channel, channel)
            one = Wanted(kind, self.watch(), channel_id=place.id)
            records.deliveries.send(about, "toy.told", one)
        await self.outbox.turn()
        target = self.platform.posted[-1][0]
        assert isinstance(target, Place)
        return target


@pytest.fixture
def storage(sqlite_url: str) -> Iterator[Storage]:
    with dispatcher(sqlite_url) as made:
        made.execute(call("toy.add", "one"))
        yield made.storage


async def test_reminder_goes_into_the_thread_of_the_announcement(storage: Storage) -> None:
    told = Told(storage, Threading())
    assert (await told.tell("first")).thread == ""
    assert (await told.tell("reminder")).thread == "1"
    assert (await told.tell("again")).thread == "1"


async def test_other_channels_and_other_things_stay_out_of_the_thread(storage: Storage) -> None:
    told = Told(storage, Threading())
    await told.tell("first")
    assert (await told.tell("reminder", channel="other")).thread == ""
    assert (await told.tell("reminder", about="toy:2")).thread == ""


async def test_reminder_stands_in_the_channel_where_no_thread_was_opened(storage: Storage) -> None:
    told = Told(storage, ToyPlatform())
    await told.tell("first")
    assert (await told.tell("reminder")).thread == ""
