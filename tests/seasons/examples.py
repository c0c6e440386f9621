"""Writes the part of each season that plays as an example people can play themselves."""

from collections.abc import Iterator
from pathlib import Path

from tests.seasons.reading import DIRECTIVE, SeasonScript

FOLDER = Path(__file__).parents[2] / "examples"


def example(season: SeasonScript) -> str:
    """Give a season without what does not exist yet, and without what only a ledger can tell."""
    return "".join(f"{line}\n" for line in _lines(season))


def _lines(season: SeasonScript) -> Iterator[str]:
    """Go through the lines that stay; remarks go with the step before which they stand."""
    steps = {step.number: step for step in season.steps}
    waits = {one.number for step in season.steps for one in step.expected if one.needs}
    remarks: list[str] = []
    plays = False
    for number, line in enumerate(season.lines, 1):
        directive = DIRECTIVE.match(line)
        if number in steps:
            plays = not steps[number].needs
            if plays:
                yield from (*remarks, line)
            remarks = []
        elif directive is None:
            remarks.append(line)
        elif plays and directive["kind"] == "sees" and number not in waits:
            yield line


def outdated(season: SeasonScript) -> bool:
    """Say whether the example of a season is another one than it should be."""
    file = FOLDER / f"{season.name}.txt"
    return not file.exists() or file.read_text(encoding="utf-8") != example(season)


def write(season: SeasonScript) -> None:
    """Write the example of a season."""
    (FOLDER / f"{season.name}.txt").write_text(example(season), encoding="utf-8")
