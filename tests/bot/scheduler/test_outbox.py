"""Shows that what is due goes out once, and how each failure ends."""

import asyncio
from datetime import timedelta

from bot.chat import Account, Place
from bot.dispatcher import Dispatcher
from bot.domain.trouble import TROUBLE
from bot.errors import PersonClosed, Refused
from bot.scheduler.outbox import Outbox, Pace
from storage.deliveries import Wanted
from tests.outboxes import LOST, OutboxWorld
from tests.toys import NOW, StorageAway, call, toy


async def test_what_is_due_goes_out_once(world: OutboxWorld) -> None:
    world.want(world.to_channel("a"), world.to_amina("b"))
    assert await world.outbox.turn() == 2
    assert await world.outbox.turn() == 0
    targets = [target for target, *_ in world.platform.posted]
    assert targets == [Place("toy", "home", "general", "general"), Account("toy", "home", "amina")]
    assert world.states() == ["sent", "sent"]


async def test_nothing_goes_to_a_workspace_of_another_community(world: OutboxWorld) -> None:
    with world.storage.write() as transaction:
        records = transaction.records(world.community)
        far = records.channels.meet("toy", "far", "secret", "secret").id
        greta = records.members.meet("toy", "far", "greta", "Greta", NOW).id
    world.make_coordinator()
    world.want(Wanted("a", NOW, channel_id=far), Wanted("b", NOW, member_id=greta))
    await world.outbox.turn()
    assert (world.platform.posted, world.states()) == ([], ["dead", "dead"])
    assert [row.args["error"] for row in world.told()] == ["elsewhere"]


async def test_what_is_not_due_waits(world: OutboxWorld) -> None:
    world.want(Wanted("x", NOW + timedelta(hours=1), channel_id=world.channel))
    assert await world.outbox.turn() == 0
    assert await world.outbox.next_due() == NOW + timedelta(hours=1)
    world.watch.forward(hours=1)
    assert await world.outbox.turn() == 1


async def test_same_thing_wanted_twice_is_one_delivery(world: OutboxWorld) -> None:
    world.want(world.to_channel("a"), world.to_channel("a"))
    await world.outbox.turn()
    world.want(world.to_channel("a"))
    await world.outbox.turn()
    assert len(world.platform.posted) == 1


async def test_expired_is_not_sent_but_reported(world: OutboxWorld) -> None:
    world.want(world.to_channel(expires_at=NOW + timedelta(minutes=5)))
    world.make_coordinator()
    world.watch.forward(minutes=6)
    await world.outbox.turn()
    assert world.states()[0] == "dead"
    assert world.platform.posted == []
    assert [row.notice for row in world.told()] == [TROUBLE]


async def test_late_one_says_that_it_is_late(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    world.watch.forward(hours=2)
    await world.outbox.turn()
    words = [block.text.template for block in world.platform.posted[0][1].blocks]  # type: ignore[union-attr]
    assert words[-1].startswith("This is late")


async def test_needless_one_is_dropped(world: OutboxWorld) -> None:
    world.want(world.to_channel(args={"needless": True}))
    await world.outbox.turn()
    assert world.platform.posted == []
    assert world.states() == ["cancelled"]


async def test_cancelled_one_does_not_go_out_though_claimed(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    rows = world.outbox.claim(10)
    with world.storage.write() as transaction:
        transaction.records(world.community).deliveries.cancel("toy:1")
    await world.outbox.sender.carry(rows)
    assert world.platform.posted == []


async def test_lost_channel_is_not_tried_again_and_told(world: OutboxWorld) -> None:
    world.make_coordinator()
    world.want(world.to_channel("a"))
    world.platform.trouble = lambda target: LOST if isinstance(target, Place) else None
    await world.outbox.turn()
    await world.outbox.turn()
    world.want(world.to_channel("b"))
    await world.outbox.turn()
    told = {row.id: row.args["advice"] for row in world.told()}
    assert told[min(told)] == "Choose another channel."
    assert world.states() == ["dead", "dead"]


async def test_many_that_fail_alike_are_told_once(world: OutboxWorld) -> None:
    world.make_coordinator()
    world.want(*(world.to_channel(f"{n}", expires_at=NOW + timedelta(minutes=5)) for n in range(9)))
    world.watch.forward(hours=12)  # and it is night where the coordinator is
    await world.outbox.turn()
    assert world.states() == ["dead"] * 9
    assert [row.due_at for row in world.told()] == [NOW.replace(hour=4) + timedelta(days=1)]


async def test_what_comes_late_lets_people_sleep_if_it_can_wait(world: OutboxWorld) -> None:
    waits = world.to_amina("waits", expires_at=NOW + timedelta(days=2))
    presses = world.to_amina("presses", expires_at=NOW + timedelta(hours=14))
    world.want(waits, presses)
    world.watch.forward(hours=12)
    await world.outbox.turn()
    morning = NOW.replace(hour=4) + timedelta(days=1)
    assert {row.kind: row.state for row in world.rows()} == {"waits": "pending", "presses": "sent"}
    assert [row.due_at for row in world.rows() if row.kind == "waits"] == [morning]
    world.watch.forward(hours=8)
    await world.outbox.turn()
    assert {row.state for row in world.rows()} == {"sent"}


async def test_closed_direct_message_takes_the_fallback(world: OutboxWorld) -> None:
    world.want(world.to_amina(fallback_id=world.spare))
    world.platform.trouble = lambda target: (
        PersonClosed("closed") if isinstance(target, Account) else None
    )
    await world.outbox.turn()
    await world.outbox.turn()
    assert [target for target, *_ in world.platform.posted] == [
        Place("toy", "home", "spare", "spare")
    ]
    message = world.platform.posted[0][1]
    assert [one.name for one in message.notify] == ["Amina"]
    assert (message.buttons, message.choices) == ((), ())


async def test_who_turns_out_to_take_no_direct_messages_is_named_where_the_same_is_told(
    world: OutboxWorld,
) -> None:
    world.platform.trouble = lambda target: (
        PersonClosed("closed") if isinstance(target, Account) else None
    )
    world.want(world.to_amina(fallback_id=world.channel), world.to_channel())
    await world.outbox.turn()
    await world.outbox.turn()
    rung = [[one.name for one in message.notify] for _, message, *_ in world.platform.posted]
    assert rung == [[], ["Amina"]]


async def test_who_could_not_be_written_to_is_written_to_again_when_they_come(
    world: OutboxWorld,
) -> None:
    world.want(world.to_amina())
    world.platform.trouble = lambda target: PersonClosed("closed")
    await world.outbox.turn()
    Dispatcher(world.storage, [toy]).execute(call("toy.see"))
    world.platform.trouble = lambda target: None
    world.want(world.to_amina("later"))
    await world.outbox.turn()
    assert len(world.platform.posted) == 1


async def test_closed_direct_message_without_fallback_is_reported(world: OutboxWorld) -> None:
    world.want(world.to_amina())
    world.platform.trouble = lambda target: PersonClosed("closed")
    await world.outbox.turn()
    assert world.states() == ["dead"]


async def test_refused_message_ends(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    world.platform.trouble = lambda target: Refused("invalid")
    await world.outbox.turn()
    assert world.states() == ["dead"]


async def test_what_was_not_begun_is_handed_back_at_the_end(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    world.outbox.claim(10)
    world.outbox.stop()
    await world.outbox.run()
    assert world.states() == ["pending"]


async def test_live_post_is_edited_once_for_many_changes(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    await world.outbox.turn()
    for _ in range(3):
        with world.storage.write() as transaction:
            transaction.records(world.community).deliveries.refresh("toy:1", world.watch())
    world.watch.forward(seconds=2)
    await world.outbox.turn()
    assert len(world.platform.edited) == 1
    assert world.platform.edited[0][0].id == "1"


async def test_outbox_goes_on_when_the_database_was_away(world: OutboxWorld) -> None:
    world.want(world.to_channel())
    away = StorageAway(world.storage, times=3)
    pace = Pace(poll=0.01)
    outbox = Outbox(away, toy.notices, {"toy": world.platform}, world.watch, pace)  # type: ignore[arg-type]
    running = asyncio.create_task(outbox.run())
    async with asyncio.timeout(30):
        await world.platform.arrived.wait()
    outbox.stop()
    await running
    assert world.states() == ["sent"]
