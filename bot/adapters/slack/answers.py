"""Brings answers back to who asked: in the conversation, in a modal, in a direct message."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import structlog

from bot.adapters.slack import forms
from bot.adapters.slack.blocks import Part, blocks, files, parts
from bot.adapters.slack.drafts import Draft, Drafts
from bot.adapters.slack.to_call import Heard
from bot.adapters.slack.web import Web
from bot.adapters.slack.wording import Wording
from bot.calls import Answer, Ask, Change, Form, Reader, Say
from bot.chat import File, Message, button, said
from bot.errors import PostError
from bot.i18n import t

log = structlog.get_logger()

RESPONSES = 4  # of the five a response_url is good for, one is left for what a form leads to


class Answers:
    """Brings answers back. What Slack does not take by one way is tried by the next."""

    def __init__(self, web: Web, command: str, drafts: Drafts) -> None:
        self.web = web
        self.command = command
        self.drafts = drafts

    def wording(self, heard: Heard, reader: Reader, *, public: bool = False) -> Wording:
        """Word for the caller alone, or for all who are there."""
        return Wording(reader, heard.space, self.command, frozenset() if public else None)

    async def give(self, heard: Heard, answer: Answer) -> None:
        """Bring an answer back; never raises, for there is nobody left to tell."""
        try:
            await self._give(heard, answer)
        except PostError as error:
            log.warning("answer lost", action=heard.command, error=repr(error))

    async def _give(self, heard: Heard, answer: Answer) -> None:
        match answer.reply:
            case Ask(form):
                await self._ask(heard, answer.reader, form)
            case Change(message) if heard.message:
                await self._change(heard, answer, message)
            case Change(message) | Say(message, True):
                await self._privately(heard, answer.reader, message)
            case Say(message):
                await self._publicly(heard, answer, message)

    async def modal(
        self, heard: Heard, reader: Reader, form: Form, draft: Draft | None = None, page: int = 0
    ) -> dict[str, Any]:
        """Make the modal for a form; one of several pages is kept as a draft in between."""
        if draft is None and len(form.fields) > forms.PER_PAGE:
            draft = Draft(form)
        if draft:
            await self.drafts.keep(draft)
        name = draft.name if draft else ""
        carried = forms.Sheet(form.command, form.bound, heard.origin, name, page)
        return forms.modal(form, self.wording(heard, reader), carried)

    async def _ask(self, heard: Heard, reader: Reader, form: Form) -> None:
        if await self._show(heard, await self.modal(heard, reader, form)):
            return
        given = {one.name: one.value for one in form.fields if one.value and not one.error}
        await self._privately(heard, reader, _later(form, given))

    async def _show(self, heard: Heard, view: dict[str, Any]) -> bool:
        """Show a modal in the place of the one it was asked in, or a new one."""
        if heard.view and await self.web.update_view(heard.space, heard.view, view):
            return True
        opened = heard.trigger and await self.web.open_view(heard.space, heard.trigger, view)
        return bool(opened)

    async def wait(self, heard: Heard, reader: Reader) -> Heard:
        """Open a modal that says to wait, before the trigger is spent."""
        words = t("This takes a little longer. I am still at it.")
        view = forms.notice(words, self.wording(heard, reader))
        opened = await self.web.open_view(heard.space, heard.trigger, view)
        return replace(heard, view=opened, trigger="")

    async def _change(self, heard: Heard, answer: Answer, message: Message) -> None:
        """Change the message a button was on; a public one is in everybody's language."""
        public = bool(heard.place.channel) and not heard.whispered
        reader = answer.everybody if public else answer.reader
        first, *more = parts(message, self.wording(heard, reader, public=public))
        if not await self._replaced(heard, first):
            await self._privately(heard, answer.reader, message)
            return
        for part in more:
            await self._whisper(heard, part)
        await self._hand_over(heard, files(message))

    async def _replaced(self, heard: Heard, part: Part) -> bool:
        """Put a part in the place of the message; a response_url is good for half an hour only."""
        if heard.url and await self.web.respond(heard.url, part, replace_original=True):
            return True
        if heard.whispered or not heard.place.channel:
            return False
        await self.web.update(heard.space, heard.place.channel, heard.message, part)
        return True

    async def _privately(self, heard: Heard, reader: Reader, message: Message) -> None:
        wording = self.wording(heard, reader)
        if await self._in_modal(heard, message, wording):
            return
        made = parts(message, wording)
        for number, part in enumerate(made):
            await self._whisper(heard if number < RESPONSES else replace(heard, url=""), part)
        if heard.view:
            await self._close(heard, wording)
        await self._hand_over(heard, files(message))

    async def _in_modal(self, heard: Heard, message: Message, wording: Wording) -> bool:
        """Answer in a modal what was not asked in a conversation."""
        if heard.url or heard.place.channel or files(message):
            return False
        return await self._show(heard, forms.shown(blocks(message, wording), wording))

    async def _close(self, heard: Heard, wording: Wording) -> None:
        """Say in a modal that was to wait where the answer is."""
        words = t("Done. You find the answer in the conversation.")
        view = forms.notice(words, wording, forms.SAID)
        await self.web.update_view(heard.space, heard.view, view)

    async def _whisper(self, heard: Heard, part: Part) -> None:
        """Say a part to the caller alone: through the response_url, in the channel, directly."""
        if heard.url and await self._respond(heard, part, "ephemeral"):
            return
        place = heard.place
        if place.channel:
            try:
                await self.web.whisper(heard.space, place.channel, heard.user, part, place.thread)
            except PostError as error:
                log.info("whispered directly", action=heard.command, error=repr(error))
            else:
                return
        await self.web.post(heard.space, heard.user, part)

    async def _respond(self, heard: Heard, part: Part, kind: str) -> bool:
        more = {"thread_ts": heard.place.thread} if heard.place.thread else {}
        return await self.web.respond(
            heard.url, part, response_type=kind, replace_original=False, **more
        )

    async def _publicly(self, heard: Heard, answer: Answer, message: Message) -> None:
        if not heard.place.channel:
            await self._privately(heard, answer.reader, message)
            return
        quiet = self.wording(heard, answer.everybody, public=True)
        for number, part in enumerate(parts(message, quiet.ringing_for(message.notify))):
            await self._aloud(heard if number < RESPONSES else replace(heard, url=""), part)
        place = heard.place
        await self.web.upload(heard.space, place.channel, files(message), place.thread)
        if heard.view:
            await self._close(heard, self.wording(heard, answer.reader))

    async def _aloud(self, heard: Heard, part: Part) -> None:
        if not (heard.url and await self._respond(heard, part, "in_channel")):
            place = heard.place
            await self.web.post(heard.space, place.channel, part, thread=place.thread)

    async def _hand_over(self, heard: Heard, handed: tuple[File, ...]) -> None:
        """Hand files over in direct messages: Slack has no file that only one person sees."""
        if not handed:
            return
        channel = await self.web.direct(heard.space, heard.user)
        await self.web.upload(heard.space, channel, handed)


def _later(form: Form, given: dict[str, str]) -> Message:
    """Offer a form by a button, where there is nothing left that opens it now."""
    words = t("Please open the form with this button; Slack did not let me open it in time.")
    opened = t("Open the form")
    for args in ({**form.bound, **given}, form.bound):
        with suppress(ValueError):  # more than a button carries: then less is filled in
            return said(words, button(opened, form.command, "primary", **args))
    return said(words, button(opened, form.command, "primary"))
