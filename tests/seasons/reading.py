"""Reads a season: what people do line by line, and what is expected behind each line."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
AREAS = frozenset(
    {"sessions", "programmes", "hosting", "openspace", "rounds", "fishbowl", "calls", "learning"}
    | {"courses", "people", "community", "measures", "calendar", "hours", "web", "mail"}
)
CLOCK = re.compile(r"# clock (\S+)")
MARK = re.compile(r"\s{2,}# needs (?P<area>[\w-]+)$")
DIRECTIVE = re.compile(r"# (?P<kind>sees|never|private|count)\b(?P<rest>.*)")
REST = re.compile(
    r" (?:(?P<compare>>=|<=|)(?P<number>\d+) )?(?P<who>[#\w,-]+)"
    r' "(?P<words>.+)"(?: x(?P<times>\d+))?'
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected behind a line. `kind` is its directive, `needs` the area it waits for.

    `number` counts lines from 1; `times` are how often `sees` expects its words, `compare` and
    `count` what `count` expects.
    """

    number: int
    kind: str
    who: tuple[str, ...]
    words: str
    needs: str = ""
    compare: str = ""
    count: int = 0
    times: int | None = None


@dataclass(slots=True)
class Step:
    """A line in which somebody acts or time passes, with what is expected behind it."""

    number: int
    line: str
    needs: str = ""
    expected: list[Expected] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SeasonScript:
    """One community from its first day to its last."""

    name: str
    clock: str
    steps: Sequence[Step]
    lines: Sequence[str]


def seasons() -> list[SeasonScript]:
    """Read all seasons, in the order of their names."""
    return [read_file(file) for file in sorted(FOLDER.glob("0*.txt"))]


def read_file(file: Path) -> SeasonScript:
    """Read one season. Raises ValueError for what cannot be read."""
    return read(file.stem, file.read_text(encoding="utf-8").splitlines())


def read(name: str, lines: Sequence[str]) -> SeasonScript:
    """Read the lines of a season. Raises ValueError for what cannot be read."""
    clock = CLOCK.search("\n".join(lines))
    if clock is None:
        raise ValueError(f"{name} does not say when its clock starts")
    return SeasonScript(name, clock[1], _steps(name, lines), lines)


def _steps(name: str, lines: Iterable[str]) -> list[Step]:
    steps: list[Step] = []
    for number, line in enumerate(lines, 1):
        words, needs = _unmarked(f"{name}:{number}", line.strip())
        if words.startswith("#"):
            expected = _expected(f"{name}:{number}", number, words, needs)
            if expected:
                steps[-1].expected.append(expected)
        elif words:
            steps.append(Step(number, words, needs))
    return steps


def _unmarked(where: str, line: str) -> tuple[str, str]:
    """Take the mark off a line; gives the area it waits for as well."""
    mark = MARK.search(line)
    if mark is None:
        return line, ""
    if mark["area"] not in AREAS:
        raise ValueError(f"{where}: there is no area {mark['area']}")
    return line[: mark.start()], mark["area"]


def _expected(where: str, number: int, words: str, needs: str) -> Expected | None:
    directive = DIRECTIVE.fullmatch(words)
    if directive is None:
        return None
    rest = REST.fullmatch(directive["rest"])
    if rest is None or (directive["kind"] == "count") != (rest["number"] is not None):
        raise ValueError(f"{where}: cannot read {words}")
    return Expected(
        number,
        directive["kind"],
        tuple(rest["who"].split(",")),
        rest["words"],
        needs,
        rest["compare"] or "",
        int(rest["number"] or 0),
        int(rest["times"]) if rest["times"] else None,
    )
