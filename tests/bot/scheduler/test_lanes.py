"""Shows that the messages of a channel go out in order, and that no channel holds up others."""

import asyncio
import time
from datetime import timedelta

from bot.chat import Account, MessageRef, Place
from bot.errors import Busy, Uncertain
from bot.scheduler.outbox import BREATH, Outbox, Pace
from bot.scheduler.outgoing import mark
from bot.scheduler.results import remembered
from storage.queue import Portion
from tests.outboxes import PLACE, OutboxWorld
from tests.toys import toy


async def test_busy_platform_is_asked_again_later(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    world.platform.trouble = lambda target: Busy(30)
    await world.outbox.turn()
    world.platform.trouble = lambda target: None
    assert await world.outbox.turn() == 0
    world.watch.forward(seconds=31)
    await world.outbox.turn()
    assert world.states() == ["sent"]


async def test_channel_in_which_something_goes_out_is_passed_over(world: OutboxWorld) -> None:
    world.want(world.to_channel("a"))
    world.outbox.claim(10)
    world.want(world.to_channel("b"), world.to_amina("c"))
    assert await world.another().turn() == 1
    assert [type(target) for target, *_ in world.platform.posted] == [Account]


async def test_what_was_left_behind_holds_up_its_channel_until_it_is_settled(
    world: OutboxWorld,
) -> None:
    await world.lose_sight()
    world.platform.trouble = lambda target: None
    world.want(world.to_channel("later"))
    assert await world.outbox.turn() == 0
    await world.outbox.recover()
    world.watch.forward(seconds=16)
    assert await world.outbox.turn() == 0
    await world.outbox.recover()
    await world.outbox.turn()
    assert [key for *_, key in world.platform.posted] == [mark(row) for row in world.rows()]


async def test_uncertain_one_holds_up_what_was_claimed_with_it(world: OutboxWorld) -> None:
    world.want(world.to_channel("a"), world.to_channel("b"))
    world.platform.trouble = lambda target: Uncertain("dropped")
    assert await world.outbox.turn() == 2
    assert world.states() == ["sending", "pending"]


async def test_edit_that_was_left_behind_holds_nothing_up(world: OutboxWorld) -> None:
    world.want(world.to_channel("a"))
    with world.storage.write() as transaction:
        row = transaction.queue.claim("gone", world.watch(), timedelta(0), Portion())[0]
        ref = MessageRef(PLACE, "7")
        post = transaction.records(world.community).posts.add(remembered(row, ref))
        row.post_id, row.state = post.id, "sending"
    world.want(world.to_channel("b"))
    world.watch.forward(seconds=1)
    assert await world.outbox.turn() == 1


async def test_one_of_each_channel_at_a_time_goes_out_in_order(world: OutboxWorld) -> None:
    world.want(*(world.to_channel(kind) for kind in "abc"), world.to_amina("d"))
    outbox = world.another(per_lane=1)
    assert [await outbox.turn() for _ in range(4)] == [2, 1, 1, 0]
    keys = [key for target, *_, key in world.platform.posted if isinstance(target, Place)]
    assert keys == [mark(row) for row in world.rows() if row.channel_id]


async def test_platform_that_wants_a_gap_gets_it_from_all_processes(world: OutboxWorld) -> None:
    world.platform.gap = 1.0
    world.want(world.to_channel("a"), world.to_channel("b"))
    first, second = world.another(per_lane=1), world.another(per_lane=1)
    assert [await first.turn(), await second.turn()] == [1, 0]
    world.watch.forward(seconds=1.1)
    assert await second.turn() == 1


async def test_channel_that_rests_for_a_moment_is_not_looked_at_each_time_something_ends(
    world: OutboxWorld,
) -> None:
    world.platform.gap = 0.35
    world.want(world.to_channel("a"), world.to_channel("b"))
    outbox = world.another(per_lane=1)
    await outbox.turn()
    outbox.wake()
    began = time.monotonic()
    assert await outbox._step() == 0
    assert time.monotonic() - began >= BREATH


async def test_busy_channel_keeps_no_other_waiting(world: OutboxWorld) -> None:
    world.platform.trouble = lambda target: Busy(30, "x") if isinstance(target, Place) else None
    world.want(world.to_channel("a"), world.to_channel("b"), world.to_amina("c"))
    assert await world.outbox.turn() == 3
    assert len(world.platform.posted) == 1
    world.want(world.to_amina("d"))
    assert await world.another().turn() == 1


async def test_busy_workspace_keeps_all_of_it_waiting(world: OutboxWorld) -> None:
    world.platform.trouble = lambda target: Busy(30) if isinstance(target, Place) else None
    world.want(world.to_channel())
    await world.outbox.turn()
    world.want(world.to_amina("d"))
    assert await world.another().turn() == 0
    world.watch.forward(seconds=31)
    assert await world.another().turn() == 2


async def test_two_outboxes_share_the_work(world: OutboxWorld) -> None:
    world.want(*(world.to_channel(str(number)) for number in range(30)))
    second = world.another()
    while await world.outbox.turn() + await second.turn():
        pass
    kinds = sorted(key for *_, key in world.platform.posted)
    assert len(kinds) == len(set(kinds)) == 30


async def test_channel_that_hangs_takes_no_room_but_its_own(world: OutboxWorld) -> None:
    hanging = asyncio.Event()
    world.platform.waiting = lambda target: (
        hanging.wait() if isinstance(target, Place) else asyncio.sleep(0)
    )
    world.want(world.to_channel(), *(world.to_amina(kind) for kind in "abc"))
    outbox = Outbox(
        world.storage, toy.notices, {"toy": world.platform}, world.watch,
        Pace(batch=2, at_once=2, poll=0.05),
    )  # fmt: skip
    running = asyncio.create_task(outbox.run())
    async with asyncio.timeout(30):
        while len(world.platform.posted) < 3:
            world.platform.arrived.clear()
            await world.platform.arrived.wait()
    hanging.set()
    outbox.stop()
    await running
    assert world.states() == ["sent"] * 4
