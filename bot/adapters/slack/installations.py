"""Knows where the app is installed, and keeps the tokens so that nobody else can read them."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Protocol

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize

from bot.adapters.slack.acting import is_workspace
from bot.adapters.slack.web import Installed, WebApi
from bot.errors import Busy, RecordsAway

log = structlog.get_logger()

FRESH = 60.0  # seconds; another process may have removed the app meanwhile
MOST = 5_000
UNREADABLE = 60.0  # seconds, after which this process may have the key


class Shelf(Protocol):
    """Where installations are kept; their tokens are ciphertext there."""

    async def find(self, workspace: str, organisation: str) -> Installed | None:
        """Give what serves a workspace: its own installation, else its organisation's.

        Raises RecordsAway.
        """

    async def keep(self, installed: Installed) -> None:
        """Keep one in the place of the one before, and write to its workspace again."""

    async def come_back(self, workspace: str) -> None:
        """Write again to a workspace that did not let the bot in, as far as that was why."""

    async def drop(self, workspace: str, organisation: str, until: datetime) -> None:
        """Forget what was installed until then; without `workspace` a whole organisation."""

    async def all(self) -> Sequence[Installed]:
        """Give all."""


def cipher(keys: Sequence[str]) -> MultiFernet:
    """Encrypt with the first key, decrypt with any. Raises ValueError for what is not a key."""
    return MultiFernet([Fernet(key) for key in keys])


class One:
    """The one workspace of an app that has its token from the settings."""

    def __init__(self, installed: Installed) -> None:
        self.installed = installed

    async def find(self, workspace: str, organisation: str = "") -> Installed | None:
        """Give it: people of connected workspaces call from where the app is installed."""
        return self.installed


@dataclass(slots=True)
class _Known:
    installed: Installed
    at: float


class Many:
    """The workspaces of an app that is installed by their own people."""

    def __init__(
        self, shelf: Shelf, cipher: MultiFernet, clock: Callable[[], float] = monotonic
    ) -> None:
        self.shelf = shelf
        self.cipher = cipher
        self.clock = clock
        self._known: OrderedDict[tuple[str, str], _Known] = OrderedDict()

    async def find(self, workspace: str, organisation: str = "") -> Installed | None:
        """Give what serves a workspace; None where the app is not installed.

        While records are away, or their token cannot be read, it is what served it before, so that
        people are told at least that. Raises RecordsAway, or Busy, where nothing did.
        """
        whose = (workspace, "" if workspace else organisation)
        known = self._known.get(whose)
        if known is None or known.at < self.clock() - FRESH:
            try:
                found = await self._open(workspace, organisation)
            except (RecordsAway, Busy):
                if known is None:
                    raise
                return known.installed
            known = self._remember(whose, found)
        return known.installed if known else None

    def _remember(self, whose: tuple[str, str], found: Installed | None) -> _Known | None:
        if found is None:  # another process may install the app at any moment
            self._known.pop(whose, None)
            return None
        known = self._known[whose] = _Known(found, self.clock())
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return known

    async def _open(self, workspace: str, organisation: str) -> Installed | None:
        found = await self.shelf.find(workspace, organisation)
        if found is None:
            return None
        if not found.workspace and workspace:
            # What the bot sends by itself knows the workspace only, not its organisation.
            found = replace(found, workspace=workspace)
            await self.shelf.keep(found)
        try:
            token = self.cipher.decrypt(found.token.encode()).decode()
        except InvalidToken as error:
            log.error(
                "token unreadable: this process lacks its key; "
                "put all keys in [secrets] keys and restart it",
                workspace=workspace,
            )
            raise Busy(UNREADABLE) from error
        return replace(found, token=token)

    async def add(self, installed: Installed) -> None:
        """Keep a new installation."""
        token = self.cipher.encrypt(installed.token.encode()).decode()
        await self.shelf.keep(replace(installed, token=token))
        self._known.clear()

    async def drop(self, workspace: str, organisation: str, until: datetime) -> None:
        """Forget an installation that ended; one that was made anew after that stays."""
        await self.shelf.drop(workspace, organisation, until)
        self._known.clear()


async def rotate(shelf: Shelf, cipher: MultiFernet) -> int:
    """Encrypt all tokens anew with the first key; gives how many. Raises ValueError if one is lost.

    Nothing is changed before all of them could be read.
    """
    kept = await shelf.all()
    try:
        fresh = [replace(i, token=cipher.rotate(i.token.encode()).decode()) for i in kept]
    except InvalidToken as error:
        raise ValueError("a token is encrypted with a key that is not there any more") from error
    for installed in fresh:
        await shelf.keep(installed)
    return len(fresh)


class Departures:
    """Hears that the app was removed; Slack says so twice, in either order.

    One that serves an organisation is also let into its workspaces, and put out of them.
    """

    def __init__(self, many: Many) -> None:
        self.many = many

    def attach(self, app: AsyncApp) -> None:
        """Have an app pass on what it hears."""
        app.event("app_uninstalled")(self.uninstalled)
        app.event("tokens_revoked")(self.revoked)
        app.event("team_access_revoked")(self.put_out)
        app.event("team_access_granted")(self.let_in)

    async def uninstalled(self, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Forget a workspace, or an organisation."""
        at = _at(body)
        everywhere = bool(context.is_enterprise_install)
        workspace = "" if everywhere else str(context.team_id or "")
        organisation = str(context.enterprise_id or "")
        await self.many.drop(workspace, organisation if everywhere or not workspace else "", at)
        log.info(
            "app removed", action="app_uninstalled", workspace=workspace, organisation=organisation
        )

    async def revoked(self, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Forget a workspace whose bot token is no longer good; people's are none of ours."""
        if body["event"].get("tokens", {}).get("bot"):
            await self.uninstalled(body, context)

    async def put_out(self, body: dict[str, Any]) -> None:
        """Forget workspaces whose organisation keeps the app."""
        for workspace in body["event"].get("team_ids") or ():
            await self.many.drop(str(workspace), "", _at(body))
            log.info("app removed", action="team_access_revoked", workspace=workspace)

    async def let_in(self, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Serve workspaces from now on; what the bot sends by itself knows no organisation."""
        for workspace in body["event"].get("team_ids") or ():
            await self.many.find(str(workspace), str(context.enterprise_id or ""))


def _at(body: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(body.get("event_time") or 0), UTC)


class Authority(AsyncAuthorize):
    """Says for bolt under which installation something is heard."""

    def __init__(self, web: WebApi) -> None:
        self.web = web

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        **others: Any,
    ) -> AuthorizeResult | None:
        """Give the installation; None where the app is not installed."""
        installed = self.web.installed
        # Views of an app that serves an organisation name that one as their workspace.
        workspace = str(team_id) if is_workspace(team_id) else ""
        found = installed and await installed.find(workspace, enterprise_id or "")
        if not found:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=found.workspace or team_id,
            bot_user_id=found.bot_user,
            bot_token=found.token,
        )
