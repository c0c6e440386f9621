"""Shows members and guests, with what a coordinator can do for each."""

from collections.abc import Mapping, Sequence

from bot.chat import Day, button
from bot.commands import Command
from bot.i18n import LanguageName, Text, joined, plain, t
from bot.options.languages import language_called
from bot.web.sections import MEMBERS
from bot.web.tables import NOTHING, Overview, PageTable, TableCell, TableRow, TableSearch
from bot.web.visitors import Visit
from bot.wording.calendars import CHATS
from bot.wording.pages import LISTED, paged
from bot.wording.roles import ROLES
from storage.people import KnownAccount, Member

CALLED = t("Name, language or topic")
HEADS = (
    t("Name"),
    t("Role"),
    t("Region"),
    t("Languages"),
    t("Reached by"),
    t("Here since"),
)
NOBODY = t("I didn't find anyone like that.")
PLATFORMS = {
    **CHATS,
    "mail": t("e-mail"),
    "local": t("local chat"),
}


class MembersPage:
    """Words the page; `commands` say what its buttons are called."""

    def __init__(self, commands: Mapping[str, Command]) -> None:
        self.commands = commands

    def show(self, visit: Visit) -> Overview:
        """List those whom the words say something of, some on a page."""
        sight, called = visit.visitor.sight, visit.called
        language = language_called(called)
        found = visit.records.members.matching(called, sight, LISTED, language=language)
        page = paged(found, visit.page)
        search = TableSearch(CALLED, called)
        if not page.things:
            return Overview(MEMBERS.title, notes=(NOBODY,), search=search)
        table = PageTable(MEMBERS.title, HEADS, [self._row(member) for member in page.things])
        foot = [block.text for block in page.foot]
        links = visit.links(MEMBERS.path, page.number, page.count)
        return Overview(MEMBERS.title, [table], foot, links, search)

    def _row(self, member: Member) -> TableRow:
        give = button(self.commands["community.role"].title, "community.role", person=member.id)
        name = plain(member.name)
        cells = (
            TableCell(ROLES[member.role], (give,)),
            TableCell(plain(member.region) if member.region else NOTHING),
            TableCell(joined([plain(LanguageName(code)) for code in member.languages], ", ")),
            TableCell(_reached(member.accounts)),
            TableCell(plain(Day(member.joined_at.date()))),
        )
        return TableRow(name, name, cells, f"/do/people.show?person={member.id}")


def _reached(accounts: Sequence[KnownAccount]) -> Text:
    """Say on which platforms somebody is written to, and where that does not work."""
    there = [known for known in accounts if known.left_at is None]
    return joined([_platform(known) for known in there], ", ")


def _platform(known: KnownAccount) -> Text:
    name = PLATFORMS.get(known.platform, plain(known.platform))
    return t("{platform} (takes no messages)", platform=name) if known.closed else name
