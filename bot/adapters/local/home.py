"""Reads off the machine where the person at the prompt is, and what they speak."""

import os
from zoneinfo import available_timezones

from bot.adapters.local.joining import LOCALE


def home_zone() -> str:
    """Name the zone of this machine, or UTC."""
    link = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    named = (os.environ.get("TZ", "").lstrip(":"), link)
    return next((zone for zone in named if zone in available_timezones()), "UTC")


def home_locale() -> str:
    """Name the language of this machine as a code, or English."""
    named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((words for words in named if words), "").partition(".")[0]
    return first.replace("_", "-") if LOCALE.fullmatch(first) else "en"
