"""Knows who visits: by a cookie that a link put there, for a day."""

import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot.chat import Account
from bot.domain.signing_in import STAY, SignedIn, open_link, sign_out, signed_in
from bot.i18n import Text, t
from bot.protocol import Reader
from bot.signs import storable
from bot.wording.calendars import reader_of
from storage import Rank, Records, Storage, Transaction
from storage.digests import digest_of
from storage.sight import Sight

COOKIE = "convener"
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in: as which account, in which language, in which community."""

    account: Account
    reader: Reader
    home: str
    sight: Sight
    check: str
    """What each form of theirs carries, which no other site can know."""

    def sent(self, check: object) -> bool:
        """Say whether a form is theirs."""
        return isinstance(check, str) and hmac.compare_digest(check.encode(), self.check.encode())


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor who looks at what is kept, now, with what stands behind the path."""

    visitor: Visitor
    records: Records
    now: datetime
    query: Mapping[str, str]

    @property
    def called(self) -> str:
        """The words that are looked for."""
        return storable(self.query.get("called", "").strip()[:100])

    @property
    def page(self) -> int:
        """The page of a list that is meant."""
        said = self.query.get("page", "")
        return int(said) if said.isdecimal() and len(said) < 5 else 1

    def links(self, path: str, number: int, count: int) -> Sequence[tuple[str, Text]]:
        """Give the paths of the pages beside one, of so many."""
        beside = {number - 1: t("Previous page"), number + 1: t("Next page")}
        called = {"called": self.called} if self.called else {}
        return [
            (f"{path}?{urlencode({**called, 'page': other})}", label)
            for other, label in beside.items()
            if 0 < other <= count
        ]


@dataclass(frozen=True, slots=True)
class HiddenFields:
    """What forms of a page carry unseen: the check, and an id that tells a second press."""

    check: str
    choose: Text
    event: str

    @classmethod
    def of(cls, visitor: Visitor, choose: Text) -> "HiddenFields":
        """Make it for a new page."""
        return cls(visitor.check, choose, secrets.token_urlsafe(12))


class Visitors:
    """Signs visitors in and out, and finds who they are."""

    def __init__(self, address: str, storage: Storage, now: Callable[[], datetime]) -> None:
        parts = urlsplit(address)
        self.secure = parts.scheme == "https"
        self.path = f"{parts.path}/"
        self.storage = storage
        self.now = now

    def find(self, request: web.Request) -> Awaitable[Visitor | None]:
        """Find who sends a request, if they are signed in."""
        browser, now = request.cookies.get(COOKIE, ""), self.now()
        return self.storage.look(lambda opened: _found(opened, browser, now), Rank.WEB)

    def visit(
        self, request: web.Request, show: Callable[[Visit], Result]
    ) -> Awaitable[Result | None]:
        """Show somebody something of what is kept, if they are signed in; it may take long."""
        browser, now, query = request.cookies.get(COOKIE, ""), self.now(), dict(request.query)

        def look(opened: Transaction) -> Result | None:
            there = signed_in(opened, browser, now) if browser else None
            if there is None:
                return None
            return show(Visit(_visitor(there, browser), there.records, now, query))

        return self.storage.long(look)

    def use(self, secret: str) -> Awaitable[str | None]:
        """Use a link; gives what its browser is known by, or None."""
        now = self.now()
        return self.storage.change(lambda opened: open_link(opened, secret, now), Rank.WEB)

    def leave(self, request: web.Request) -> Awaitable[None]:
        """Sign out whoever sends a request."""
        browser, now = request.cookies.get(COOKIE, ""), self.now()
        return self.storage.change(lambda opened: sign_out(opened, browser, now), Rank.WEB)

    def remember(self, answer: web.Response, browser: str) -> None:
        """Have a browser keep what it is known by; an empty one forgets it."""
        age = int(STAY.total_seconds()) if browser else 0
        answer.set_cookie(
            COOKIE,
            browser,
            max_age=age,
            path=self.path,
            secure=self.secure,
            httponly=True,
            samesite="Lax",
        )


def _found(opened: Transaction, browser: str, now: datetime) -> Visitor | None:
    there = signed_in(opened, browser, now) if browser else None
    return _visitor(there, browser) if there is not None else None


def _visitor(there: SignedIn, browser: str) -> Visitor:
    records, member, known = there
    account = Account(known.platform, known.workspace, known.account)
    reader = reader_of(member, records.community)
    check = digest_of(f"{browser} check")[:32]
    return Visitor(account, reader, records.community.name, member.sight, check)
