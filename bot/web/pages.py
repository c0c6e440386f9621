"""Serves the pages of whoever is signed in: each shows what a command says, or its form."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from aiohttp import web

from bot.chat import Place, decoded
from bot.commands import Command
from bot.protocol import Answer, Ask, Call, Dispatch, Say
from bot.web import words
from bot.web.guesses import Guesses
from bot.web.posted import GIVEN, values
from bot.web.views import HOME, PageAction, Views, Words, guest
from bot.web.visitors import HiddenFields, Visitor, Visitors

STATIC = Path(__file__).with_name("static")
OURS = r"{name:style\.css|page\.js}"
"""What a path ends with that leads to a file of ours."""
SIGN_IN = Words(words.SIGN_IN, [words.HOW, words.HOW_BY_MAIL], status=401)


@dataclass(frozen=True, slots=True)
class Press:
    """What a visitor asks for: a command, what is given with it, and the form that is meant."""

    name: str
    given: Mapping[str, str]
    form: Literal["", "page", "sent"] = ""
    draft: str = ""
    event: str = ""


class Pages:
    """The pages people see who are signed in, and those by which they sign in."""

    def __init__(
        self,
        views: Views,
        visitors: Visitors,
        answer: Dispatch,
        commands: Mapping[str, Command],
        now: Callable[[], datetime],
    ) -> None:
        self.views = views
        self.visitors = visitors
        self.answer = answer
        self.commands = commands
        self.now = now
        self.guesses = Guesses(visitors.storage, now)

    def routes(self) -> list[web.RouteDef]:
        """Give the addresses there are."""
        return [
            web.get("/", self._home),
            web.get(r"/in/{secret:[\w-]{22}}", self._ask_in),
            web.post(r"/in/{secret:[\w-]{22}}", self._let_in),
            web.post("/sign-out", self._sign_out),
            web.get(r"/do/{name:[a-z.-]{1,60}}", self._look),
            web.post("/do", self._do),
            web.post("/draft", self._save),
            web.get(rf"/static/{OURS}", static),
        ]

    async def _home(self, request: web.Request) -> web.Response:
        visitor = await self.visitors.find(request)
        if visitor is None:
            return self.views.plain(
                guest(request), Words(words.SIGN_IN, [words.HOW, words.HOW_BY_MAIL])
            )
        return await self.answered(visitor, Press(HOME, {}), "/")

    async def _ask_in(self, request: web.Request) -> web.Response:
        """Ask whether to sign in: whoever only looks at a link, such as a scanner, uses nothing."""
        action = PageAction(self.views.root + request.path, words.SIGN_IN)
        return self.views.plain(guest(request), Words(words.SIGN_IN, [words.HERE], action))

    async def _let_in(self, request: web.Request) -> web.Response:
        browser = await self.visitors.use(request.match_info["secret"])
        if browser is None:
            await self.guesses.refuse()
            used = Words(words.SIGN_IN, [words.USED], status=403)
            return self.views.plain(guest(request), used)
        answer = web.Response(status=303, headers={"Location": f"{self.views.root}/"})
        self.visitors.remember(answer, browser)
        return answer

    async def _sign_out(self, request: web.Request) -> web.Response:
        visitor = await self.visitors.find(request)
        if visitor and not visitor.sent((await request.post()).get("check")):
            return self._refused(visitor)
        await self.visitors.leave(request)
        out = Words(words.SIGN_IN, [words.OUT, words.HOW])
        answer = self.views.plain(guest(request), out)
        self.visitors.remember(answer, "")
        return answer

    async def _look(self, request: web.Request) -> web.Response:
        """Show what a command says that changes nothing, or its form; others need a press."""
        visitor = await self.visitors.find(request)
        if visitor is None:
            return self.views.plain(guest(request), SIGN_IN)
        press = Press(request.match_info["name"], dict(request.query))
        command = self.commands.get(press.name)
        if command is None:
            return self.views.plain(visitor.reader, Words(words.GONE, status=404))
        if command.reads or _asks(command, press.given):
            return await self.answered(visitor, press, request.path)
        shown = [command.help, words.SURE]
        action = PageAction(f"{self.views.root}/do", command.title, _sending(visitor, press))
        return self.views.plain(visitor.reader, Words(command.title, shown, action))

    async def _do(self, request: web.Request) -> web.Response:
        """Carry out what a button or a form asks for."""
        visitor = await self.visitors.find(request)
        if visitor is None:
            return self.views.plain(guest(request), SIGN_IN)
        sent = await request.post()
        if not visitor.sent(sent.get("check")):
            return self._refused(visitor)
        said, draft = str(sent.get("call", "")), str(sent.get("draft", ""))
        name, bound = decoded(said)
        event = _event(visitor, str(sent.get("event", "")), said)
        given = {**bound, **values(sent)}
        press = Press(name, given, "sent" if draft else "", draft, event)
        return await self.answered(visitor, press, f"/do/{name}")

    async def _save(self, request: web.Request) -> web.Response:
        """Keep what was typed into a form so far."""
        visitor = await self.visitors.find(request)
        if visitor is None:
            return web.Response(status=403)
        sent = await request.post()
        draft = str(sent.get("draft", ""))
        if not draft or not visitor.sent(sent.get("check")):
            return web.Response(status=403)
        return saved(await self._call(visitor, Press("", values(sent), "page", draft)))

    def _refused(self, visitor: Visitor) -> web.Response:
        """Refuse a form that is not of a page that was shown in this browser since it signed in."""
        elsewhere = Words(words.SIGN_IN, [words.ELSEWHERE], status=403)
        return self.views.plain(visitor.reader, elsewhere)

    async def answered(self, visitor: Visitor, press: Press, here: str) -> web.Response:
        """Show what comes of a call."""
        answer = await self._call(visitor, press)
        response = self.views.answered(visitor, answer, here)
        if isinstance(answer.reply, Say) and answer.reply.goes:
            self.visitors.remember(response, "")
        return response

    async def _call(self, visitor: Visitor, press: Press) -> Answer:
        account = visitor.account
        place = Place(account.platform, account.workspace, "")
        call = Call(account, place, press.name, self.now(), press.given, event=press.event)
        return await self.answer(replace(call, form=press.form, draft=press.draft))


async def static(request: web.Request) -> web.StreamResponse:
    """Give a file of ours, which browsers keep, and ask whether it is still the same."""
    headers = {"Cache-Control": "no-cache"}
    return web.FileResponse(STATIC / request.match_info["name"], headers=headers)


def saved(answer: Answer) -> web.Response:
    """Say whether what was typed is kept: not in a form that was sent off meanwhile."""
    return web.Response(status=204 if isinstance(answer.reply, Ask) else 410)


def _asks(command: Command, given: Mapping[str, str]) -> bool:
    """Say whether a command shows its form, since something is missing or to be changed."""
    missing = any(a.required and not given.get(a.name, "").strip() for a in command.arguments)
    return missing or (command.fill is not None and not given)


def _sending(visitor: Visitor, press: Press) -> Mapping[str, str]:
    """Give what the button of a page sends that was opened by a link."""
    hidden = HiddenFields.of(visitor, words.CHOOSE)
    given = {GIVEN + option: raw for option, raw in press.given.items()}
    return {"call": press.name, "check": hidden.check, "event": hidden.event, **given}


def _event(visitor: Visitor, shown: str, call: str) -> str:
    """Name a press on a page that was shown, the same when it is sent again."""
    said = f"{visitor.check} {shown} {call}"
    return f"web:{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:32]}"
