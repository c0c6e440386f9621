"""Shows that a notice that breaks harms nobody else, is tried again, and given up in the end."""

from datetime import timedelta

import pytest

from bot.chat import Place
from bot.domain.trouble import TROUBLE
from bot.wording.undelivered import ENDS, UNWORDED, why
from storage.deliveries import Wanted
from tests.outboxes import OutboxWorld
from tests.toys import NOW

WAYS = pytest.mark.parametrize("way", ["at once", "by a constraint"])
PAUSES = [1, 5, 30, 120, 480]


def break_one(world: OutboxWorld, way: str, **given: object) -> None:
    """Have a notice be due that breaks."""
    world.want(world.to_channel("broken", args={way: True}, **given), notice="toy.breaks")


def tell_others(world: OutboxWorld) -> None:
    """Have something be due in another community."""
    with world.storage.write() as transaction:
        other = transaction.community_at("toy", "other", NOW, "en", "UTC")
        records = transaction.records(other.id)
        channel = records.channels.meet("toy", "other", "general", "general")
        one = Wanted("x", NOW, channel_id=channel.id)
        records.deliveries.send("toy:1", "toy.told", one)


@WAYS
async def test_notice_that_breaks_keeps_no_other_from_going_out(
    world: OutboxWorld, way: str
) -> None:
    world.want(world.to_amina("before"))
    break_one(world, way)
    world.want(world.to_amina("behind"))
    tell_others(world)
    await world.outbox.turn()
    assert sorted(world.states()) == ["pending", "sent", "sent"]
    assert Place("toy", "other", "general", "general") in [one for one, *_ in world.platform.posted]


@WAYS
async def test_notice_that_breaks_leaves_nothing_half_done(world: OutboxWorld, way: str) -> None:
    break_one(world, way)
    await world.outbox.turn()
    with world.storage.read() as transaction:
        assert transaction.records(world.community).community.name != "half done"
    assert world.rows("toy:2") == []


@WAYS
async def test_notice_that_breaks_each_time_is_given_up_and_told(
    world: OutboxWorld, way: str
) -> None:
    world.make_coordinator()
    break_one(world, way)
    waited = []
    while world.states() == ["pending"]:
        await world.outbox.turn()
        [row] = world.rows()
        waited.append((row.due_at - world.watch()) // timedelta(minutes=1))
        world.watch.at = max(row.due_at, world.watch())
    assert waited == [*PAUSES, 0]
    assert world.states() == ["dead"]
    assert [row.notice for row in world.told()] == [TROUBLE]


async def test_notice_that_breaks_is_given_up_before_it_is_of_no_use(world: OutboxWorld) -> None:
    break_one(world, "at once", expires_at=NOW + timedelta(seconds=30))
    await world.outbox.turn()
    assert world.states() == ["dead"]
    assert world.rows()[0].error.startswith("Unworded 1: ZeroDivisionError: half a character ?")


async def test_edit_that_breaks_is_asked_for_anew_by_the_next_change(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    await world.outbox.turn()
    with world.storage.write() as transaction:
        deliveries = transaction.records(world.community).deliveries
        deliveries.refresh("toy:1", NOW - timedelta(seconds=2))
        [edit] = [row for row in deliveries.about("toy:1") if row.post_id]
        edit.notice, edit.args = "toy.breaks", {"at once": True}
    await world.outbox.turn()
    assert sorted(world.states()) == ["dead", "sent"]


async def test_community_that_cannot_be_told_of_it_keeps_nobody_waiting(world: OutboxWorld) -> None:
    world.make_coordinator()
    with world.storage.write() as transaction:
        transaction.records(world.community).members.get(world.amina).zone = "Mars/Olympus"
    break_one(world, "at once", expires_at=NOW + timedelta(seconds=30))
    tell_others(world)
    await world.outbox.turn()
    assert world.states() == ["dead"]
    assert len(world.platform.posted) == 1


def test_coordinators_read_that_it_was_my_fault() -> None:
    assert why("Unworded 6: KeyError: x") == ENDS[UNWORDED]
