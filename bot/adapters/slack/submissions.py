"""Takes forms that were sent off: errors go back into the modal, all else is answered behind it."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.adapters.slack import forms, to_call
from bot.adapters.slack.answers import Answers
from bot.adapters.slack.asking import Asking
from bot.adapters.slack.blocks import blocks
from bot.adapters.slack.drafts import Draft
from bot.adapters.slack.to_call import Heard
from bot.calls import Answer, Ask, Form, Reply, Say
from bot.i18n import t

Body = Mapping[str, Any]
Behind = Callable[[Heard, Coroutine[Any, Any, None]], None]


class Submissions:
    """What is done about a form; `behind` goes on after the acknowledgement."""

    def __init__(self, asking: Asking, answers: Answers, behind: Behind) -> None:
        self.asking = asking
        self.answers = answers
        self.behind = behind

    async def take(self, body: Body, ack: AsyncAck, space: str) -> None:
        """Take a form, or one page of it."""
        view: Body = body["view"]
        carried = forms.sheet(view)
        draft = await self.answers.drafts.find(carried.draft)
        values = {**(draft.values if draft else {}), **forms.values(view)}
        heard = to_call.submission(body, space, values)
        if draft and (carried.page + 1) * forms.PER_PAGE < len(draft.form.fields):
            await self._turn(ack, heard, replace(draft, values=values), carried.page + 1)
            return
        work = asyncio.ensure_future(self._carried_out(heard, draft))
        if await self.asking.in_time(work):
            await self._answer(ack, heard, view, work.result())
        else:
            await self._put_off(ack, heard, work)

    async def _carried_out(self, heard: Heard, draft: Draft | None) -> Answer:
        """Pass a form on; what was kept of it is of no use once it was taken."""
        answer = await self.asking.ask(heard, filled=True)
        if draft and not isinstance(answer.reply, Ask):
            await self.answers.drafts.drop(draft.name)
        return answer

    async def _turn(self, ack: AsyncAck, heard: Heard, draft: Draft, page: int) -> None:
        """Turn to the next page of a long form."""
        reader = await self.asking.reader(heard)
        turned = await self.answers.modal(heard, reader, draft.form, draft, page)
        await ack(response_action="update", view=turned)

    async def _put_off(self, ack: AsyncAck, heard: Heard, work: "asyncio.Future[Answer]") -> None:
        """Say in the modal that it takes longer, for Slack gives up on it otherwise."""
        words = t("This takes a little longer. I am still at it.")
        wording = self.answers.wording(heard, await self.asking.reader(heard))
        await ack(response_action="update", view=forms.notice(words, wording))
        self.behind(heard, self._late(heard, work))

    async def _late(self, heard: Heard, work: "asyncio.Future[Answer]") -> None:
        await self.answers.give(heard, await work)

    async def _answer(self, ack: AsyncAck, heard: Heard, view: Body, answer: Answer) -> None:
        reply = answer.reply
        if isinstance(reply, Ask):
            await self._again(ack, heard, view, answer, reply.form)
        elif _is_apart(heard, reply):
            wording = self.answers.wording(heard, answer.reader)
            shown = forms.shown(blocks(reply.message, wording), wording)
            await ack(response_action="update", view=shown)
            self.behind(heard, asyncio.sleep(0))
        else:
            await ack(response_action="clear")
            self.behind(heard, self.answers.give(replace(heard, view=""), answer))

    async def _again(
        self, ack: AsyncAck, heard: Heard, view: Body, answer: Answer, form: Form
    ) -> None:
        """Ask again: with errors at the fields that are shown, else with another modal."""
        wrong = forms.wrong(form, view, self.answers.wording(heard, answer.reader))
        if wrong and form.command == heard.command:
            await ack(response_action="errors", errors=wrong)
        else:
            again = await self.answers.modal(heard, answer.reader, form)
            await ack(response_action="update", view=again)


def _is_apart(heard: Heard, reply: Reply) -> bool:
    """Say whether a private answer belongs into the modal: it was asked in no conversation."""
    if isinstance(reply, Ask) or (isinstance(reply, Say) and not reply.private):
        return False
    return not heard.url and not heard.place.channel and not reply.message.files
