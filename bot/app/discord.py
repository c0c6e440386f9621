"""Puts Discord together: the adapter, and what the bot keeps for it in the database."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import structlog

from bot.adapters.discord import (
    LABELS,
    PURPOSES,
    CannotConnect,
    Dependencies,
    Discord,
    DiscordSettings,
    application_of,
    invitation,
    tree,
)
from bot.app import CannotStart
from bot.app.advice import Advice
from bot.app.key_values import PlatformKeyValues
from bot.app.parts import all_groups
from bot.app.platforms import PlatformParts
from bot.chat import Message, Paragraph, button
from bot.config import DiscordSection as Section
from bot.config import load
from bot.i18n import SOURCE, Text, render, t
from storage import Storage

log = structlog.get_logger()
PLATFORM = "discord"


class DiscordStore:
    """Keeps what Discord needs over a restart, and what its shards share, beside all else."""

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self.storage = storage
        self.now = now
        self.key_values = PlatformKeyValues(storage, PLATFORM, {}, now)
        self.advise = Advice(storage, PLATFORM, now).give

    async def turn(self, name: str, seconds: float) -> None:
        """Wait until it is this process's turn, over all processes on this database."""
        now = self.now()
        at = await self.storage.change(lambda open: open.key_values.turn(name, now, seconds))
        await asyncio.sleep(max(0.0, (at - self.now()).total_seconds()))

    async def workspaces(self, user: str) -> tuple[str, ...]:
        """Name the servers in which a user is known."""
        return await self.storage.look(lambda open: open.workspaces(PLATFORM).of(user))

    async def zone(self, workspace: str, user: str) -> str:
        """Give the time zone somebody has chosen, or nothing."""
        found = await self.storage.look(lambda open: open.known(PLATFORM, workspace, user))
        return found.effective_zone if found else ""

    async def joined(self, workspace: str) -> None:
        """Open a server again that had put the bot out."""
        await self.storage.change(lambda open: open.workspaces(PLATFORM).come_back(workspace))

    async def lived_in(self, workspace: str) -> bool:
        """Say whether a community lives in a server."""
        home = await self.storage.look(lambda open: open.workspaces(PLATFORM).home(workspace))
        return home is not None

    async def left(self, workspace: str) -> None:
        """Have nothing sent any more to a server that put the bot out."""
        await self.storage.change(lambda open: open.workspaces(PLATFORM).leave(workspace))


class CheckedDiscord(Discord):
    """Discord, which says in plain words what has to be mended before it takes us."""

    def __init__(self, section: Section, core: PlatformParts) -> None:
        self.kept = DiscordStore(core.storage, core.now)
        super().__init__(settings(section), dependencies(core, self.kept))

    async def start(self, listen: bool = True) -> None:
        """Connect. Raises CannotStart with what to mend."""
        try:
            await super().start(listen)
        except CannotConnect as refused:
            raise CannotStart(in_english(refused.text)) from refused

    async def lasts(self) -> None:
        """Wait until Discord takes us no more. Raises CannotStart with what to mend."""
        try:
            await super().lasts()
        except CannotConnect as refused:
            raise CannotStart(in_english(refused.text)) from refused


def adapter(core: PlatformParts) -> Discord:
    """Make the adapter, not started yet."""
    section = core.settings.discord
    assert section is not None
    return CheckedDiscord(section, core)


def dependencies(core: PlatformParts, kept: DiscordStore) -> Dependencies:
    """Give Discord the bot, and a place to keep things."""
    return Dependencies(
        groups=core.groups,
        dispatch=core.dispatch,
        complete=core.complete,
        notes=kept.key_values,
        workspaces=kept.workspaces,
        zone=kept.zone,
        joined=kept.joined,
        left=kept.left,
        lived_in=kept.lived_in,
        turn=kept.turn,
        advise=kept.advise,
        welcome=welcome(),
    )


def commands() -> str:
    """Give the list of commands as JSON, just as it is sent to Discord."""
    return json.dumps(tree(all_groups()), indent=2, ensure_ascii=False)


def invited(config: Path | None) -> Iterator[str]:
    """Give the link that invites the bot, and what each permission is for.

    Raises CannotStart when nothing says which application it is.
    """
    section = load(config, before_tokens=True).discord
    application = _application(section) if section else None
    if application is None:
        raise CannotStart(
            "The link names your application: set application_id or token under [discord] in "
            "config.toml, or CONVENER__DISCORD__APPLICATION_ID in the environment."
        )
    yield invitation(application)
    yield ""
    yield "What it asks for, and nothing else:"
    for name, purpose in PURPOSES.items():
        yield f"- {LABELS[name]}: {in_english(purpose)}"


def _application(section: Section) -> int | None:
    """Give the id of the application: the token knows it, else it is set."""
    with suppress(ValueError):
        return application_of(section.token.get_secret_value())
    return section.application_id


def in_english(text: Text) -> str:
    """Word a text in English, as whoever runs the bot reads it."""
    return render(text, SOURCE, str)


def settings(section: Section) -> DiscordSettings:
    """Take from the settings what Discord is started with."""
    return DiscordSettings(
        token=section.token.get_secret_value(),
        api_url=section.api_url,
        gateway_url=section.gateway_url or "",
        shard_ids=section.shard_ids,
        shard_count=section.shard_count,
        sync_to=section.sync_to,
    )


def welcome() -> Message:
    """Word the first message in a new server."""
    blocks = (
        Paragraph(
            t(
                "I help communities of practice coordinate sessions, RSVPs, hosting turns, "
                "reminders and open spaces, and keep what they learned."
            )
        ),
        Paragraph(t("Whoever manages this server can set me up now. It takes two minutes.")),
    )
    buttons = (
        button(t("Set up"), "community.setup", "primary"),
        button(t("What I can do"), "help"),
    )
    return Message(t("Hello, I'm Convener"), blocks, buttons)
