"""Takes forms that were sent off: errors go back into the modal, all else is answered behind it."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any

from bot.adapters.slack import forms, to_call
from bot.adapters.slack.answers import Answers
from bot.adapters.slack.asking import Asking
from bot.adapters.slack.blocks import blocks
from bot.adapters.slack.to_call import Incoming
from bot.background import begun
from bot.i18n import t
from bot.protocol import Answer, Ask, Form, Reply, Say

Body = Mapping[str, Any]
Acknowledged = dict[str, Any]
Behind = Callable[[Incoming, Coroutine[Any, Any, None]], None]


class Submissions:
    """What is done about a form; `behind` goes on after the acknowledgement."""

    def __init__(self, asking: Asking, answers: Answers, behind: Behind) -> None:
        self.asking = asking
        self.answers = answers
        self.behind = behind

    async def take(self, body: Body, workspace: str) -> Acknowledged:
        """Take a form, or one page of it."""
        heard = to_call.submission(body, workspace)
        work = begun(self.asking.ask(heard))
        if await self.asking.in_time(work):
            return await self._answer(heard, body["view"], work.result())
        return await self._put_off(heard, work)

    async def _put_off(self, heard: Incoming, work: "asyncio.Future[Answer]") -> Acknowledged:
        """Say in the modal that it takes longer, for Slack gives up on it otherwise."""
        words = t("This is taking a little longer. I'm still working on it.")
        wording = self.answers.wording(heard, await self.asking.reader(heard))
        self.behind(heard, self._late(heard, work))
        return _update(forms.notice(words, wording))

    async def _late(self, heard: Incoming, work: "asyncio.Future[Answer]") -> None:
        await self.answers.give(heard, await work)

    async def _answer(self, heard: Incoming, view: Body, answer: Answer) -> Acknowledged:
        reply = answer.reply
        if isinstance(reply, Ask):
            return self._again(heard, view, answer, reply.form)
        if _is_apart(heard, reply):
            wording = self.answers.wording(heard, answer.reader)
            found = blocks(reply.message, wording)
            if forms.fits(found):
                self.behind(heard, asyncio.sleep(0))
                return _update(forms.shown(found, wording))
        self.behind(heard, self.answers.give(replace(heard, view=""), answer))
        return {"response_action": "clear"}

    def _again(self, heard: Incoming, view: Body, answer: Answer, form: Form) -> Acknowledged:
        """Ask on or again: with errors at the fields that are shown, else with another modal."""
        wrong = forms.wrong(form, view, self.answers.wording(heard, answer.reader))
        if wrong and form.command == heard.command and heard.form == "sent":
            return {"response_action": "errors", "errors": wrong}
        return _update(self.answers.modal(heard, answer.reader, form))


def _update(view: dict[str, Any]) -> Acknowledged:
    """Have a modal take the place of the one that was sent off."""
    return {"response_action": "update", "view": view}


def _is_apart(heard: Incoming, reply: Reply) -> bool:
    """Say whether a private answer belongs into the modal: it was asked in no conversation."""
    if isinstance(reply, Ask) or (isinstance(reply, Say) and not reply.private):
        return False
    return not heard.url and not heard.place.channel and not reply.message.files
