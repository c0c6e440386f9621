"""Is Slack: by a socket of our own or over signed HTTP, in one workspace or in several."""

from bot.adapters.slack.adapter import Setup, Slack
from bot.adapters.slack.asking import Core
from bot.adapters.slack.installations import Shelf, cipher, rotate
from bot.adapters.slack.manifest import as_yaml, manifest
from bot.adapters.slack.notes import SlackNotes
from bot.adapters.slack.refusals import OUT
from bot.adapters.slack.web import Installed

__all__ = [
    "OUT",
    "Core",
    "Installed",
    "Setup",
    "Shelf",
    "Slack",
    "SlackNotes",
    "as_yaml",
    "cipher",
    "manifest",
    "rotate",
]
