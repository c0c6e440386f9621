"""Lists the ways in, with how many inputs each gets in a whole run."""

from collections.abc import Mapping

from fuzz import calendars, chat, discord, files, http, pages, shown, slack, windows, words
from fuzz.area import Area

SKIPPED = "discord event skipped"
UNREAD = "aiohttp.server: "
AREAS: Mapping[str, Area] = {
    one.name: one
    for one in (
        Area("chat", "commands, buttons, forms, choices, completions", 10_000, 200, chat.world),
        Area("slack", "commands, actions, forms, events, shortcuts", 10_000, 500, slack.world),
        Area("discord", "interactions, messages, events", 12_000, 500, discord.world, SKIPPED),
        Area("files", "exports, backups, settings", 4_000, 250, files.world),
        Area("calendars", "events and zones of calendars", 3_000, 500, calendars.world),
        Area("shown", "messages and forms on three platforms", 10_000, 500, shown.world),
        Area("http", "raw requests to both doors", 8_000, 500, http.world, UNREAD),
        Area("pages", "pages, and forms sent from them", 3_000, 250, pages.world),
        Area("windows", "pages of the local chat", 1_500, 250, windows.world),
        Area("words", "moments, options, lines, mentions, custom ids", 138_500, 1000, words.world),
    )
}
