"""Makes a mail of a message: plain text and HTML, with files and an entry for calendars."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256

from bot.adapters.mail.connection import SmtpSetup
from bot.adapters.mail.mime import file, mail, multipart, one_line, text
from bot.adapters.mail.plain import PlainText
from bot.chat import CalendarEvent, File, Link, Message, Picture
from bot.documents.calendar import KIND, CalendarItem, Method, written
from bot.errors import Refused
from bot.i18n import Text, t
from bot.plain_text import shortened
from bot.protocol import Reader

ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
)
"""One address (RFC 5321), and no list of them."""
SUBJECT = 150
STOP_LABEL = t("Stop these e-mails")
NO_PAGE = t("I can't read answers to this e-mail. To answer, write to a coordinator.")


@dataclass(frozen=True, slots=True)
class Letter:
    """A message for one person; `page` is where they answer and stop mails, if there is one."""

    to: str
    message: Message
    reader: Reader
    page: str = ""

    @property
    def foot(self) -> Sequence[Text]:
        """Say how to answer, or how to get no more."""
        if self.page:
            return (t("{what}: {link}", what=STOP_LABEL, link=Link(f"{self.page}/stop")),)
        return (NO_PAGE,)


def one_address(words: str) -> str:
    """Give an address mails are sent to. Raises Refused for what is none, or several."""
    if len(words) > 254 or not ADDRESS.fullmatch(words):
        raise Refused("not an address")
    return words


def message_id(setup: SmtpSetup, target: str, key: str) -> str:
    """Give the id of a mail: the same each time it is sent."""
    digest = sha256(f"{target} {key}".encode()).hexdigest()[:32]
    return f"<{digest}.{key}@{setup.sender.rpartition('@')[2]}>"


def composed(setup: SmtpSetup, letter: Letter, html: str, at: datetime, id: str) -> bytes:
    """Make a mail."""
    plain, message = PlainText(letter.reader, letter.page), letter.message
    title = plain.words(message.title)
    whole = title if len(one_line(title)) > SUBJECT else ""
    headers = {
        "To": letter.to,
        "Subject": subject(title or plain.first_line(message)),
        "Date": format_datetime(at),
        "Message-ID": id,
        "Content-Language": letter.reader.locale,
        "Auto-Submitted": "auto-generated",
    }
    if letter.page:
        headers["List-Unsubscribe"] = f"<{letter.page}/stop>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    shown = text("text/plain", plain.message(message, letter.foot, whole)), text("text/html", html)
    parts = [multipart("alternative", shown)]
    parts += [file(_kind(one), one.name, one.content) for one in _files(message)]
    parts += [entry(message.event, plain)] if message.event and message.event.changed_at else []
    return mail((setup.sender_name, setup.sender), headers, multipart("mixed", parts))


def subject(words: str) -> str:
    """Give words as they can stand in one line."""
    return shortened(one_line(words), SUBJECT) or "Convener"


def _files(message: Message) -> Iterator[File]:
    yield from message.files
    yield from (block.file for block in message.blocks if isinstance(block, Picture))


def _kind(of: File) -> str:
    """Give what a file is; text is in UTF-8, which mail programs don't take for granted."""
    bare = of.kind.startswith("text/") and "charset" not in of.kind
    return f'{of.kind}; charset="utf-8"' if bare else of.kind


def entry(event: CalendarEvent, to: PlainText) -> str:
    """Write an entry for calendars, which takes the place of the one before."""
    gone = event.state == "cancelled"
    method: Method = "CANCEL" if gone else "PUBLISH"
    item = CalendarItem(
        uid=event.uid,
        sequence=event.sequence,
        changed_at=event.changed_at or event.starts_at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.zone,
        title=to.words(event.title),
        description=to.words(event.about),
        place=to.words(event.location),
        state="cancelled" if gone else "confirmed",
    )
    kind = f'{KIND}; method={method}; charset="utf-8"'
    return file(kind, "calendar.ics", written(item.title, [item], method))
