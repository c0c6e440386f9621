"""Describes the app to Slack, so that nobody has to click it together."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from bot.adapters.slack.installing import RETURN
from bot.commands import Command
from bot.i18n import SOURCE, render
from bot.plain_text import shortened

NAME, ABOUT, SHORTCUTS = 24, 150, 10
SCOPES: Mapping[str, str] = {
    "app_mentions:read": "to answer when somebody mentions me",
    "channels:history": "to look a message of mine up after a crash, in public channels",
    "channels:read": "to see whose channel it is, where an organisation has several workspaces",
    "chat:write": "to post and change my own messages where I was invited",
    "commands": "for the slash command and the shortcuts",
    "files:read": "to read a text file that somebody hands in with a form",
    "files:write": "to hand over calendar files, exports and pictures",
    "groups:history": "to look a message of mine up after a crash, in private channels",
    "groups:read": "the same as channels:read, for private channels I was invited to",
    "im:history": "to answer a direct message, and to look mine up after a crash",
    "im:write": "to write to somebody directly",
    "users:read": "for name, language and time zone, and who administers the workspace",
}
EVENTS = ("app_home_opened", "app_mention", "message.im", "team_join", "user_change")
SEVERAL = ("app_uninstalled", "team_access_granted", "team_access_revoked", "tokens_revoked")


def manifest(
    command: str, menus: Iterable[Command], url: str = "", *, several: bool = False
) -> dict[str, Any]:
    """Describe the app; `url` is where HTTP mode takes requests, without one it is Socket Mode.

    `menus` are the commands that are offered on a message.
    """
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Convener",
            "description": "Coordinates a community of practice: sessions, hosts, open space.",
            "background_color": "#1f4e5f",
        },
        "features": _features(command, menus, url),
        "oauth_config": {
            "scopes": {"bot": list(SCOPES)},
            **({"redirect_urls": [urljoin(url, RETURN)]} if several else {}),
        },
        "settings": _settings(url, several=several),
    }


def _features(command: str, menus: Iterable[Command], url: str) -> dict[str, Any]:
    where = {"url": url} if url else {}
    shortcuts = [
        {
            "name": "What can I do?",
            "type": "global",
            "callback_id": "help",
            "description": "Everything Convener can do for you",
        }
    ]
    shortcuts += [_on_message(one) for one in menus]
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Convener", "always_online": True},
        "shortcuts": shortcuts[:SHORTCUTS],
        "slash_commands": [
            {
                "command": command,
                **where,
                "description": "Sessions, hosts, open space: try help",
                "usage_hint": "help | session plan | session list | my week",
                "should_escape": True,
            }
        ],
    }


def _on_message(command: Command) -> dict[str, Any]:
    help = render(command.help, SOURCE, str)
    title = render(command.title, SOURCE, str) or help.rstrip(".")
    return {
        "name": shortened(title, NAME),
        "type": "message",
        "callback_id": command.name,
        "description": shortened(help, ABOUT),
    }


def _settings(url: str, *, several: bool) -> dict[str, Any]:
    events = sorted((*EVENTS, *(SEVERAL if several else ())))
    return {
        "event_subscriptions": {**({"request_url": url} if url else {}), "bot_events": events},
        "interactivity": {
            "is_enabled": True,
            **({"request_url": url, "message_menu_options_url": url} if url else {}),
        },
        "org_deploy_enabled": several,
        "socket_mode_enabled": not url,
        "token_rotation_enabled": False,
    }


def as_yaml(value: Any, indent: str = "") -> str:
    """Write plain mappings, lists and scalars as YAML; strings are quoted as in JSON."""
    if isinstance(value, Mapping) and value:
        return "".join(f"{indent}{key}:{_below(inner, indent)}" for key, inner in value.items())
    if isinstance(value, list) and value:
        return "".join(f"{indent}- {as_yaml(one, indent + '  ').lstrip()}" for one in value)
    return f"{indent}{json.dumps(value, ensure_ascii=False)}\n"


def _below(value: Any, indent: str) -> str:
    if isinstance(value, Mapping | list) and value:
        return "\n" + as_yaml(value, indent + "  ")
    return f" {json.dumps(value, ensure_ascii=False)}\n"
