"""Reads what a browser says of who uses it: their language, and their time zone."""

from aiohttp import web

from bot.i18n import supported_language
from bot.moments.places import known_zones

ZONE = "zone"
"""The hidden field that a browser with JavaScript fills in."""


def language(request: web.Request) -> str:
    """Give the language of a browser, if it is one of ours."""
    said = request.headers.get("Accept-Language", "")[:2].lower()
    return said if said == supported_language(said) else ""


def zone(said: object) -> str:
    """Give the time zone that a browser filled in, if there is such a zone."""
    return said if isinstance(said, str) and said in known_zones() else ""
