"""Answers one interaction in time, whatever was answered before, and never twice."""

from typing import Any

import discord
import structlog
from discord import ui

from bot.adapters.discord.render import Sheet
from bot.adapters.discord.trouble import TROUBLES

log = structlog.get_logger()
TOO_LATE = {10062, 10015}
ANSWERED_ALREADY = 40060


class Talk:
    """One interaction. What goes wrong in answering is logged: what was asked is done by then."""

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        self.interaction = interaction
        self.asked_to_wait = False
        self.thinking = False
        self.kept_open = False

    @property
    def fresh(self) -> bool:
        """Whether nothing was answered yet: only then can a form be opened."""
        return not self.interaction.response.is_done()

    @property
    def in_server(self) -> bool:
        """Whether it came from a server, and not in direct messages."""
        return self.interaction.guild_id is not None

    @property
    def changeable(self) -> bool:
        """Whether there is a message with the button that was pressed, still to be changed."""
        return self.interaction.message is not None and (self.fresh or self.kept_open)

    @property
    def on_private(self) -> bool:
        """Whether only the caller sees the message with the button that was pressed."""
        message = self.interaction.message
        return not self.in_server or bool(message and message.flags.ephemeral)

    async def wait(self) -> None:
        """Ask for patience, so that there are fifteen minutes to answer.

        A command shows privately that it is thought about. What was pressed stays as it is, so
        that the message it is on can still be changed.
        """
        pressed = self.interaction.message is not None
        self.asked_to_wait = True
        try:
            await self.interaction.response.defer(
                ephemeral=self.in_server and not pressed, thinking=not pressed
            )
            self.thinking, self.kept_open = not pressed, pressed
        except TROUBLES as error:
            self._note(error)

    async def say(self, sheet: Sheet, *, private: bool) -> bool:
        """Say something to the caller, or to everybody there. Gives whether it went out."""
        try:
            await self._say(sheet, private=private and self.in_server)
            for view in sheet.rest:
                aside = private and self.in_server
                await self.interaction.followup.send(view=view, ephemeral=aside)
        except TROUBLES as error:
            return self._note(error)
        return True

    async def _say(self, sheet: Sheet, *, private: bool) -> None:
        how: dict[str, Any] = {"view": sheet.view, "allowed_mentions": sheet.mentions}
        if self.fresh:
            send = self.interaction.response.send_message
            try:
                await send(**how, files=sheet.files, ephemeral=private)
            except (discord.InteractionResponded, discord.HTTPException) as error:
                if getattr(error, "code", ANSWERED_ALREADY) != ANSWERED_ALREADY:
                    raise
                await self._say_after_all(sheet, how, private=private)
        elif self.thinking and (private or not self.in_server):
            self.thinking = False
            await self.interaction.edit_original_response(**how, attachments=sheet.files)
        else:
            await self._follow(sheet, how, private=private)

    async def _say_after_all(self, sheet: Sheet, how: dict[str, Any], *, private: bool) -> None:
        """Say what was answered already, by us and unseen, or by another process that heard it too.

        To a command the same is said in the same place. What was pressed may have been left open,
        so that its message is what would be changed: only who left it open says more.
        """
        if self.interaction.message is None:
            await self.interaction.edit_original_response(**how, attachments=sheet.files)
        elif self.asked_to_wait:
            await self._follow(sheet, how, private=private)
        else:
            log.info("answered already", interaction=self.interaction.id)

    async def _follow(self, sheet: Sheet, how: dict[str, Any], *, private: bool) -> None:
        if self.thinking:
            self.thinking = False
            await self.interaction.delete_original_response()
        await self.interaction.followup.send(**how, files=sheet.files, ephemeral=private)

    async def change(self, sheet: Sheet) -> bool:
        """Put a message in the place of the one with the button."""
        edit = self.interaction.response.edit_message
        if self.kept_open:
            edit = self.interaction.edit_original_response  # type: ignore[assignment]
            self.kept_open = False
        try:
            await edit(view=sheet.view, attachments=sheet.files, allowed_mentions=sheet.mentions)
        except TROUBLES as error:
            return self._note(error)
        return True

    async def open(self, modal: ui.Modal) -> bool:
        """Put a form before the caller."""
        try:
            await self.interaction.response.send_modal(modal)
        except TROUBLES as error:
            return self._note(error)
        return True

    def _note(self, error: BaseException) -> bool:
        """Log why an answer did not arrive; False, since it did not."""
        code = getattr(error, "code", 0)
        if code in TOO_LATE:
            log.warning("answer too late", interaction=self.interaction.id, code=code)
        else:
            log.error("answer lost", interaction=self.interaction.id, error=str(error)[:500])
        return False
