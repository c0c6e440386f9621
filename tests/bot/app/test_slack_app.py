"""Tests that what keeps Slack from starting is said in plain words, and that keys are rotated."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.adapters.slack import Installed, cipher
from bot.app import CannotStart
from bot.app.parts import all_groups
from bot.app.platforms import PlatformParts
from bot.app.slack import SlackStore, adapter, rotate_keys, setup
from bot.config import Settings
from bot.protocol import Answer, Call
from storage import Storage
from tests.bot.adapters.slack.conftest import workspace

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


async def _nothing(call: Call) -> Answer:
    raise AssertionError


async def _none(call: Call, option: str, typed: str) -> tuple[tuple[str, str], ...]:
    return ()


def core(storage: Storage, **slack: object) -> PlatformParts:
    """Make what Slack is made from."""
    settings = Settings.model_validate({"slack": slack})
    return PlatformParts(_nothing, _none, lambda: NOW, all_groups(), storage, settings)


async def test_a_token_that_is_refused_is_said_in_plain_words(sqlite_url: str) -> None:
    slack, storage = await workspace().start(), Storage(sqlite_url)
    made = core(storage, bot_token="xoxb-old", app_token="xapp-home", api_url=slack.api_url)
    with pytest.raises(CannotStart, match="invalid_auth"):
        await adapter(made).start()
    await slack.stop()
    storage.close()


async def test_a_port_that_is_taken_is_said_in_plain_words(sqlite_url: str) -> None:
    slack, storage = await workspace().start(), Storage(sqlite_url)
    taken = int(slack.address.rpartition(":")[2])
    http = {"mode": "http", "signing_secret": "shush", "port": taken}
    made = core(storage, bot_token="xoxb-home", api_url=slack.api_url, **http)
    with pytest.raises(CannotStart, match=f"port {taken}"):
        await adapter(made).start()
    await slack.stop()
    storage.close()


def test_all_settings_reach_slack(sqlite_url: str) -> None:
    storage = Storage(sqlite_url)
    made = core(storage, bot_token="xoxb-1", app_token="xapp-1", command="/circle")
    assert made.settings.slack is not None
    given = setup(made.settings.slack, ["key"])
    assert (given.bot_token, given.app_token) == ("xoxb-1", "xapp-1")
    assert (given.command, given.mode, given.keys) == ("/circle", "socket", ["key"])
    assert "xoxb" not in repr(given)
    storage.close()


def test_rotating_keys_needs_a_key(tmp_path: Path, sqlite_url: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text("")
    with pytest.raises(CannotStart, match="openssl"):
        rotate_keys(config, sqlite_url, _unseen)


def test_keys_are_rotated_in_the_database(tmp_path: Path, sqlite_url: str) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    storage = Storage(sqlite_url)
    token = cipher([old]).encrypt(b"xoxb-1").decode()
    asyncio.run(SlackStore(storage).keep(Installed("T1", "", token, "UBOT", NOW)))
    config = tmp_path / "config.toml"
    config.write_text(f'[secrets]\nkeys = ["{new}", "{old}"]\n')
    assert rotate_keys(config, sqlite_url, _unseen) == 1
    (kept,) = asyncio.run(SlackStore(storage).all())
    assert cipher([new]).decrypt(kept.token) == b"xoxb-1"
    storage.close()


def _unseen(steps: Sequence[str]) -> AbstractContextManager[Callable[[str], None]]:
    raise AssertionError("there is nothing to migrate")
