"""Puts together what people read over HTTP: calendars, and pages behind the guard."""

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from aiohttp import web

from bot.commands import Command
from bot.protocol import Dispatch
from bot.web.coordinating import Coordinating
from bot.web.feeds import Feeds
from bot.web.guard import SiteGuard
from bot.web.mailed import Mailed
from bot.web.pages import Pages
from bot.web.public import PublicPages
from bot.web.signing_up import Post, SigningUp
from bot.web.views import Views
from bot.web.visitors import Visitors
from storage import Storage


class Site:
    """Everything that is reached from outside, at one address."""

    def __init__(
        self,
        address: str,
        storage: Storage,
        answer: Dispatch,
        commands: Mapping[str, Command],
        now: Callable[[], datetime],
    ) -> None:
        self.feeds = Feeds(storage, now)
        visitors = Visitors(address, storage, now)
        views = Views(urlsplit(address).path, commands)
        self.public = PublicPages(address, views, storage, now)
        self.pages = Pages(views, visitors, answer, commands, now)
        self.coordinating = Coordinating(self.pages, commands)
        self.mailed = Mailed(address, views, storage, answer, now)
        self.signing_up = SigningUp(address, views, storage, now)
        self.guard = SiteGuard(address)

    def send_by(self, post: Post) -> None:
        """Let people sign up by mail, which goes out by what is given."""
        self.signing_up.post, self.public.joins = post, True

    def routes(self) -> list[web.RouteDef]:
        """Give the addresses there are."""
        guarded = [
            *self.signing_up.routes(),
            *self.public.routes(),
            *self.pages.routes(),
            *self.coordinating.routes(),
            *self.mailed.routes(),
        ]
        stops = map(self.guard.beside, self.mailed.one_click())
        return [*self.feeds.routes(), *map(self.guard.around, guarded), *stops]
