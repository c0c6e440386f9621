"""The command `run`: the bot on its platforms, until it is told to stop."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.app.database import Progress, database_url, open_storage
from bot.app.log import set_up_log
from bot.app.roles import chosen, narrowed, sharded
from bot.app.running import Running
from bot.app.stopping import last_resort, until_told
from bot.app.zone_data import newest
from bot.config import load


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What was wished of a run on the command line."""

    db: str = ""
    config: Path | None = None
    only: Sequence[str] = ()
    shard_ids: str = ""


def run(wishes: RunOptions, progress: Progress) -> None:
    """Run until SIGINT or SIGTERM.

    Raises SettingsError, CannotStart and DatabaseUnreachable.
    """
    settings = load(wishes.config)
    roles = chosen(settings, wishes.only)
    settings = narrowed(sharded(settings, roles, wishes.shard_ids), roles)
    set_up_log(settings.log.level, settings.log.format)
    url = database_url(wishes.db) if wishes.db else settings.database.url
    storage = open_storage(url, progress, migrates=roles.sends)
    rules = newest()  # before any zone is looked up
    try:
        running = Running(settings, storage, roles=roles)
        running.unfollowed = rules
        asyncio.run(until_told(running.until, last_resort().start))
    finally:
        storage.close()
