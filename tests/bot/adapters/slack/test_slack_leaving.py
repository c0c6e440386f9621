"""Tests that the app hears where it is put out, and writes again where it is let in."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.adapters.slack import cipher
from bot.adapters.slack.installations import Many
from bot.app.slack import SlackStore
from storage import Storage
from storage.community import Channel
from tests.bot.adapters.slack.conftest import GRID, HOME, KEY, NOW, SlackStage, installed

EVENTS: dict[str, dict[str, Any]] = {
    "app_uninstalled": {"type": "app_uninstalled"},
    "tokens_revoked": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}},
}


@pytest.mark.parametrize("order", [[*EVENTS], [*EVENTS][::-1]])
async def test_leaving_is_heard_in_either_order(
    several: SlackStage, shelf: SlackStore, order: list[str]
) -> None:
    await installed(several)
    for name in order:
        await several.slack.event(EVENTS[name], event_time=int(datetime.now(UTC).timestamp()) + 5)
    assert await shelf.all() == []
    await several.amina.slash("toy see", several.general)
    await several.settled()
    assert several.core.calls == []


async def test_leaving_that_is_told_late_ends_no_newer_installation(
    several: SlackStage, shelf: SlackStore
) -> None:
    await installed(several)
    earlier = int((datetime.now(UTC) - timedelta(minutes=1)).timestamp())
    await several.slack.event(EVENTS["tokens_revoked"], event_time=earlier)
    assert len(await shelf.all()) == 1


async def test_the_token_of_a_person_that_is_revoked_ends_nothing(
    several: SlackStage, shelf: SlackStore
) -> None:
    await installed(several)
    event = {"type": "tokens_revoked", "tokens": {"oauth": ["UAMINA"]}}
    await several.slack.event(event, event_time=int(datetime.now(UTC).timestamp()) + 5)
    assert len(await shelf.all()) == 1


async def test_an_installation_of_an_organisation_serves_its_workspaces(
    shelf: SlackStore,
) -> None:
    many = Many(shelf, cipher([KEY]))
    await many.add(GRID)
    assert await many.find("T1", "E0OTHER") is None
    many = Many(shelf, cipher([KEY]))
    found = await many.find("T1", "E0GRID")
    assert found is not None
    assert (found.workspace, found.token) == ("T1", "xoxb-grid")
    later = Many(shelf, cipher([KEY]))
    assert await later.find("T1") == found, "what the bot sends by itself knows no organisation"


async def test_an_organisation_that_leaves_takes_its_workspaces_along(
    shelf: SlackStore,
) -> None:
    many = Many(shelf, cipher([KEY]))
    await many.add(GRID)
    await many.find("T1", "E0GRID")
    await many.add(HOME)
    await many.drop("", "E0GRID", NOW)
    assert [one.workspace for one in await shelf.all()] == ["T0HOME"]


async def test_each_organisation_has_its_own(shelf: SlackStore) -> None:
    many = Many(shelf, cipher([KEY]))
    await many.add(GRID)
    assert await many.find("", "E0GRID")
    assert await many.find("", "E0OTHER") is None
    assert await many.find("", "E0GRID")


def access(what: str, *workspaces: str) -> dict[str, Any]:
    return {"type": f"team_access_{what}", "team_ids": list(workspaces)}


async def told(stage: SlackStage, event: dict[str, Any]) -> None:
    """Tell the app of something that concerns its whole organisation."""
    of = {"enterprise_id": "E0GRID", "team_id": None, "is_enterprise_install": True}
    more: dict[str, Any] = {"team_id": None, "enterprise_id": "E0GRID", "authorizations": [of]}
    await stage.slack.event(event, event_time=int(NOW.timestamp()) + 5, **more)


async def test_workspaces_come_and_go_while_their_organisation_stays(
    several: SlackStage, shelf: SlackStore
) -> None:
    await Many(shelf, cipher([KEY])).add(GRID)
    await told(several, access("granted", "T1", "T2", "T3"))
    assert {one.workspace for one in await shelf.all()} == {"", "T1", "T2", "T3"}
    await told(several, access("revoked", "T1", "T3"))
    assert {one.workspace for one in await shelf.all()} == {"", "T2"}
    await told(several, access("revoked"))
    assert {one.workspace for one in await shelf.all()} == {"", "T2"}


def lose(storage: Storage, **reasons: str) -> None:
    """Have channels of the workspace be lost, each for a reason."""
    with storage.write() as transaction:
        home = transaction.community_at("slack", HOME.workspace, NOW, "en", "UTC")
        for name, reason in reasons.items():
            channel = Channel(platform="slack", workspace=HOME.workspace, channel=name, name=name)
            channel.lost, channel.community_id = reason, home.id
            transaction.db.add(channel)


def lost(storage: Storage) -> dict[str, str]:
    with storage.read() as transaction:
        channels = transaction.db.query(Channel)
        return {channel.name: channel.lost for channel in channels if channel.lost}


REASONS = {"a": "token_revoked", "b": "not_installed", "c": "is_archived", "d": "account_inactive"}


async def test_channels_come_back_with_the_app(several: SlackStage, shelf: SlackStore) -> None:
    lose(shelf.storage, **REASONS)
    await installed(several)
    assert lost(shelf.storage) == {"c": "is_archived"}


async def test_channels_come_back_with_a_token_that_is_good(
    http: SlackStage, shelf: SlackStore
) -> None:
    lose(shelf.storage, **REASONS)
    await http.app.stop()
    http.app.shelf = shelf
    await http.app.start()
    assert lost(shelf.storage) == {"c": "is_archived"}
