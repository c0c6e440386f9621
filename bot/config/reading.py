"""Reads the settings from `config.toml` and the environment, which wins, and says what is wrong."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource

from bot.config.sections import BEFORE_TOKENS, PREFIX, TABLES, Settings, Variables

FILE = Path("config.toml")
EXAMPLE = Path(__file__).with_name("example.toml")
"""Every setting with its default and what it is for, to be written from."""
SHAPE = 'Expected lines such as [log], level = "info" and batch = 100, with text in quotes.'
LINE = re.compile(
    r"""\s*(?P<header>\[)?\s*(?P<key>[\w"'-]+(\s*\.\s*[\w"'-]+)*)\s*(?(header)\]|=)"""
)


class SettingsError(Exception):
    """The settings cannot be used; the message names each place and what belongs there."""


@dataclass(frozen=True)
class _Written:
    """What was found, and where: in a file with its lines, or in variables."""

    variables: Mapping[str, dict[str, Any]]
    name: str = "The environment"
    text: str = ""

    def merged(self) -> dict[str, Any]:
        file = tomllib.loads(self.text)
        for section, values in self.variables.items():
            if isinstance(below := file.get(section, {}), dict):
                file[section] = {**below, **values}
        return file

    def place(self, path: tuple[str, ...]) -> str:
        if path[1:] and path[1] in self.variables.get(path[0], {}):
            return PREFIX + "__".join(path).upper()
        lines = dict(_lines(self.text))
        line = lines.get(path) or lines.get(path[:1])
        return f"{self.name}, line {line}" if line else self.name


def load(
    path: Path | None = None,
    environ: Mapping[str, str] | None = None,
    *,
    before_tokens: bool = False,
) -> Settings:
    """Read the settings from `path` (or ./config.toml when there is one) and the environment.

    With `before_tokens` secrets may be missing. Raises SettingsError with one line for each thing
    that is wrong; no value is repeated in it.
    """
    variables = _variables(os.environ if environ is None else environ)
    file = path or (FILE if FILE.exists() else None)
    context = BEFORE_TOKENS if before_tokens else None
    written = _Written(variables, file.name, _read(file)) if file else _Written(variables)
    try:
        return Settings.model_validate(written.merged(), context=context)
    except tomllib.TOMLDecodeError as error:
        place = str(error).replace("end of document", f"line {written.text.count(chr(10)) + 1}")
        raise SettingsError(f"{written.name}: {place}. {SHAPE}") from error
    except ValidationError as error:
        found = [(tuple(map(str, wrong["loc"][:2])), wrong) for wrong in error.errors()]
    raise SettingsError(
        "\n".join(f"{written.place(path)}: {_wrong(path, wrong)}" for path, wrong in found)
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8 text: save it as UTF-8.") from error


def _variables(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    ours = {name.lower(): value for name, value in environ.items() if name.startswith(PREFIX)}
    for name in ours:
        section, _, setting = name.removeprefix(PREFIX.lower()).partition("__")
        if section not in TABLES:
            raise SettingsError(f"{name.upper()}: {_unknown(section, Settings)}")
        if setting not in TABLES[section].model_fields:
            raise SettingsError(f"{name.upper()}: {_unknown(setting, TABLES[section])}")
    source = EnvSettingsSource(Variables)
    source.env_vars = {name: value for name, value in ours.items() if value}
    return source()


def _lines(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Say on which line each section and each setting stands."""
    section: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if found := LINE.match(line):
            path = tuple(part.strip(" \t\"'") for part in found["key"].split("."))
            section = path if found["header"] else section
            yield path if found["header"] else (*section, *path), number


def _wrong(path: tuple[str, ...], detail: ErrorDetails) -> str:
    if detail["type"] == "value_error" and not path[1:]:
        return f"{''.join(f'[{part}] ' for part in path)}{detail['ctx']['error']}."
    if detail["type"] == "extra_forbidden":
        return _unknown(path[-1], TABLES[path[0]] if path[1:] else Settings)
    if not path[1:]:
        return f"[{path[0]}] should be a section, with its settings under it."
    verb = "is missing" if detail["type"] == "missing" else "should be"
    return f"[{path[0]}] {path[1]} {verb}: {TABLES[path[0]].model_fields[path[1]].description}."


def _unknown(name: str, table: type[BaseModel]) -> str:
    known = list(table.model_fields)
    close = get_close_matches(name, known, n=1)
    kind = "section" if table is Settings else "setting"
    hint = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(known)}."
    return f'there is no {kind} "{name}". {hint}'
