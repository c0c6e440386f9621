"""Brings somebody who is reached by mail, a mail server, and pages to answer on."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TypeVar

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.adapters.mail import Mail, MailCore, SmtpSetup
from bot.app.mail import MailPages
from bot.app.platforms import PlatformParts
from bot.config import Settings, WebSection
from bot.listening import HttpListener
from bot.scheduler.outbox import Outbox, Pace
from bot.web.site import Site
from storage import Records, Transaction
from storage.community import Community, Workspace
from storage.deliveries import Wanted
from storage.people import Member
from storage.sessions import Session
from tests.chatting import GROUPS, Chat
from tests.fakes.mail.server import MailServer, mail_server

WEB = "https://bot.example.org"
ADDRESS = "rosa@example.org"
HEADERS = {"Host": "bot.example.org", "Origin": WEB}
Result = TypeVar("Result")
Client = TestClient[web.Request, web.Application]


def home_of(opened: Transaction) -> Records:
    """Give the records of the one community there is."""
    return opened.records(opened.db.query(Community).one().id)


def rosa(records: Records) -> Member:
    """Give whoever is reached by mail."""
    known = records.members.by_account("mail", str(records.community_id), ADDRESS)
    assert known is not None
    return known


def session_id(chat: Chat) -> int:
    """Give the id of the one session there is."""
    with chat.storage.read() as opened:
        return opened.db.query(Session).one().id


def with_rosa(chat: Chat, role: str = "guest") -> None:
    """Have somebody belong to the community who has an address and nothing else."""
    with chat.storage.write() as opened:
        records = home_of(opened)
        mail = Workspace(platform="mail", workspace=str(records.community_id))
        mail.community_id = records.community_id
        records.db.add(mail)
        known = ("mail", mail.workspace, ADDRESS, "Rosa", chat.now)
        member = records.members.meet(*known)
        member.role, member.locale, member.zone = role, "es", "America/Bogota"


@dataclass
class Mailing:
    """What sends the mails of a chat, and answers the pages they lead to."""

    chat: Chat
    web: str = WEB

    def want(self, notice: str, kind: str = "x") -> None:
        """Have Rosa told something about the session."""
        with self.chat.storage.write() as opened:
            records = home_of(opened)
            one = Wanted(kind, self.chat.now, member_id=rosa(records).id)
            records.deliveries.send(f"session:{session_id(self.chat)}", notice, one)

    def sent(
        self, answer: Callable[[MailServer], None] = lambda server: None
    ) -> list[EmailMessage]:
        """Send what is due; gives what the server took."""

        async def turn() -> list[EmailMessage]:
            async with mail_server() as server:
                answer(server)
                mail = self._adapter(server)
                dispatcher, clock = self.chat.local.dispatcher, lambda: self.chat.now
                adapters = {"mail": mail}
                outbox = Outbox(self.chat.storage, dispatcher.notices, adapters, clock, Pace())
                await outbox.turn()
                await mail.stop()
                return server.mails

        return asyncio.run(turn())

    def _adapter(self, server: MailServer) -> Mail:
        local = self.chat.local.dispatcher
        settings = Settings(web=WebSection(address=self.web) if self.web else None)
        parts = PlatformParts(
            local.answer, local.complete, lambda: self.chat.now, GROUPS, self.chat.storage, settings
        )
        pages = MailPages(parts)
        setup = SmtpSetup("127.0.0.1", server.port, "none", "convener@example.org", "Männer & Co")
        return Mail(setup, MailCore(pages.page, pages.html, lambda: self.chat.now))

    def on_pages(self, visit: Callable[[Client], Awaitable[Result]]) -> Result:
        """Visit the pages that mails lead to."""

        async def visited() -> Result:
            dispatcher = self.chat.local.dispatcher
            now, commands = (lambda: self.chat.now), dispatcher.commands
            app = web.Application()
            app.add_routes(Site(WEB, self.chat.storage, dispatcher.answer, commands, now).routes())
            HttpListener(app)  # takes requests in, as it does where they are served
            async with TestClient(TestServer(app)) as client:
                return await visit(client)

        return asyncio.run(visited())

    def get(self, path: str) -> tuple[int, str]:
        """Look at a page."""

        async def look(client: Client) -> tuple[int, str]:
            answer = await client.get(path, headers=HEADERS)
            return answer.status, await answer.text()

        return self.on_pages(look)

    def post(self, path: str, **values: str) -> tuple[int, str]:
        """Send a form."""

        async def send(client: Client) -> tuple[int, str]:
            answer = await client.post(path, data=values, headers=HEADERS)
            return answer.status, await answer.text()

        return self.on_pages(send)


def part(mail: EmailMessage, kind: str) -> str:
    """Give the part of a mail of one kind."""
    shown = next(one for one in mail.walk() if one.get_content_type() == kind)
    content = shown.get_content()
    words = content if isinstance(content, str) else content.decode()
    return words.replace("\r\n", "\n")


def links(mail: EmailMessage) -> dict[str, str]:
    """Give where the links of a mail lead, by what is written on them."""
    written = re.findall(rf"^(.+?)\u202f?: {WEB}(/m/\S+)$", part(mail, "text/plain"), re.MULTILINE)
    return dict(written)


def hidden(page: str) -> dict[str, str]:
    """Give what the first form of a page sends unseen."""
    form = page.partition("<form")[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
