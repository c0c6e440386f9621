"""Carries calls out and shows what comes back: messages, changes, and forms page by page."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.adapters.discord import to_call
from bot.adapters.discord.dependencies import Dependencies
from bot.adapters.discord.drafts import Draft, Drafts, call_of, draft, named
from bot.adapters.discord.forms import Pages, filled, modal, worded_error
from bot.adapters.discord.ids import Bound
from bot.adapters.discord.render import sheet
from bot.adapters.discord.talk import Talk
from bot.adapters.discord.to_call import Body
from bot.adapters.discord.wording import Wording
from bot.adapters.discord.zones import Zones
from bot.background import begun
from bot.chat import Button, Message, Option, Paragraph, said
from bot.commands import Command, Group
from bot.i18n import Text, plain, t
from bot.protocol import Answer, Ask, Call, Change, Field, Reader, Say

PATIENCE = 1.5
"""Seconds before the caller is asked to wait; Discord gives three."""
TOO_MANY = 25


class Asking:
    """Stands between interactions and the bot; `commands` are Discord's ids of the commands."""

    def __init__(self, core: Dependencies, commands: Mapping[str, str]) -> None:
        self.core = core
        self.drafts = Drafts(core.notes)
        self.zones = Zones(core)
        self.commands = commands
        self.known = known(core.groups)
        self.patience = PATIENCE

    async def carry_out(self, talk: Talk, call: Call) -> None:
        """Pass a call on and show the answer."""
        await self.show(talk, call, await self._answer(talk, call))

    async def _answer(self, talk: Talk, call: Call) -> Answer:
        """Have a call carried out; the caller is asked to wait after a while."""
        waiting: list[asyncio.Future[None]] = []

        def wait() -> None:
            waiting.append(begun(talk.wait()))

        timer = asyncio.get_running_loop().call_later(self.patience, wait)
        try:
            answer = await self.core.dispatch(call)
        finally:
            timer.cancel()
        for one in waiting:
            await one
        return answer

    async def show(self, talk: Talk, call: Call, answer: Answer) -> None:
        """Show an answer in the way that fits where the call came from."""
        workspace, reply = call.account.workspace, answer.reply
        if isinstance(reply, Ask):
            question = await self.zones.question(call, answer)
            form = replace(reply.form, intro=question or reply.form.intro)
            await self._ask(talk, call, draft(answer, form, workspace).with_form(form))
            return
        await self._tell(talk, workspace, answer)
        if question := await self.zones.question(call, answer):
            set_it = Button(t("Set my time zone"), "me")
            await self.say(talk, said(question, set_it), self.wording(answer.reader, workspace))

    async def _tell(self, talk: Talk, workspace: str, answer: Answer) -> None:
        """Show an answer that asks nothing."""
        reply = answer.reply
        assert not isinstance(reply, Ask)
        private = not isinstance(reply, Say) or reply.private
        instead = isinstance(reply, Change) or (private and _on_draft(talk))
        if instead and talk.changeable:
            reader = answer.reader if talk.on_private else answer.everybody
            await talk.change(
                sheet(reply.message, self.wording(reader, workspace), alone=alone(talk))
            )
        else:
            reader = answer.reader if private else answer.everybody
            await self.say(talk, reply.message, self.wording(reader, workspace), private=private)

    async def say(
        self, talk: Talk, message: Message, wording: Wording, *, private: bool = True
    ) -> None:
        """Say a message; where Discord does not take it, say at least that."""
        if await talk.say(sheet(message, wording, alone=alone(talk)), private=private):
            return
        sorry = t("I did what you asked, but Discord did not let me show the answer here.")
        if not talk.fresh:
            await talk.say(sheet(said(sorry), wording), private=True)

    def wording(self, reader: Reader, workspace: str) -> Wording:
        """Give what words things for a reader in a server."""
        return Wording(reader, workspace, self.commands)

    async def _ask(self, talk: Talk, call: Call, fresh: Draft) -> None:
        fresh = fresh.with_vouched(call.vouched)
        begun = await self.drafts.begin(fresh, call.account.id, call.args)
        pages = self._pages(begun)
        if talk.fresh and talk.interaction.type.name != "modal_submit":
            await self._open(talk, begun, pages.wrong())
            return
        first = t("There are a few questions first.")
        message = said(first, self._continue(pages.wrong(), begun, t("Open the form")))
        await self.say(talk, message, pages.wording)

    def _pages(self, one: Draft) -> Pages:
        assert isinstance(one.answer.reply, Ask)
        return Pages(one.form, self.wording(one.answer.reader, one.workspace))

    async def _open(self, talk: Talk, one: Draft, page: int) -> None:
        pages = self._pages(one)
        page = min(page, len(pages.all) - 1)
        suggested = await self._suggested(talk, one, pages.all[page])
        opened = talk.interaction.id
        id = Bound(named("form", draft=one.id, page=page, at=opened), workspace=outside(talk, one))
        await talk.open(modal(pages, page, str(id), suggested))

    async def _suggested(
        self, talk: Talk, one: Draft, fields: Sequence[Field]
    ) -> Mapping[str, Sequence[Option]]:
        """Look up what could be chosen, where that is a short list."""
        found: dict[str, Sequence[Option]] = {}
        call = to_call.call(talk.interaction, one.workspace, *call_of(one))
        for field in fields:
            if field.widget == "look":
                typed = field.value if field.error else ""
                pairs = await self.core.complete(call, field.name, typed)
                pairs = pairs or await self.core.complete(call, field.name, "")
                if len(pairs) < TOO_MANY:
                    found[field.name] = [Option(value, plain(label)) for value, label in pairs]
        return found

    async def of_draft(self, talk: Talk, bound: Bound, workspace: str) -> None:
        """Do what a button of a draft says: open a page, send it off, or begin anew."""
        user = str(talk.interaction.user.id)
        one = await self.drafts.find(workspace, user, bound.args.get("draft", ""))
        if one is None:
            await self._gone(talk, workspace)
        elif bound.command == "~send":
            await self._send(talk, one, f"form:{bound.args.get('at', '')}")
        elif bound.command == "~anew":
            await self.drafts.drop(one, user)
            thrown = t("I have thrown away what you had typed. Give the command to begin again.")
            wording = self.wording(one.answer.reader, workspace)
            await talk.change(sheet(said(thrown), wording, alone=alone(talk)))
        else:
            await self._open(talk, one, page_of(bound))

    async def submitted(self, talk: Talk, bound: Bound, workspace: str, body: Body) -> None:
        """Take a page that was sent off; the last one sends the whole form off."""
        user = str(talk.interaction.user.id)
        one = await self.drafts.find(workspace, user, bound.args.get("draft", ""))
        if one is None:
            await self._gone(talk, workspace)
            return
        pages = self._pages(one)
        page = min(page_of(bound), len(pages.all) - 1)
        names = [field.name for field in pages.all[page]]
        one = one.with_form(filled(one.form, body), names)
        one = one.with_vouched(to_call.resolved(talk.interaction, workspace))
        event = f"form:{bound.args.get('at', '')}"
        if page + 1 == len(pages.all) and not _missing(one):
            await self._send(talk, one, event)
            return
        await self.drafts.keep(one, user)
        await self._kept(talk, one, page, bound.args.get("at", ""))

    async def _kept(self, talk: Talk, one: Draft, page: int, at: str) -> None:
        """Say that a page is kept, with a way on, and one to send the form off where it can be."""
        pages = self._pages(one)
        count = len(pages.all)
        kept = t("Page {page} of {count} is kept.", page=page + 1, count=count)
        missing = _missing(one)
        on = page + 1 if page + 1 < count else pages.page_of(missing[0].name)
        label = t("Go on with page {page}", page=on + 1)
        buttons = [self._continue(on, one, label)]
        if not missing:
            send = Button(t("Send it off now"), named("send", draft=one.id, at=at), "primary")
            buttons = [send, *buttons]
        anew = Button(t("Throw it away"), named("anew", draft=one.id), "danger")
        await self._put(talk, one, Message(pages.form.title, (Paragraph(kept),), (*buttons, anew)))

    def _continue(self, page: int, one: Draft, label: Text) -> Button:
        return Button(label, named("open", draft=one.id, page=page), "primary")

    async def _put(self, talk: Talk, one: Draft, message: Message) -> None:
        """Show something about a draft, in the place of what was said about it before."""
        wording = self.wording(one.answer.reader, one.workspace)
        if talk.changeable and _on_draft(talk):
            await talk.change(sheet(message, wording, alone=alone(talk)))
        else:
            await self.say(talk, message, wording)

    async def _send(self, talk: Talk, one: Draft, event: str) -> None:
        """Send a form off; what cannot be read is asked again, with all that was typed."""
        user = str(talk.interaction.user.id)
        command, args = call_of(one)
        asked = to_call.call(talk.interaction, one.workspace, command, args, event)
        call = replace(asked, filled=True, vouched={**one.vouched, **asked.vouched})
        answer = await self._answer(talk, call)
        if isinstance(answer.reply, Ask):
            again = one.with_form(answer.reply.form, [f.name for f in one.form.fields])
            await self.drafts.keep(again, user)
            await self._again(talk, again)
            return
        await self.drafts.drop(one, user)
        await self.show(talk, call, answer)

    async def _again(self, talk: Talk, one: Draft) -> None:
        pages = self._pages(one)
        title = t("Something is missing or unclear. Nothing you typed is lost.")
        wrong = worded_error(one.form)
        buttons = (self._continue(pages.wrong(), one, t("Correct it")),)
        blocks = (Paragraph(wrong),) if wrong else ()
        await self._put(talk, one, Message(title, blocks, buttons))

    async def _gone(self, talk: Talk, workspace: str) -> None:
        reader = Reader(talk.interaction.locale.value)
        gone = t("This form was sent off or thrown away. Give the command again to open a new one.")
        await self.say(talk, said(gone), self.wording(reader, workspace))


def known(groups: Iterable[Group]) -> Mapping[str, Command]:
    """Give the commands by their names."""
    return {one.name: one for group in groups for one in group.commands.values()}


def alone(talk: Talk) -> bool:
    """Say whether an answer goes to direct messages, where buttons have to name their server."""
    return not talk.in_server


def outside(talk: Talk, one: Draft) -> str:
    """Give the server a form in direct messages has to name."""
    return "" if talk.in_server else one.workspace


def page_of(bound: Bound) -> int:
    """Read a page; anything that is none is the first."""
    page = bound.args.get("page", "")
    return int(page) if page.isascii() and page.isdecimal() and len(page) < 4 else 0


def _missing(one: Draft) -> list[Field]:
    return [field for field in one.form.fields if field.required and not field.value.strip()]


def _on_draft(talk: Talk) -> bool:
    """Say whether the message with the button is one of the adapter's own, about a draft."""
    message = talk.interaction.message
    if message is None or not talk.on_private:
        return False
    rows = (getattr(one, "children", ()) for one in message.components)
    return any(getattr(one, "custom_id", "").startswith("~open?") for row in rows for one in row)
