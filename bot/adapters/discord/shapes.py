"""Knows the shapes in which Discord sends what is read here; what has another is not Discord's."""

from collections.abc import Mapping

import discord

from bot.adapters.discord.to_call import Interaction
from bot.shapes import Shape, misshapen

VALUE = (str, int, float)
RESOLVED: Shape = {
    "resolved?": dict,
    **{f"resolved.{kind}?": dict for kind in ("users", "members", "channels", "messages")},
    **{f"resolved.{kind}.*": dict for kind in ("users", "members", "channels", "messages")},
    "resolved.messages.*.author?": dict,
}
COMMAND: Shape = {
    "name": str,
    "type?": int,
    "options?": list,
    "options.*": dict,
    "options.*.name": str,
    "options.*.type": int,
    "options.*.value?": VALUE,
    "options.*.options?": list,
    "options.*.options.*": dict,
    "options.*.options.*.name": str,
    "options.*.options.*.type": int,
    "options.*.options.*.value?": VALUE,
    **RESOLVED,
}
SHAPES: Mapping[discord.InteractionType, Shape] = {
    discord.InteractionType.application_command: COMMAND,
    discord.InteractionType.autocomplete: COMMAND,
    discord.InteractionType.component: {"custom_id": str, "values?": list, **RESOLVED},
    discord.InteractionType.modal_submit: {
        "custom_id": str,
        "components?": list,
        "components.*": dict,
        "components.*.component?": dict,
        "components.*.component.values?": list,
        **RESOLVED,
    },
}


BEYOND = 2**64
"""What no id of Discord's reaches."""


def unreadable(interaction: Interaction) -> str:
    """Name what of an interaction lacks, or is of another type than Discord's; nothing if it fits.

    discord.py itself reads all but the data, and leaves out who acts where nobody is named.
    """
    name: object = getattr(interaction.user, "display_name", None)
    told: object = interaction.data or {}
    locale: object = interaction.locale.value
    if not isinstance(name, str):
        return "user"
    if not isinstance(locale, str):
        return "locale"
    ids = (interaction.guild_id, interaction.channel_id, interaction.user.id)
    if any(id and not 0 < id < BEYOND for id in ids):
        return "id"
    return misshapen(SHAPES.get(interaction.type, {}), told) if isinstance(told, dict) else "data"
