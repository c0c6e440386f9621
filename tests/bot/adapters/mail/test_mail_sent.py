"""Shows what becomes of mails at servers that take them, refuse them, are slow, or hang up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.mail import Mail, MailCore, SmtpSetup
from bot.chat import Account, Place, said
from bot.errors import Busy, NotThere, PersonClosed, PostError, Refused, Uncertain
from bot.i18n import plain
from bot.protocol import Reader
from tests.fakes.mail.server import OK, MailServer, certificate, mail_server

AMINA = Account("mail", "1", "amina@example.org")
READER = Reader("en", "Africa/Nairobi")
HELLO = said(plain("Hello"))


async def _no_page(account: object, calls: object) -> str:
    return ""


def sending(server: MailServer, **given: object) -> Mail:
    """Make the adapter for a server."""
    setup = SmtpSetup("127.0.0.1", server.port, "none", "convener@example.org")
    core = MailCore(_no_page, lambda letter: "<p></p>", lambda: datetime(2026, 11, 2, tzinfo=UTC))
    return Mail(replace(setup, **given), core)  # type: ignore[arg-type]


@asynccontextmanager
async def started(**given: object) -> AsyncIterator[tuple[MailServer, Mail]]:
    """Run a server, and an adapter that sends there."""
    async with mail_server() as server:
        mail = sending(server, **given)
        await mail.start()
        yield server, mail
        await mail.stop()


async def outcome(mail: Mail, key: str = "1", to: Account = AMINA) -> PostError | None:
    """Send a mail; gives why that failed, if it did."""
    try:
        await mail.post(to, HELLO, READER, key)
    except PostError as error:
        return error
    return None


async def test_mails_go_one_by_one_over_one_connection() -> None:
    async with started() as (server, mail):
        people = [replace(AMINA, id=f"p{n}@example.org") for n in range(5)]
        await asyncio.gather(*(outcome(mail, str(n), who) for n, who in enumerate(people)))
        assert {sent["To"] for sent in server.mails} == {who.id for who in people}
        assert server.connections == 1


async def test_mail_whose_end_nobody_knows_is_the_same_mail_when_sent_again() -> None:
    async with started() as (server, mail):
        server.drops = 1
        assert isinstance(await outcome(mail), Uncertain)
        assert await outcome(mail) is None
        assert len({sent["Message-ID"] for sent in server.mails}) == 1
        assert await outcome(mail, "2") is None
        assert server.mails[2]["Message-ID"] != server.mails[1]["Message-ID"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("550 5.1.1 No such user", PersonClosed),
        ("550 Unknown", PersonClosed),
        ("550 5.7.1 Relaying denied", Refused),
        ("450 4.2.1 Try later", Busy),
        ("421 4.3.2 Going down", NotThere),
    ],
)
async def test_refused_address_closes_itself_or_waits(answer: str, error: type[PostError]) -> None:
    async with started() as (server, mail):
        server.recipient = lambda address: answer if address == AMINA.id else OK
        assert type(await outcome(mail)) is error
        if error is not NotThere:
            assert await outcome(mail, to=replace(AMINA, id="bruno@example.org")) is None


async def test_address_that_is_put_off_waits_longer_each_time_and_alone() -> None:
    async with started() as (server, mail):
        server.content = lambda: "451 4.7.1 Greylisted"
        waits = [await outcome(mail) for _ in range(3)]
        assert [(w.retry_after, w.bucket) for w in waits if isinstance(w, Busy)] == [
            (60.0, AMINA.id),
            (120.0, AMINA.id),
            (240.0, AMINA.id),
        ]
        server.content = lambda: "554 5.6.0 No"
        assert isinstance(await outcome(mail), Refused)


async def test_slow_server_keeps_nobody_waiting_for_good() -> None:
    async with started(answers_within=0.05) as (server, mail):
        slow = asyncio.Event()
        server.before = slow.wait
        assert isinstance(await outcome(mail), Uncertain)
        slow.set()
        assert await outcome(mail) is None
        assert server.connections == 2


async def test_connection_that_was_ended_meanwhile_is_opened_anew() -> None:
    async with started() as (server, mail):
        client = mail.connection.client
        assert client is not None
        assert isinstance(client.transport, asyncio.Transport)
        client.transport.abort()
        assert await outcome(mail) is None
        assert server.connections == 2


async def test_server_that_is_away_keeps_nothing_else_waiting() -> None:
    async with mail_server() as server:
        mail = sending(server)
    await mail.start()
    waits = [await outcome(mail) for _ in range(2)]
    assert [wait.bucket for wait in waits if isinstance(wait, NotThere)] == ["server"] * 2


@pytest.mark.parametrize(
    "address", ["", "a@b.org, c@b.org", "a@b.org\nBcc: c@b.org", "A <a@b.org>", "a@b@c", "@b.org"]
)
async def test_what_is_not_one_address_is_refused(address: str) -> None:
    async with started() as (server, mail):
        assert isinstance(await outcome(mail, to=replace(AMINA, id=address)), Refused)
        with pytest.raises(Refused):
            await mail.post(Place("mail", "1", "x"), HELLO, READER, "1")
        assert not server.mails


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_mail_goes_only_to_a_server_whose_certificate_is_right(
    tmp_path: Path, security: str
) -> None:
    theirs, ours = certificate(tmp_path)
    async with mail_server(theirs, tls=security == "tls") as server:
        mail = sending(server, security=security, context=ours)
        assert await outcome(mail) is None
        await mail.stop()
        unknown = sending(server, security=security)
        assert isinstance(await outcome(unknown), NotThere)
        assert len(server.mails) == 1
    of_another, trusted = certificate(tmp_path, "127.0.0.2")
    async with mail_server(of_another, tls=security == "tls") as server:
        assert isinstance(
            await outcome(sending(server, security=security, context=trusted)), NotThere
        )
        assert not server.mails
