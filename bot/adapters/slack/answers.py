"""Brings answers back to who asked: in the conversation, in a modal, in a direct message."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import structlog

from bot.adapters.slack import forms, pages
from bot.adapters.slack.blocks import Part, blocks, files, parts
from bot.adapters.slack.refusals import unfollowed, why
from bot.adapters.slack.to_call import Incoming
from bot.adapters.slack.web import WebApi
from bot.adapters.slack.wording import SlackWording
from bot.chat import Context, File, Message, Place, button, said
from bot.errors import PostError
from bot.i18n import t
from bot.protocol import Answer, Ask, Change, Form, Reader, Say

log = structlog.get_logger()

RESPONSES = 4  # of the five a response_url is good for, one is left for what a form leads to


class Answers:
    """Brings answers back. What Slack does not take by one way is tried by the next."""

    def __init__(self, web: WebApi, command: str) -> None:
        self.web = web
        self.command = command

    def wording(self, heard: Incoming, reader: Reader, *, public: bool = False) -> SlackWording:
        """Word for the caller alone, or for all who are there."""
        rings: frozenset[str] | None = frozenset() if public else None
        site = self.web.sites.get(heard.workspace, "")
        return SlackWording(reader, heard.workspace, self.command, rings, site)

    async def give(self, heard: Incoming, answer: Answer) -> None:
        """Bring an answer back; never raises, for there is nobody left to tell."""
        try:
            await self._give(heard, answer)
        except PostError as error:
            log.warning("answer lost", action="answer", error=repr(error))

    async def _give(self, heard: Incoming, answer: Answer) -> None:
        if not isinstance(answer.reply, Ask) and _leads_beneath(answer.reply.message):
            with suppress(PostError):
                await self.web.find_site(heard.workspace)
        match answer.reply:
            case Ask(form):
                await self._ask(heard, answer.reader, form)
            case Change(message) if heard.message:
                await self._change(heard, answer, message)
            case Change(message) | Say(message, True):
                await self._privately(heard, answer.reader, message)
            case Say(message):
                await self._publicly(heard, answer, message)

    def modal(self, heard: Incoming, reader: Reader, form: Form) -> dict[str, Any]:
        """Make the modal for a form, or for the page of it that is due."""
        begin = pages.begins(form, heard.form, heard.args)
        carried = pages.of_form(form, heard.origin, begin)
        return forms.modal(form, self.wording(heard, reader), carried, begin)

    async def _ask(self, heard: Incoming, reader: Reader, form: Form) -> None:
        if not await self._show(heard, self.modal(heard, reader, form)):
            await self._privately(heard, reader, _later(form))

    async def _show(self, heard: Incoming, view: dict[str, Any]) -> bool:
        """Show a modal in the place of the one it was asked in, or a new one."""
        if heard.view and await self.web.update_view(heard.workspace, heard.view, view):
            return True
        opened = heard.trigger and await self.web.open_view(heard.workspace, heard.trigger, view)
        return bool(opened)

    async def wait(self, heard: Incoming, reader: Reader) -> Incoming:
        """Open a modal that says to wait, before the trigger is spent."""
        words = t("This is taking a little longer. I'm still working on it.")
        view = forms.notice(words, self.wording(heard, reader))
        opened = await self.web.open_view(heard.workspace, heard.trigger, view)
        return replace(heard, view=opened, trigger="")

    async def _change(self, heard: Incoming, answer: Answer, message: Message) -> None:
        """Change the message a button was on; a public one is in everybody's language."""
        public = bool(heard.place.channel) and not heard.whispered
        reader = answer.everybody if public else answer.reader
        first, *more = parts(message, self.wording(heard, reader, public=public))
        if not await self._replaced(heard, first):
            await self._privately(heard, answer.reader, message)
            return
        for part in more:
            await self._whisper(heard, part)
        await self._hand_over(heard, answer.reader, files(message))

    async def _replaced(self, heard: Incoming, part: Part) -> bool:
        """Put a part in the place of the message; a response_url is good for half an hour only."""
        if heard.url and await self.web.respond(heard.url, part, replace_original=True):
            return True
        if heard.whispered or not heard.place.channel:
            return False
        try:
            await self.web.update(heard.workspace, heard.place.channel, heard.message, part)
        except PostError as error:
            log.info("not changed", action="answer", error=repr(error))
            return False
        return True

    async def _privately(self, heard: Incoming, reader: Reader, message: Message) -> None:
        wording = self.wording(heard, reader)
        if await self._in_modal(heard, message, wording):
            return
        made = parts(message, wording)
        for number, part in enumerate(made):
            await self._whisper(heard if number < RESPONSES else replace(heard, url=""), part)
        if heard.view:
            await self._close(heard, wording)
        await self._hand_over(heard, reader, files(message))

    async def _in_modal(self, heard: Incoming, message: Message, wording: SlackWording) -> bool:
        """Answer in a modal what was not asked in a conversation."""
        if heard.url or heard.place.channel or files(message):
            return False
        found = blocks(message, wording)
        return forms.fits(found) and await self._show(heard, forms.shown(found, wording))

    async def _close(self, heard: Incoming, wording: SlackWording) -> None:
        """Say in a modal that was to wait where the answer is."""
        words = t("You'll find the answer in the conversation.")
        view = forms.notice(words, wording, forms.SAID)
        await self.web.update_view(heard.workspace, heard.view, view)

    async def _whisper(self, heard: Incoming, part: Part) -> None:
        """Say a part to the caller alone: through the response_url, in the channel, directly."""
        if heard.url and await self._respond(heard, part, "ephemeral"):
            return
        place = heard.place
        if place.channel:
            try:
                await self.web.whisper(
                    heard.workspace, place.channel, heard.user, part, place.thread
                )
            except PostError as error:
                log.info("whispered directly", action="answer", error=repr(error))
            else:
                return
        await self.web.post(heard.workspace, heard.user, part)

    async def _respond(self, heard: Incoming, part: Part, kind: str) -> bool:
        more = {"thread_ts": heard.place.thread} if heard.place.thread else {}
        return await self.web.respond(
            heard.url, part, response_type=kind, replace_original=False, **more
        )

    async def _publicly(self, heard: Incoming, answer: Answer, message: Message) -> None:
        if not heard.place.channel:
            await self._privately(heard, answer.reader, message)
            return
        quiet = self.wording(heard, answer.everybody, public=True)
        made = parts(message, quiet.ringing_for(message.notify))
        for number, part in enumerate(made):
            here = heard if number < RESPONSES else replace(heard, url="")
            if error := await self._aloud(here, part):
                await self._instead(here, answer.reader, made[number:], error)
                break
        await self._hand_over(heard, answer.reader, files(message), heard.place)
        if heard.view:
            await self._close(heard, self.wording(heard, answer.reader))

    async def _aloud(self, heard: Incoming, part: Part) -> PostError | None:
        """Say a part to all who are there; gives why that cannot be done."""
        if heard.url and await self._respond(heard, part, "in_channel"):
            return None
        place = heard.place
        try:
            await self.web.post(heard.workspace, place.channel, part, thread=place.thread)
        except PostError as error:
            return error
        return None

    async def _instead(
        self, heard: Incoming, reader: Reader, rest: Sequence[Part], error: PostError
    ) -> None:
        """Say to the caller alone what could not be said aloud."""
        log.warning("not said aloud", action="answer", error=repr(error))
        missing = said(
            t(
                "I couldn't post this here for everyone, so only you can see it. {why}",
                why=why(error),
            )
        )
        for part in (*parts(missing, self.wording(heard, reader)), *rest):
            await self._whisper(heard, part)

    async def _hand_over(
        self, heard: Incoming, reader: Reader, files: tuple[File, ...], place: Place | None = None
    ) -> None:
        """Hand files over in a place, or directly: Slack has no file that only one person sees."""
        if not files:
            return
        try:
            if place is not None and await self._uploaded(heard, files, place):
                return
            channel = await self.web.direct(heard.workspace, heard.user)
            await self.web.upload(heard.workspace, channel, files)
        except PostError as error:
            log.warning("files lost", action="answer", error=repr(error))
            for part in parts(said(unfollowed(files, error)), self.wording(heard, reader)):
                await self._whisper(heard, part)

    async def _uploaded(self, heard: Incoming, files: tuple[File, ...], place: Place) -> bool:
        try:
            await self.web.upload(heard.workspace, place.channel, files, place.thread)
        except PostError as error:
            log.info("files directly", action="answer", error=repr(error))
            return False
        return True


def _later(form: Form) -> Message:
    """Offer a form by a button, filled in, where there is nothing left that opens it now."""
    words = t("Slack didn't let me open the form in time. Please open it with this button.")
    return said(words, button(t("Open the form"), pages.KEPT, "primary", draft=form.draft))


def _leads_beneath(message: Message) -> bool:
    """Say whether the small print of a message leads into a thread."""
    texts = [block.text for block in message.blocks if isinstance(block, Context)]
    values = [value for text in texts for value in text.values.values()]
    return any(isinstance(value, Place) and value.thread for value in values)
