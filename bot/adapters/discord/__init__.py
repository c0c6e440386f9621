"""Is Discord: slash commands, buttons, forms, threads and events, in as many servers as invite."""

from bot.adapters.discord.adapter import Discord
from bot.adapters.discord.connection import CannotConnect
from bot.adapters.discord.dependencies import Dependencies, DiscordSettings, NoteStore
from bot.adapters.discord.invite import LABELS, PURPOSES, application_of, invitation
from bot.adapters.discord.tree import tree

__all__ = [
    "LABELS",
    "PURPOSES",
    "CannotConnect",
    "Dependencies",
    "Discord",
    "DiscordSettings",
    "NoteStore",
    "application_of",
    "invitation",
    "tree",
]
