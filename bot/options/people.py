"""Knows the kinds of argument that name people and channels: only those of the community count."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.chat import Option, Place
from bot.errors import Unreadable
from bot.i18n import plain, t
from bot.options.basic import Kind, Reading
from bot.options.references import is_id
from bot.protocol import Widget
from bot.signs import NAME, cleaned
from storage.people import Address, Member
from storage.tombstones import is_buried

SUGGESTIONS = 25
NO_CHANNELS = t("That needs a channel, and there are none here. Do it where your community meets.")
SHOWN = 60
"""Characters of a mention that are given back where it means nobody and nothing here."""


def mention(raw: str, sign: Literal["@", "#"]) -> str | None:
    """Read the id in `<@id|name>` or `<#id|name>`, the form adapters bring mentions into.

    The name in it is for people to read: whoever types a mention can write any.
    """
    if not (raw.startswith(f"<{sign}") and raw.endswith(">")):
        return None
    return raw[2:-1].partition("|")[0] or None


def _as_seen(words: str) -> str:
    """Write a mention as people see it, to say which one means nobody and nothing here."""
    id, _, name = words[2:-1].partition("|")
    return words[1] + (name or id)[:SHOWN]


@dataclass(frozen=True, slots=True)
class PersonKind(Kind):
    """Somebody of the community."""

    widget: Widget = "person"

    def read(self, raw: str, reading: Reading) -> Member:
        words = cleaned(raw)
        if (account := mention(words, "@")) is not None:
            return self._mentioned(account, words, reading)
        members, words = reading.records.members, words.removeprefix("@")
        found = members.find(int(words)) if is_id(words) else None
        known = found or members.by_account(reading.platform, reading.workspace, words)
        matching = [known] if known else members.named(words, reading.sight)
        if len(matching) != 1 or not words or matching[0].erased_at is not None:
            raise Unreadable(
                t(
                    "I don't know who “{words}” is here. Write their full name, "
                    "or mention them with @.",
                    words=words[:40],
                )
            )
        return matching[0]

    def _mentioned(self, account: str, words: str, reading: Reading) -> Member:
        """Give somebody the platform found here, else who was here before. Raises Unreadable."""
        members, there = reading.records.members, (reading.platform, reading.workspace, account)
        name = reading.vouched.get(f"@{account}")
        known = members.by_account(*there)
        if known is None and is_buried(reading.records.db.connection(), Address(*there)):
            raise Unreadable(
                t("I keep nothing about this person. They can start again by writing to me.")
            )
        if known is None and name is not None:
            known = members.meet(*there, name, reading.now)
            met = known.accounts[0]
            met.locale = reading.vouched.get(f"@{account} locale", "")
            met.zone = reading.vouched.get(f"@{account} zone", "")
        if known is None:
            unmet = t(
                "I don't know {who} in this community yet. Pick somebody from the "
                "list, or ask them to send me a command here first.",
                who=_as_seen(words),
            )
            raise Unreadable(unmet)
        return known

    def raw(self, value: Any, reading: Reading) -> str:
        here = (reading.platform, reading.workspace)
        ids = [one.account for one in value.accounts if (one.platform, one.workspace) == here]
        name = value.name.replace(">", "")
        return f"<@{ids[0]}|{name}>" if ids else str(value.id)

    def offered(self, typed: str, reading: Reading) -> Sequence[Option]:
        called = cleaned(typed).removeprefix("@")[:NAME]
        found = reading.records.members.matching(called, reading.sight, SUGGESTIONS)
        return tuple(Option(str(member.id), plain(member.name)) for member in found)


@dataclass(frozen=True, slots=True)
class ContactKind(PersonKind):
    """Somebody of the community, or nobody, which is 0; a form is filled in with their id."""

    empty: Any = 0

    def raw(self, value: Any, reading: Reading) -> str:
        member = value if isinstance(value, Member) else reading.records.members.find(value)
        return PersonKind.raw(self, member, reading) if member else ""


@dataclass(frozen=True, slots=True)
class PlaceKind(Kind):
    """A channel."""

    widget: Widget = "place"

    def read(self, raw: str, reading: Reading) -> Place:
        words = cleaned(raw)
        if not reading.gathers:
            raise Unreadable(NO_CHANNELS)
        if (channel := mention(words, "#")) is not None:
            return self._mentioned(channel, words, reading)
        channels = reading.records.channels
        found = channels.find(int(words)) if is_id(words) else None
        found = found or channels.called(
            reading.platform, reading.workspace, words.removeprefix("#")
        )
        if found is None:
            raise Unreadable(
                t(
                    "I don't know the channel “{words}”. Mention it with #, like #general.",
                    words=words[:40],
                )
            )
        return Place(found.platform, found.workspace, found.channel, found.name)

    def _mentioned(self, channel: str, words: str, reading: Reading) -> Place:
        """Give a channel the platform found here, else one in use here. Raises Unreadable."""
        there = (reading.platform, reading.workspace, channel)
        name = reading.vouched.get(f"#{channel}")
        known = reading.records.channels.known(*there)
        if name is None and known is None:
            elsewhere = t(
                "I don't know {channel} in this community. Please pick a channel from the list.",
                channel=_as_seen(words),
            )
            raise Unreadable(elsewhere)
        return Place(*there, name or (known.name if known else channel))

    def raw(self, value: Any, reading: Reading) -> str:
        return f"<#{value.channel}|{value.name}>"
