"""Puts Slack together: the adapter, its manifest, and what the bot keeps of its installations."""

import asyncio
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.adapters.slack import (
    Core,
    Installed,
    Setup,
    Slack,
    as_yaml,
    cipher,
    manifest,
    rotate,
)
from bot.app import CannotStart
from bot.app.database import Progress, chosen_url, open_storage
from bot.app.parts import all_groups
from bot.app.platforms import Core as Everything
from bot.commands import Command, Group
from bot.config import Slack as Section
from bot.config import load
from bot.errors import Refused
from storage import Storage
from storage.installations import Installation

PLATFORM = "slack"
KEPT_FOR = {"draft": 7, "heard": 1, "state": 1, "behind": 1000}
"""Days after which notes are forgotten, by the beginning of their names."""


class KeptInDatabase:
    """Keeps installations, with tokens that are ciphertext already, beside all else."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    async def find(self, space: str, organisation: str) -> Installed | None:
        """Give what serves a workspace: its own installation, else its organisation's."""

        def read() -> Installed | None:
            with self.storage.read() as transaction:
                found = transaction.installations(PLATFORM).find(space, organisation)
                return _installed(found) if found else None

        return await self.storage.run(read)

    async def keep(self, installed: Installed) -> None:
        """Keep one in the place of the one before."""

        def write() -> None:
            with self.storage.write() as transaction:
                transaction.installations(PLATFORM).keep(_kept(installed))

        await self.storage.run(write)

    async def drop(self, space: str, organisation: str, until: datetime) -> None:
        """Forget what was installed until then; without `space` a whole organisation."""

        def write() -> None:
            with self.storage.write() as transaction:
                transaction.installations(PLATFORM).drop(space, organisation, until)

        await self.storage.run(write)

    async def all(self) -> Sequence[Installed]:
        """Give all."""

        def read() -> Sequence[Installed]:
            with self.storage.read() as transaction:
                return [_installed(one) for one in transaction.installations(PLATFORM).all()]

        return await self.storage.run(read)


class NotesInDatabase:
    """Keeps a few words by name, for all processes on this database."""

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self.storage = storage
        self.now = now
        self._forgot = now()

    async def get(self, name: str) -> str:
        """Give what is kept under a name, or nothing."""

        def read() -> str:
            with self.storage.read() as transaction:
                return transaction.memos.get(f"{PLATFORM}:{name}")

        return await self.storage.run(read)

    async def put(self, name: str, words: str) -> None:
        """Keep words in the place of those before; empty ones are forgotten."""

        def write() -> None:
            with self.storage.write() as transaction:
                transaction.memos.put(f"{PLATFORM}:{name}", words, self.now())

        await self.storage.run(write)

    async def first(self, name: str) -> bool:
        """Take a name for good, and say whether nobody had taken it before."""
        if self.now() - self._forgot > timedelta(days=1):
            await self.forget()

        def write() -> bool:
            with self.storage.write() as transaction:
                return transaction.memos.first(f"{PLATFORM}:{name}", self.now())

        return await self.storage.run(write)

    async def forget(self) -> None:
        """Forget what is of no use any more."""
        self._forgot = self.now()

        def write() -> None:
            with self.storage.write() as transaction:
                for beginning, days in KEPT_FOR.items():
                    before = self.now() - timedelta(days=days)
                    transaction.memos.prune(f"{PLATFORM}:{beginning}:", before)

        await self.storage.run(write)


def _installed(row: Installation) -> Installed:
    return Installed(row.space, row.organisation, row.token, row.bot_user, row.at)


def _kept(installed: Installed) -> Installation:
    return Installation(
        platform=PLATFORM,
        organisation=installed.organisation,
        space=installed.space,
        token=installed.token,
        bot_user=installed.bot_user,
        at=installed.at,
    )


class Connected(Slack):
    """Slack, which says in plain words what has to be mended before it can start."""

    def __init__(self, setup: Setup, core: Core, storage: Storage) -> None:
        self.kept = NotesInDatabase(storage, core.now)
        super().__init__(setup, core, KeptInDatabase(storage), self.kept)

    async def start(self, listen: bool = True) -> None:
        """Connect. Raises CannotStart for a token Slack refuses, or a port that is taken."""
        await self.kept.forget()
        try:
            await super().start(listen)
        except Refused as refused:
            mend = "Copy the tokens once more from the pages of your app, or install it again."
            raise CannotStart(f"{refused}. {mend}") from refused
        except OSError as error:
            where = f"{self.setup.host}, port {self.setup.port}"
            raise CannotStart(f"Slack cannot be listened to on {where}: {error}.") from error


def adapter(core: Everything) -> Slack:
    """Make the adapter, not started yet."""
    section = core.settings.slack
    assert section is not None
    names = frozenset(c.name for group in core.groups for c in group.commands.values())
    own = Core(core.dispatch, core.complete, core.now, names, menus(core.groups))
    keys = [key.get_secret_value() for key in core.settings.secrets.keys]
    return Connected(setup(section, keys), own, core.storage)


def menus(groups: Iterable[Group]) -> dict[str, Command]:
    """Give the commands that are offered on a message, by name."""
    every = (one for group in groups for one in group.commands.values())
    return {one.name: one for one in every if one.on == "message"}


def setup(section: Section, keys: Sequence[str] = ()) -> Setup:
    """Take from the settings what Slack is started with."""
    secret = {
        name: value.get_secret_value() if (value := getattr(section, name)) else ""
        for name in ("bot_token", "app_token", "signing_secret", "client_secret")
    }
    return Setup(
        **secret,
        client_id=section.client_id or "",
        mode=section.mode,
        host=section.host,
        port=section.port,
        path=section.path,
        command=section.command,
        api_url=section.api_url,
        keys=keys,
    )


def described(config: Path | None, address: str, form: str) -> str:
    """Describe the app as YAML or JSON, for the settings there are, or a first Socket Mode.

    `address` is where HTTP mode is reached. Raises CannotStart when it is missing there.
    """
    section = load(config).slack
    http = section is not None and section.mode == "http"
    if http and not address.startswith("https://"):
        raise CannotStart(
            'In mode "http" Slack has to know where to find you: '
            "python -m bot manifest slack --address https://your.address"
        )
    made = manifest(
        section.command if section else "/cop",
        menus(all_groups()).values(),
        f"{address.rstrip('/')}{section.path}" if http and section else "",
        several=bool(section and section.client_id),
    )
    return as_yaml(made) if form == "yaml" else json.dumps(made, indent=2, ensure_ascii=False)


def rotate_keys(config: Path | None, db: str, progress: Progress) -> int:
    """Encrypt all tokens with the newest key; gives how many. Raises CannotStart."""
    keys = [key.get_secret_value() for key in load(config).secrets.keys]
    if not keys:
        raise CannotStart("There is no key in [secrets] keys. Make one: openssl rand -base64 32")
    storage = open_storage(chosen_url(config, db), progress)
    try:
        return asyncio.run(rotate(KeptInDatabase(storage), cipher(keys)))
    except ValueError as error:
        raise CannotStart(
            f"Nothing was changed: {error}. Add that key again, at the end of [secrets] keys."
        ) from error
    finally:
        storage.close()
