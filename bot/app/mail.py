"""Puts mail together: the adapter, the links in its mails, and their HTML."""

from collections.abc import Mapping, Sequence
from functools import partial

from bot.adapters.mail import (
    FaultKind,
    Letter,
    Mail,
    MailCore,
    SmtpSetup,
    address,
    fault_of,
    rows,
)
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
MEND: Mapping[FaultKind, str] = {
    "login": "{host} refuses user or password: {why}. Check user and password in [mail].",
    "certificate": (
        "The certificate of {host} is not accepted: {why}. Check host in [mail]: it has to be the "
        "name your provider gives for sending."
    ),
    "no tls": (
        '{host}, port {port}, speaks no TLS. Set security = "starttls" in [mail], or check port.'
    ),
    "no starttls": (
        '{host}, port {port}, has no STARTTLS. Set security = "tls" in [mail], or check port.'
    ),
    "refused": "{host}, port {port}, turns the bot away: {why}",
    "away": (
        "{host}, port {port}, does not answer: {why}. Check host, port and security in [mail]."
    ),
}
"""What is said of a server that cannot be used."""


class CheckedMail(Mail):
    """Mail, which says in plain words what has to be mended before it can start."""

    async def start(self, listen: bool = True) -> None:
        """Connect. Raises CannotStart for a user or password the server refuses."""
        try:
            await super().start(listen)
        except Refused as refused:
            raise CannotStart(MEND["login"].format(host=self.setup.host, why=refused)) from refused


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


async def trouble(setup: SmtpSetup) -> str:
    """Log in to the server; says what to mend where that fails, and nothing where it does not."""
    fault = await fault_of(setup)
    if fault is None:
        return ""
    return MEND[fault.kind].format(host=setup.host, port=setup.port, why=fault.why)
