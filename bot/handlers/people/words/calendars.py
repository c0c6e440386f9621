"""Words how people have their sessions in their own calendar."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat import Block, Context, File, Items, Link, Message, Moment, Paragraph, button, said
from bot.i18n import Text, plain, series, t, tn
from bot.moments import Reminding
from bot.options.reminders import parts
from bot.wording.calendars import LATE, NOTHING_YET, google_subscription
from storage.calendars import CalendarFeed
from storage.people import Member

HAS = t("It has what you said yes or maybe to, and what you host or interpret.")
NO_WEB = t(
    "I can't give you an address your calendar follows by itself: whoever runs me has to set a "
    "public address first."
)
GET, ALARMS = t("Get my calendar"), t("Alarms…")


def own_calendar(
    member: Member, feeds: Sequence[CalendarFeed], now: datetime, *, web: bool
) -> Message:
    """Say what there is for somebody's own calendar, and where it is read."""
    lines = [HAS, *_read_at(feeds), _alarms(member)]
    how = t("Your calendar app can follow it by itself, at a private address.")
    blocks: tuple[Block, ...] = (*map(Paragraph, lines), Context(how if web else NO_WEB))
    get = button(GET, "my.feed", "primary")
    off = (button(t("Switch off addresses…"), "my.feed-off", "danger"),) if feeds else ()
    return Message(t("My calendar"), blocks, (get, button(ALARMS, "my.alarms"), *off))


def _read_at(feeds: Sequence[CalendarFeed]) -> Sequence[Text]:
    if not feeds:
        return ()
    many = tn("It has {count} private address.", "It has {count} private addresses.", len(feeds))
    read = max((feed.read_at for feed in feeds if feed.read_at), default=None)
    if read is None:
        return (many, t("No app has read it yet."))
    return (many, t("An app last read it: {when}", when=Moment(read)))


def _alarms(member: Member) -> Text:
    when = series(parts(Reminding(tuple(member.alarms))))
    return t("Alarms: {when}", when=when) if member.alarms else t("Alarms: none")


def address(url: str, files: tuple[File, ...]) -> Message:
    """Hand over a private address, how to use it, and the same as a file."""
    google = Link(google_subscription(url), "Google Calendar")
    steps = (
        t("Google: {link}", link=google),
        t("Apple: File, New Calendar Subscription; on an iPhone: Calendars, Add Calendar."),
        t("Outlook: Add calendar, Subscribe from web."),
    )
    same = t("Or open the file: it has the same, and stays as it is.")
    blocks = (
        Paragraph(t("Give this address to your calendar app:")),
        Paragraph(plain(url)),
        Items(steps),
        Context(LATE),
        Context(t("Keep it to yourself: whoever has it can read your calendar.")),
        *((Paragraph(same),) if files else ()),
    )
    mine = button(t("My calendar"), "my.calendar")
    return Message(t("Your private address"), blocks, (mine,), files=files)


def file_alone(files: tuple[File, ...]) -> Message:
    """Hand over a file where there are no addresses."""
    words = t("Open the file to add your sessions to your calendar. It stays as it is.")
    moves = t("If a session moves, I'll tell you here.")
    lines = (words, moves) if files else (NOTHING_YET,)
    blocks: tuple[Block, ...] = (*map(Paragraph, lines), Context(NO_WEB))
    return Message(t("My calendar"), blocks, (button(ALARMS, "my.alarms"),), files=files)


def about_to_close(count: int) -> Message:
    """Say what happens before all addresses are switched off."""
    if not count:
        return said(t("Your calendar has no addresses."), button(GET, "my.feed"))
    words = tn(
        "The app that reads your calendar won't get changes any more. This can't be undone, but "
        "you can get a new address.",
        "The apps that read your calendar at {count} addresses won't get changes any more. This "
        "can't be undone, but you can get a new address.",
        count,
    )
    return said(words, button(t("Switch off"), "my.close-feeds", "danger"))


def closed(count: int) -> Message:
    """Confirm that the addresses are gone."""
    words = tn(
        "I've switched off the address of your calendar.",
        "I've switched off all {count} addresses of your calendar.",
        count,
    )
    none = t("Your calendar has no addresses.")
    return said(words if count else none, button(GET, "my.feed"))


def alarms(member: Member, *, followed: bool) -> Message:
    """Confirm when somebody's calendar rings."""
    follows = t("An app that reads your calendar gets this the next time it looks.")
    given = t("The next file I give you has this.")
    blocks = (Paragraph(_alarms(member)), Context(follows if followed else given))
    return Message(blocks=blocks, buttons=(button(t("My calendar"), "my.calendar"),))
