"""Lets people sign up by mail on the page of a community, without an account of any chat."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aiohttp import web

from bot.chat import Account, Message, MessageRef, Option
from bot.domain.follow import follow
from bot.domain.signing_up import Crowded, WantsIn, ask, asked_by, confirm
from bot.errors import PostError, Unreadable
from bot.i18n import Text, plain
from bot.options.mail import address_of
from bot.protocol import Field, Reader
from bot.signs import named
from bot.web import words
from bot.web.browsers import ZONE, zone
from bot.web.guesses import Guesses
from bot.web.posted import values
from bot.web.views import PageAction, Views, Words, guest
from bot.wording.calendars import CalendarReader
from bot.wording.public_pages import public_page
from bot.wording.signing_up import to_confirm
from storage import Rank, Storage, Transaction
from storage.guests import MAIL

LONGEST = 300
"""Characters that are read of a field: nobody has a longer address or name."""
Post = Callable[[Account, Message, Reader, str], Awaitable[MessageRef]]


@dataclass(frozen=True, slots=True)
class Joining:
    """A community that lets people sign up: its name, and the sessions they can choose."""

    id: int
    name: str
    sessions: Sequence[Option]


class SigningUp:
    """The form on which people sign up, and the page on which they confirm.

    `post` sends a mail at once: whoever waits for it is told when that fails.
    """

    def __init__(
        self, address: str, views: Views, storage: Storage, now: Callable[[], datetime]
    ) -> None:
        self.address = address
        self.views = views
        self.storage = storage
        self.now = now
        self.post: Post | None = None
        self.guesses = Guesses(storage, now)

    def routes(self) -> list[web.RouteDef]:
        """Give the addresses there are."""
        return [
            web.get(r"/c/{id:\d{1,18}}/join", self._form),
            web.post(r"/c/{id:\d{1,18}}/join", self._sign_up),
            web.get(r"/join/{secret:[\w-]{22}}", self._ask),
            web.post(r"/join/{secret:[\w-]{22}}", self._confirm),
        ]

    async def _form(self, request: web.Request) -> web.Response:
        joining = await self._find(request)
        if joining is None:
            return await self._nothing(request)
        asked = {"session": request.query.get("session", "")}
        return self._shown(request, joining, _fields(joining, asked))

    async def _sign_up(self, request: web.Request) -> web.Response:
        """Send a mail that asks to confirm; the answer is the same for every address."""
        joining = await self._find(request)
        if joining is None or self.post is None:
            return await self._nothing(request)
        sent = {name: raw[:LONGEST] for name, raw in values(await request.post()).items()}
        reader = guest(request)
        try:
            who = _read(sent, joining, reader)
        except Unreadable as unreadable:
            fields = _fields(joining, sent, unreadable.text)
            return self._shown(request, joining, fields, status=422)
        try:
            await self._send(joining, who, reader)
        except Crowded:
            crowded = Words(words.SIGN_UP, [words.CROWDED], status=429)
            return self.views.plain(reader, crowded)
        except PostError:
            away = Words(words.SIGN_UP, [words.MAIL_AWAY], status=503, home=joining.name)
            return self.views.plain(reader, away)
        shown = Words(words.SIGN_UP, [words.LOOK_THERE], home=joining.name)
        return self.views.plain(reader, shown)

    async def _send(self, joining: Joining, who: WantsIn, reader: Reader) -> None:
        now = self.now()
        kept = await self.storage.change(
            lambda opened: ask(opened.records(joining.id), who, now), Rank.WEB
        )
        if kept is None or self.post is None:
            return
        row, secret = kept
        message = to_confirm(joining.name, f"{self.address}/join/{secret}")
        account = Account(MAIL, str(joining.id), who.address)
        await self.post(account, message, reader, f"{row.id:x}")

    async def _ask(self, request: web.Request) -> web.Response:
        """Ask whether somebody confirms: a scanner that looks at the link confirms nothing."""
        action = PageAction(self.views.root + request.path, words.CONFIRM, {ZONE: ""})
        secret, now = request.match_info["secret"], self.now()
        home = await self.storage.look(lambda opened: asked_by(opened, secret, now), Rank.WEB)
        shown = Words(words.SIGN_UP, [words.CONFIRM_SURE], action, home=home)
        return self.views.plain(guest(request), shown)

    async def _confirm(self, request: web.Request) -> web.Response:
        secret, now = request.match_info["secret"], self.now()
        lives = zone((await request.post()).get(ZONE))
        shown = await self.storage.change(
            lambda opened: _confirmed(opened, secret, lives, now), Rank.WEB
        )
        if shown is None:
            await self.guesses.refuse()
            return self.views.plain(guest(request), Words(words.SIGN_UP, [words.OLD], status=403))
        told, home, zoned = shown
        reader = replace(guest(request), zone=zoned)
        return self.views.plain(reader, Words(words.SIGN_UP, told, home=home))

    async def _find(self, request: web.Request) -> Joining | None:
        if self.post is None:
            return None
        id, now, reader = int(request.match_info["id"]), self.now(), guest(request)
        return await self.storage.long(lambda opened: _joining(opened, id, reader, now))

    async def _nothing(self, request: web.Request) -> web.Response:
        await self.guesses.refuse()
        return self.views.plain(guest(request), Words(words.GONE, status=404))

    def _shown(
        self, request: web.Request, joining: Joining, fields: Sequence[Field], status: int = 200
    ) -> web.Response:
        reader = guest(request)
        shown = Words(words.SIGN_UP, status=status, home=joining.name)
        return self.views.asked(reader, shown, fields, request.path)


def _joining(opened: Transaction, id: int, reader: Reader, now: datetime) -> Joining | None:
    records = opened.records(id)
    home = records.setting.find()
    if home is None or not home.public_calendar:
        return None
    shown = public_page(records, CalendarReader(replace(reader, zone=home.zone), now.date()), now)
    coming = [item for item in shown.next if item.state != "cancelled" and item.starts_at > now]
    options = [
        Option(item.uid.partition("-")[2].partition("@")[0], plain(item.title)) for item in coming
    ]
    return Joining(id, shown.name, options)


def _fields(joining: Joining, given: Mapping[str, str], wrong: Text | None = None) -> list[Field]:
    fields = [
        Field("name", words.NAME, "text", given.get("name", "")),
        Field("email", words.EMAIL, "text", given.get("email", ""), error=wrong),
    ]
    if joining.sessions:
        options = tuple(joining.sessions)
        chosen = given.get("session", "")
        one = Field("session", words.WHICH, "one", chosen, required=False, options=options)
        fields.append(one)
    return fields


def _read(sent: Mapping[str, str], joining: Joining, reader: Reader) -> WantsIn:
    """Read what somebody wrote. Raises Unreadable."""
    address = address_of(sent.get("email", ""))
    name = named(sent.get("name", "")) or address.partition("@")[0]
    there = {option.value for option in joining.sessions}
    session = sent.get("session", "")
    return WantsIn(name, address, reader.locale, int(session) if session in there else None)


def _confirmed(
    opened: Transaction, secret: str, lives: str, now: datetime
) -> tuple[Sequence[Text], str, str] | None:
    """Let somebody in; gives what they are told, by which community, and the zone they read in."""
    done = confirm(opened, secret, lives, now)
    if done is None:
        return None
    records, home = done.records, done.records.community
    follow(records, now)
    told = [words.CONFIRMED, *words.coming(done.session, done.waits), words.BY_MAIL]
    return told, home.name, done.member.effective_zone or home.zone
