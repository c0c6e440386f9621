"""Writes whole communities down as JSON for programs and Markdown for people."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.app import CannotStart
from bot.app.database import Progress, open_storage
from storage import Storage
from storage.export import Rows, communities, whole

Area = Mapping[str, Rows]
LABELS = ("title", "name", "guiding_question")
MACHINERY = ("deliveries",)
"""Areas that are nothing to read for people."""


def export(url: str, folder: Path, progress: Progress) -> list[Path]:
    """Write each community into a folder of its own in `folder`, and give these.

    Raises CannotStart when one of them is not empty, and DatabaseUnreachable.
    """
    storage = open_storage(url, progress)
    try:
        return _export(storage, folder)
    finally:
        storage.close()


def _export(storage: Storage, folder: Path) -> list[Path]:
    with storage.read() as transaction:
        found = communities(transaction.session)
        homes = {id: folder / _folder_name(id, name) for id, name in found}
        for home in homes.values():
            if home.exists() and any(home.iterdir()):
                raise CannotStart(f"{home} is not empty. Please choose another folder.")
        for id, home in homes.items():
            home.mkdir(parents=True, exist_ok=True)
            _write(home, whole(transaction.session, id))
    return list(homes.values())


def _folder_name(id: int, name: str) -> str:
    words = re.sub(r"[^\w]+", "-", name.casefold()).strip("-")
    return f"{words[:60]}-{id}" if words else str(id)


def _write(home: Path, areas: Mapping[str, Area]) -> None:
    labels = {
        row["id"]: _label(row) for area in areas.values() for rows in area.values() for row in rows
    }
    for name, area in areas.items():
        text = json.dumps(area, ensure_ascii=False, indent=2)
        (home / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        if name not in MACHINERY:
            words = "\n".join(_markdown(name, area, labels))
            (home / f"{name}.md").write_text(words + "\n", encoding="utf-8")


def _label(row: Mapping[str, Any]) -> str:
    return next((str(row[name]) for name in LABELS if row.get(name)), "")


def _markdown(name: str, area: Area, labels: Mapping[str, str]) -> Iterator[str]:
    """Give an area line by line: a chapter a table, a heading for each thing that has a name."""
    yield f"# {_words(name)}"
    for table, rows in area.items():
        if rows:
            yield from ("", f"## {_words(table)}", "")
        for row in rows:
            facts = list(_facts(row, labels))
            if _label(row):
                yield from (f"### {_one_line(_label(row))}", "", *(f"- {f}" for f in facts), "")
            else:
                yield f"- {'; '.join(facts)}"


def _facts(row: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[str]:
    for name, value in row.items():
        if name != "id" and value not in (None, "", [], {}):
            shown = labels.get(value) or value if isinstance(value, str) else value
            listed = ", ".join(map(str, shown)) if isinstance(shown, list) else str(shown)
            yield f"{_words(name.removesuffix('_id'))}: {_one_line(listed)}"


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _one_line(words: str) -> str:
    return " ".join(words.split())
