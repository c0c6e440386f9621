"""Shows that everything that can go wrong with a message has one meaning."""

import inspect
from collections.abc import Iterator
from typing import Any

import aiohttp
import discord
import pytest

from bot.adapters.discord.trouble import CLOSED, LOST, WAIT, mend, post_error
from bot.errors import Busy, PersonClosed, PersonLeft, PostError, Refused, TargetLost, Uncertain

# discord.com/developers/docs/topics/opcodes-and-status-codes: what posting, editing, looking up,
# opening a thread or a direct message can come to, with the status each comes with
ANSWERS: dict[int, tuple[int, type[PostError]]] = {
    0: (500, Uncertain),
    10001: (404, TargetLost),
    10003: (404, TargetLost),
    10004: (404, TargetLost),
    10008: (404, Refused),
    10013: (404, PersonClosed),
    20016: (400, Busy),
    20022: (429, Busy),
    20028: (429, Busy),
    20029: (429, Busy),
    30046: (429, Busy),
    40001: (401, Busy),
    40002: (403, TargetLost),
    40003: (429, Busy),
    40005: (413, Refused),
    40062: (429, Busy),
    40333: (403, TargetLost),
    50001: (403, TargetLost),
    50005: (403, TargetLost),
    50006: (400, Refused),
    50007: (403, PersonClosed),
    50008: (400, TargetLost),
    50013: (403, TargetLost),
    50024: (400, TargetLost),
    50035: (400, Refused),
    50083: (400, TargetLost),
    50109: (400, Refused),
    50278: (403, PersonLeft),
    130000: (503, Busy),
    160002: (400, Refused),
    160004: (400, Refused),
    160005: (400, TargetLost),
    200000: (400, Refused),
    240000: (400, Refused),
}


class Response:
    """As much of aiohttp's answer as discord.py's exceptions look at."""

    reason = "no"

    def __init__(self, status: int, **headers: str) -> None:
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def answered(status: int, code: int, **headers: str) -> discord.HTTPException:
    response: Any = Response(status, **headers)
    return discord.HTTPException(response, {"code": code, "message": "no"})


@pytest.mark.parametrize("code", ANSWERS)
def test_each_answer_has_one_meaning(code: int) -> None:
    status, kind = ANSWERS[code]
    assert type(post_error(answered(status, code), "7")) is kind


def test_each_code_that_is_known_is_tested() -> None:
    assert {*LOST, *CLOSED, *WAIT} <= set(ANSWERS)


def exceptions() -> Iterator[type[BaseException]]:
    found = vars(discord.errors).values()
    yield from (one for one in found if inspect.isclass(one) and issubclass(one, Exception))


def made(kind: type[BaseException]) -> BaseException:
    """Make an exception without the arguments each wants."""
    error = kind.__new__(kind)
    error.__dict__.update(response=Response(400), status=400, code=0, text="", retry_after=7.0)
    return error


@pytest.mark.parametrize("kind", list(exceptions()))
def test_each_exception_of_the_library_has_a_meaning(kind: type[BaseException]) -> None:
    assert isinstance(post_error(made(kind), "7"), PostError)


@pytest.mark.parametrize("error", [TimeoutError(), OSError(), aiohttp.ServerDisconnectedError()])
def test_broken_connection_is_uncertain(error: Exception) -> None:
    assert isinstance(post_error(error, "7"), Uncertain)


def test_limit_without_a_time_is_waited_for_all_the_same() -> None:
    busy = post_error(answered(429, 0, Retry_After="soon"), "7")
    assert isinstance(busy, Busy)
    assert busy.retry_after > 0


def test_what_is_not_of_the_connection_has_no_remedy() -> None:
    assert mend(ValueError()) is None
