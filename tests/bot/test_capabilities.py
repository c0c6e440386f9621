"""Shows that nothing is asked of a platform that it is not able to do."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.app.parts import all_groups
from bot.chat import Account, Place
from bot.dispatcher import Dispatcher
from bot.protocol import Call
from bot.scheduler.outbox import Outbox, Pace
from bot.scheduler.outgoing import mark
from storage import Records, Storage, Transaction
from storage.community import Community
from storage.deliveries import Delivery, Wanted
from tests.postcards import Postcards
from tests.toys import Watch, asked, call, spoken, toy


def by_post(command: str, words: str = "", workspace: str = "home", **given: Any) -> Call:
    """Make a call as a platform with postcards would."""
    account, place = Account("postcard", workspace, "amina"), Place("postcard", workspace, "x", "x")
    return replace(call(command, words, **given), account=account, place=place)


class PostcardWorld:
    """A community that is reached by postcards, and its outbox."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.watch = Watch()
        self.platform = Postcards()
        platforms = {"postcard": self.platform}
        self.dispatcher = Dispatcher(storage, [toy, *all_groups()], platforms)
        pace = Pace(lease=60, grace=60)
        self.outbox = Outbox(storage, toy.notices, platforms, self.watch, pace)
        with storage.write() as transaction:
            records = self.records(transaction)
            self.channel = records.channels.meet("postcard", "home", "x", "x").id
            self.amina = records.members.meet("postcard", "home", "amina", "Amina", self.watch()).id

    def records(self, transaction: Transaction) -> Records:
        home = transaction.community_at("postcard", "home", self.watch(), "en", "UTC")
        return transaction.records(home.id)

    async def send(self, **given: int) -> None:
        with self.storage.write() as transaction:
            one = Wanted("x", self.watch(), **given)  # type: ignore[arg-type]
            self.records(transaction).deliveries.send("toy:1", "toy.told", one)
        await self.outbox.turn()

    def rows(self) -> Sequence[Delivery]:
        with self.storage.read() as transaction:
            return list(self.records(transaction).deliveries.about("toy:1"))


@pytest.fixture
def world(database_url: str) -> Iterator[PostcardWorld]:
    storage = Storage(database_url)
    yield PostcardWorld(storage)
    storage.close()


async def test_what_is_in_doubt_is_posted_again_with_the_same_key(world: PostcardWorld) -> None:
    world.platform.unanswered = 1
    await world.send(member_id=world.amina)
    world.watch.forward(seconds=121)
    await world.outbox.recover()
    await world.outbox.turn()
    [row] = world.rows()
    assert (row.state, row.looked) == ("sent", 2)
    assert (world.platform.keys, len(world.platform.posted)) == ([mark(row)] * 2, 1)


async def test_post_that_cannot_be_edited_is_not_refreshed(world: PostcardWorld) -> None:
    await world.send(member_id=world.amina)
    with world.storage.write() as transaction:
        world.records(transaction).deliveries.refresh("toy:1", world.watch())
    assert [row.state for row in world.rows()] == ["sent"]


async def test_channel_is_no_target_where_nobody_meets(world: PostcardWorld) -> None:
    await world.send(channel_id=world.channel)
    assert [row.error for row in world.rows()] == ["nowhere to send it"]
    assert not world.platform.keys


def test_call_from_an_unknown_workspace_founds_nothing(world: PostcardWorld) -> None:
    answer = world.dispatcher.execute(by_post("toy.see", workspace="far"))
    assert "don't know your community" in spoken(answer)
    with world.storage.read() as transaction:
        assert transaction.db.scalar(select(func.count()).select_from(Community)) == 1


def test_call_from_a_known_workspace_lets_newcomers_in(world: PostcardWorld) -> None:
    zoe = Account("postcard", "home", "zoe")
    answer = world.dispatcher.execute(replace(by_post("toy.see"), account=zoe))
    assert "in Africa/Nairobi" in spoken(answer)


def test_channels_are_not_asked_for_where_nobody_meets(world: PostcardWorld) -> None:
    form = asked(world.dispatcher.execute(by_post("community.setup", role="coordinator")))
    assert "name" in {field.name for field in form.fields}
    assert "place" not in {field.widget for field in form.fields}


def test_channel_that_is_needed_is_to_be_named_elsewhere(world: PostcardWorld) -> None:
    answer = world.dispatcher.execute(by_post("toy.point", "where=<#x|x>"))
    assert spoken(answer).startswith("That needs a channel, and there are none here.")
