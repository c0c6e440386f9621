"""Brings in foreign files: exports and backups with other rows in them, and settings."""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from bot.app import CannotStart
from bot.app.backup import backup, restore
from bot.app.export import export, import_
from bot.config import EXAMPLE, TABLES, SettingsError, load
from fuzz.area import Take
from fuzz.dice import Dice
from fuzz.worlds import database, sound
from storage import Storage
from storage.engine import open_engine
from tests.chatting import START, Chat
from tests.openspaces import elsewhere, with_board

Files = Mapping[str, bytes]
MANY: tuple[Any, ...] = (
    0,
    1,
    -1,
    2**31,
    2**63,
    10**30,
    "9" * 25,
    "-1",
    "",
    None,
    True,
    [],
    {},
    "x",
    1.5,
)
SETTINGS = tuple(
    f"CONVENER__{name}__{setting}".upper()
    for name, table in TABLES.items()
    for setting in table.model_fields
)


def quietly(steps: Sequence[str]) -> AbstractContextManager[Callable[[str], None]]:
    """Say nothing of migrations."""
    return nullcontext(lambda revision: None)


@cache
def _written() -> tuple[Files, Files]:
    """Export and back a community up, once for this process."""
    with TemporaryDirectory() as folder, database() as url:
        with closing(Storage(url)) as storage, closing(Chat(storage)) as chat:
            with_board(chat)
            chat.say("maria", '/session plan title="Budgets" when="2026-11-10 15:00"', "#general")
            chat.press("maria", "Announce now")
            elsewhere(chat)
        home = export(url, Path(folder) / "out", quietly)[0]
        backup(url, Path(folder) / "all.zip")
        with ZipFile(Path(folder) / "all.zip") as archive:
            packed = {name: archive.read(name) for name in archive.namelist()}
        return {one.name: one.read_bytes() for one in home.glob("*.json")}, packed


@contextmanager
def world(dice: Dice) -> Iterator[Take]:
    """Give each file to what reads it."""
    exported, packed = _written()

    def take(dice: Dice) -> None:
        match dice.randrange(16):
            case 0:
                _import(dice, exported)
            case 1:
                _restore(dice, packed)
            case _:
                _settings(dice)

    yield take


def _import(dice: Dice, exported: Files) -> None:
    """Import an export with other rows in it; what comes in is sound."""
    name = dice.choice(sorted(exported))
    changed = {**exported, name: _changed_json(dice, exported[name], _areas)}
    with TemporaryDirectory() as folder, database() as url:
        for file, content in changed.items():
            (Path(folder) / file).write_bytes(content)
        with _refused():
            import_(url, Path(folder), quietly, START)
            _look(url)


def _restore(dice: Dice, packed: Files) -> None:
    """Restore a backup with other rows in it."""
    name = dice.choice(sorted(packed))
    change = _changed_lines if name.endswith(".jsonl") else _changed_json
    content = change(dice, packed[name])
    raw = io.BytesIO()
    with ZipFile(raw, "w", ZIP_DEFLATED) as archive:
        for member, before in packed.items():
            archive.writestr(member, content if member == name else before)
    whole = dice.damaged_bytes(raw.getvalue()) if dice.one_in(5) else raw.getvalue()
    with TemporaryDirectory() as folder, database() as url:
        (Path(folder) / "all.zip").write_bytes(whole)
        with _refused():
            restore(url, Path(folder) / "all.zip", START)
            _look(url)


def _look(url: str) -> None:
    engine = open_engine(url)
    try:
        sound(engine)
    finally:
        engine.dispose()


@contextmanager
def _refused() -> Iterator[None]:
    """Let the refusal pass that is promised, in a sentence."""
    try:
        yield
    except CannotStart:
        return


def _areas(dice: Dice, areas: Any) -> Any:  # noqa: ANN401
    """Change one field of one row, where there is one."""
    tables = [rows for rows in areas.values() if rows] if isinstance(areas, dict) else []
    if not tables or not isinstance(tables[0], list):
        return dice.mutated(areas)
    _row(dice, dice.choice(dice.choice(tables)))
    return areas


def _row(dice: Dice, row: dict[str, Any]) -> None:
    name = dice.choice(list(row))
    if dice.one_in(8):
        del row[name]
    elif dice.one_in(8):
        row[dice.value()] = dice.json()
    else:
        row[name] = dice.choice(MANY) if dice.one_in(2) else dice.json()


def _changed_json(
    dice: Dice, content: bytes, change: Callable[[Dice, Any], Any] | None = None
) -> bytes:
    """Change JSON: a field, anything in it, its bytes, or put what is deep in its place."""
    if dice.one_in(10):
        return dice.choice((b"[", b'{"a":', b"\xef\xbb\xbf{", b"\xff")) * dice.choice((1, 100_000))
    if dice.one_in(6):
        return dice.damaged_bytes(content)
    value = json.loads(content)
    value = change(dice, value) if change and not dice.one_in(4) else dice.mutated(value)
    mark = b"\xef\xbb\xbf" if dice.one_in(6) else b""
    return mark + json.dumps(value).encode()


def _changed_lines(dice: Dice, content: bytes) -> bytes:
    """Change one line of JSON lines: its row, or its bytes; double it or leave it out."""
    lines = content.splitlines() or [b"{}"]
    at = dice.randrange(len(lines))
    match dice.randrange(6):
        case 0:
            lines[at] = dice.damaged_bytes(lines[at])
        case 1:
            del lines[at]
        case 2:
            lines.append(lines[at])
        case _:
            row = json.loads(lines[at] or b"{}")
            if isinstance(row, dict) and row:
                _row(dice, row)
            lines[at] = json.dumps(row).encode()
    return b"\n".join(lines) + b"\n"


def _settings(dice: Dice) -> None:
    """Read a config file and an environment."""
    words = EXAMPLE.read_text(encoding="utf-8")
    lines = [line.removeprefix("# ") if dice.one_in(2) else line for line in words.splitlines()]
    raw = dice.damaged("\n".join(lines)).encode("utf-8", "surrogatepass")
    raw = dice.damaged_bytes(raw) if dice.one_in(3) else raw
    environ = {dice.choice(SETTINGS): dice.value() for _ in range(dice.choice((0, 0, 1, 3)))}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "config.toml"
        file.write_bytes(dice.choice((b"", b"\xef\xbb\xbf")) + raw)
        for written in (file, None):
            try:
                load(written, environ)
            except SettingsError:
                continue
