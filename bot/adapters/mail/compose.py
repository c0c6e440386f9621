"""Makes a mail of a message: plain text and HTML, with files and an entry for calendars."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from hashlib import sha256

from bot.adapters.mail.connection import Setup
from bot.adapters.mail.plain import PlainText
from bot.chat import CalendarEvent, File, Link, Message, Picture
from bot.documents.calendar import CalendarItem, Method, written
from bot.errors import Refused
from bot.i18n import Text, t
from bot.plain_text import shortened
from bot.protocol import Reader

ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
)
"""One address (RFC 5321), and no list of them."""
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
SUBJECT = 150
STOP_LABEL = t("Stop these mails")
NO_PAGE = t("I can't read answers to this mail. To answer, write to a coordinator.")


class WholePolicy(EmailPolicy):
    """Writes mails in ASCII, and divides no address in a header, which would end it early."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """Fold a header, unless it holds an address that has to stay whole."""
        if name in ("List-Unsubscribe", "Message-ID"):
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


POLICY = WholePolicy(linesep="\r\n", cte_type="7bit")


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


def message_id(setup: Setup, target: str, key: str) -> str:
    """Give the id of a mail: the same each time it is sent."""
    digest = sha256(f"{target} {key}".encode()).hexdigest()[:32]
    return f"<{digest}.{key}@{setup.sender.rpartition('@')[2]}>"


def composed(setup: Setup, letter: Letter, html: str, at: datetime) -> EmailMessage:
    """Make a mail, without what tells it from others."""
    plain = PlainText(letter.reader, letter.page)
    mail = EmailMessage(POLICY)
    mail["From"] = Address(_line(setup.sender_name), addr_spec=setup.sender)
    mail["To"] = letter.to
    message = letter.message
    mail["Subject"] = subject(plain.words(message.title) or plain.first_line(message))
    mail["Date"] = format_datetime(at)
    mail["Auto-Submitted"] = "auto-generated"
    if letter.page:
        mail["List-Unsubscribe"] = f"<{letter.page}/stop>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(_whole(plain.message(message, letter.foot)), cte="quoted-printable")
    mail.add_alternative(_whole(html), subtype="html", cte="quoted-printable")
    for file in _files(message):
        kind, _, subtype = file.kind.partition(";")[0].partition("/")
        mail.add_attachment(file.content, kind, subtype, filename=_line(file.name))
    if message.event is not None and message.event.changed_at is not None:
        _enter(mail, message.event, message.event.changed_at, plain)
    mail["Content-Language"] = letter.reader.locale  # last: parts take over what begins so
    return mail


def subject(words: str) -> str:
    """Give words as they can stand in one line."""
    return shortened(_line(words), SUBJECT) or "Convener"


def _files(message: Message) -> Iterator[File]:
    yield from message.files
    yield from (block.file for block in message.blocks if isinstance(block, Picture))


def _enter(mail: EmailMessage, event: CalendarEvent, changed_at: datetime, to: PlainText) -> None:
    """Attach an entry for calendars, which takes the place of the one before."""
    gone = event.state == "cancelled"
    method: Method = "CANCEL" if gone else "PUBLISH"
    item = CalendarItem(
        uid=event.uid,
        sequence=event.sequence,
        changed_at=changed_at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.zone,
        title=to.words(event.title),
        description=to.words(event.about),
        place=to.words(event.location),
        state="cancelled" if gone else "confirmed",
    )
    mail.add_attachment(
        written(item.title, [item], method).decode(),
        subtype="calendar",
        filename="calendar.ics",
        params={"method": method},
        cte="base64",
    )


def _line(words: str) -> str:
    return " ".join(CONTROL.sub(" ", words).split())


def _whole(words: str) -> str:
    return words.encode("utf-8", "replace").decode()
