"""Reads our own code as a tree, for the test that guards the house."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class WrittenCall:
    """A written call of `button` or `choice`: the command it names, with which options."""

    place: str
    command: str
    options: frozenset[str]
    label: str


@cache
def trees(folder: str) -> dict[Path, ast.Module]:
    """Read every module below a folder."""
    files = sorted((ROOT / folder).rglob("*.py"))
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}


@cache
def nodes(folder: str) -> Sequence[tuple[Path, ast.AST]]:
    """Give every node of every module below a folder, with its file."""
    found = [(file.relative_to(ROOT), tree) for file, tree in trees(folder).items()]
    return [(file, node) for file, tree in found for node in ast.walk(tree)]


def place(file: Path, node: ast.AST) -> str:
    """Say where a node is written: its file and line."""
    return f"{file}:{getattr(node, 'lineno', 0)}"


def strings(folder: str) -> Iterator[tuple[str, str]]:
    """Give every string that is written somewhere, with its place."""
    return ((place(file, node), words) for file, node in nodes(folder) if (words := words_of(node)))


def words_of(node: ast.AST) -> str:
    """Give the words of a string, empty for everything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def label_of(node: ast.AST) -> str:
    """Give the words of a text, empty when they are not written out there."""
    match node:
        case ast.Call(func=ast.Name(id="t"), args=[words]):
            return words_of(words)
    return ""


def bindings(folder: str) -> Iterator[WrittenCall]:
    """List the buttons and menus that name their command."""
    for file, node in nodes(folder):
        match node:
            case ast.Call(func=ast.Name(id="button" | "choice" as kind), args=[label, name, *more]):
                given = {one.arg for one in node.keywords if one.arg} - {"style"}
                chosen = {words_of(more[0])} if kind == "choice" else set()
                if words_of(name):
                    where = place(file, node)
                    yield WrittenCall(
                        where, words_of(name), frozenset(given | chosen), label_of(label)
                    )


def notices(folder: str) -> Iterator[tuple[str, str]]:
    """List the notices that are sent, wanted, cancelled or told to people, with their place."""
    for file, node in nodes(folder):
        match node:
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Attribute(attr="deliveries"), attr="send" | "want" | "cancel"
                ),
                args=[_, ast.Constant(value=str(name)), *_],
            ):
                yield place(file, node), name
            case ast.Call(
                func=ast.Name(id="tell" | "tell_awake" | "addressed"),
                args=[_, _, ast.Constant(value=str(name)), *_],
            ):
                yield place(file, node), name


def names(folder: str) -> Iterator[tuple[str, str]]:
    """List what is given a name: modules, folders, classes, functions, parameters, variables."""
    for file in trees(folder):
        inside = file.relative_to(ROOT)
        yield from ((str(inside), part) for part in inside.with_suffix("").parts)
    for file, node in nodes(folder):
        if named := _named(node):
            yield place(file, node), named


def _named(node: ast.AST) -> str:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.alias(asname=str(name)):
            return name
        case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
            return name  # what is set on others is named by them
    return ""
