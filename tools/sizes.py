"""Measures modules and functions, to see what grows too long while it is still easy to cut."""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
MODULE = 300
FUNCTION = 40


@dataclass(frozen=True, order=True)
class Size:
    """How many lines something has, from its first to its last; decorators are not counted."""

    lines: int
    name: str


def modules(folder: Path) -> Iterator[Size]:
    """Measure every module below a folder."""
    for file, code in _read(folder):
        yield Size(len(code.splitlines()), str(file))


def functions(folder: Path) -> Iterator[Size]:
    """Measure every function below a folder, those inside others too."""
    for file, code in _read(folder):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                yield Size(lines, f"{file}:{node.lineno} {node.name}")


def _read(folder: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted(folder.rglob("*.py")):
        if file.parent.name != "versions":  # a migration is a list of tables, long by nature
            yield file.relative_to(folder), file.read_text(encoding="utf-8")


def spread(sizes: Sequence[Size]) -> tuple[float, float, int]:
    """Give the median, what nine in ten stay within, and the longest."""
    lines = [size.lines for size in sizes]
    return median(lines), quantiles(lines, n=10, method="inclusive")[-1], max(lines)


def main(names: Sequence[str]) -> None:
    """Print the spread of each folder, and what is longer than a module or a function may be."""
    for folder in [ROOT / name for name in names or ["bot", "storage", "tests"]]:
        inside, around = list(functions(folder)), list(modules(folder))
        middle, most, longest = spread(inside)
        print(f"{folder.name}: median {middle:g}, nine in ten {most:g}, longest {longest}")
        long = [size for size in inside if size.lines > FUNCTION]
        long += [size for size in around if size.lines > MODULE]
        for size in sorted(long, reverse=True):
            print(f"  {size.lines:4} {size.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
