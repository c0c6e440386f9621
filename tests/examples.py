"""Reads the example files: lines of a chat, with what people see behind `# sees`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "examples"
CLOCK = re.compile(r"# clock (\S+)")
SEES = re.compile(r'# sees (\S+) "(.*)"')


@dataclass(frozen=True, slots=True)
class Example:
    """One file: its lines, when its clock starts, and what is seen after which line."""

    name: str
    clock: str
    lines: Sequence[str]

    def seen(self) -> list[tuple[int, str, str]]:
        """List what is to be seen: the line it comes after, from 1, by whom, which words."""
        found, last = [], 0
        for number, line in enumerate(self.lines, 1):
            if match := SEES.fullmatch(line):
                found.append((last, match[1] if match[1][0] == "#" else f"@{match[1]}", match[2]))
            elif line.strip() and not line.startswith("#"):
                last = number
        return found


def examples() -> list[Example]:
    """Read all examples that have a clock, in the order of their names."""
    return [_read(file) for file in sorted(FOLDER.glob("0*.txt"))]


def _read(file: Path) -> Example:
    words = file.read_text(encoding="utf-8")
    clock = CLOCK.search(words)
    assert clock, f"{file.name} says not when it begins"
    return Example(file.stem, clock[1], words.splitlines())
