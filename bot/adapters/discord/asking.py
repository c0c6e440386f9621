"""Carries calls out and shows what comes back: messages, changes, and forms page by page."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from bot.adapters.discord import to_call
from bot.adapters.discord.client import DiscordClient
from bot.adapters.discord.dependencies import Dependencies
from bot.adapters.discord.forms import (
    Page,
    filled,
    is_missing,
    modal,
    page_at,
    page_behind,
    worded_error,
    wrong_page,
)
from bot.adapters.discord.ids import Bound
from bot.adapters.discord.render import sheet
from bot.adapters.discord.talk import Talk
from bot.adapters.discord.to_call import Body
from bot.adapters.discord.uploads import texts, uploaded
from bot.adapters.discord.wording import DiscordWording
from bot.adapters.discord.zones import Zones
from bot.background import begun
from bot.chat import Button, Message, Option, Paragraph, encoded, said
from bot.commands import Command
from bot.groups import Group
from bot.i18n import Text, plain, t
from bot.protocol import Answer, Ask, Call, Change, Form, Reader, Say

PATIENCE = 1.5
"""Seconds before the caller is asked to wait; Discord gives three."""
TOO_MANY = 25


class Interactions:
    """Stands between interactions and the bot; `commands` are Discord's ids of the commands."""

    def __init__(
        self, core: Dependencies, commands: Mapping[str, str], client: DiscordClient
    ) -> None:
        self.core = core
        self.client = client
        self.zones = Zones(core)
        self.commands = commands
        self.known = known(core.groups)
        self.patience = PATIENCE

    async def _with_files(self, talk: Talk, call: Call) -> Call:
        """Put the texts of files in the place of their ids; what is kept of others stays."""
        body = cast(Body, talk.interaction.data or {})
        names = uploaded(body)
        if not names:
            return call
        others = {name: raw for name, raw in call.args.items() if name not in names}
        return replace(call, args=others | await texts(self.client, body))

    async def execute(self, talk: Talk, call: Call) -> None:
        """Pass a call on and show the answer."""
        await self.show(talk, call, await self._answer(talk, call))

    async def _answer(self, talk: Talk, call: Call) -> Answer:
        """Have a call carried out; the caller is asked to wait after a while."""
        waiting: list[asyncio.Future[None]] = []

        def wait() -> None:
            waiting.append(begun(talk.wait()))

        timer = asyncio.get_running_loop().call_later(self.patience, wait)
        try:
            answer = await self.core.dispatch(await self._with_files(talk, call))
        finally:
            timer.cancel()
        for one in waiting:
            await one
        return answer

    async def show(self, talk: Talk, call: Call, answer: Answer) -> None:
        """Show an answer in the way that fits where the call came from."""
        workspace, reply = call.account.workspace, answer.reply
        if isinstance(reply, Ask):
            asked = replace(call, command=reply.form.command)
            question = await self.zones.question(asked, answer)
            form = replace(reply.form, intro=question or reply.form.intro)
            await self._ask(talk, wrong_page(form, self.wording(answer.reader, workspace)))
            return
        await self._tell(talk, workspace, answer)
        if question := await self.zones.question(call, answer):
            set_it = Button(t("Set my time zone"), "my.profile")
            await self.say(talk, said(question, set_it), self.wording(answer.reader, workspace))

    async def _tell(self, talk: Talk, workspace: str, answer: Answer) -> None:
        """Show an answer that asks nothing."""
        reply = answer.reply
        assert not isinstance(reply, Ask)
        private = not isinstance(reply, Say) or reply.private
        instead = isinstance(reply, Change) or (private and _on_form(talk))
        if instead and talk.changeable:
            reader = answer.reader if talk.on_private else answer.everybody
            await talk.change(
                sheet(reply.message, self.wording(reader, workspace), alone=alone(talk))
            )
        else:
            reader = answer.reader if private else answer.everybody
            await self.say(talk, reply.message, self.wording(reader, workspace), private=private)

    async def say(
        self, talk: Talk, message: Message, wording: DiscordWording, *, private: bool = True
    ) -> None:
        """Say a message; where Discord does not take it, say at least that."""
        if await talk.say(sheet(message, wording, alone=alone(talk)), private=private):
            return
        sorry = t("I've handled your request, but Discord didn't let me show the answer here.")
        if not talk.fresh:
            await talk.say(sheet(said(sorry), wording), private=True)

    def wording(self, reader: Reader, workspace: str) -> DiscordWording:
        """Give what words things for a reader in a server."""
        return DiscordWording(reader, workspace, self.commands)

    async def _ask(self, talk: Talk, page: Page) -> None:
        if talk.fresh and talk.interaction.type.name != "modal_submit":
            await self._open(talk, page)
            return
        await self.say(talk, to_be_opened(page), page.wording)

    async def _open(self, talk: Talk, page: Page) -> None:
        suggested = await self._suggested(talk, page)
        more = {} if page.last else {"more": "yes"}
        call = named("form", page.form, at=talk.interaction.id, **more)
        id = Bound(call, workspace="" if talk.in_server else page.wording.workspace)
        await talk.open(modal(page, str(id), suggested))

    async def _suggested(self, talk: Talk, page: Page) -> Mapping[str, Sequence[Option]]:
        """Look up what could be chosen, where that is a short list."""
        found: dict[str, Sequence[Option]] = {}
        args = {**page.form.bound, **{one.name: one.value for one in page.form.fields}}
        call = to_call.call(talk.interaction, page.wording.workspace, page.form.command, args)
        for field in page.fields:
            if field.widget == "look" or (field.widget == "several" and not field.options):
                typed = field.value if field.error else ""
                pairs = await self.core.complete(call, field.name, typed)
                pairs = pairs or await self.core.complete(call, field.name, "")
                if len(pairs) < TOO_MANY:
                    found[field.name] = [Option(value, plain(label)) for value, label in pairs]
        return found

    async def of_form(self, talk: Talk, bound: Bound, workspace: str) -> None:
        """Do what a button of a form says: open a page, send it off, or begin anew."""
        call = replace(
            to_call.call(talk.interaction, workspace, "", {}), draft=bound.args.get("draft", "")
        )
        if bound.command == "~send":
            await self._send(talk, replace(call, event=event(bound)))
            return
        anew = bound.command == "~anew"
        call = replace(call, form="anew" if anew else "")
        answer = await self.core.dispatch(call)  # who is asked to wait gets no form
        wording = self.wording(answer.reader, workspace)
        if not isinstance(answer.reply, Ask):
            await self._tell(talk, workspace, answer)
        elif anew:
            thrown = t("I've discarded what you typed. Give the command again to start over.")
            await talk.change(sheet(said(thrown), wording, alone=alone(talk)))
        else:
            await self._ask(talk, page_at(answer.reply.form, wording, bound.args.get("from", "")))

    async def submitted(self, talk: Talk, bound: Bound, workspace: str, body: Body) -> None:
        """Take a page that was sent off; the last one sends the whole form off."""
        values = filled(body)
        call = to_call.call(talk.interaction, workspace, "", values)
        call = replace(call, draft=bound.args.get("draft", ""))
        if "more" not in bound.args:
            await self._send(talk, replace(call, event=event(bound)))
            return
        answer = await self._answer(talk, replace(call, form="page"))
        if isinstance(answer.reply, Ask):
            wording = self.wording(answer.reader, workspace)
            page = page_behind(answer.reply.form, wording, values)
            await self._kept(talk, page, bound.args.get("at", ""))
        else:
            await self._tell(talk, workspace, answer)

    async def _kept(self, talk: Talk, page: Page, at: str) -> None:
        """Say that a page is kept, with a way on, and one to send the form off where it can be."""
        form, on = page.form, page
        if not page.fields:
            on = wrong_page(form, page.wording, missing=True)
        kept = t("Page {page} of {count} is saved.", page=page.number - 1, count=page.count)
        buttons = [_opens(on, t("Go to page {page}", page=on.number)), _anew(form)]
        if not any(map(is_missing, form.fields)):
            buttons = [
                Button(t("Send now"), named("send", form, at=at), "primary"),
                *buttons,
            ]
        message = Message(form.title, (Paragraph(kept),), (*buttons,))
        await self._put(talk, message, page.wording)

    async def _put(self, talk: Talk, message: Message, wording: DiscordWording) -> None:
        """Show something about a form, in the place of what was said about it before."""
        if talk.changeable and _on_form(talk):
            await talk.change(sheet(message, wording, alone=alone(talk)))
        else:
            await self.say(talk, message, wording)

    async def _send(self, talk: Talk, call: Call) -> None:
        """Send a form off; what cannot be read is asked again, with all that was typed."""
        answer = await self._answer(talk, replace(call, form="sent"))
        if not isinstance(answer.reply, Ask):
            await self.show(talk, call, answer)
            return
        form, wording = answer.reply.form, self.wording(answer.reader, call.account.workspace)
        title = t("Something is missing or unclear. Nothing you typed is lost.")
        wrong = worded_error(form)
        buttons = (_opens(wrong_page(form, wording, missing=True), t("Fix it")), _anew(form))
        await self._put(
            talk, Message(title, (Paragraph(wrong),) if wrong else (), buttons), wording
        )


def to_be_opened(page: Page) -> Message:
    """Offer a form by a button, where it cannot be opened now."""
    first = (page.form.intro,) if page.form.intro else ()
    texts = (*first, t("I have a few questions first."))
    blocks = tuple(Paragraph(text) for text in texts)
    return Message(blocks=blocks, buttons=(_opens(page, t("Open the form")),))


def _opens(page: Page, label: Text) -> Button:
    begins = {"from": page.fields[0].name} if page.begin and page.fields else {}
    return Button(label, named("open", page.form, **begins), "primary")


def _anew(form: Form) -> Button:
    return Button(t("Discard"), named("anew", form), "danger")


def named(action: str, form: Form, **args: object) -> str:
    """Write one of the adapter's own calls, which are about forms."""
    return encoded(f"~{action}", {"draft": form.draft, **args})


def event(bound: Bound) -> str:
    """Name the sending of a form, the same however often that is pressed."""
    return f"form:{bound.args.get('at', '')}"


def known(groups: Iterable[Group]) -> Mapping[str, Command]:
    """Give the commands by their names."""
    return {one.name: one for group in groups for one in group.commands.values()}


def alone(talk: Talk) -> bool:
    """Say whether an answer goes to direct messages, where buttons have to name their server."""
    return not talk.in_server


def _on_form(talk: Talk) -> bool:
    """Say whether the message with the button is one of the adapter's own, about a form."""
    message = talk.interaction.message
    if message is None or not talk.on_private:
        return False
    rows = (getattr(one, "children", ()) for one in message.components)
    return any(getattr(one, "custom_id", "").startswith("~open?") for row in rows for one in row)
