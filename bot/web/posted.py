"""Reads what a form on a page sent."""

from collections.abc import Mapping

from aiohttp import web
from multidict import MultiDictProxy

from bot.options.files import text_of

GIVEN = "f."
"""What the names of fields begin with."""


def values(sent: MultiDictProxy[str | bytes | bytearray | web.FileField]) -> Mapping[str, str]:
    """Give the raw values of fields, several of one name joined by commas.

    An empty one stands with boxes, so that none of them ticked is sent as well.
    """
    given: dict[str, list[str]] = {}
    for name, value in sent.items():
        if name.startswith(GIVEN):
            given.setdefault(name.removeprefix(GIVEN), []).append(_raw(value))
    return {name: ",".join(filter(None, raws)) for name, raws in given.items()}


def _raw(value: str | bytes | bytearray | web.FileField) -> str:
    if isinstance(value, web.FileField):
        return text_of(value.file.read()) if value.filename else ""
    return value if isinstance(value, str) else value.decode("utf-8", "replace")
