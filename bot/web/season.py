"""Shows the season: dates by hosts, with what the reader can do about each."""

from collections.abc import Iterator, Mapping

from bot.authored import title_of
from bot.chat import Button, Moment, button
from bot.commands import CORE, Command, person
from bot.domain.season import season
from bot.domain.season_table import DateOfSeason, SeasonTable, Stand, State, season_table
from bot.i18n import Text, t
from bot.web.sections import SEASON
from bot.web.tables import NOTHING, Overview, PageTable, TableCell, TableRow
from bot.web.visitors import Visit
from bot.wording.coming_up import none_ahead
from bot.wording.pages import LISTED, paged
from storage.people import Member

STATES: Mapping[State, Text] = {
    "hosted": t("has a host"),
    "offered": t("offered to all hosts"),
    "asked": t("waiting for an answer"),
    "open": t("open"),
}
STANDS: Mapping[Stand, Text] = {
    "hosts": t("hosts"),
    "asked": t("asked"),
    "no": t("can't"),
    "away": t("away"),
    "elsewhere": t("not for this one"),
    "proposed": t("could be asked"),
    "free": NOTHING,
}


class SeasonPage:
    """Words the page; `commands` say what its buttons are called."""

    def __init__(self, commands: Mapping[str, Command]) -> None:
        self.commands = commands

    def show(self, visit: Visit) -> Overview:
        """Lay out the dates to come, some on a page."""
        sight, now = visit.visitor.sight, visit.now
        sessions = visit.records.sessions.upcoming(sight, now, LISTED)
        if not sessions:
            ever = visit.records.sessions.ever(sight, now)
            words, buttons = none_ahead(ever=ever)
            return Overview(SEASON.title, notes=(words,), buttons=buttons)
        page = paged(sessions, visit.page)
        here = season(visit.records, page.things, now)
        # Whom the rota proposes depends on all open dates before: it does so for the first ones.
        shown = season_table(here, sight, here.proposals(now) if page.number == 1 else ())
        heads = (t("Session"), t("Turn"), *(Text("{p}", {"p": person(m)}) for m in shown.hosts))
        rows = [self._row(visit, shown, date) for date in shown.dates]
        table = PageTable(SEASON.title, heads, rows)
        foot = [block.text for block in page.foot]
        links = visit.links(SEASON.path, page.number, page.count)
        return Overview(SEASON.title, [table], foot, links)

    def _row(self, visit: Visit, shown: SeasonTable, date: DateOfSeason) -> TableRow:
        own = {member.id: stand for member, stand in zip(shown.hosts, date.stands, strict=True)}
        mine = own.get(visit.visitor.sight.member_id, "free")
        turn = TableCell(STATES[date.state], [*self._turn(visit, date, mine)])
        cells = [
            TableCell(STANDS[stand], [*self._person(visit, date, member, stand)])
            for member, stand in zip(shown.hosts, date.stands, strict=True)
        ]
        title, when = title_of(date.session), Moment(date.session.starts_at)
        head = t("{title}, {when}", title=title, when=when)
        path = f"/do/session.show?session={date.session.id}"
        return TableRow(head, Text("{title}", {"title": title}), [turn, *cells], path)

    def _turn(self, visit: Visit, date: DateOfSeason, mine: Stand) -> Iterator[Button]:
        """Give what can be done about the turn of a date."""
        volunteers = visit.visitor.sight.is_at_least(CORE) and mine not in ("hosts", "asked")
        if date.state in ("open", "offered") and volunteers:
            yield self._button("host.take", date)
        if date.state == "offered" and date.may_ask:
            yield self._button("host.withdraw", date)
        if date.state == "open" and date.may_ask:
            yield self._button("host.offer", date)

    def _person(
        self, visit: Visit, date: DateOfSeason, member: Member, stand: Stand
    ) -> Iterator[Button]:
        """Give what can be done about somebody and a date."""
        own = member.id == visit.visitor.sight.member_id
        if own and stand == "asked":
            yield self._button("host.accept", date)
        if own and stand in ("asked", "hosts"):
            yield self._button("host.decline", date)
        elif stand == "asked" and date.may_ask:
            yield self._button("host.unask", date, person=member.id)
        if not own and stand in ("proposed", "free") and date.wants_hosts:
            yield self._button("host.ask", date, person=member.id)

    def _button(self, name: str, date: DateOfSeason, **args: object) -> Button:
        return button(self.commands[name].submit, name, "", session=date.session.id, **args)
