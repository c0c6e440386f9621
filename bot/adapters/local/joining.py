"""Reads what is said of somebody who joins the local chat: workspace, zone, language, role."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from bot.adapters.local.kept import MAIL, Role, Somebody, parted
from bot.adapters.local.lines import JoinLine
from bot.chat import Account
from bot.errors import UserError
from bot.i18n import t
from bot.moments import known_zones

ROLES: tuple[Role, ...] = get_args(Role)
LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
WORKSPACE = re.compile(r"[\w.-]+")


OPTIONS = {"zone", "locale", "role", "workspace", "mail"}


def let_in(line: JoinLine, people: Mapping[str, Somebody]) -> tuple[Somebody, Somebody]:
    """Give somebody as they were before they join, and as they are then. Raises UserError.

    The first in each workspace administers it; nobody does who is there by mail.
    """
    if unknown := set(line.options) - OPTIONS:
        words = t(
            "You can join with `zone`, `locale`, `role`, `workspace` and `mail`, not with "
            "`{name}`.",
            name=min(unknown),
        )
        raise UserError(words)
    name, workspace = named(line)
    mail = line.options.get("mail", "").lower()
    first: Role = "coordinator"
    if mail or any(one.workspace == workspace for one in people.values()):
        first = ""
    known = Account(MAIL, "", mail) if mail else None
    stranger = Somebody(name, role=first, workspace=workspace, elsewhere=known)
    before = people.get(stranger.handle, stranger)
    zone = zone_of(line.options.get("zone", "")) or before.zone
    locale = locale_of(line.options.get("locale", "")) or before.locale
    role = role_of(line.options.get("role", "")) or before.role
    now = replace(before, zone=zone, locale=locale, role=role, gone=False)
    return before, replace(now, elsewhere=known or before.elsewhere)


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
