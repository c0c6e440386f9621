"""Shows that what is due goes out once, and how each failure ends."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.chat import Account, MessageRef, Place
from bot.errors import Busy, PersonClosed, Refused, TargetLost, Uncertain
from bot.i18n import t
from bot.scheduler.endings import TROUBLE
from bot.scheduler.outbox import Outbox, Pace
from bot.scheduler.outgoing import mark
from storage import Storage
from storage.deliveries import Delivery, Wanted
from tests.toys import NOW, Away, Memory, Watch, call, dispatcher, toy

LOST = TargetLost("channel_not_found", t("Choose another channel."))


class World:
    """A community with a channel and two members, and an outbox on a clock that can be moved."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.platform = Memory()
        self.watch = Watch()
        self.outbox = self.another()
        with storage.write() as transaction:
            known = transaction.known("toy", "home", "amina")
            assert known is not None
            self.community, self.amina = known[0].id, known[1].id
            records = transaction.records(self.community)
            self.channel = records.channels.meet("toy", "home", "general", "general").id
            self.spare = records.channels.meet("toy", "home", "spare", "spare").id

    def another(self) -> Outbox:
        """Make one more outbox on the same database."""
        pace = Pace(batch=10, at_once=5, lease=60, grace=60)
        return Outbox(self.storage, toy.notices, {"toy": self.platform}, self.watch, pace)

    def want(self, *wanted: Wanted, notice: str = "toy.told", about: str = "toy:1") -> None:
        """Want deliveries."""
        with self.storage.write() as transaction:
            for one in wanted:
                transaction.records(self.community).deliveries.send(about, notice, one)

    def to_channel(self, kind: str = "x", **given: object) -> Wanted:
        """Make a delivery to the channel, due now."""
        return Wanted(kind, self.watch(), channel_id=self.channel, **given)  # type: ignore[arg-type]

    def to_amina(self, kind: str = "x", **given: object) -> Wanted:
        """Make a delivery to Amina, due now."""
        return Wanted(kind, self.watch(), member_id=self.amina, **given)  # type: ignore[arg-type]

    def rows(self, about: str = "toy:1") -> list[Delivery]:
        """List the deliveries about a thing."""
        with self.storage.read() as transaction:
            return list(transaction.records(self.community).deliveries.about(about))

    def states(self) -> list[str]:
        """List their states."""
        return [row.state for row in self.rows()]


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with dispatcher(database_url) as made:
        made.carry_out(call("toy.add", "ball"))
        yield World(made.storage)


async def test_what_is_due_goes_out_once(world: World) -> None:
    world.want(world.to_channel("a"), world.to_amina("b"))
    assert await world.outbox.turn() == 2
    assert await world.outbox.turn() == 0
    targets = [target for target, *_ in world.platform.posted]
    assert targets == [Place("toy", "home", "general", "general"), Account("toy", "home", "amina")]
    assert world.states() == ["sent", "sent"]


async def test_what_is_not_due_waits(world: World) -> None:
    world.want(Wanted("x", NOW + timedelta(hours=1), channel_id=world.channel))
    assert await world.outbox.turn() == 0
    assert await world.outbox.next_due() == NOW + timedelta(hours=1)
    world.watch.forward(hours=1)
    assert await world.outbox.turn() == 1


async def test_same_thing_wanted_twice_is_one_delivery(world: World) -> None:
    world.want(world.to_channel("a"), world.to_channel("a"))
    await world.outbox.turn()
    world.want(world.to_channel("a"))
    await world.outbox.turn()
    assert len(world.platform.posted) == 1


async def test_expired_is_not_sent_but_reported(world: World) -> None:
    world.want(world.to_channel(expires_at=NOW + timedelta(minutes=5)))
    _make_coordinator(world)
    world.watch.forward(minutes=6)
    await world.outbox.turn()
    assert world.states()[0] == "dead"
    assert world.platform.posted == []
    assert [row.notice for row in world.rows() if row.notice == TROUBLE] == [TROUBLE]


async def test_late_one_says_that_it_is_late(world: World) -> None:
    world.want(world.to_channel())
    world.watch.forward(hours=2)
    await world.outbox.turn()
    words = [block.text.template for block in world.platform.posted[0][1].blocks]  # type: ignore[union-attr]
    assert words[-1].startswith("This comes late")


async def test_needless_one_is_dropped(world: World) -> None:
    world.want(world.to_channel(args={"needless": True}))
    await world.outbox.turn()
    assert world.platform.posted == []
    assert world.states() == ["cancelled"]


async def test_cancelled_one_does_not_go_out_though_claimed(world: World) -> None:
    world.want(world.to_channel())
    rows = world.outbox._claim()
    with world.storage.write() as transaction:
        transaction.records(world.community).deliveries.cancel("toy:1")
    await world.outbox._send(rows)
    assert world.platform.posted == []


async def test_busy_platform_is_asked_again_later(world: World) -> None:
    world.want(world.to_channel())
    world.platform.trouble = lambda target: Busy(30)
    await world.outbox.turn()
    world.platform.trouble = lambda target: None
    assert await world.outbox.turn() == 0
    world.watch.forward(seconds=31)
    await world.outbox.turn()
    assert world.states() == ["sent"]


async def test_lost_channel_is_not_tried_again_and_told(world: World) -> None:
    _make_coordinator(world)
    world.want(world.to_channel("a"))
    world.platform.trouble = lambda target: LOST if isinstance(target, Place) else None
    await world.outbox.turn()
    await world.outbox.turn()
    world.want(world.to_channel("b"))
    await world.outbox.turn()
    told = [row for row in world.rows() if row.notice == TROUBLE]
    assert told[0].args["advice"] == "Choose another channel."
    assert [row.state for row in world.rows() if row.notice != TROUBLE] == ["dead", "dead"]


async def test_closed_direct_message_takes_the_fallback(world: World) -> None:
    world.want(world.to_amina(fallback_id=world.spare))
    world.platform.trouble = lambda target: (
        PersonClosed("closed") if isinstance(target, Account) else None
    )
    await world.outbox.turn()
    await world.outbox.turn()
    assert [target for target, *_ in world.platform.posted] == [
        Place("toy", "home", "spare", "spare")
    ]


async def test_closed_direct_message_without_fallback_is_reported(world: World) -> None:
    world.want(world.to_amina())
    world.platform.trouble = lambda target: PersonClosed("closed")
    await world.outbox.turn()
    assert world.states() == ["dead"]


async def test_refused_message_ends(world: World) -> None:
    world.want(world.to_channel())
    world.platform.trouble = lambda target: Refused("invalid")
    await world.outbox.turn()
    assert world.states() == ["dead"]


@pytest.mark.parametrize("trouble", [Uncertain("dropped"), ZeroDivisionError()])
async def test_uncertain_one_is_looked_up_before_it_is_sent_again(
    world: World, trouble: Exception
) -> None:
    world.want(world.to_channel())
    world.platform.trouble = lambda target: trouble
    await world.outbox.turn()
    assert world.states() == ["sending"]
    world.watch.forward(seconds=119)
    await world.outbox.recover()
    assert world.states() == ["sending"]
    world.watch.forward(seconds=2)
    await world.outbox.recover()
    assert world.states() == ["pending"]


async def test_uncertain_one_that_arrived_is_not_sent_again(world: World) -> None:
    world.want(world.to_channel())
    world.platform.trouble = lambda target: Uncertain("dropped")
    await world.outbox.turn()
    place = Place("toy", "home", "general")
    world.platform.hidden[mark(world.rows()[0])] = MessageRef(place, "7")
    world.watch.forward(minutes=3)
    await world.outbox.recover()
    assert [(row.state, row.message) for row in world.rows()] == [("sent", "7")]


async def test_rows_of_a_dead_process_are_taken_over(world: World) -> None:
    world.want(world.to_channel())
    rows = world.outbox._claim()
    second = world.another()
    assert await second.turn() == 0
    world.watch.forward(seconds=61)
    await second.recover()
    assert await second.turn() == 1
    await world.outbox._send(rows)
    assert len(world.platform.posted) == 1


async def test_late_finish_of_a_lost_lease_changes_nothing(world: World) -> None:
    world.want(world.to_channel())
    rows = world.outbox._claim()
    worded = world.outbox._word(rows)
    with world.storage.write() as transaction:
        row = transaction.records(world.community).deliveries.about("toy:1")[0]
        row.owner, row.fence = "another", row.fence + 1
    ends = [await world.outbox._post(one) for one in worded]
    world.outbox._mark(list(zip(worded, ends, strict=True)))
    assert world.states() == ["sending"]


async def test_live_post_is_edited_once_for_many_changes(world: World) -> None:
    world.want(world.to_channel())
    await world.outbox.turn()
    for _ in range(3):
        with world.storage.write() as transaction:
            transaction.records(world.community).deliveries.refresh("toy:1", world.watch())
    world.watch.forward(seconds=2)
    await world.outbox.turn()
    assert len(world.platform.edited) == 1
    assert world.platform.edited[0][0].id == "1"


async def test_two_outboxes_share_the_work(world: World) -> None:
    world.want(*(world.to_channel(str(number)) for number in range(30)))
    second = world.another()
    while await world.outbox.turn() + await second.turn():
        pass
    kinds = sorted(key for *_, key in world.platform.posted)
    assert len(kinds) == len(set(kinds)) == 30


def _make_coordinator(world: World) -> None:
    with world.storage.write() as transaction:
        transaction.records(world.community).members.get(world.amina).role = "coordinator"


async def test_row_that_cannot_be_looked_up_yet_stays_as_it_is(world: World) -> None:
    world.want(world.to_channel())
    world.platform.trouble = lambda target: Uncertain("dropped")
    await world.outbox.turn()
    world.watch.forward(minutes=3)
    world.platform.searching = lambda: Busy(60)
    await world.outbox.recover()
    assert world.states() == ["sending"]
    world.platform.searching = lambda: None
    await world.outbox.recover()
    assert world.states() == ["pending"]


async def test_outbox_goes_on_when_the_database_was_away(world: World) -> None:
    world.want(world.to_channel())
    away = Away(world.storage, times=3)
    pace = Pace(poll=0.01)
    outbox = Outbox(away, toy.notices, {"toy": world.platform}, world.watch, pace)  # type: ignore[arg-type]
    running = asyncio.create_task(outbox.run())
    async with asyncio.timeout(30):
        await world.platform.arrived.wait()
    outbox.stop()
    await running
    assert world.states() == ["sent"]
