"""Shows that mails hold what was said, whatever people write into names and titles."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any

import pytest

from bot.adapters.mail import Letter, SmtpSetup
from bot.adapters.mail.compose import composed
from bot.chat import (
    Actions,
    CommandRef,
    Context,
    Fields,
    File,
    Heading,
    Items,
    Message,
    Option,
    Paragraph,
    Picture,
    Quote,
    Rule,
    button,
    choice,
)
from bot.i18n import plain
from bot.protocol import Reader
from tests.mailing import part

NOW = datetime(2026, 11, 2, tzinfo=UTC)
PAGE = f"https://bot.example.org/{'long-' * 20}/m/{'x' * 22}"


def mail(message: Message, sender_name: str = "") -> dict[str, Any]:
    """Write a mail, and give what a mailbox reads in it."""
    setup = SmtpSetup("localhost", 25, "none", "convener@example.org", sender_name)
    letter = Letter("rosa@example.org", message, Reader("en", "UTC"), PAGE)
    written = composed(setup, letter, "<p>é</p>\n.\n", NOW, "<1@example.org>")
    assert all(len(line) < 500 for line in written.split(b"\r\n"))
    assert b"\n" not in written.replace(b"\r\n", b"")
    read = message_from_bytes(written, policy=policy.default)
    assert not [one.defects for one in read.walk() if one.defects]
    files = {one.get_filename() or "": one.get_content() for one in read.iter_attachments()}
    shown = {"text": part(read, "text/plain"), "html": part(read, "text/html")}
    return dict(read.items()) | shown | files


@pytest.mark.parametrize(
    "words",
    [
        "Men as partners\r\nBcc: everybody@example.org",
        "Männer & “Frauen” 🎉 " * 4,
        "=?utf-8?q?hidden?=",
        "lone \ud800 half",
        "x" * 400,
    ],
)
def test_title_and_name_stay_in_their_lines(words: str) -> None:
    read = mail(Message(title=plain(words)), words)
    assert "Bcc" not in read
    begins = " ".join(words.replace("\ud800", " ").split())[:80]
    assert str(read["Subject"]).startswith(begins)
    assert str(read["From"]).endswith("<convener@example.org>")
    assert str(read["List-Unsubscribe"]) == f"<{PAGE}/stop>"


def test_mail_has_all_of_a_message() -> None:
    icon = File("íco\nno.png", b"\x89PNG", "image/png")
    feet = (
        button(plain("Yes"), "session.rsvp", session=1, answer="yes"),
        choice(plain("Which"), "topic.vote", "topic", (Option("a&b", plain("A, or B")),)),
    )
    blocks = (
        Heading(plain("Heading")),
        Paragraph(plain("Running text")),
        Quote(plain("Two\nlines")),
        Fields(((plain("Host"), plain("Lena")),)),
        Items((plain("first"), plain("second")), numbered=True),
        Context(plain("Small")),
        Picture(icon, plain("A map")),
        Rule(),
        Actions((feet[0],), (feet[1],)),
    )
    files = (File("notes.txt", "né".encode(), "text/plain; charset=utf-8"),)
    read = mail(Message(blocks=blocks, files=files))
    assert read["Subject"] == "Heading"
    for words in ("> Two\n> lines", "Host: Lena", "2. second", "Small", "A map"):
        assert words in read["text"]
    link = f"{PAGE}/do/session.rsvp?session=1&answer=yes&label=Yes"
    assert f"Yes: {link}" in read["text"]
    assert "topic.vote?topic=a%26b&label=A%2C+or+B" in read["text"]
    assert read["notes.txt"] == "né"
    assert read["íco no.png"] == b"\x89PNG"
    assert read["html"] == "<p>é</p>\n.\n"


def test_mail_without_a_title_is_called_by_its_first_line() -> None:
    assert mail(Message(blocks=(Paragraph(plain("Hello\nyou")),)))["Subject"] == "Hello"
    assert mail(Message())["Subject"] == "Convener"
    assert "/help" in mail(Message(blocks=(Paragraph(plain(CommandRef("help"))),)))["text"]
