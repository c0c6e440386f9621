"""Writes mails as MIME (RFC 2045) in ASCII, many times as fast as the library does."""

import re
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Mapping, Sequence
from email.header import Header
from email.utils import encode_rfc2231, formataddr

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
LINE = 76
END = "\r\n"


def one_line(words: str) -> str:
    """Leave out of words what would end a line: nobody adds a header by what they write."""
    return " ".join(CONTROL.sub(" ", words).split())


def header(name: str, words: str) -> str:
    """Write a header; other characters than ASCII as encoded words (RFC 2047)."""
    plain = one_line(words)
    if plain.isascii() and "=?" not in plain:
        return f"{name}: {plain}{END}"
    return f"{name}: {Header(plain, 'utf-8', LINE, name).encode(linesep=END)}{END}"


def text(kind: str, words: str) -> str:
    """Write a part of text."""
    lines = words.encode("utf-8", "replace").replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    head = f'Content-Type: {kind}; charset="utf-8"{END}'
    body = b2a_qp(lines, istext=True).decode("ascii")
    return f"{head}Content-Transfer-Encoding: quoted-printable{END}{END}{body}"


def file(kind: str, name: str, content: bytes) -> str:
    """Write a part that is a file."""
    head = f"Content-Type: {one_line(kind)}{END}Content-Transfer-Encoding: base64{END}"
    shown = f"Content-Disposition: attachment; {_named(one_line(name))}{END}"
    return head + shown + END + encodebytes(content).decode("ascii").replace("\n", END)


def multipart(kind: str, parts: Sequence[str]) -> str:
    """Put parts together; what stands between them is in no text as it is written here."""
    between = f"=_{kind}"
    whole = "".join(f"--{between}{END}{part}{END}" for part in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{between}"{END}{END}'
    return f"{head}{whole}--{between}--{END}"


def mail(sender: tuple[str, str], headers: Mapping[str, str], body: str) -> bytes:
    """Put a mail together, which comes from somebody by name and address."""
    name, address = sender
    head = f"From: {formataddr((one_line(name), address))}{END}"
    head += "".join(header(name, words) for name, words in headers.items())
    return f"{head}MIME-Version: 1.0{END}{body}".encode("ascii")


def _named(name: str) -> str:
    if name.isascii():
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'filename="{escaped}"'
    return f"filename*={encode_rfc2231(name, 'utf-8')}"
