"""Says of channels that were just chosen why nothing can be posted there, before anything is."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.chat import Paragraph, Place
from bot.errors import PostError
from bot.i18n import Text, t
from bot.protocol import Adapter, Answer, Say

PATIENCE = 5.0
"""Seconds a platform has to answer: whoever chose a channel waits for it."""


async def with_obstacles(answer: Answer, adapters: Mapping[str, Adapter]) -> Answer:
    """Add to an answer what is in the way in the channels that were chosen with it."""
    reply = answer.reply
    if not isinstance(reply, Say) or not reply.chosen:
        return answer
    asked = [await _obstacle(place, adapters) for place in reply.chosen]
    said = [
        Paragraph(t("{place}: {why}", place=place, why=why))
        for place, why in zip(reply.chosen, asked, strict=True)
        if why
    ]
    message = replace(reply.message, blocks=(*said, *reply.message.blocks))
    return replace(answer, reply=replace(reply, message=message, chosen=()))


async def _obstacle(place: Place, adapters: Mapping[str, Adapter]) -> Text | None:
    try:
        async with asyncio.timeout(PATIENCE):
            return await adapters[place.platform].obstacle(place)
    except (PostError, TimeoutError, KeyError):
        return None
