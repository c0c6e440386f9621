"""Shows what the bot keeps for Discord, and what it says before it is started."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.adapters.discord import LABELS, PURPOSES, tree
from bot.adapters.discord.invite import permissions
from bot.app.discord import DiscordStore
from bot.app.parts import all_groups
from bot.chat import Account
from bot.dispatcher import Dispatcher
from bot.i18n import Text
from bot.scheduler.outbox import Outbox
from storage import Storage
from tests.toys import ToyPlatform

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    opened = Storage(database_url)
    yield opened
    opened.close()


@pytest.fixture
def kept(storage: Storage) -> DiscordStore:
    return DiscordStore(storage, lambda: NOW)


async def test_words_are_kept_until_they_are_empty(kept: DiscordStore) -> None:
    memos = kept.key_values
    assert await memos.get("x") == ""
    for words in ("one", "two"):
        await memos.put("x", words)
    assert await memos.get("x") == "two"
    await memos.put("x", "")
    assert await memos.get("x") == ""


def test_turns_are_apart_over_all_processes(storage: Storage) -> None:
    found = []
    for _ in range(3):
        with storage.write() as transaction:
            found.append(transaction.key_values.turn("identify", NOW, 5))
    assert found == [NOW + timedelta(seconds=5 * n) for n in range(3)]


def test_turn_long_after_the_last_is_at_once(storage: Storage) -> None:
    later = NOW + timedelta(hours=2)
    for at in (NOW, later):
        with storage.write() as transaction:
            turn = transaction.key_values.turn("identify", at, 5)
    assert turn == later


async def test_nothing_is_sent_to_a_server_until_it_takes_the_bot_back(
    storage: Storage, kept: DiscordStore
) -> None:
    with storage.write() as transaction:
        home = transaction.community_at("discord", "5", NOW, "en", "UTC")
        records = transaction.records(home.id)
        records.channels.meet("discord", "5", "7", "general")
        records.members.meet("discord", "5", "9", "Bruno", NOW)
    assert await kept.workspaces("9") == ("5",)
    assert (await kept.lived_in("5"), await kept.lived_in("6")) == (True, False)
    states = []
    for change in (kept.left, kept.joined):
        await change("5")
        with storage.read() as transaction:
            records = transaction.records(home.id)
            member = records.members.by_account("discord", "5", "9")
            assert member is not None
            states.append((records.channels.in_use()[0].lost, member.accounts[0].closed))
    assert states == [("left", True), ("", False)]


async def test_advice_goes_to_the_coordinators_alone(storage: Storage, kept: DiscordStore) -> None:
    with storage.write() as transaction:
        home = transaction.community_at("discord", "5", NOW, "en", "UTC")
        members = transaction.records(home.id).members
        members.meet("discord", "5", "8", "Amina", NOW).role = "coordinator"
        members.meet("discord", "5", "9", "Bruno", NOW)
    await kept.advise("5", Text("Open the settings."))
    outbox = ToyPlatform()
    outbox.name = "discord"
    notices = Dispatcher(storage, all_groups()).notices
    await Outbox(storage, notices, {"discord": outbox}, lambda: NOW).turn()
    [(target, message, _, _)] = outbox.posted
    assert target == Account("discord", "5", "8")
    assert "Open the settings." in str(message.blocks)


def test_manifest_is_what_is_sent() -> None:
    printed = CliRunner().invoke(app, ["manifest", "discord"])
    assert json.loads(printed.output) == tree(all_groups())


def test_invitation_asks_for_what_it_explains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVENER__DISCORD__TOKEN", TOKEN)
    printed = CliRunner().invoke(app, ["invite", "discord"]).output
    assert "client_id=123456789012345678" in printed
    assert f"permissions={permissions().value}" in printed
    assert all(label in printed for label in LABELS.values())


def test_invitation_is_printed_before_there_is_a_token(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[discord]\napplication_id = 123456789012345678\n")
    printed = CliRunner().invoke(app, ["invite", "discord", "--config", str(config)])
    assert "client_id=123456789012345678" in printed.output


def test_invitation_without_a_token_says_what_is_missing(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("")
    printed = CliRunner().invoke(app, ["invite", "discord", "--config", str(config)])
    assert printed.exit_code == 1
    assert "application_id" in str(printed.exception) + printed.output


def test_each_permission_is_explained_and_none_is_the_administrator_s() -> None:
    assert set(PURPOSES) == set(LABELS)
    given = {name for name, given in permissions() if given}
    assert len(given) == len(PURPOSES)
    assert not permissions().administrator
