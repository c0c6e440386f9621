"""Words what everybody on the web reads of a community that publishes its page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.authored import title_of
from bot.chat import Link, Moment
from bot.documents.calendar import CalendarItem
from bot.domain.calendars import scope
from bot.i18n import Text, joined, plain
from bot.wording.calendars import CalendarReader, calendar_name, items_of
from storage import Records
from storage.calendars import CalendarSession
from storage.programmes import Programme

NEXT, PAST, CHANGED = 40, 40, 50
"""Sessions to come and past ones on a page, and how many a news reader gets."""
DATES = 12
"""Of a programme."""
ADDRESS = re.compile(r"(https?://[^\s<>|\"']+[^\s<>|\"'.,;:!?)])")


@dataclass(frozen=True, slots=True)
class PublicProgramme:
    """A programme on a page: its name, and when its next dates are."""

    id: int
    title: str
    dates: Sequence[Text]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """What a community shows everybody: no people, no calls, nothing that was recorded."""

    name: str
    about_us: Text
    how_to_join: Text
    next: Sequence[CalendarItem]
    programmes: Sequence[PublicProgramme]
    past: Sequence[CalendarItem]


def page_address(web_address: str, records: Records) -> str:
    """Give the address of the page for everybody; empty where there is none."""
    if not (web_address and records.community.public_calendar):
        return ""
    return f"{web_address}/c/{records.community_id}"


def public_page(records: Records, reader: CalendarReader, now: datetime) -> PublicPage:
    """Give what everybody reads of a community."""
    home, rows = records.community, records.calendars.listed(scope(now))
    coming = [row for row in rows if row.session.ends_at > now]
    over = [row for row in rows if row.session.ends_at <= now and row.session.state == "announced"]
    return PublicPage(
        reader.words(calendar_name(records, scope(now))),
        linked(home.about_us),
        linked(home.how_to_join),
        items_of(records, coming[:NEXT], reader),
        [_programme(one, coming, reader) for one in records.programmes.running()],
        items_of(records, [*reversed(over)][:PAST], reader),
    )


def announced(records: Records, reader: CalendarReader, now: datetime) -> Sequence[CalendarItem]:
    """Give what was announced or changed last."""
    rows = sorted(records.calendars.listed(scope(now)), key=lambda row: row.changed_at)
    return items_of(records, rows[-CHANGED:], reader)


def when(item: CalendarItem) -> Text:
    """Say when a session is."""
    return plain(Moment(item.starts_at))


def linked(words: str) -> Text:
    """Make links of the web addresses in words somebody wrote."""
    parts = ADDRESS.split(words)
    return joined([plain(Link(p) if ADDRESS.fullmatch(p) else p) for p in parts if p], "")


def _programme(
    programme: Programme, coming: Sequence[CalendarSession], reader: CalendarReader
) -> PublicProgramme:
    own = [row.session for row in coming if row.session.programme_id == programme.id]
    held = [session for session in own if session.state == "announced"]
    title = reader.words(plain(title_of(programme)))
    return PublicProgramme(programme.id, title, [plain(Moment(s.starts_at)) for s in held[:DATES]])
