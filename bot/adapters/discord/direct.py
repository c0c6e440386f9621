"""Knows which server a direct message is about, and reads what people write to the bot alone."""

import discord
import structlog

from bot.adapters.discord import to_call
from bot.adapters.discord.asking import Interactions, to_be_opened
from bot.adapters.discord.dependencies import Dependencies
from bot.adapters.discord.forms import wrong_page
from bot.adapters.discord.render import sheet
from bot.adapters.discord.to_call import Interaction
from bot.adapters.discord.trouble import TROUBLES
from bot.adapters.discord.wording import PLATFORM
from bot.chat import Account, Message, Place, said
from bot.i18n import Text, t
from bot.protocol import Answer, Ask, Call, Reader

log = structlog.get_logger()


class Direct:
    """Direct messages: Discord does not say there which server they are about."""

    def __init__(self, core: Dependencies, asking: Interactions) -> None:
        self.core = core
        self.asking = asking

    async def workspace(self, interaction: Interaction, told: str = "") -> str:
        """Give the server an interaction is for, or nothing when it is none of the person's.

        In direct messages that is what the button says, else where the person was seen last.
        """
        if interaction.guild_id is not None:
            return str(interaction.guild_id)
        workspaces = await self.core.workspaces(str(interaction.user.id))
        if told:
            return told if told in workspaces else ""
        return workspaces[-1] if workspaces else ""

    def where(self) -> Text:
        """Say what to do where no server is known."""
        return t(
            "I don't know yet which server you belong to. Please use a command in a "
            "server first, such as /help."
        )

    async def written(self, message: discord.Message) -> None:
        """Answer what somebody wrote; a command typed as words is one."""
        workspaces = await self.core.workspaces(str(message.author.id))
        if not workspaces:
            await self._send(message, said(self.where()), Reader(), "")
            return
        name, words = to_call.words(message.content, self.asking.known)
        workspace = workspaces[-1]
        call = Call(
            account=Account(PLATFORM, workspace, str(message.author.id)),
            place=Place(PLATFORM, workspace, ""),
            command=name,
            at=message.created_at,
            words=words,
            typed=True,
            event=str(message.id),
            name=message.author.display_name,
        )
        answer = await self.core.dispatch(call)
        await self._send(message, self._worded(call, answer), answer.reader, workspace)

    def _worded(self, call: Call, answer: Answer) -> Message:
        """Give what can be said in a message; a form is opened by a button."""
        reply = answer.reply
        if not isinstance(reply, Ask):
            return reply.message
        wording = self.asking.wording(answer.reader, call.account.workspace)
        return to_be_opened(wrong_page(reply.form, wording))

    async def _send(
        self, message: discord.Message, reply: Message, reader: Reader, workspace: str
    ) -> None:
        made = sheet(reply, self.asking.wording(reader, workspace), alone=True)
        try:
            await message.channel.send(
                view=made.view,
                files=made.files,
                allowed_mentions=made.mentions,
                nonce=str(message.id),
            )
        except TROUBLES as error:
            log.warning("answer lost", action="direct", error=str(error)[:200])
