"""Answers requests whose sender may have what they ask for already (RFC 9110, section 13)."""

from datetime import UTC, datetime
from email.utils import format_datetime

from aiohttp import web
from aiohttp.hdrs import IF_NONE_MATCH


def has_it(request: web.Request, etag: str, changed_at: datetime) -> bool:
    """Say whether the sender of a request has a page as it is.

    What they say of its bytes counts before what they say of its time. That has to be the time
    they were given: a later one is of another clock, or of before a backup was restored.
    """
    if IF_NONE_MATCH in request.headers:
        known = request.if_none_match or ()
        return any(tag.value in (etag, "*") for tag in known)
    return _since(request) == changed_at.replace(microsecond=0)


def _since(request: web.Request) -> datetime | None:
    try:
        return request.if_modified_since
    except OverflowError:  # aiohttp takes any number for a year
        return None


def validators(etag: str, changed_at: datetime) -> dict[str, str]:
    """Give the headers by which a sender says later what they have."""
    at = format_datetime(changed_at.astimezone(UTC).replace(microsecond=0), usegmt=True)
    return {"ETag": f'"{etag}"', "Last-Modified": at}
