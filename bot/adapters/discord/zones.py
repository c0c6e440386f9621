"""Asks people for their time zone once, the first time it matters: Discord does not tell it."""

from collections.abc import Iterable, Iterator

from bot.adapters.discord.dependencies import Dependencies
from bot.chat import Block, CommandRef, Context, Fields, Heading, Items, Moment, Paragraph, Quote
from bot.commands import Command
from bot.i18n import Text, t, zone_name
from bot.options.times import MomentKind
from bot.protocol import Answer, Ask, Call

REMEMBERED = 50_000
"""People of whom it is known, without a look, that nothing is to be asked."""


class Zones:
    """Knows where hours matter, and who has been asked for a zone already."""

    def __init__(self, core: Dependencies) -> None:
        self.core = core
        commands = [one for group in core.groups for one in group.commands.values()]
        self.timed = {one.name for one in commands if _asks_for_hours(one)}
        self.reading = {one.name for one in commands if one.reads}
        self.asked_before: set[tuple[str, str]] = set()

    async def question(self, call: Call, answer: Answer) -> Text | None:
        """Give the question where it is due; it is never due again.

        It is where hours are typed, and where something was decided that has its hour.
        """
        who = call.account.workspace, call.account.id
        if who in self.asked_before or not self._matters(call, answer):
            return None
        if len(self.asked_before) >= REMEMBERED:
            self.asked_before.clear()
        self.asked_before.add(who)
        asked = f"zone-asked:{who[0]}:{who[1]}"
        if await self.core.zone(*who) or await self.core.notes.get(asked):
            return None
        await self.core.notes.put(asked, "yes")
        return t(
            "Discord doesn't tell me your time zone, so I'm assuming it's {zone}. I "
            "use it to read the times you write and to avoid sending you reminders at "
            "night. If it's wrong, tell me with {command}. I'll only ask this once.",
            zone=zone_name(answer.reader.zone),
            command=CommandRef("my", "profile"),
        )

    def _matters(self, call: Call, answer: Answer) -> bool:
        if call.command in self.timed:
            return True
        decided = not isinstance(answer.reply, Ask) and call.command not in self.reading
        return decided and any(map(_has_hour, _texts(answer)))


def _asks_for_hours(command: Command) -> bool:
    return any(isinstance(argument.kind, MomentKind) for argument in command.arguments)


def _texts(answer: Answer) -> Iterator[Text]:
    if not isinstance(answer.reply, Ask):
        for block in answer.reply.message.blocks:
            yield from _of(block)


def _of(block: Block) -> Iterable[Text]:
    match block:
        case Paragraph(text) | Heading(text) | Quote(text) | Context(text):
            return (text,)
        case Items(items):
            return items
        case Fields(pairs):
            return (value for _, value in pairs)
    return ()


def _has_hour(text: Text) -> bool:
    return any(
        isinstance(one, Moment) or (isinstance(one, Text) and _has_hour(one))
        for one in text.values.values()
    )
