"""Puts Slack together: the adapter, its manifest, and what the bot keeps of its installations."""

import asyncio
import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from bot.adapters.slack import (
    OUT,
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
from bot.app.advice import Advice
from bot.app.database import Progress, chosen_url, ensure_there, open_storage
from bot.app.key_values import PlatformKeyValues
from bot.app.parts import all_groups
from bot.app.platforms import PlatformParts as Everything
from bot.app.presence import MembershipNews
from bot.commands import Command
from bot.config import SlackSection as Section
from bot.config import load
from bot.errors import RecordsAway, Refused
from bot.groups import Group
from storage import Storage, Transaction
from storage.engine import DatabaseTrouble
from storage.installations import Installation

PLATFORM = "slack"
MEND = "Copy the tokens once more from the pages of your app, or install it again."
KEPT_FOR = {"heard": 1, "state": 1, "behind": 1000, "advised": 30}
"""Days after which notes are forgotten, by the beginning of their names."""


class SlackStore:
    """Keeps installations, with tokens that are ciphertext already, beside all else."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    async def find(self, workspace: str, organisation: str) -> Installed | None:
        """Give what serves a workspace: its own installation, else its organisation's.

        Raises RecordsAway.
        """

        def find(open: Transaction) -> Installed | None:
            found = open.installations(PLATFORM).find(workspace, organisation)
            return _installed(found) if found else None

        try:
            return await self.storage.look(find)
        except DatabaseTrouble as trouble:
            raise RecordsAway from trouble

    async def lived_in(self, workspace: str) -> bool:
        """Say whether a community lives in a workspace; while nobody can say, it does."""
        try:
            home = await self.storage.look(lambda open: open.workspaces(PLATFORM).home(workspace))
        except DatabaseTrouble:
            return True
        return home is not None

    async def keep(self, installed: Installed) -> None:
        """Keep one in the place of the one before, and write to its workspace again."""

        def keep(open: Transaction) -> None:
            open.installations(PLATFORM).keep(_kept(installed))
            open.workspaces(PLATFORM).let_in(installed.workspace, OUT)

        await self.storage.change(keep)

    async def come_back(self, workspace: str) -> None:
        """Write again to a workspace that did not let the bot in, as far as that was why."""
        await self.storage.change(lambda open: open.workspaces(PLATFORM).let_in(workspace, OUT))

    async def drop(self, workspace: str, organisation: str, until: datetime) -> None:
        """Forget what was installed until then; without `workspace` a whole organisation."""
        gone = (workspace, organisation, until)
        await self.storage.change(lambda open: open.installations(PLATFORM).drop(*gone))

    async def all(self) -> Sequence[Installed]:
        """Give all."""
        return await self.storage.look(
            lambda open: [_installed(one) for one in open.installations(PLATFORM).all()]
        )


def _installed(row: Installation) -> Installed:
    return Installed(row.workspace, row.organisation, row.token, row.bot_user, row.at)


def _kept(installed: Installed) -> Installation:
    return Installation(
        platform=PLATFORM,
        organisation=installed.organisation,
        workspace=installed.workspace,
        token=installed.token,
        bot_user=installed.bot_user,
        at=installed.at,
    )


class CheckedSlack(Slack):
    """Slack, which says in plain words what has to be mended before it can start."""

    def __init__(self, setup: Setup, core: Core, storage: Storage) -> None:
        self.key_values = PlatformKeyValues(storage, PLATFORM, KEPT_FOR, core.now)
        super().__init__(setup, core, SlackStore(storage), self.key_values)

    async def start(self, listen: bool = True) -> None:
        """Connect. Raises CannotStart for a token Slack refuses, or a port that is taken."""
        await self.key_values.forget()
        try:
            await super().start(listen)
        except Refused as refused:
            raise CannotStart(f"{refused}. {MEND}") from refused
        except OSError as error:
            where = f"{self.setup.host}, port {self.setup.port}"
            raise CannotStart(f"Slack cannot be listened to on {where}: {error}.") from error

    async def lasts(self) -> None:
        """Wait until Slack takes us no more. Raises CannotStart."""
        try:
            await super().lasts()
        except Refused as refused:
            raise CannotStart(f"{refused}. {MEND}") from refused


def adapter(core: Everything) -> Slack:
    """Make the adapter, not started yet."""
    section = core.settings.slack
    assert section is not None
    names = frozenset(c.name for group in core.groups for c in group.commands.values())
    advise = Advice(core.storage, PLATFORM, core.now).give
    lived_in = SlackStore(core.storage).lived_in
    own = Core(
        core.dispatch,
        core.complete,
        core.now,
        names,
        menus(core.groups),
        advise,
        lived_in,
        MembershipNews(core.storage, PLATFORM, core.now).tell,
    )
    keys = [key.get_secret_value() for key in core.settings.secrets.keys]
    return CheckedSlack(setup(section, keys), own, core.storage)


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
    """Describe the app as YAML or JSON, for the settings there are; tokens come later.

    `address` is where Slack finds the bot, which then takes requests over HTTP; without it the
    app is one of Socket Mode. Raises CannotStart when it is missing or none.
    """
    section = load(config, before_tokens=True).slack or Section.model_construct()
    several = section.client_id is not None
    http = bool(address) or several or section.mode == "http"
    made = manifest(
        section.command,
        menus(all_groups()).values(),
        _request_url(address, section.path) if http else "",
        several=several,
    )
    return as_yaml(made) if form == "yaml" else json.dumps(made, indent=2, ensure_ascii=False)


def _request_url(address: str, path: str) -> str:
    """Give where Slack sends requests, for an address with that path or without it."""
    if not re.fullmatch(r"https://[^/?#\s]+(/[^?#\s]*)?", address):
        raise CannotStart(
            "Over HTTP Slack has to know where to find you, at an address with https: "
            "python -m bot manifest slack --address https://your.address"
        )
    return address.rstrip("/").removesuffix(path) + path


def rotate_keys(config: Path | None, db: str, progress: Progress) -> int:
    """Encrypt all tokens with the newest key; gives how many. Raises CannotStart."""
    keys = [key.get_secret_value() for key in load(config).secrets.keys]
    if not keys:
        raise CannotStart("There is no key in [secrets] keys. Make one: openssl rand -base64 32")
    url = chosen_url(config, db)
    ensure_there(url)
    storage = open_storage(url, progress)
    try:
        return asyncio.run(rotate(SlackStore(storage), cipher(keys)))
    except ValueError as error:
        raise CannotStart(
            f"Nothing was changed: {error}. Add that key again, at the end of [secrets] keys."
        ) from error
    finally:
        storage.close()
