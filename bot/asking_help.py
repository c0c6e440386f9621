"""Knows when help is asked for, of a command, of a group or of the bot, in whatever language."""

from collections.abc import Mapping
from dataclasses import replace

from bot.commands import Command
from bot.folding import folded
from bot.protocol import Call

HELP, DESK = "help", "my.week"
ASKING = {"help", "ayuda", "aide"}


def asks(words: str) -> bool:
    """Say whether these words only ask for help."""
    return folded(words.strip(" ?!.")) in ASKING


def spoken(words: str) -> str:
    """Name the command that answers a sentence somebody said to the bot alone."""
    return HELP if asks(words.strip().partition(" ")[0]) else DESK


def _subject(words: str) -> str:
    """Give what help is asked for, without the word for help before it."""
    head, _, rest = words.partition(" ")
    return rest.strip() if asks(head) else words


def led_to_help(call: Call, commands: Mapping[str, Command]) -> Call:
    """Make `/group help` a call of the help, and `/group command help` where nothing is required.

    Where something is, the word may be what was meant. The word alone is no command to explain.
    """
    command, (group, _, verb) = commands.get(call.command), call.command.partition(".")
    if call.command == HELP and asks(call.words):
        return replace(call, words="")
    if HELP not in commands or group == HELP:
        return call
    if asks(group):
        return replace(call, command=HELP, words=_subject(f"{verb} {call.words}".strip()))
    if command is None and asks(verb):
        return replace(call, command=HELP, words=group)
    if command and asks(call.words) and not any(one.required for one in command.arguments):
        return replace(call, command=HELP, words=f"{group} {verb}".strip())
    return call
