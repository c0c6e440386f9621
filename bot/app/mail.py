"""Puts mail together: the adapter, the links in its mails, and their HTML."""

from collections.abc import Sequence
from functools import partial

from bot.adapters.mail import Letter, Mail, MailCore, SmtpSetup, address, rows
from bot.app import CannotStart
from bot.app.platforms import PlatformParts
from bot.chat import Account
from bot.config import MailSection
from bot.domain.mailing import new_link
from bot.errors import Busy, Refused
from bot.web.mails import Links, mail
from storage import Rank
from storage.engine import DatabaseTrouble

LINKS = Links(rows, address)
AWAY = 5.0
"""Seconds until a mail is tried again for which no link could be kept."""


class CheckedMail(Mail):
    """Mail, which says in plain words what has to be mended before it can start."""

    async def start(self, listen: bool = True) -> None:
        """Connect. Raises CannotStart for a user or password the server refuses."""
        try:
            await super().start(listen)
        except Refused as refused:
            raise CannotStart(f"{refused}. Check user and password in [mail].") from refused


class MailPages:
    """Gives each mail the address of the page on which it is answered."""

    def __init__(self, core: PlatformParts) -> None:
        self.core = core
        self.site = core.settings.web.address if core.settings.web else ""

    async def page(self, account: Account, calls: Sequence[str]) -> str:
        """Give the address for what one mail offers; empty where there are no pages."""
        if not self.site:
            return ""
        known, now = (account.platform, account.workspace, account.id), self.core.now()
        link = partial(new_link, known=known, calls=calls, now=now)
        try:
            secret = await self.core.storage.change(lambda opened: link(opened), Rank.OUTBOX)
        except DatabaseTrouble as trouble:
            raise Busy(AWAY, "database") from trouble
        return f"{self.site}/m/{secret}" if secret else ""

    def html(self, letter: Letter) -> str:
        """Render a mail."""
        pages = (self.site, letter.page)
        return mail(letter.message, letter.reader, pages, letter.foot, LINKS)


def adapter(core: PlatformParts) -> Mail:
    """Make the adapter, not started yet."""
    section = core.settings.mail
    assert section is not None
    pages = MailPages(core)
    return CheckedMail(setup(section), MailCore(pages.page, pages.html, core.now))


def setup(section: MailSection) -> SmtpSetup:
    """Take from the settings which server sends mails, and as whom."""
    return SmtpSetup(
        host=section.host,
        port=section.port,
        security=section.security,
        sender=section.sender,
        sender_name=section.sender_name,
        user=section.user,
        password=section.password.get_secret_value(),
    )
