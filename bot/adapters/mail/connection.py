"""Keeps one connection to the server that sends our mails, and says what became of each."""

import asyncio
import ssl
from collections import Counter
from dataclasses import dataclass
from typing import Literal

import structlog
from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from bot.errors import Busy, NotThere, PersonClosed, PostError, Refused, Uncertain
from bot.protocol import let_go_out

log = structlog.get_logger()
LOST = (SMTPException, OSError, TimeoutError)
"""What it means that a connection is good for nothing any more."""
BUCKET = "server"
QUEUE = 10.0
"""Seconds a mail waits for those before it."""
FIRST, SERVER, PERSON = 5.0, 300.0, 3600.0
"""Seconds of the first pause, and of the longest for a server and for one address."""
CLOSING, FOR_GOOD = 421, 500
"""The answer of a server that goes down, and the first that would be the same again (RFC 5321)."""
OURS = ("5.7.", "5.5.", "5.6.")
"""Codes (RFC 3463) by which a server refuses us or a mail, and nobody's address."""


@dataclass(frozen=True, slots=True)
class SmtpSetup:
    """Which server sends mails, as whom, and how that is secured."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: str
    sender_name: str = ""
    user: str = ""
    password: str = ""
    answers_within: float = 10.0
    context: ssl.SSLContext | None = None
    """What certificates are checked against, if not what the system trusts."""


def client_for(setup: SmtpSetup) -> SMTP:
    """Make a client of a server, not connected yet; certificates are checked."""
    secured = setup.security != "none"
    return SMTP(
        hostname=setup.host,
        port=setup.port,
        use_tls=setup.security == "tls",
        start_tls=setup.security == "starttls",
        tls_context=(setup.context or ssl.create_default_context()) if secured else None,
        username=setup.user or None,
        password=setup.password or None,
        timeout=setup.answers_within,
    )


class SmtpConnection:
    """One connection that is kept open; whoever sends waits for their turn on it."""

    def __init__(self, setup: SmtpSetup) -> None:
        self.setup = setup
        self.client: SMTP | None = None
        self._turn = asyncio.Lock()
        self._failed = 0
        self._rests_until = 0.0
        self._put_off: Counter[str] = Counter()

    async def open(self) -> None:
        """Connect, unless that was tried a moment ago. Raises NotThere; Refused for the user."""
        if self.client is not None and self.client.is_connected:
            return
        if (rest := self._rests_until - asyncio.get_running_loop().time()) > 0:
            raise NotThere(rest, BUCKET)
        client = client_for(self.setup)
        try:
            await client.connect()
        except BaseException as error:
            client.close()
            if isinstance(error, SMTPAuthenticationError):
                self._away(error)
                raise Refused(f"{error.code} {error.message}") from error
            raise (self._away(error) if isinstance(error, LOST) else error) from None
        self.client, self._failed = client, 0

    async def close(self) -> None:
        """Take leave of the server, or just hang up."""
        client, self.client = self.client, None
        if client is not None and client.is_connected:
            try:
                await client.quit(timeout=1)
            except LOST:
                client.close()

    async def send(self, to: str, content: bytes) -> None:
        """Send a mail. Raises a PostError."""
        try:
            async with asyncio.timeout(QUEUE):
                await self._turn.acquire()
        except TimeoutError:
            raise Busy(FIRST, "queue") from None
        try:
            await self._send(to, content)
        except BaseException as error:
            if not isinstance(error, PostError) or isinstance(error, NotThere | Uncertain):
                self._hang_up()  # whatever is said on it next may belong to this mail
            raise
        finally:
            self._turn.release()

    async def _send(self, to: str, content: bytes) -> None:
        client = await self._addressed(to)
        let_go_out()
        try:
            await client.data(content)
        except SMTPResponseException as error:
            raise await self._refused(client, to, error) from error
        except LOST as error:
            raise Uncertain(f"no answer to a mail: {error}") from error
        self._put_off.pop(to, None)

    async def _addressed(self, to: str) -> SMTP:
        """Begin a mail to somebody; anew where the server has ended an idle connection."""
        kept = self.client is not None and self.client.is_connected
        for last in (not kept, True):
            try:
                return await self._address(to)
            except LOST as error:
                self._hang_up()
                if last:
                    raise self._away(error) from error
        raise AssertionError

    async def _address(self, to: str) -> SMTP:
        try:
            await self.open()
        except Refused as error:
            raise NotThere(SERVER, BUCKET) from error
        client = self.client
        assert client is not None
        try:
            await client.mail(self.setup.sender)
            await client.rcpt(to)
        except SMTPResponseException as error:
            if error.code == CLOSING:
                raise SMTPServerDisconnected(error.message) from error
            raise await self._refused(client, to, error) from error
        return client

    async def _refused(self, client: SMTP, to: str, error: SMTPResponseException) -> PostError:
        """Say what it means that a server does not take a mail, and begin anew with it."""
        try:
            await client.rset()
        except LOST:
            self._hang_up()
        words = f"{error.code} {error.message}"
        theirs = isinstance(error, SMTPRecipientRefused)
        if error.code < FOR_GOOD:
            return self._later(to, error)
        if theirs and not error.message.startswith(OURS):
            return PersonClosed(words)
        if isinstance(error, SMTPSenderRefused):
            return self._away(error)  # until somebody mends the settings
        log.error("mail refused", action="mail", error=words)
        return Refused(words)

    def _later(self, to: str, error: SMTPResponseException) -> Busy:
        """Put one address off, each time longer; all of them, when the server itself asks."""
        if error.code == CLOSING or isinstance(error, SMTPSenderRefused):
            return self._away(error)  # which nobody's address has a part in
        self._put_off[to] += 1
        return Busy(min(PERSON, 60.0 * 2 ** (self._put_off[to] - 1)), to)

    def _away(self, error: BaseException) -> NotThere:
        """Put all mails off, each time longer, and nothing that goes elsewhere."""
        pause = min(SERVER, FIRST * 2**self._failed)
        self._failed = min(self._failed + 1, 10)
        log.warning("mail server", action="mail", error=str(error), pause=pause)
        self._rests_until = asyncio.get_running_loop().time() + pause
        return NotThere(pause, BUCKET)

    def _hang_up(self) -> None:
        if self.client is not None:
            self.client.close()
            self.client = None
