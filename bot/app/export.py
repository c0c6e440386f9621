"""Writes whole communities down as JSON for programs and Markdown for people, and reads them."""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.app import CannotStart
from bot.app.database import Progress, ensure_there, open_storage
from bot.handlers.openspace.words.proceedings import inert
from storage import Storage
from storage.engine import schema_of
from storage.export import Areas, Rows, bring_in, communities, rooms, whole
from storage.rows import Unfit, snapshot

Area = Mapping[str, Rows]
ABOUT = "about.json"
"""Says of which schema an export is, and when it was made."""
LABELS = ("title", "name", "guiding_question")
MACHINERY = ("deliveries",)
"""Areas that are nothing to read for people."""
MISSHAPEN = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""What reading raises where JSON of another shape lies."""


def export(url: str, folder: Path, progress: Progress) -> list[Path]:
    """Write each community into a folder of its own in `folder`, and give these.

    Raises CannotStart when one of them is not empty, and DatabaseUnreachable.
    """
    ensure_there(url)
    storage = open_storage(url, progress)
    try:
        return _export(storage, folder)
    finally:
        storage.close()


def _export(storage: Storage, folder: Path) -> list[Path]:
    with snapshot(storage.engine) as connection:
        found = communities(connection)
        homes = {id: folder / _folder_name(id, name) for id, name in found}
        for home in homes.values():
            if home.exists() and any(home.iterdir()):
                raise CannotStart(f"{home} is not empty. Please choose another folder.")
        made = {"schema": schema_of(connection), "made_at": datetime.now(UTC).isoformat()}
        for id, home in homes.items():
            areas = whole(connection, id)
            _write(home, areas, {**made, "rows": _counted(areas)})
    return list(homes.values())


def _counted(areas: Mapping[str, Area]) -> Mapping[str, int]:
    return {table: len(rows) for area in areas.values() for table, rows in area.items()}


def import_(url: str, folder: Path, progress: Progress, now: datetime) -> int:
    """Bring in what `export` wrote into `folder`, or one community's folder in it, with all ids.

    Gives the number of rows. Raises CannotStart when it does not fit, and DatabaseUnreachable.
    """
    homes = [file.parent for file in sorted((*folder.glob(ABOUT), *folder.glob(f"*/{ABOUT}")))]
    if not homes:
        raise CannotStart(f"{folder} holds nothing that `python -m bot export` has written.")
    storage = open_storage(url, progress)
    try:
        made = _made(homes[0])
        at = datetime.fromisoformat(made["made_at"])
        return bring_in(storage.engine, [_read(home) for home in homes], made["schema"], at, now)
    except (Unfit, OSError) as error:
        raise CannotStart(str(error)) from error
    except MISSHAPEN as error:
        raise CannotStart(f"{folder} is not whole, or was changed: {error!r}") from error
    finally:
        storage.close()


def _made(home: Path) -> Mapping[str, Any]:
    made: Mapping[str, Any] = _loaded(home / ABOUT)
    return made


def _loaded(file: Path) -> Any:  # noqa: ANN401
    """Read JSON, also with the byte order mark that some editors put before it."""
    return json.loads(file.read_text(encoding="utf-8-sig"))


def _read(home: Path) -> Areas:
    """Read the areas of a community. Raises Unfit when there is less than was written."""
    files = [file for file in sorted(home.glob("*.json")) if file.name != ABOUT]
    areas = {file.stem: _loaded(file) for file in files}
    rows = _made(home).get("rows")  # an older version counted none
    if rows is None and (lacking := set(rooms().values()) - areas.keys()):
        raise Unfit(f"{home} is not whole: {', '.join(sorted(lacking))} is missing.")
    counted = _counted(areas)
    wrong = [table for table, number in (rows or {}).items() if counted.get(table) != number]
    if wrong:
        raise Unfit(f"{home} is not whole: rows of {', '.join(wrong)} are missing.")
    return areas


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _folder_name(id: int, name: str) -> str:
    words = re.sub(r"[^\w]+", "-", name.casefold()).strip("-")
    return f"{words[:60]}-{id}" if words else str(id)


def _write(home: Path, areas: Mapping[str, Area], about: Mapping[str, object]) -> None:
    """Write a folder whole or not at all."""
    home.parent.mkdir(0o700, parents=True, exist_ok=True)
    begun = home.with_name(f".{home.name}.part")
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir(0o700)
    try:
        _fill(begun, areas)
        _write_privately(begun / ABOUT, _json(about))
        begun.rename(home)
    finally:
        shutil.rmtree(begun, ignore_errors=True)


def _write_privately(file: Path, words: str) -> None:
    """Write a file that its owner alone can read, wherever it is copied to."""
    opened = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as out:
        out.write(words)


def _fill(home: Path, areas: Mapping[str, Area]) -> None:
    labels = {
        row["id"]: _label(row) for area in areas.values() for rows in area.values() for row in rows
    }
    for name, area in areas.items():
        _write_privately(home / f"{name}.json", _json(area))
        if name not in MACHINERY:
            words = "\n".join(_markdown(name, area, labels))
            _write_privately(home / f"{name}.md", words + "\n")


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
                yield from (
                    f"### {inert(_one_line(_label(row)))}",
                    "",
                    *(f"- {f}" for f in facts),
                    "",
                )
            else:
                yield f"- {'; '.join(facts)}"


def _facts(row: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[str]:
    """Give what is known of a thing; ids as the names of what they stand for."""
    for name, value in row.items():
        if name == "id" or not value:
            continue
        shown = labels.get(value) or value if isinstance(value, str) else value
        listed = ", ".join(map(str, shown)) if isinstance(shown, list) else str(shown)
        yield f"{_words(name.removesuffix('_id'))}: {inert(_one_line(listed))}"


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _one_line(words: str) -> str:
    """Keep the lines of a longer text apart without leaving the line."""
    return " / ".join(line for part in words.splitlines() if (line := " ".join(part.split())))
