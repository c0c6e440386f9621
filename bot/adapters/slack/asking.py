"""Passes on to the core what was heard, with what Slack knows of who asks and who is meant."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.adapters.slack.blocks import Blocks, option
from bot.adapters.slack.channels import Advise, SlackChannels
from bot.adapters.slack.founding import Founding, LivedIn
from bot.adapters.slack.people import MOST, People, SlackPerson
from bot.adapters.slack.to_call import PERSON, Incoming, place
from bot.adapters.slack.wording import PLATFORM
from bot.chat import Account
from bot.commands import Command
from bot.i18n import Text
from bot.options.files import AWAY, BIG, text_of
from bot.options.files import MOST as MOST_BYTES
from bot.protocol import Answer, Call, Complete, Dispatch, Reader

IN_TIME = 2.0  # seconds: Slack takes an acknowledgement, and a trigger, for three
SUGGESTIONS = 100
NAMED = 25  # people of one text, and channels, that Slack is asked for
Fetch = Callable[[str, str], Awaitable[bytes | None]]
"""Gets a file that Slack keeps for a workspace; None where it cannot be had."""
AT_ONCE = 8  # calls the core has at once: those behind leave the loop to what comes in


async def _lived_in(workspace: str) -> bool:
    return True


async def _unnoticed(workspace: str, account: str, there: bool) -> None:
    pass


async def _to_nobody(workspace: str, words: Text) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Core:
    """What the bot's core is to Slack: calls, suggestions, the clock, the names of commands.

    `menus` are the commands that are offered on a message, by name; `advise` tells the coordinators
    of a workspace what to do about something; `lived_in` says whether a community lives in one.
    `presence` is told of an account that left a workspace, or is there.
    """

    dispatch: Dispatch
    complete: Complete
    now: Callable[[], datetime]
    commands: Collection[str]
    menus: Mapping[str, Command] = field(default_factory=dict)
    advise: Advise = _to_nobody
    lived_in: LivedIn = _lived_in
    presence: Callable[[str, str, bool], Coroutine[Any, Any, None]] = _unnoticed


class Asking:
    """Asks the core; `patience` is how many seconds Slack may be kept waiting."""

    def __init__(
        self, core: Core, people: People, channels: SlackChannels, founding: Founding, fetch: Fetch
    ) -> None:
        self.core = core
        self.founding = founding
        self.fetch = fetch
        self.people = people
        self.channels = channels
        self.patience = IN_TIME
        self._free = asyncio.Semaphore(AT_ONCE)
        self._readers: OrderedDict[tuple[str, str], Reader] = OrderedDict()

    async def in_time(self, work: "asyncio.Future[Answer]") -> bool:
        """Wait for work as long as Slack waits, and say whether it is done."""
        done, _ = await asyncio.wait({work}, timeout=self.patience)
        return bool(done)

    async def ask(self, heard: Incoming) -> Answer:
        """Pass a call on and give its answer."""
        call = await self._founding(await self._call(heard))
        async with self._free:
            answer = await self.core.dispatch(call)
        self._readers[heard.workspace, heard.user] = answer.reader
        self._readers.move_to_end((heard.workspace, heard.user))
        while len(self._readers) > MOST:
            self._readers.popitem(last=False)
        return answer

    async def suggest(self, heard: Incoming, field: str, typed: str) -> Blocks:
        """Suggest options for a field; none when that takes longer than Slack waits."""
        try:
            async with asyncio.timeout(self.patience):
                call = await self._call(heard)
                found = await self.core.complete(call, field, typed)
        except TimeoutError:
            return []
        return [option(value, label) for value, label in found[:SUGGESTIONS] if value]

    async def is_machine(self, heard: Incoming) -> bool:
        """Say whether it is a bot that asks, or somebody who was deactivated."""
        return (await self.people.get(heard.workspace, heard.user)).machine

    async def at_home(self, heard: Incoming) -> Incoming:
        """Take what came from a channel of another workspace as if it had come in private."""
        channel = heard.place.channel
        if not channel or await self.channels.may_count(heard.workspace, channel):
            return heard
        return replace(heard, place=place(heard.workspace, ""), message="")

    async def reader(self, heard: Incoming) -> Reader:
        """Say in which language and zone somebody reads, as it was last time, or as Slack says."""
        known = self._readers.get((heard.workspace, heard.user))
        if known is not None:
            return known
        somebody = await self.people.get(heard.workspace, heard.user)
        return Reader(somebody.locale or "en", somebody.zone or "UTC")

    async def _call(self, heard: Incoming) -> Call:
        somebody = await self.people.get(heard.workspace, heard.user)
        named = await self._mentioned(heard)
        return Call(
            account=Account(PLATFORM, heard.workspace, heard.user),
            place=heard.place,
            command=heard.command,
            at=self.core.now(),
            args=await self._uploaded(heard)
            | {name: _with_names(heard, raw, named) for name, raw in heard.args.items()},
            words=_with_names(heard, heard.words, named),
            event=heard.event,
            name=somebody.name,
            locale=somebody.locale,
            zone=somebody.zone,
            role=somebody.role,
            unsure=not somebody.known,
            typed=heard.typed,
            form=heard.form,
            draft=heard.draft,
            vouched=await self._channels(heard) | _people(heard, named),
            unasked=not heard.event,
        )

    async def _uploaded(self, heard: Incoming) -> dict[str, str]:
        """Read the texts of the files that were uploaded, as raw values."""
        texts = {}
        for name, (url, size) in heard.files.items():
            content = None if size > MOST_BYTES else await self.fetch(heard.workspace, url)
            missing = BIG if size > MOST_BYTES else AWAY
            texts[name] = missing if content is None else text_of(content)
        return texts

    async def _founding(self, call: Call) -> Call:
        """Add to a call what is usual in a workspace where no community lives yet."""
        first = SlackPerson(locale=call.locale, zone=call.zone)
        usual = await self.founding.usual(call.account.workspace, first)
        return replace(call, home_locale=usual.locale, home_zone=usual.zone) if any(usual) else call

    async def _mentioned(self, heard: Incoming) -> Mapping[str, SlackPerson]:
        """Ask who is mentioned, by their ids; of a crowd, only for the first."""
        words = "\n".join((*heard.args.values(), heard.words))
        found = [id[1:] for id in heard.vouched if id.startswith("@")] + PERSON.findall(words)
        first = list(dict.fromkeys(found))[:NAMED]
        return {id: await self.people.get(heard.workspace, id) for id in first}

    async def _channels(self, heard: Incoming) -> dict[str, str]:
        """Name the channels Slack found, but for those of other workspaces."""
        named = [(id, name) for id, name in heard.vouched.items() if id.startswith("#")][:NAMED]
        counts = self.channels.counts
        return {id: name for id, name in named if await counts(heard.workspace, id[1:])}


def _with_names(heard: Incoming, words: str, named: Mapping[str, SlackPerson]) -> str:
    """Put names to mentions, as the core reads them: `<@id|name>`."""
    for id, somebody in named.items():
        if name := somebody.name.replace(">", ""):
            words = words.replace(f"<@{id}>", f"<@{id}|{name}>")
    here = heard.place
    return words.replace(f"<#{here.channel}>", f"<#{here.channel}|{here.name}>")


def _people(heard: Incoming, named: Mapping[str, SlackPerson]) -> dict[str, str]:
    """Name the people Slack found, with their language and time zone.

    Who is in another workspace of the same organisation is left out, and whom Slack does not know.
    """
    people = {
        f"@{id}": somebody
        for id, somebody in named.items()
        if f"@{id}" in heard.vouched and somebody.name and somebody.is_in(heard.workspace)
    }
    said: dict[str, str] = {}
    for id, somebody in people.items():
        said |= {id: somebody.name, f"{id} locale": somebody.locale, f"{id} zone": somebody.zone}
    return said
