"""Is the adapter: connects to Slack in either mode, and posts, edits and finds messages."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import aiohttp
import structlog
from aiohttp.connector import Connection
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.answers import Answers
from bot.adapters.slack.asking import Asking, Core
from bot.adapters.slack.channels import SlackChannels
from bot.adapters.slack.founding import Founding
from bot.adapters.slack.home import Homes
from bot.adapters.slack.http import Http, Signatures
from bot.adapters.slack.installations import Authority, Departures, Many, One, Shelf, cipher
from bot.adapters.slack.installing import Identity, InstallPages, States
from bot.adapters.slack.listeners import Deduplication, Listeners
from bot.adapters.slack.manifest import SCOPES
from bot.adapters.slack.notes import InMemory, SlackNotes
from bot.adapters.slack.people import People
from bot.adapters.slack.posting import SlackPosting
from bot.adapters.slack.socket import Socket, one_workspace, until_there
from bot.adapters.slack.web import TIMEOUT, WebApi
from bot.adapters.slack.wording import PLATFORM
from bot.background import aside
from bot.chat import Message, MessageRef, Place
from bot.i18n import Text
from bot.listening import Handler
from bot.protocol import Reader, Target, let_go_out
from bot.their_clock import TheirClock

log = structlog.get_logger()

AT_THE_END = 10.0  # seconds that work under way is given when the bot stops


class Timely(aiohttp.ClientRequest):
    """A request of which nothing is written when it is too late for it."""

    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        """Write the request on a connection that is there. Raises Uncertain, and writes nothing."""
        let_go_out()
        return await super().send(conn)


@dataclass(frozen=True, slots=True)
class Setup:
    """How this app is set up at Slack: of one workspace with `bot_token`, else of several."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    mode: Literal["socket", "http"] = "socket"
    host: str = "127.0.0.1"
    port: int = 3000
    path: str = "/slack/events"
    command: str = "/cop"
    api_url: str = "https://slack.com/api/"
    keys: Sequence[str] = field(default=(), repr=False)


class Slack:
    """Slack, for one workspace or several. What it has to keep, it keeps on `shelf` and `notes`."""

    name = PLATFORM
    gap = 1.0
    edits = finds = gathers = founds = True

    def __init__(
        self, setup: Setup, core: Core, shelf: Shelf | None = None, notes: SlackNotes | None = None
    ) -> None:
        self.setup = setup
        self.core = core
        self.shelf = shelf
        self.notes = notes or InMemory()
        self.work: set[asyncio.Future[None]] = set()
        self.http: Http | None = None
        self.socket: Socket | None = None
        self.homes: Homes | None = None
        self.only_posts = False
        self.clock = TheirClock()

    def _heard(self) -> aiohttp.TraceConfig:
        """Have the time read from every answer."""

        async def answered(
            session: aiohttp.ClientSession, context: object, told: aiohttp.TraceRequestEndParams
        ) -> None:
            self.clock.hear(told.response.status, told.response.headers)

        config = aiohttp.TraceConfig()
        config.on_request_end.append(answered)
        return config

    async def start(self, listen: bool = True) -> None:
        """Connect, waiting for Slack as long as it takes. Raises Refused for a token it refuses."""
        timeout = aiohttp.ClientTimeout(total=TIMEOUT)
        self.session = aiohttp.ClientSession(
            timeout=timeout, request_class=Timely, trace_configs=[self._heard()]
        )
        connected = False
        try:
            await self._connect(listen)
            connected = True
        finally:
            if not connected:
                await self.stop()
        log.info("connected", action="start", platform=PLATFORM, mode=self.setup.mode)

    async def _connect(self, listen: bool) -> None:
        self.web = WebApi(self.setup.api_url, self.session, self.clock)
        self.channels = SlackChannels(self.web, self.notes, self.core.advise)
        self.posting = SlackPosting(self.web, self.setup.command, self.notes, self.channels)
        many = await self._find_out_where()
        if listen:
            app = self._app()
            self._listen(app)
            await self._open(app, self._pages(app, many) if many else {})
        self.only_posts = not listen

    async def _find_out_where(self) -> Many | None:
        """Find out in which workspaces we are; gives them unless it is one by its token."""
        setup, client = self.setup, self.web.client
        if setup.bot_token:
            found = await until_there(lambda: one_workspace(client, setup.bot_token))
            self.web.installed = One(found)
            if self.shelf is not None:
                await self.shelf.come_back(found.workspace)
            return None
        if self.shelf is None:
            raise ValueError("an app of several workspaces needs a shelf for them")
        many = Many(self.shelf, cipher(setup.keys))
        self.web.installed = many
        return many

    def _app(self) -> AsyncApp:
        # Bolt waits for an acknowledgement in steps of 10 ms, unless it is to process first: then
        # it answers as soon as a listener returns. Ours leave what takes long to a task.
        return AsyncApp(
            name="convener",  # without one, bolt looks through the source of all that is loaded
            client=AsyncWebClient(base_url=self.setup.api_url, session=self.session),
            authorize=Authority(self.web),  # type: ignore[arg-type]  # None: not installed
            process_before_response=True,
            request_verification_enabled=False,  # `Http` does it, on the bytes that came
            ssl_check_enabled=False,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )

    def _pages(self, app: AsyncApp, many: Many) -> dict[str, Handler]:
        """Have the app hear of workspaces that leave; gives the pages for those that come."""
        Departures(many).attach(app)
        setup = self.setup
        identity = Identity(setup.client_id, setup.client_secret, list(SCOPES), setup.api_url)
        return InstallPages(
            identity, self.web.client, many, States(cipher(setup.keys), self.notes)
        ).routes()

    async def _open(self, app: AsyncApp, pages: dict[str, Handler]) -> None:
        setup = self.setup
        if setup.mode == "http":
            self.http = Http(app, Signatures(setup.signing_secret))
            await self.http.start(setup.host, setup.port, setup.path, pages)
        else:
            self.socket = Socket(app, self.web.client, setup.app_token)
            await self.socket.start()

    def _listen(self, app: AsyncApp) -> None:
        founding = Founding(self.web.users, self.core.lived_in)
        self.asking = Asking(
            self.core, People(self.web.user), self.channels, founding, self.web.download
        )
        answers = Answers(self.web, self.setup.command)
        self.homes = Homes(self.web, self.asking.ask, self.setup.command, self.spawn)
        heard = Deduplication(self.notes)
        app.use(Listeners(self.asking, answers, self.homes, heard, self.spawn))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Carry on with work behind an acknowledgement."""
        task = aside(work, "slack")
        self.work.add(task)
        task.add_done_callback(self.work.discard)

    async def lasts(self) -> None:
        """Wait until Slack takes us no more. Raises Refused."""
        if self.socket is not None:
            await self.socket.lasts()
        await asyncio.Event().wait()

    async def stop(self) -> None:
        """Take no more calls, finish those under way, disconnect."""
        if self.socket is not None:
            await self.socket.stop()
        if self.http is not None:
            await self.http.stop()
        if self.homes is not None:
            self.homes.stop()
        if self.work:
            _, late = await asyncio.wait(self.work, timeout=AT_THE_END)
            for task in late:
                task.cancel()
        await self.session.close()
        self.only_posts = False

    async def connected(self) -> bool:
        """Say whether calls can come in just now; one that is only to post is there to post."""
        if self.only_posts or self.http is not None:
            return True
        return self.socket is not None and await self.socket.connected()

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message; what one post does not hold follows it. Raises a PostError."""
        return await self.posting.post(target, message, reader, key)

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Put a message in the place of one posted before. Raises a PostError."""
        await self.posting.edit(ref, message, reader)

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Look up a message posted with `key` not before `since`. Raises a PostError."""
        return await self.posting.find(target, key, since)

    async def obstacle(self, place: Place) -> Text | None:
        """Say why Slack takes no post in a channel. Raises a PostError."""
        return await self.channels.obstacle(place.workspace, place.channel)

    async def time(self) -> datetime | None:
        """Tell the time as Slack has it; None when it does not say. Raises a PostError."""
        return await self.web.time()
