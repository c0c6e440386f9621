"""Holds whatever reads or shows people's words to steps that grow as the words do, no faster."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

import bot
from tests.hostile import HOSTILE, READERS, RENDERERS
from tests.steps import Steps

pytestmark = pytest.mark.slow

FEW, MANY = 150, 4000
GROWTH = 2.5
"""How many times as many steps twice the words may take; the square would take four times."""
SHORT = ("bot.moments", "bot.config", "bot.app", "bot.__main__")
"""What reads at most a hundred characters, or what nobody but the operator wrote."""
WORKS = {**READERS, **RENDERERS}
Use = tuple[str, re.Pattern[str], str]


def modules() -> Iterator[Any]:
    """Give each module that reads or shows what people wrote."""
    for found in walk_packages(bot.__path__, "bot."):
        if not found.name.startswith(SHORT):
            yield import_module(found.name)


def uses() -> Iterator[Use]:
    """Give the name of each regular expression, itself, and how it is used there."""
    for module in modules():
        source = Path(module.__file__).read_text(encoding="utf-8")
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                for method in sorted({*re.findall(rf"\b{name}\.(\w+)", source)}):
                    yield f"{module.__name__}.{name}.{method}", value, method
        for call in ast.walk(ast.parse(source)):
            match call:
                case ast.Call(ast.Attribute(ast.Name("re"), method), [ast.Constant(words), *_]):
                    if method != "compile" and isinstance(words, str):
                        yield f"{module.__name__}:{call.lineno}", re.compile(words), method


USES = {name: (pattern, method) for name, pattern, method in uses()}


# Steps are counted, of regular expressions and of calls, as seconds depend on the machine.
def steps(pattern: re.Pattern[str], method: str, words: str) -> int:
    """Count the steps of one use of a regular expression."""
    counted = Steps(pattern, words)
    once = {"fullmatch": counted.fullmatch, "match": counted.match}
    return once.get(method, counted.finditer)()


@pytest.fixture(autouse=True)
def deep() -> Iterator[None]:
    """Let what is repeated be counted in as many frames as it takes."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.parametrize("name", USES)
def test_regular_expression_takes_steps_as_there_are_signs(name: str) -> None:
    pattern, method = USES[name]
    for kind, write in HOSTILE.items():
        few, twice = (steps(pattern, method, write(length)) for length in (FEW, 2 * FEW))
        assert twice <= GROWTH * few + 50, kind


def calls(work: Callable[[str], object], words: str) -> int:
    """Count the calls that some work makes, of Python's own functions as well."""
    number = 0

    def count(frame: object, event: str, given: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    work(words)  # what is done at the first time only
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work(words)
    finally:
        sys.setprofile(before)
    return number


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("work", WORKS)
def test_words_are_read_and_shown_in_calls_as_there_are_signs(work: str, kind: str) -> None:
    execute, write = WORKS[work], HOSTILE[kind]
    few, twice = (calls(execute, write(length)) for length in (MANY, 2 * MANY))
    assert twice <= GROWTH * few + 50


@pytest.mark.parametrize("name", RENDERERS)
def test_what_is_shown_has_a_bound(name: str) -> None:
    much, more = (len(str(RENDERERS[name]("x " * length))) for length in (30_000, 200_000))
    assert more <= much + 10


def test_counting_finds_what_goes_back_again_and_again() -> None:
    few, twice = (steps(re.compile(r"\s+x"), "search", " " * n) for n in (FEW, 2 * FEW))
    assert twice > GROWTH * few + 50
