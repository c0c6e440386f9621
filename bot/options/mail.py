"""Knows the kind of argument that is an address for mail."""

import re
from dataclasses import dataclass

from bot.errors import Unreadable
from bot.i18n import t
from bot.options.basic import Line, Reading

LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
LONGEST, LONGEST_LOCAL = 254, 64
SEVERAL = t("Please write one address only.")
NO_ADDRESS = t("I didn't understand this address. Write it like ana@example.org.")


@dataclass(frozen=True, slots=True)
class MailAddress(Line):
    """One address, in small letters; a domain of other letters as mail servers know it."""

    limit: int = LONGEST

    def read(self, raw: str, reading: Reading) -> str:
        return address_of(Line.read(self, raw, reading))


def address_of(words: str) -> str:
    """Give an address as it is kept. Raises Unreadable for a list, and for what is none."""
    if len(words) > LONGEST:  # to write a domain in other letters takes long for long ones
        raise Unreadable(NO_ADDRESS)
    local, _, domain = words.strip().lower().rpartition("@")
    if "@" in local or re.search(r"[,;\s]", words.strip()):
        raise Unreadable(SEVERAL if words.count("@") > 1 else NO_ADDRESS)
    try:
        host = domain.encode("idna").decode() if domain else ""
    except UnicodeError:
        host = ""
    there = LOCAL.fullmatch(local) and DOMAIN.fullmatch(host) and len(local) <= LONGEST_LOCAL
    if not there or len(local) + len(host) >= LONGEST:
        raise Unreadable(NO_ADDRESS)
    return f"{local}@{host}"
