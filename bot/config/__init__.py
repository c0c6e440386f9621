"""Holds what whoever runs the bot decides: `config.toml` and the environment, which wins."""

from bot.config.reading import EXAMPLE, FILE, SettingsError, load
from bot.config.sections import (
    TABLES,
    CanarySection,
    Database,
    DiscordSection,
    LogSection,
    MailSection,
    Scheduler,
    Secrets,
    Section,
    Settings,
    SlackSection,
    WebSection,
)

__all__ = [
    "EXAMPLE",
    "FILE",
    "TABLES",
    "CanarySection",
    "Database",
    "DiscordSection",
    "LogSection",
    "MailSection",
    "Scheduler",
    "Secrets",
    "Section",
    "Settings",
    "SettingsError",
    "SlackSection",
    "WebSection",
    "load",
]
