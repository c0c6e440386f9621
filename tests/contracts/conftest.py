"""Opens each world in turn. A new platform adds its own to the list."""

from collections.abc import AsyncIterator, Iterator
from typing import cast

import pytest

from bot.dispatcher import Dispatcher
from storage import Storage
from tests.contracts.adapter import World
from tests.contracts.discord import discord_world
from tests.contracts.local import local_world
from tests.contracts.mail import mail_world
from tests.contracts.slack import slack_world
from tests.toys import NOW, toy

WORLDS = {"local": local_world, "discord": discord_world, "slack": slack_world}
MAIL = "mail"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play each test in all worlds; on mail, which takes no calls, those marked `by_mail` alone."""
    if "world" in metafunc.fixturenames:
        also = [MAIL] if metafunc.definition.get_closest_marker("by_mail") else []
        metafunc.parametrize("world", [*WORLDS, *also], indirect=True)


@pytest.fixture
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """Give a platform with two people in it, a channel, and its adapter."""
    if request.param == MAIL:
        async with mail_world(request.getfixturevalue("sqlite_url")) as mail:
            yield cast(World, mail)
        return
    async with WORLDS[request.param]() as opened:
        yield opened


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    opened = Storage(database_url)
    yield opened
    opened.close()


@pytest.fixture
def whole(world: World, storage: Storage) -> World:
    """Put the core behind a platform, with both people known to it."""
    with storage.write() as transaction:
        for one in (world.amina, world.bruno):
            home = transaction.community_at(one.platform, one.workspace, NOW, "en", "UTC")
            members = transaction.records(home.id).members
            members.meet(one.platform, one.workspace, one.id, "Known", NOW)
    world.bot.core = Dispatcher(storage, [toy]).answer
    return world
