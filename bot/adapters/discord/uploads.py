"""Reads the texts of files that were uploaded with a command or a form, from Discord alone."""

from collections.abc import Iterator, Mapping
from typing import Any

import discord
import structlog

from bot.adapters.discord.client import DiscordClient
from bot.adapters.discord.tree import ATTACHMENT, SUBCOMMAND
from bot.adapters.discord.trouble import TROUBLES
from bot.options.files import AWAY, BIG, MOST, text_of

log = structlog.get_logger()
Body = Mapping[str, Any]
OURS = ("https://cdn.discordapp.com/", "https://media.discordapp.net/")
UPLOAD = discord.ComponentType.file_upload.value


async def texts(client: DiscordClient, body: Body) -> dict[str, str]:
    """Give what stands in the files of an interaction as raw values, by their options."""
    known = (body.get("resolved") or {}).get("attachments") or {}
    there = {name: known.get(id) or {} for name, id in _uploaded(body)}
    return {name: await _text(client, one) for name, one in there.items()}


def uploaded(body: Body) -> set[str]:
    """Name the options and fields that are files; those without one are left as they were."""
    fields = (label.get("component") or {} for label in body.get("components") or ())
    return {name for name, _ in _uploaded(body)} | {
        str(one.get("custom_id")) for one in fields if one.get("type") == UPLOAD
    }


def _uploaded(body: Body) -> Iterator[tuple[str, str]]:
    for label in body.get("components") or ():
        one = label.get("component") or {}
        if one.get("type") == UPLOAD:
            yield from ((str(one.get("custom_id")), str(id)) for id in one.get("values") or ())
    for option in body.get("options") or ():
        for one in option.get("options") or () if option["type"] == SUBCOMMAND else (option,):
            if one["type"] == ATTACHMENT:
                yield str(one["name"]), str(one.get("value"))


async def _text(client: DiscordClient, one: Body) -> str:
    url = str(one.get("url") or "")
    if int(one.get("size") or 0) > MOST:
        return BIG
    if not url.startswith(OURS):
        return AWAY
    try:
        return text_of(await client.http.get_from_cdn(url))
    except TROUBLES as error:
        log.info("file not read", action="download", error=str(error)[:200])
        return AWAY
