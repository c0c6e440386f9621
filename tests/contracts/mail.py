"""Is the world of mail: a server on this machine, mailboxes, and the pages that mails lead to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from html import unescape

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.adapters.mail import Mail, MailCore, SmtpSetup
from bot.app.mail import MailPages
from bot.app.platforms import PlatformParts
from bot.chat import Account, Place
from bot.config import Settings, WebSection
from bot.dispatcher import Dispatcher
from bot.protocol import Adapter, Target
from bot.web.site import Site
from storage import Storage
from tests.chatting import GROUPS
from tests.contracts.adapter import Scripted, Seen
from tests.fakes.mail.server import MailServer, mail_server
from tests.mailing import HEADERS, WEB, hidden, links, part
from tests.toys import NOW, toy


class MailWorld:
    """Two people with an address each."""

    posts_once = True
    amina = Account("mail", "1", "amina@example.org")
    bruno = Account("mail", "1", "bruno@example.org")
    place = vanished = elsewhere = Place("mail", "1", "nowhere")

    def __init__(self, server: MailServer, storage: Storage) -> None:
        self.bot = Scripted()
        self.server, self.storage = server, storage
        self.mail = self._made()

    @property
    def adapter(self) -> Adapter:
        return self.mail

    def _made(self) -> Mail:
        settings = Settings(web=WebSection(address=WEB))
        core = PlatformParts(self.bot, None, lambda: NOW, GROUPS, self.storage, settings)  # type: ignore[arg-type]
        pages = MailPages(core)
        setup = SmtpSetup("127.0.0.1", self.server.port, "none", "convener@example.org")
        return Mail(setup, MailCore(pages.page, pages.html, lambda: NOW))

    def mails(self, target: Target) -> list[EmailMessage]:
        """Give the mails in a mailbox, which shows each `Message-ID` once (RFC 5322)."""
        to = target.id if isinstance(target, Account) else ""
        kept = {str(mail["Message-ID"]): mail for mail in self.server.mails if mail["To"] == to}
        return [*kept.values()]

    async def see(self, target: Target, who: Account) -> list[Seen]:
        return [_seen(mail) for mail in self.mails(target) if target == who]

    async def press(self, who: Account, label: str) -> None:
        """Open the link of the newest mail that has it, and press the button of its page."""
        every = [links(mail) for mail in self.mails(who)]
        path = next(found[label] for found in reversed(every) if label in found)
        app, commands = web.Application(), Dispatcher(self.storage, [toy]).commands
        app.add_routes(Site(WEB, self.storage, self.bot, commands, lambda: NOW).routes())
        async with TestClient(TestServer(app)) as client:
            opened = await (await client.get(path, headers=HEADERS)).text()
            assert not self.bot.calls, "nothing is sent by looking"
            sent = {name: unescape(value) for name, value in hidden(opened).items()}
            begins = path.partition("/do/")[0]
            answer = await client.post(f"{begins}/do", data=sent, headers=HEADERS)
            assert answer.status == 200

    async def restart(self) -> None:
        await self.mail.stop()
        self.mail = self._made()
        await self.mail.start()

    async def posting_only(self) -> Adapter:
        other = self._made()
        await other.start(listen=False)
        return other


def _seen(mail: EmailMessage) -> Seen:
    shown = part(mail, "text/plain")
    files = {one.get_filename() or "": one.get_content() for one in mail.iter_attachments()}
    content = {n: file if isinstance(file, bytes) else file.encode() for n, file in files.items()}
    offered = [label for label in links(mail) if label != "Stop these e-mails"]
    return Seen(f"{mail['Subject']}\n{shown}", offered, files=content)


@asynccontextmanager
async def mail_world(url: str) -> AsyncIterator[MailWorld]:
    """Open the world of mail, with both people known to it."""
    storage = Storage(url)
    with storage.write() as transaction:
        home = transaction.community_at("mail", "1", NOW, "en", "UTC")
        for one in (MailWorld.amina, MailWorld.bruno):
            transaction.records(home.id).members.meet("mail", "1", one.id, "Known", NOW)
    async with mail_server() as server:
        world = MailWorld(server, storage)
        await world.mail.start()
        yield world
        await world.mail.stop()
    storage.close()
