"""Reads who was at a session: names typed, pasted one a line, or pasted as a table."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.attendance import NOBODY, NamedPeople
from bot.errors import Unreadable
from bot.folding import folded
from bot.i18n import t
from bot.options.basic import LongText, Reading
from bot.options.people import mention
from bot.signs import NAME, cleaned
from storage.people import Member

MOST = 1000
"""How many names are read at a time."""
HEADS = {
    *("name", "full name", "participant", "participants", "user name", "display name"),
    *("attendee", "nombre", "nombre completo", "participante", "nom", "nom complet"),
}
"""What stands above the column of names in a table, folded."""
FIRST = {"first name", "firstname", "nombre de pila", "prenom", "given name"}
LAST = {
    "last name",
    "lastname",
    "surname",
    "apellido",
    "apellidos",
    "nom de famille",
    "family name",
}
_MENTION = re.compile(r"<@[^<>\s]{1,100}>|<@[^<>|]{1,100}\|[^<>]{0,200}>")
_MARKS = re.compile(r"^(?:[-*•–—·☐]|\[[ x]?\]|\d{1,4}[.)])\s+")
_NO_NAME = re.compile(r"[\d\s:./,%-]*|[^\s@]{1,100}@[^\s@]{1,100}")
"""What stands beside names in lists: hours, numbers, addresses of mail."""
_MAIL = re.compile(r"[<(][^\s<>()@]{1,100}@[^\s<>()@]{1,100}[>)]")
FORMULA = "=+-@\t"
"""What a cell begins with that a spreadsheet would work out: here it is text."""


@dataclass(frozen=True, slots=True)
class PeopleKind(LongText):
    """Some people: members, and names of those without an account."""

    empty: Any = NOBODY

    def read(self, raw: str, reading: Reading) -> Any:
        words = list(dict.fromkeys(_names(LongText.read(self, raw, reading))))
        if len(words) > MOST:
            raise Unreadable(
                t("That's more than {most} names. Please send it in parts.", most=MOST)
            )
        return _known(words, reading)

    def raw(self, value: Any, reading: Reading) -> str:
        return ", ".join([*(_written(one, value.members) for one in value.members), *value.names])


def _written(member: Member, among: Sequence[Member]) -> str:
    """Write a member by name, or by an account where others have that name."""
    alike = [one for one in among if folded(one.name) == folded(member.name)]
    plain = not set(member.name) & set(",;<>\n")
    if len(alike) == 1 and plain:
        return member.name
    return f"<@{member.accounts[0].account}|>" if member.accounts else member.name


def _names(words: str) -> Iterator[str]:
    """Give each name that stands in a list or a table."""
    lines = [line for line in words.splitlines() if line.strip()]
    table = _table(lines)
    if table is not None:
        yield from filter(None, map(_named, table))
        return
    for line in lines:
        yield from filter(None, map(_named, _parts(_MARKS.sub("", line))))


def _parts(line: str) -> Iterator[str]:
    """Divide a line at its commas and semicolons, and around mentions."""
    at = 0
    for found in _MENTION.finditer(line):
        yield from re.split(r"[,;\t]", line[at : found.start()])
        yield found.group()
        at = found.end()
    yield from re.split(r"[,;\t]", line[at:])


def _table(lines: Sequence[str]) -> Sequence[str] | None:
    """Give the names of a table whose first line says which column they are in."""
    sign = max(",;\t", key=lines[0].count) if lines else ","
    rows = list(csv.reader(lines, delimiter=sign))
    heads = [_head(cell) for cell in rows[0]] if rows else []
    first, last = (_column(heads, named) for named in (FIRST, LAST))
    whole = _column(heads, HEADS)
    columns = [at for at in ((first, last) if first is not None else (whole,)) if at is not None]
    if not columns or (len(heads) == 1 and len(rows) == 1):
        return None
    return [" ".join(row[at] for at in columns if at < len(row)) for row in rows[1:]]


def _head(cell: str) -> str:
    return folded(re.sub(r"\(.*", "", cleaned(cell))).strip(' "')


def _column(heads: Sequence[str], named: set[str]) -> int | None:
    return next((at for at, head in enumerate(heads) if head in named), None)


def _named(cell: str) -> str:
    """Give a name as it can be kept; nothing for what is none."""
    words = cleaned(cell).strip(" \"'")
    if mention(words, "@") is not None:
        return words
    words = _MAIL.sub("", words).strip().lstrip(FORMULA).strip()
    return "" if _NO_NAME.fullmatch(words) else words[:NAME]


def _known(words: Sequence[str], reading: Reading) -> NamedPeople:
    """Find who is a member. Raises Unreadable where a name is that of several."""
    ids = {each: mention(each, "@") for each in words}
    plain = [each for each, id in ids.items() if id is None]
    accounts = [*(id for id in ids.values() if id), *plain]
    found = reading.records.members.called(plain, accounts)
    by_account = {
        account.account.lower(): one
        for one in found
        for account in one.accounts
        if (account.platform, account.workspace) == (reading.platform, reading.workspace)
    }
    members, names = dict[int, Member](), list[str]()
    for each in words:
        member = by_account.get((ids[each] or each).lower()) or _by_name(each, found)
        if member is not None:
            members[member.id] = member
        elif ids[each] is None:
            names.append(each)
        else:
            names += [name for name in [each[2:-1].partition("|")[2]] if name]
    return NamedPeople([*members.values()], names)


def _by_name(words: str, found: Sequence[Member]) -> Member | None:
    alike = [one for one in found if folded(one.name) == folded(words)]
    if len(alike) > 1:
        several = t(
            "Several people are called “{words}”: mention the right one with @.", words=words
        )
        raise Unreadable(several)
    return alike[0] if alike else None
