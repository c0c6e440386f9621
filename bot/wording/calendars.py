"""Words sessions as calendars show them, in the language of whoever reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from urllib.parse import urlencode

from bot.authored import agenda_of, description_of, question_of, title_of
from bot.chat import Context, File, Message, Paragraph, button
from bot.documents.calendar import KIND, CalendarItem, State, written
from bot.domain.people import reads_in
from bot.i18n import LanguageName, Text, joined, plain, render, t
from bot.plain_text import as_plain_text
from bot.protocol import Reader
from bot.wording.kept import ASSETS
from storage import Records
from storage.assets import Asset
from storage.calendars import CalendarSession, Scope
from storage.community import Community
from storage.people import Member
from storage.sessions import Session

THE_CHAT, MAIL_LINKS = t("the chat"), t("e-mail")
CHATS: Mapping[str, Text] = {
    "slack": plain("Slack"),
    "discord": plain("Discord"),
    "mail": MAIL_LINKS,
}
ANSWERED: Mapping[str, Text] = {
    "yes": t("You said you're coming."),
    "maybe": t("You said maybe."),
    "no": t("You said you can't come."),
    "waiting": t("You're on the waiting list."),
}
LATE = t(
    "Apps look for changes when they like, Google only every 8 to 24 hours. I'll tell you here of "
    "every session that moves."
)
LATE_FOR_ALL = t(
    "Apps look for changes when they like, Google only every 8 to 24 hours. If a session moves, "
    "I'll tell everyone who said yes or maybe."
)
NOTHING_YET = t("There's nothing in this calendar yet.")
TAKES_PART = t("You host or help at this session.")


@dataclass(frozen=True, slots=True)
class CalendarReader:
    """Who reads a calendar: in which language and zone, on which day, where they chat.

    Without a `chat` it is everybody on the web, who are not let into calls. `alarms` are minutes
    before a session.
    """

    reader: Reader
    today: date
    chat: Text | None = None
    alarms: Sequence[int] = ()

    def words(self, text: Text) -> str:
        """Word a text for them."""
        return render(text, self.reader.locale, partial(as_plain_text, reader=self.reader))


def reader_of(member: Member, home: Community) -> Reader:
    """Give the language and zone somebody reads in who is not there to say so."""
    zone = member.effective_zone or home.zone
    return Reader(reads_in(member, member.effective_locale, zone, home), zone)


def member_reading(member: Member, reader: Reader, now: datetime) -> CalendarReader:
    """Say how somebody reads calendars."""
    platforms = [account.platform for account in member.accounts if account.left_at is None]
    chat = CHATS.get(platforms[0], THE_CHAT) if platforms else THE_CHAT
    return CalendarReader(reader, now.date(), chat, tuple(member.alarms))


def calendar_name(records: Records, scope: Scope) -> Text:
    """Give what a calendar is called, in a list of several."""
    home = records.community.name
    if scope.member:
        return t("{community}: my sessions", community=home) if home else t("My sessions")
    programme = records.programmes.find(scope.programme) if scope.programme else None
    name = title_of(programme) if programme else home
    return plain(name) if name else t("Sessions")


def calendar_of_one(
    records: Records, session: Session, member_id: int, reader: CalendarReader
) -> tuple[File, CalendarItem]:
    """Give a session as a file that calendars take, and as it stands in there."""
    items = items_of(records, [records.calendars.of_session(session, member_id)], reader)
    return calendar_files(plain(items[0].title), items, reader)[0], items[0]


def calendar_items(
    records: Records, scope: Scope, reader: CalendarReader
) -> Sequence[CalendarItem]:
    """Give what is in a calendar."""
    return items_of(records, records.calendars.listed(scope), reader)


def calendar_files(
    name: Text, items: Sequence[CalendarItem], reader: CalendarReader
) -> tuple[File, ...]:
    """Give a calendar as a file; none where there is nothing in it, which apps refuse."""
    content = written(reader.words(name), items) if items else b""
    return (File("calendar.ics", content, KIND),) if items else ()


def address_of(web_address: str, token: str) -> str:
    """Give the private address of a calendar."""
    return f"{web_address}/calendar/{token}.ics"


def public_address(web_address: str, records: Records, programme_id: int = 0) -> str:
    """Give the address for everybody, of a programme or all sessions; empty where there is none."""
    if not (web_address and records.community.public_calendar):
        return ""
    return f"{web_address}/calendar/{records.community_id}/{programme_id or 'sessions'}.ics"


def google_subscription(url: str) -> str:
    """Give the page on which Google Calendar asks whether to follow a calendar."""
    webcal = url.replace("https://", "webcal://").replace("http://", "webcal://")
    return f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}"


def shared_calendar(records: Records, scope: Scope, reader: CalendarReader, url: str) -> Message:
    """Hand over a calendar that is not one person's, with its address where there is one."""
    name = calendar_name(records, scope)
    files = calendar_files(name, calendar_items(records, scope, reader), reader)
    opens = t("Open the file to add all of it to your calendar. It stays as it is.")
    lines = [opens if files else NOTHING_YET]
    lines += [t("Or give this address to your calendar app:"), plain(url)] if url else []
    late = (Context(LATE_FOR_ALL),) if url else ()
    own = button(t("Only my sessions"), "my.calendar")
    return Message(name, (*map(Paragraph, lines), *late), (own,), files=files)


def items_of(
    records: Records, listed: Sequence[CalendarSession], reader: CalendarReader
) -> Sequence[CalendarItem]:
    """Word some sessions for a reader."""
    kept: dict[str, list[Asset]] = {}
    for asset in records.assets.of_all([row.session.about for row in listed]):
        kept.setdefault(asset.about, []).append(asset)
    return [_item(row, kept.get(row.session.about, ()), reader) for row in listed]


def _item(row: CalendarSession, kept: Sequence[Asset], reader: CalendarReader) -> CalendarItem:
    session = row.session
    return CalendarItem(
        uid=f"session-{session.id}@convener",
        sequence=row.sequence,
        changed_at=row.changed_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        zone=session.zone,
        title=reader.words(_title(session)),
        description="\n\n".join(reader.words(part) for part in _description(row, kept, reader)),
        link=session.link if reader.chat else "",
        place=session.place,
        state=_state(row),
        busy=row.busy or row.answer == "yes",
        alarms=reader.alarms,
    )


def _state(row: CalendarSession) -> State:
    if row.session.state == "cancelled":
        return "cancelled"
    unsure = row.answer in ("maybe", "waiting") and not row.busy
    return "tentative" if unsure else "confirmed"


def _title(session: Session) -> Text:
    if session.state == "cancelled":
        return t("Cancelled: {title}", title=title_of(session))
    return plain(title_of(session))


def _description(
    row: CalendarSession, kept: Sequence[Asset], reader: CalendarReader
) -> Sequence[Text]:
    """Say in paragraphs what a session is about, what stays of it, and how to answer."""
    session = row.session
    cancelled = session.state == "cancelled"
    reason = plain(session.reason) if cancelled else Text("")
    theme = [plain(part) for part in (question_of(session), description_of(session)) if part]
    agenda = joined([plain(line) for line in agenda_of(session)], "\n")
    own = (*_stays(kept), *_answer(row, reader)) if reader.chat else ()
    parts = [reason, *theme, agenda, *_facts(session), *own]
    return [part for part in parts if part != Text("")]


def _facts(session: Session) -> Sequence[Text]:
    facts = []
    if session.partners:
        facts.append(t("With the support of {partners}", partners=session.partners))
    if len(session.languages) > 1:
        spoken = tuple(plain(LanguageName(code)) for code in session.languages)
        facts.append(t("Languages: {languages}", languages=spoken))
    return facts


def _stays(kept: Sequence[Asset]) -> Sequence[Text]:
    return [
        t("{what}: {link}", what=ASSETS[asset.kind], link=asset.url) for asset in kept if asset.url
    ]


def _answer(row: CalendarSession, reader: CalendarReader) -> Sequence[Text]:
    """Say what the reader answered, and where they answer otherwise; of what is over nothing."""
    if row.session.state == "cancelled" or row.session.ends_at.date() < reader.today:
        return ()
    said = TAKES_PART if row.busy else ANSWERED.get(row.answer)
    if reader.chat == MAIL_LINKS:
        how = t("To answer, use the links in my e-mails.")
        return (joined((said, how)),) if said else (how,)
    if said is None:
        return (t("To answer, look for this session in {chat}.", chat=reader.chat),)
    other = t("To change that, look for this session in {chat}.", chat=reader.chat)
    return (joined((said, other)),)
