"""Leaves out of what a guest reads by themselves the buttons a guest would be refused."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from bot.chat import Actions, Block, Button, Choice, Message, decoded
from bot.commands import Command
from bot.notices import Notice, Sending, Word
from bot.protocol import Ask, Reply, Say
from storage import Records
from storage.sight import Sight

Commands = Mapping[str, Command]


def offered(reply: Reply, commands: Commands, sight: Sight) -> Reply:
    """Give a reply as its caller can use it; what a channel reads is for everybody there."""
    if sight.role != "guest" or isinstance(reply, Ask):
        return reply
    if isinstance(reply, Say) and not reply.private:
        return reply
    return replace(reply, message=_usable(reply.message, commands, sight))


def worded_for(notice: Notice, commands: Commands) -> Notice:
    """Give a notice that offers a guest only what they can use."""
    return replace(notice, word=partial(_worded, notice.word, commands))


def _worded(word: Word, commands: Commands, records: Records, sending: Sending) -> Message | None:
    message, member = word(records, sending), sending.member
    if message is None or member is None or member.role != "guest":
        return message
    return _usable(message, commands, member.sight)


def _usable(message: Message, commands: Commands, sight: Sight) -> Message:
    def may(call: str) -> bool:
        command = commands.get(decoded(call)[0])
        return command is None or sight.is_at_least(command.who)

    def buttons(every: tuple[Button, ...]) -> tuple[Button, ...]:
        return tuple(one for one in every if may(one.call))

    def choices(every: tuple[Choice, ...]) -> tuple[Choice, ...]:
        return tuple(one for one in every if may(one.call))

    def block(one: Block) -> Block:
        return (
            Actions(buttons(one.buttons), choices(one.choices)) if isinstance(one, Actions) else one
        )

    return replace(
        message,
        blocks=tuple(map(block, message.blocks)),
        buttons=buttons(message.buttons),
        choices=choices(message.choices),
    )
