"""Takes mails as a server of an organisation would: with TLS, slowly, or not at all."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OK = "250 2.0.0 OK"


class MailServer:
    """What it was sent, and how it answers."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.connections = 0
        self.recipient: Callable[[str], str] = lambda address: OK
        self.content: Callable[[], str] = lambda: OK
        self.before: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(0)
        self.password = b""
        """What is asked of whoever sends, if anything."""
        self.drops = 0
        self.port = 0
        setattr(self, "handle_RCPT", self._take_address)  # noqa: B010  so aiosmtpd calls it
        setattr(self, "handle_DATA", self._take_mail)  # noqa: B010

    async def _take_address(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: object
    ) -> str:
        """Take an address, or answer as told."""
        answer = self.recipient(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def _take_mail(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a mail, and drop the connection before the answer as often as told."""
        await self.before()
        answer = self.content()
        if answer == OK:
            content = envelope.content
            assert isinstance(content, bytes)
            self.mails.append(message_from_bytes(content, policy=policy.default))
        if self.drops:
            self.drops -= 1
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer

    def log_in(
        self, server: object, session: object, envelope: object, *given: object
    ) -> AuthResult:
        """Say whether a password is right; whoever the user is."""
        login = given[-1]
        right = isinstance(login, LoginPassword) and login.password == self.password
        return AuthResult(success=right, handled=False)


@asynccontextmanager
async def mail_server(
    context: ssl.SSLContext | None = None, *, tls: bool = False, password: str = ""
) -> AsyncIterator[MailServer]:
    """Run one; with a certificate it insists on STARTTLS, or speaks TLS from the first byte."""
    fake = MailServer()
    fake.password = password.encode()
    loop = asyncio.get_running_loop()
    later = None if tls else context

    def connected() -> SMTP:
        fake.connections += 1
        return SMTP(
            fake,
            tls_context=later,
            require_starttls=later is not None,
            authenticator=fake.log_in,
            auth_require_tls=False,
            loop=loop,
        )

    server = await loop.create_server(connected, "127.0.0.1", 0, ssl=context if tls else None)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()


def certificate(folder: Path, address: str = "127.0.0.1") -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for an address; gives what a server and its clients need of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "mail.pem"
    encoding, clear = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, clear)
    file.write_bytes(made.public_bytes(encoding) + private)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(file)
    return theirs, ssl.create_default_context(cafile=str(file))
