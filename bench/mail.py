"""Measures how fast mails are made and sent to a server on this machine."""

import asyncio
import multiprocessing
import time
from datetime import timedelta
from multiprocessing.connection import Connection

from bench.homes import NOW
from bench.rows import Figure
from bot.adapters.mail import Letter, Mail, MailCore, SmtpSetup, address
from bot.adapters.mail import rows as in_rows
from bot.chat import Account, CalendarEvent, Fields, Message, Moment, Paragraph, button
from bot.i18n import plain, t
from bot.protocol import Reader
from bot.web.mails import Links, mail

MAILS = 10_000
SITE = "https://bot.example.org"
LINKS = Links(in_rows, address)


def rows() -> list[Figure]:
    """Send 10,000 announcements with an entry for calendars to a server in another process."""
    took = send(MAILS)
    seen = f"{MAILS:,} mails in {took:.1f} s"
    return [Figure("mails made and sent to a local server", MAILS / took, 200, "/s", seen=seen)]


def send(mails: int) -> float:
    """Send so many announcements, one after the other; gives the seconds that took."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    server = spawn.Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    try:
        return asyncio.run(_sent(ours.recv(), mails))
    finally:
        server.kill()


def _serve(port: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.start_server(_take, "127.0.0.1", 0)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


async def _take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take mails as fast as can be: it is not the server that is measured."""
    writer.write(b"220 bench\r\n")
    while command := await reader.readline():
        if command.startswith(b"DATA"):
            writer.write(b"354 Go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"250 OK\r\n")


async def _sent(port: int, mails: int) -> float:
    async def page(account: object, calls: object) -> str:
        return f"{SITE}/m/{'x' * 22}"

    def html(letter: Letter) -> str:
        return mail(letter.message, letter.reader, (SITE, letter.page), letter.foot, LINKS)

    setup = SmtpSetup("127.0.0.1", port, "none", "convener@example.org", "Bench")
    sender = Mail(setup, MailCore(page, html, lambda: NOW))
    await sender.start()
    message, began = _announcement(), time.perf_counter()
    for n in range(mails):
        to = Account("mail", "1", f"person{n}@example.org")
        await sender.post(to, message, Reader("es", "America/Bogota"), f"{n:x}")
    took = time.perf_counter() - began
    await sender.stop()
    return took


def _announcement() -> Message:
    event = CalendarEvent(
        key="session:1",
        title=plain("Men as partners"),
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=1),
        changed_at=NOW,
        zone="Europe/Berlin",
    )
    labels = (t("Yes"), t("Maybe"), t("No"))
    buttons = tuple(button(label, "session.rsvp", session=1, answer="yes") for label in labels)
    when = Paragraph(t("New time: {when}", when=Moment(NOW)))
    facts = Fields(((t("Host"), plain("Lena Müller")),))
    return Message(plain("Men as partners"), (when, facts), buttons, event=event)
