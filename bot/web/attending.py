"""Shows who comes, by region and by language."""

from collections.abc import Callable, Iterator, Sequence

from bot.authored import title_of
from bot.chat import Moment
from bot.domain.audience import Audience, Comers, Groups, audience
from bot.i18n import LanguageName, RegionName, Text, plain, t
from bot.web.sections import ATTENDANCE
from bot.web.tables import Overview, PageTable, TableCell, TableRow
from bot.web.visitors import Visit
from storage.sessions import Session

FEW = t("under 5")
HIDDEN = t("Groups of fewer than five people are hidden, and so are those of nobody.")
COUNTED = t("Past sessions count who was there, sessions to come who said yes.")
ONCE = t("In the rows for all sessions each person counts once; by language, for each they speak.")
NOBODY = t("Fewer than five people of any region or language came or are coming.")
NONE = t("There are no sessions yet.")


def show(visit: Visit) -> Overview:
    """Count who came to the latest sessions, and who comes to the next."""
    counted = audience(visit.records, visit.visitor.sight, visit.now)
    if not (counted.past or counted.ahead):
        return Overview(ATTENDANCE.title, notes=(NONE,))
    regions = _table(t("By region"), counted, lambda comers: comers.regions, _region)
    languages = _table(t("By language"), counted, lambda comers: comers.languages, _language)
    tables = [table for table in (regions, languages) if len(table.heads) > 1]
    notes = (HIDDEN, COUNTED, ONCE) if tables else (HIDDEN, NOBODY)
    return Overview(ATTENDANCE.title, tables, notes)


def _region(name: str) -> Text:
    return plain(RegionName(name))


def _language(code: str) -> Text:
    return plain(LanguageName(code))


def _table(
    caption: Text,
    counted: Audience,
    part: Callable[[Comers], Groups],
    worded: Callable[[str], Text],
) -> PageTable:
    """Lay out the groups that are large enough anywhere, in the order of their names."""
    everywhere = (counted.came, counted.coming)
    names = sorted({name for comers in everywhere for name in part(comers)}, key=str.casefold)
    rows = [
        TableRow(head, head, [_cell(part(comers), name) for name in names])
        for head, comers in _heads(counted)
    ]
    return PageTable(caption, (t("Session"), *map(worded, names)), rows)


def _heads(counted: Audience) -> Iterator[tuple[Text, Comers]]:
    """Give the head of each row with who is counted in it, the next session first."""
    if counted.ahead:
        yield t("All to come"), counted.coming
    yield from _dates(counted.ahead)
    if counted.past:
        yield t("All past ones"), counted.came
    yield from _dates(counted.past)


def _dates(dates: Sequence[tuple[Session, Comers]]) -> Iterator[tuple[Text, Comers]]:
    for session, comers in dates:
        when = Moment(session.starts_at)
        yield t("{title}, {when}", title=title_of(session), when=when), comers


def _cell(groups: Groups, name: str) -> TableCell:
    return TableCell(Text(str(groups[name])) if name in groups else FEW)
