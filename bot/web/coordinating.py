"""Serves the pages of those who coordinate: what a command says, or a table beside it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from aiohttp import web

from bot.commands import Command
from bot.home import ONLY
from bot.web import attending
from bot.web.pages import SIGN_IN, Pages, Press
from bot.web.people import MembersPage
from bot.web.season import SeasonPage
from bot.web.sections import ATTENDANCE, MEMBERS, SEASON, SETTINGS, UNDELIVERED, PageSection
from bot.web.tables import Overview
from bot.web.views import Views, Words, guest
from bot.web.visitors import Visit, Visitor, Visitors

Show = Callable[[Visit], Overview]
TABLES: Mapping[PageSection, Callable[[Mapping[str, Command]], Show]] = {
    SEASON: lambda commands: SeasonPage(commands).show,
    ATTENDANCE: lambda commands: attending.show,
    MEMBERS: lambda commands: MembersPage(commands).show,
}
SAID = {UNDELIVERED: "community.deliveries", SETTINGS: "community.show"}
"""The pages that say what a command says."""


class Coordinating:
    """The pages, each for those who have the right to it."""

    def __init__(self, pages: Pages, commands: Mapping[str, Command]) -> None:
        self.pages = pages
        self.views: Views = pages.views
        self.visitors: Visitors = pages.visitors
        self.now: Callable[[], datetime] = pages.now
        self.tables = {section: make(commands) for section, make in TABLES.items()}

    def routes(self) -> list[web.RouteDef]:
        """Give the addresses there are."""
        tables = {s: partial(self._table, s, show) for s, show in self.tables.items()}
        said = {s: partial(self._said, s, name) for s, name in SAID.items()}
        return [web.get(section.path, handler) for section, handler in (tables | said).items()]

    async def _said(self, section: PageSection, name: str, request: web.Request) -> web.Response:
        """Show what a command says."""
        visitor = await self.visitors.find(request)
        if visitor is None:
            return self.views.plain(guest(request), SIGN_IN)
        if not visitor.sight.is_at_least(section.who):
            return self._refused(section, visitor)
        return await self.pages.answered(visitor, Press(name, {}), section.path)

    async def _table(self, section: PageSection, show: Show, request: web.Request) -> web.Response:
        """Show a table."""

        def shown(visit: Visit) -> web.Response:
            if not visit.visitor.sight.is_at_least(section.who):
                return self._refused(section, visit.visitor)
            return self.views.overview(visit.visitor, show(visit), section.path)

        answer = await self.visitors.visit(request, shown)
        return answer or self.views.plain(guest(request), SIGN_IN)

    def _refused(self, section: PageSection, visitor: Visitor) -> web.Response:
        refusal = Words(section.title, [ONLY[section.who]], status=403)
        return self.views.plain(visitor.reader, refusal, visitor)
