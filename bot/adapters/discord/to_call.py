"""Turns what Discord sends into calls: who, where, which command, with what."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

import discord

from bot.adapters.discord.forms import called, mention
from bot.adapters.discord.tree import CHANNEL, SUBCOMMAND, USER
from bot.adapters.discord.wording import PLATFORM
from bot.asking_help import asks
from bot.called_on import about_message, about_person
from bot.chat import Account, Place
from bot.commands import Command
from bot.names import Names
from bot.protocol import Call

Body = Mapping[str, Any]
Interaction = discord.Interaction[Any]


def call(
    interaction: Interaction, workspace: str, command: str, args: Mapping[str, str], event: str = ""
) -> Call:
    """Make a call. `workspace` is the server it is for, also where it came in a direct message."""
    user = interaction.user
    return Call(
        account=Account(PLATFORM, workspace, str(user.id)),
        place=place(interaction, workspace),
        command=command,
        at=interaction.created_at,
        args=args,
        event=event or str(interaction.id),
        name=user.display_name,
        locale=interaction.locale.value,
        home_locale=_language_of_server(interaction),
        role="coordinator" if _looks_after(interaction) else "",
        vouched=resolved(interaction, workspace),
    )


def _language_of_server(interaction: Interaction) -> str:
    """Give the language a server has chosen; American English is what all begin with."""
    chosen = interaction.guild_locale
    return "" if chosen in (None, discord.Locale.american_english) else chosen.value


def resolved(interaction: Interaction, workspace: str) -> dict[str, str]:
    """Name the people and channels that Discord found in this very server, for this interaction.

    It also finds people who are elsewhere, and in direct messages anybody: those come without a
    member. Who wrote a message that a command is called on, wrote it here.
    """
    if str(interaction.guild_id) != workspace:
        return {}
    found: Body = cast(Body, interaction.data or {}).get("resolved") or {}
    authors = [one["author"] for one in (found.get("messages") or {}).values() if one.get("author")]
    wrote = {"users": {str(one.get("id")): one for one in authors if not one.get("bot")}}
    return {
        **{f"@{id}": called(id, wrote) for id in wrote["users"]},
        **{f"@{id}": called(id, found) for id in found.get("members") or ()},
        **{
            f"#{id}": str(one.get("name") or "")
            for id, one in (found.get("channels") or {}).items()
            if str(one.get("guild_id") or workspace) == workspace
        },
    }


def place(interaction: Interaction, workspace: str) -> Place:
    """Give the channel, or the thread in it; a direct message has no channel."""
    channel = interaction.channel
    if interaction.guild_id is None or channel is None:
        return Place(PLATFORM, workspace, "")
    name = getattr(channel, "name", None) or ""
    if isinstance(channel, discord.Thread):
        parent = channel.parent.name if channel.parent else ""
        return Place(PLATFORM, workspace, str(channel.parent_id), parent, str(channel.id))
    return Place(PLATFORM, workspace, str(channel.id), name)


def _looks_after(interaction: Interaction) -> bool:
    """Say whether Discord vouches for somebody: those who may manage the server."""
    return interaction.guild_id is not None and interaction.permissions.manage_guild


def slash(body: Body) -> tuple[str, dict[str, str]]:
    """Read a slash command: its name, and its options as raw arguments."""
    options: Iterable[Body] = body.get("options") or ()
    name = str(body["name"])
    for option in options:
        if option["type"] == SUBCOMMAND:
            name, options = f"{name}.{option['name']}", option.get("options") or ()
    resolved = body.get("resolved") or {}
    return name, {str(one["name"]): _raw(one, resolved) for one in options}


def typed(body: Body) -> tuple[str, str]:
    """Read which option somebody is typing in, and what stands there so far."""
    options: Iterable[Body] = body.get("options") or ()
    for option in options:
        if option["type"] == SUBCOMMAND:
            options = option.get("options") or ()
    focused = next((one for one in options if one.get("focused")), {"name": "", "value": ""})
    return str(focused["name"]), str(focused.get("value") or "")


def _raw(option: Body, resolved: Body) -> str:
    value = option.get("value", "")
    match option["type"]:
        case int(kind) if kind == USER:
            return mention(str(value), resolved)
        case int(kind) if kind == CHANNEL:
            channel = (resolved.get("channels") or {}).get(str(value)) or {}
            return f"<#{value}|{channel.get('name', value)}>"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def menu(body: Body, command: Command, workspace: str) -> dict[str, str]:
    """Read what a command in the menu of a person or a message was called on."""
    resolved = body.get("resolved") or {}
    target = str(body.get("target_id") or "")
    if command.on == "person":
        return about_person(command, mention(target, resolved))
    message = (resolved.get("messages") or {}).get(target) or {}
    author = message.get("author") or {}
    people = {"users": {str(author.get("id")): author}}
    link = f"https://discord.com/channels/{workspace}/{message.get('channel_id')}/{target}"
    by = mention(str(author.get("id")), people) if author and not author.get("bot") else ""
    return about_message(command, str(message.get("content") or ""), link, by)


def words(text: str, commands: Mapping[str, Command]) -> tuple[str, str]:
    """Read a typed line as a command and the words behind it; anything else is for the help."""
    head, _, rest = text.strip().removeprefix("/").partition(" ")
    verb, _, behind = rest.strip().partition(" ")
    full = f"{head}.{verb}".lower().replace("_", "-")
    groups = {command.group for command in commands.values()}
    if full in commands or (head.lower() in groups and asks(verb)):
        return full, behind.strip()
    names = Names(commands)
    if name := names.find(f"{head} {verb}"):
        return name, behind.strip()
    alone = names.find(head)
    return (alone, rest.strip()) if alone else ("help", "")
