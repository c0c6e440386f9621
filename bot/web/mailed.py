"""Serves what mails lead to: a page with the answer chosen, whose button sends it; and an end."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot.authored import title_of
from bot.chat import Account, Actions, Place, decoded
from bot.domain.mailing import followed, stop
from bot.i18n import Text, plain, supported_language
from bot.plain_text import shortened
from bot.protocol import Answer, Ask, Call, Dispatch, Reader
from bot.web import words
from bot.web.browsers import ZONE, language, zone
from bot.web.guesses import Guesses
from bot.web.pages import OURS, saved, static
from bot.web.posted import values
from bot.web.views import PageAction, Views, Words
from bot.web.visitors import HiddenFields, Visitor
from bot.wording.calendars import reader_of
from bot.wording.spans import span
from storage import Rank, Storage, Transaction
from storage.digests import digest_of
from storage.mail_links import MailLink

BEGINS = r"/m/{secret:[\w-]{22}}"
LABEL = "label"
"""The part of a link that says what was written on it; no option of a command is named so."""


@dataclass(frozen=True, slots=True)
class Follower:
    """Whoever follows a link of a mail: as the account it was sent to, for what it offers."""

    visitor: Visitor
    link: MailLink
    secret: str


class Mailed:
    """The pages people get to from a mail. Looking at one does nothing: scanners do that, too."""

    def __init__(
        self,
        address: str,
        views: Views,
        storage: Storage,
        answer: Dispatch,
        now: Callable[[], datetime],
    ) -> None:
        self.path = urlsplit(address).path
        self.views = views
        self.storage = storage
        self.answer = answer
        self.now = now
        self.guesses = Guesses(storage, now)

    def routes(self) -> list[web.RouteDef]:
        """Give the addresses there are."""
        return [
            web.get(rf"{BEGINS}/do/{{name:[a-z.-]{{1,60}}}}", self._ask),
            web.post(f"{BEGINS}/do", self._do),
            web.post(f"{BEGINS}/draft", self._save),
            web.get(f"{BEGINS}/stop", self._ask_to_stop),
            web.post(f"{BEGINS}/start", self._start),
            web.get(f"{BEGINS}/static/{OURS}", static),
        ]

    def one_click(self) -> list[web.RouteDef]:
        """Give what mail programs ask for by themselves (RFC 8058)."""
        return [web.post(f"{BEGINS}/stop", self._stop)]

    async def _ask(self, request: web.Request) -> web.Response:
        """Show what is about to be sent."""
        follower = await self._find(request)
        call = _asked(request)
        if follower is None or not follower.link.offers(call):
            if not request.query:  # a command that is only named, for whoever signs in
                return web.Response(status=303, headers={"Location": self._signed_in(request)})
            return await self._nothing(request)
        command = self.views.commands.get(request.match_info["name"])
        if command is None:
            return await self._nothing(request)
        label = shortened(request.query.get(LABEL, ""), 60)
        hidden = HiddenFields.of(follower.visitor, words.CHOOSE)
        sending = {"call": call, "check": hidden.check, "event": hidden.event, ZONE: ""}
        action = PageAction(
            self._path(follower, "do"), plain(label) if label else command.title, sending
        )
        meant = await self.storage.look(lambda opened: _meant(opened, follower, call), Rank.WEB)
        title, when = meant or (command.title, None)
        shown = Words(title, [when or command.help, words.SURE], action, home=follower.visitor.home)
        return self.views.plain(follower.visitor.reader, shown)

    async def _do(self, request: web.Request) -> web.Response:
        """Carry out what a button or a form asks for, if this mail or its pages offered that."""
        follower = await self._find(request)
        sent = await request.post()
        call, draft = str(sent.get("call", "")), str(sent.get("draft", ""))
        given = values(sent)
        offered = follower is not None and follower.link.offers(_key(call, draft, given))
        if follower is None or not offered or not follower.visitor.sent(sent.get("check")):
            return await self._nothing(request)
        name, bound = decoded(call)
        event = _event(f"{follower.secret} {sent.get('event', '')} {call}")
        asked = replace(self._call(follower, name, {**given, **bound}), event=event)
        asked = replace(asked, locale=language(request), zone=zone(sent.get(ZONE)))
        asked = replace(asked, form="sent" if draft else "", draft=draft)
        return await self._answered(follower, await self.answer(asked))

    async def _save(self, request: web.Request) -> web.Response:
        """Keep what was typed into a form so far."""
        follower = await self._find(request)
        sent = await request.post()
        draft = str(sent.get("draft", ""))
        if follower is None or not follower.link.offers(_key("", draft, {})):
            return web.Response(status=403)
        if not draft or not follower.visitor.sent(sent.get("check")):
            return web.Response(status=403)
        call = replace(self._call(follower, "", values(sent)), form="page", draft=draft)
        return saved(await self.answer(call))

    def _call(self, follower: Follower, name: str, given: Mapping[str, str]) -> Call:
        account = follower.visitor.account
        place = Place(account.platform, account.workspace, "")
        return Call(account, place, name, self.now(), given)

    async def _answered(self, follower: Follower, answer: Answer) -> web.Response:
        await self.storage.change(
            lambda opened: _offer(opened, follower.secret, self.now(), offered_by(answer)), Rank.WEB
        )
        shown = Views(self._path(follower, ""), {})  # whose buttons ask below this mail's address
        return shown.answered(follower.visitor, answer, "")

    async def _ask_to_stop(self, request: web.Request) -> web.Response:
        follower = await self._find(request)
        if follower is None:
            return await self._nothing(request)
        action = PageAction(self._path(follower, "stop"), words.STOP)
        return self._said(follower, words.STOP, words.STOP_SURE, action)

    async def _stop(self, request: web.Request) -> web.Response:
        follower = await self._set(request, stopped=True)
        if follower is None:
            return await self._nothing(request)
        action = PageAction(self._path(follower, "start"), words.START)
        return self._said(follower, words.STOP, words.STOPPED, action)

    async def _start(self, request: web.Request) -> web.Response:
        follower = await self._set(request, stopped=False)
        if follower is None:
            return await self._nothing(request)
        return self._said(follower, words.START, words.STARTED)

    def _said(
        self, follower: Follower, title: Text, said: Text, action: PageAction | None = None
    ) -> web.Response:
        shown = Words(title, [said], action, home=follower.visitor.home)
        return self.views.plain(follower.visitor.reader, shown)

    def _find(self, request: web.Request) -> Awaitable[Follower | None]:
        secret, now, spoken = request.match_info["secret"], self.now(), language(request)
        return self.storage.look(lambda opened: _follower(opened, secret, now, spoken), Rank.WEB)

    def _set(self, request: web.Request, *, stopped: bool) -> Awaitable[Follower | None]:
        secret, now, spoken = request.match_info["secret"], self.now(), language(request)

        def change(opened: Transaction) -> Follower | None:
            there = followed(opened, secret, now)
            if there is not None:
                stop(there[1], stopped=stopped)
            return _follower(opened, secret, now, spoken)

        return self.storage.change(change, Rank.WEB)

    async def _nothing(self, request: web.Request) -> web.Response:
        """Say that a link is good for nothing: too old, or written by nobody of us."""
        await self.guesses.refuse()
        language = request.headers.get("Accept-Language", "")[:2].lower()
        gone = Words(words.MAIL_GONE, [words.MAIL_OLD], status=404)
        return self.views.plain(Reader(supported_language(language)), gone)

    def _path(self, follower: Follower, name: str) -> str:
        return f"{self.path}/m/{follower.secret}/{name}".rstrip("/")

    def _signed_in(self, request: web.Request) -> str:
        return f"{self.path}/do/{request.match_info['name']}"


def offered_by(answer: Answer) -> Sequence[str]:
    """List what can be asked for next, from an answer that is shown."""
    if isinstance(answer.reply, Ask):
        return [_key("", answer.reply.form.draft, {})]
    message = answer.reply.message
    feet = [block for block in message.blocks if isinstance(block, Actions)]
    shown = [*feet, Actions(message.buttons, message.choices)]
    calls = [button.call for foot in shown for button in foot.buttons]
    menus = [choice for foot in shown for choice in foot.choices]
    return calls + [_key(choice.call, "", {choice.option: ""}) for choice in menus]


def _key(call: str, draft: str, given: Mapping[str, str]) -> str:
    """Name what is asked for: a form, a call, or a menu with whatever is chosen from it."""
    return f"draft {draft}" if draft else " ".join([call, *given])


def _asked(request: web.Request) -> str:
    """Give the call in a link, without its label."""
    given = {name: raw for name, raw in request.query.items() if name != LABEL}
    return f"{request.match_info['name']}?{urlencode(given, safe=':')}".rstrip("?")


def _follower(opened: Transaction, secret: str, now: datetime, spoken: str) -> Follower | None:
    there = followed(opened, secret, now)
    if there is None:
        return None
    link, (records, member, known) = there
    account = Account(known.platform, known.workspace, known.account)
    reader = reader_of(member, records.community)
    if spoken and not member.effective_locale:
        reader = replace(reader, locale=spoken)
    check = digest_of(f"{secret} check")[:32]
    visitor = Visitor(account, reader, records.community.name, member.sight, check)
    return Follower(visitor, link, secret)


def _meant(opened: Transaction, follower: Follower, call: str) -> tuple[Text, Text | None] | None:
    """Say what a session or a programme is called that is meant, and when it is."""
    records, given = opened.records(follower.link.community_id), decoded(call)[1]
    if (session := records.sessions.find(int(given.get("session", "0")))) is not None:
        return plain(title_of(session)), span(session)
    if (programme := records.programmes.find(int(given.get("programme", "0")))) is not None:
        return plain(title_of(programme)), words.ALL_DATES if "answer" in given else None
    return None


def _offer(opened: Transaction, secret: str, now: datetime, calls: Sequence[str]) -> None:
    there = followed(opened, secret, now)
    if there is not None and calls:
        there[0].offer(calls)


def _event(said: str) -> str:
    """Name a press, the same when it is sent again."""
    return f"mail:{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:32]}"
