"""Shows that nothing is lost or doubled when nobody knows whether a message arrived."""

import asyncio

import pytest

from bot.chat import MessageRef
from bot.domain.trouble import TROUBLE
from bot.errors import Busy, PersonClosed, Refused, Uncertain
from bot.scheduler.outgoing import mark
from bot.scheduler.results import End
from tests.outboxes import LOST, PLACE, OutboxWorld
from tests.toys import NOW


@pytest.mark.parametrize("trouble", [Uncertain("dropped"), ZeroDivisionError()])
async def test_uncertain_one_is_looked_up_before_it_is_sent_again(
    world: OutboxWorld, trouble: Exception
) -> None:
    world.want(world.to_channel())
    world.platform.trouble = lambda target: trouble
    await world.outbox.turn()
    assert world.states() == ["sending"]
    world.watch.forward(seconds=59)
    await world.outbox.recover()
    assert world.states() == ["sending"]
    world.watch.forward(seconds=2)
    await world.outbox.recover()
    assert [(row.state, row.looked) for row in world.rows()] == [("sending", 1)]
    world.watch.forward(seconds=14)
    await world.outbox.recover()
    assert world.states() == ["sending"]
    world.watch.forward(seconds=2)
    await world.outbox.recover()
    assert world.states() == ["pending"]


async def test_however_many_were_left_behind_are_looked_up_at_once(world: OutboxWorld) -> None:
    world.want(*world.to_channels(25))
    world.platform.trouble = lambda target: Uncertain("dropped")
    for _ in range(3):
        await world.outbox.turn()
    world.watch.forward(seconds=121)
    await world.outbox.recover()
    assert {(row.state, row.looked) for row in world.rows()} == {("sending", 1)}


async def test_message_shown_late_is_found_by_the_second_look(world: OutboxWorld) -> None:
    await world.lose_sight()
    await world.outbox.recover()
    world.platform.hidden[mark(world.rows()[0])] = MessageRef(PLACE, "7")
    world.watch.forward(seconds=16)
    await world.outbox.recover()
    assert [(row.state, row.message) for row in world.rows()] == [("sent", "7")]


@pytest.mark.parametrize(
    "refusal", [Refused("no history"), LOST, PersonClosed("closed"), KeyError("ts")]
)
async def test_one_that_may_not_be_looked_up_is_unknown_and_told(
    world: OutboxWorld, refusal: Exception
) -> None:
    world.make_coordinator()
    await world.lose_sight()
    world.platform.searching = lambda: refusal
    await world.outbox.recover()
    states = {row.notice: row.state for row in [*world.rows(), *world.told()]}
    assert states == {"toy.told": "unknown", TROUBLE: "pending"}


async def test_look_up_that_breaks_keeps_no_other_from_being_looked_up(world: OutboxWorld) -> None:
    world.want(*world.to_channels(4))
    await world.lose_sight()
    breaking = iter([KeyError("ts")])
    world.platform.searching = lambda: next(breaking, None)
    await world.outbox.recover()
    looked = sorted((row.state, row.looked) for row in world.rows())
    assert looked == [("sending", 1)] * 4 + [("unknown", 0)]


async def test_heartbeat_does_not_keep_the_uncertain_from_being_looked_up(
    world: OutboxWorld,
) -> None:
    await world.lose_sight()
    await world.outbox._hold()
    await world.outbox.recover()
    await world.outbox._hold()
    world.watch.forward(seconds=16)
    await world.outbox.recover()
    assert world.states() == ["pending"]


async def test_each_doubt_has_its_two_looks(world: OutboxWorld) -> None:
    await world.lose_sight()
    looked = []
    for _ in range(2):
        for _ in range(2):
            await world.outbox.recover()
            world.watch.forward(seconds=16)
            looked.append((world.states(), world.rows()[0].looked))
        await world.outbox.turn()
        world.watch.forward(seconds=61)
    assert looked == [(["sending"], 1), (["pending"], 2), (["sending"], 3), (["pending"], 4)]


@pytest.mark.parametrize(
    ("trouble", "state"), [(ZeroDivisionError(), "dead"), (Uncertain("dropped"), "pending")]
)
async def test_one_that_breaks_something_each_time_is_given_up_and_told(
    world: OutboxWorld, trouble: Exception, state: str
) -> None:
    world.make_coordinator()
    world.want(world.to_channel())
    world.platform.trouble = lambda target: trouble
    for _ in range(3):
        await world.outbox.turn()
        for _ in range(2):
            world.watch.forward(minutes=3)
            await world.outbox.recover()
    told = [TROUBLE] if state == "dead" else []
    assert world.states() == [state]
    assert [row.notice for row in world.told()] == told


async def test_request_without_an_end_is_given_up_and_looked_up(world: OutboxWorld) -> None:
    hanging = asyncio.Event()
    world.want(world.to_channel())
    world.platform.waiting = lambda target: hanging.wait()
    world.outbox.sender.longest = 0.01
    await world.outbox.turn()
    assert [(row.state, row.owner) for row in world.rows()] == [("sending", "")]


async def test_two_who_take_over_look_once(world: OutboxWorld) -> None:
    await world.lose_sight()
    await asyncio.gather(world.outbox.recover(), world.another().recover())
    assert [(row.state, row.looked) for row in world.rows()] == [("sending", 1)]


async def test_one_sent_again_unseen_is_counted_as_doubtful(world: OutboxWorld) -> None:
    noted = []
    world.outbox.results.observe = lambda outcome, late: noted.append(outcome)
    await world.lose_sight()
    for _ in range(2):
        await world.outbox.recover()
        world.watch.forward(seconds=16)
    world.platform.trouble = lambda target: None
    await world.outbox.turn()
    assert noted == ["pending", "sent again"]


async def test_held_up_process_posts_nothing_of_what_it_has_lost(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    rows = world.outbox.claim(10)
    worded, _ = world.outbox.sender._word(rows)
    world.watch.forward(seconds=61)
    assert isinstance(await world.outbox.sender._post(worded[0]), Busy)
    assert world.platform.posted == []


async def test_held_up_process_hands_back_what_nobody_took(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    rows = world.outbox.claim(10)
    world.watch.forward(seconds=61)
    await world.outbox.sender.carry(rows)
    assert (world.platform.posted, world.states()) == ([], ["pending"])


async def test_heartbeat_holds_on_to_what_is_under_way(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    world.outbox.claim(10)
    world.watch.forward(seconds=59)
    await world.outbox._hold()
    world.watch.forward(seconds=59)
    second = world.another()
    await second.recover()
    assert await second.turn() == 0


async def test_uncertain_one_that_arrived_is_not_sent_again(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    world.platform.trouble = lambda target: Uncertain("dropped")
    await world.outbox.turn()
    world.platform.hidden[mark(world.rows()[0])] = MessageRef(PLACE, "7")
    world.watch.forward(minutes=3)
    await world.outbox.recover()
    assert [(row.state, row.message) for row in world.rows()] == [("sent", "7")]


async def test_rows_of_a_dead_process_are_taken_over(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    rows = world.outbox.claim(10)
    second = world.another()
    assert await second.turn() == 0
    world.watch.forward(seconds=61)
    await second.recover()
    assert await second.turn() == 1
    await world.outbox.sender.carry(rows)
    assert len(world.platform.posted) == 1


async def test_late_finish_of_a_lost_lease_changes_nothing(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    rows = world.outbox.claim(10)
    carrier = world.outbox.sender
    worded, _ = carrier._word(rows)
    with world.storage.write() as transaction:
        row = transaction.records(world.community).deliveries.about("toy:1")[0]
        row.owner, row.fence = "another", row.fence + 1
    carrier._write([End(one, MessageRef(PLACE, "1"), NOW) for one in worded])
    assert world.states() == ["sending"]


async def test_row_that_cannot_be_looked_up_yet_stays_as_it_is(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    world.platform.trouble = lambda target: Uncertain("dropped")
    await world.outbox.turn()
    world.watch.forward(minutes=3)
    world.platform.searching = lambda: Busy(60)
    await world.outbox.recover()
    world.platform.searching = lambda: None
    await world.outbox.recover()
    assert [(row.state, row.looked) for row in world.rows()] == [("sending", 0)]
    world.watch.forward(seconds=61)
    await world.outbox.recover()
    assert [(row.state, row.looked) for row in world.rows()] == [("sending", 1)]
