"""Words that are made to take a long time to read, each of any length."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from bot.adapters.discord import render as discord
from bot.adapters.discord.wording import DiscordWording as DiscordWording
from bot.adapters.discord.wording import cut, escaped
from bot.adapters.local.lines import read_line
from bot.adapters.local.render import Renderer
from bot.adapters.slack import blocks as slack
from bot.adapters.slack import to_call
from bot.adapters.slack.wording import SlackWording as SlackWording
from bot.app.parts import all_groups
from bot.chat import Fields, Items, Message, Paragraph, Quote
from bot.errors import UserError
from bot.folding import folded
from bot.handlers.openspace.layout import described
from bot.i18n import plain, t
from bot.moments import Unclear, read_series
from bot.names import meant
from bot.options.command_line import Takes, as_seen, parse_line
from bot.protocol import Reader
from bot.signs import cleaned

EVERYBODY = Reader("en", "UTC")
COMMANDS = [one for group in all_groups() for one in group.commands.values()]


def repeated(unit: str, begin: str = "", end: str = "") -> Callable[[int], str]:
    """Give what writes a unit over and over, in so many characters."""
    return lambda length: begin + unit * (length // len(unit)) + end


HOSTILE: Mapping[str, Callable[[int], str]] = {
    "open brackets": lambda n: "[" * (n // 2) + "] [" + " a" * (n // 4),
    "half links": repeated("[a]("),
    "Slack links": repeated("<http:"),
    "Slack specials": repeated("<!a|"),
    "Slack mentions": repeated("<@A|"),
    "mentions": repeated("<#a|"),
    "mentions apart": repeated("<@ "),
    "workspaces": repeated(" ", "amina: press x", "x"),
    "commented": repeated("  #x", "amina: hello"),
    "new lines": repeated("\n", "x", "x"),
    "straight quotes": repeated('\\"', "amina: press "),
    "curly quotes": repeated("“ ", "amina: choose x="),
    "angled quotes": repeated('« "'),
    "titles": repeated(' on "', "amina: press x"),
    "addresses": repeated("https://", "(", " x"),
    "addresses in brackets": repeated("(https://"),
    "signs on one letter": repeated("\u0301\u0316", "a"),
    "escapes": repeated("\\"),
    "colons": repeated(":", "amina in #"),
    "digits": repeated("9", "+"),
    "names": repeated("a-", "", "="),
    "ampersands": repeated("&a"),
    "stars": repeated("*_~`"),
}


def on_discord(words: str) -> object:
    """Lay a message out for Discord; what does not fit goes in a file."""
    made = discord.sheet(shown(words), DiscordWording(EVERYBODY, "1"))
    return made.view.to_components(), [one.content for one in made.attachments]


def on_slack(words: str) -> object:
    """Turn a message into Slack's blocks."""
    return slack.parts(shown(words), SlackWording(EVERYBODY, "T1"))


def here(words: str) -> object:
    """Word a message as the local platform shows it."""
    return Renderer("local", "local", EVERYBODY, public=True).message(shown(words))


def shown(words: str) -> Message:
    """Make a message of words, wherever words can be in one."""
    said = plain(words)
    pairs = ((t("Agenda"), said),)
    return Message(said, (Paragraph(said), Fields(pairs), Items((said,)), Quote(said)))


def line(words: str) -> object:
    """Read a line of the local chat."""
    with suppress(UserError):
        return read_line(words)
    return None


def typed(words: str) -> object:
    """Read what was typed behind a command, and say it again."""
    names = ["title", "when", "person"]
    takes = Takes({name: name for name in names}, names[:2], names[2:], names[1:2])
    return parse_line(words, takes), as_seen(words)


def asked(words: str) -> object:
    """Look for the command that was meant."""
    return meant(words, COMMANDS)


def series(words: str) -> object:
    """Read the rule of a series."""
    with suppress(Unclear):
        return read_series(words, locale="en", zone="UTC", now=datetime(2026, 11, 24, tzinfo=UTC))
    return None


READERS: Mapping[str, Callable[[str], object]] = {
    "line": line,
    "typed": typed,
    "slash": lambda words: to_call.typed(words, ("session.plan",)),
    "asked": asked,
    "series": series,
    "cleaned": cleaned,
    "folded": folded,
    "rooms": lambda words: [described(cleaned(one)) for one in words[:3000].splitlines()],
    "cut": lambda words: cut(escaped(words), 1000),
}
RENDERERS: Mapping[str, Callable[[str], object]] = {
    "discord": on_discord,
    "slack": on_slack,
    "local": here,
}
