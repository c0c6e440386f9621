"""Is the platform of people who are reached by mail alone: it sends, and takes no calls."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.adapters.mail.compose import Letter, composed, message_id, one_address
from bot.adapters.mail.connection import SmtpConnection, SmtpSetup
from bot.adapters.mail.links import calls_of
from bot.chat import Account, Message, MessageRef, Place
from bot.errors import MessageGone, NotThere, Refused
from bot.i18n import Text
from bot.protocol import Reader, Target

PLATFORM = "mail"
MakePage = Callable[[Account, Sequence[str]], Awaitable[str]]
"""Gives the address of the page on which an account can ask for some calls; empty: there is none.
"""


@dataclass(frozen=True, slots=True)
class MailCore:
    """What a mail is made with: pages for its links, its HTML, the time."""

    page: MakePage
    html: Callable[[Letter], str]
    now: Callable[[], datetime]


class Mail:
    """Sends one mail to one person; a mail that is sent again is the same to mailboxes."""

    name = PLATFORM
    gap = 0.0
    edits = finds = gathers = founds = False

    def __init__(self, setup: SmtpSetup, core: MailCore) -> None:
        self.setup = setup
        self.core = core
        self.connection = SmtpConnection(setup)

    async def start(self, listen: bool = True) -> None:
        """Connect; a server that is away is tried again with each mail. Raises Refused."""
        try:
            await self.connection.open()
        except NotThere:
            return  # what was said of it is in the log

    async def stop(self) -> None:
        """Disconnect."""
        await self.connection.close()

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Send a mail. Raises a PostError."""
        if isinstance(target, Place):
            raise Refused("there are no channels")
        to = one_address(target.id)
        letter = Letter(to, message, reader, await self.core.page(target, calls_of(message)))
        id = message_id(self.setup, f"{target.workspace} {to}", key)
        content = composed(self.setup, letter, self.core.html(letter), self.core.now(), id)
        await self.connection.send(to, content)
        return MessageRef(Place(PLATFORM, target.workspace, to), id)

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Change nothing: a mail that was sent is out of reach. Raises MessageGone."""
        raise MessageGone("mails stay as they are")

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Find nothing: nobody looks into mailboxes."""
        return None

    async def obstacle(self, place: Place) -> Text | None:
        """Know of nothing in the way."""
        return None

    async def time(self) -> datetime | None:
        """Have no clock."""
        return None
