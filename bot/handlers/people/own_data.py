"""Lets people have what is kept of them: as a file, or erased."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from bot.chat import File
from bot.commands import EVERYONE, Caller
from bot.handlers import groups
from bot.handlers.people.group import my
from bot.handlers.people.words import own_data as words
from bot.i18n import t
from bot.protocol import Reply, Say
from storage import Records
from storage.erasure import erase_member
from storage.personal import Rows, about, counts

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


@my.command(title=t("Get my data"), submit=t("Get file"), who=EVERYONE, reads=True)
def data_(caller: Caller, records: Records) -> Reply:
    """Get everything I keep about you, as a file."""
    found = about(records.db.connection(), caller.member.id)
    made = {"made_at": caller.now.isoformat(), "community": records.community.name}
    return Say(words.handed_over(File("my-data.zip", packed(found, made), "application/zip")))


def packed(found: Mapping[str, Rows], made: Mapping[str, str]) -> bytes:
    """Pack rows by table into a ZIP: all as one JSON, and each table as CSV."""
    packing = io.BytesIO()
    with ZipFile(packing, "w", ZIP_DEFLATED) as archive:
        everything = json.dumps({**made, "tables": found}, ensure_ascii=False, indent=2)
        archive.writestr("my-data.json", everything.encode("utf-8", "replace"))
        for table, rows in found.items():
            archive.writestr(f"{table}.csv", _as_csv(rows).encode("utf-8", "replace"))
    return packing.getvalue()


def _as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(rows[0])
    table.writerows([_cell(value) for value in row.values()] for row in rows)
    return written.getvalue()


def _cell(value: object) -> str:
    """Write a value so that a spreadsheet shows it and never carries it out."""
    listed = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
    told = "" if listed is None else str(listed)
    return f"'{told}" if told.startswith(FORMULAS) else told


@my.command(title=t("Erase my data"), submit=t("Check first"), who=EVERYONE, reads=True)
def erase(caller: Caller, records: Records) -> Reply:
    """Erase everything I keep about you; I'll show you first what goes and what stays."""
    found = counts(records.db.connection(), caller.member.id)
    return Say(words.about_to_erase(found))


@my.command(
    title=t("Erase everything now"), submit=t("Erase everything"), who=EVERYONE, listed=False
)
def erase_now(caller: Caller, records: Records) -> Reply:
    """Erase everything I keep about you."""
    for group in groups():
        for farewell in group.farewells:
            farewell(caller, records)
    erase_member(records.db, records.community_id, caller.member.id, caller.now)
    return Say(words.erased(), goes=True)
