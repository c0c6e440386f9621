"""Holds what whoever runs the bot decides: `config.toml` and the environment, which wins."""

from bot.config.reading import FILE, SettingsError, load
from bot.config.sections import (
    TABLES,
    Canary,
    Database,
    Discord,
    Log,
    Scheduler,
    Secrets,
    Section,
    Settings,
    Slack,
    Web,
)

__all__ = [
    "FILE",
    "TABLES",
    "Canary",
    "Database",
    "Discord",
    "Log",
    "Scheduler",
    "Secrets",
    "Section",
    "Settings",
    "SettingsError",
    "Slack",
    "Web",
    "load",
]
