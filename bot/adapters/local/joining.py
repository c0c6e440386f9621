"""Reads what is said of somebody who joins the local chat: workspace, zone, language, role."""

import re
from typing import get_args

from bot.adapters.local.kept import Role, parted
from bot.adapters.local.lines import JoinLine
from bot.errors import UserError
from bot.i18n import t
from bot.moments import known_zones

ROLES: tuple[Role, ...] = get_args(Role)
LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
WORKSPACE = re.compile(r"[\w.-]+")


def named(line: JoinLine) -> tuple[str, str]:
    """Give the name and the workspace of somebody who joins: `zuri workspace=riverside`."""
    name, workspace = parted(line.who)
    workspace = line.options.get("workspace") or workspace
    if not WORKSPACE.fullmatch(workspace):
        raise UserError(t("Write the workspace as one word, like riverside."))
    return name, workspace


def zone_of(words: str) -> str:
    """Give a zone by its name, or none. Raises UserError."""
    if words and words not in known_zones():
        raise UserError(
            t("I don't know the time zone “{words}”. Write it like Africa/Nairobi.", words=words)
        )
    return words


def locale_of(words: str) -> str:
    """Give the code of a language, or none. Raises UserError."""
    if words and not LOCALE.fullmatch(words):
        raise UserError(
            t(
                "I don't know the language “{words}”. Write it as a code, like en or es-419.",
                words=words,
            )
        )
    return words


def role_of(words: str) -> Role:
    """Give a role by its name. Raises UserError."""
    for role in ROLES:
        if words == role:
            return role
    raise UserError(
        t(
            "I don't know the role “{words}”. Choose one of these: {roles}",
            words=words,
            roles=", ".join(ROLES[1:]),
        )
    )
