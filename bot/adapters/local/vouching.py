"""Vouches for the people and channels that a call mentions: they are in its workspace."""

import re
from collections.abc import Collection, Mapping

from bot.adapters.local.kept import MAIL, handle
from bot.protocol import Call

MENTION = re.compile(r"<([@#])([^<>|\s]+)")


def all_here(call: Call, people: Collection[str], channels: Collection[str]) -> dict[str, str]:
    """Give those that a call mentions, by their names, of the handles there are."""
    if call.account.platform == MAIL:
        return {}
    mentioned = MENTION.findall(" ".join((call.words, *call.args.values())))
    there: Mapping[str, Collection[str]] = {"@": people, "#": channels}
    workspace = call.place.workspace
    return {
        f"{sign}{name}": name for sign, name in mentioned if handle(name, workspace) in there[sign]
    }
