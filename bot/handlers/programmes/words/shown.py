"""Words programmes as they are shown: a preview, the post of a series, lists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.authored import title_of
from bot.chat import (
    Block,
    Button,
    Context,
    Fields,
    Heading,
    Items,
    Message,
    Moment,
    Option,
    Paragraph,
    Place,
    button,
    choice,
)
from bot.domain.occurrences import Occurrence, expected, hours_differ
from bot.domain.programme_answers import Given
from bot.handlers.programmes.group import Holding
from bot.handlers.programmes.words.meets import DIFFER, meets, rule_of
from bot.handlers.programmes.words.told import how_answered
from bot.i18n import (
    LanguageName,
    Text,
    ZoneName,
    format_minutes,
    joined,
    plain,
    series,
    t,
    tn,
    zone_label,
)
from bot.moments import Series
from bot.options.references import session_option
from bot.rules.recurrence import clock_changes
from bot.wording.meetings import body, kind_of, theme, where
from bot.wording.pages import paged
from bot.wording.recurrence import changes_in_words, placed_in_words
from bot.wording.texts import by_hand, note
from storage import Records
from storage.community import Channel
from storage.programmes import DRAFT, ENDED, RUNNING, Programme, ProgrammeAnswer
from storage.sessions import Session

ALL = t("Coming to all dates")
LISTED = 12
"""Dates in a post; the others come with time."""


@dataclass(frozen=True, slots=True)
class ProgrammePreview:
    """How a preview is shown: its dates in `zones`, clock changes in those of `others` as well.

    `notes` are what may have been overlooked.
    """

    zones: Collection[str]
    others: Collection[str]
    notes: tuple[Block, ...] = ()


def preview(
    planned: Programme,
    rule: Series,
    dates: Sequence[Occurrence],
    shown: ProgrammePreview,
) -> Message:
    """Word a planned programme for whoever plans it: its rule, dates and clock changes."""
    note = Context(t("This is a preview: nobody else has seen it yet."))
    lines = Items(tuple(_in_zones(date, shown.zones) for date in dates))
    usual = [date.at for date in dates if date.held[11:] == rule.hour]
    changes = clock_changes(usual, rule.zone, (*shown.zones, *shown.others))
    clocks = tuple(Paragraph(words) for words in changes_in_words(changes))
    days = planned.announce_ahead // (24 * 60)
    when = tn(
        "I'll announce each date {count} day before it.",
        "I'll announce each date {count} days before it.",
        days,
    )
    blocks = (
        note,
        Paragraph(placed_in_words(rule)),
        *((DIFFER,) if planned.hours else ()),
        Heading(t("The next dates")),
        lines,
        *clocks,
        *shown.notes,
        Paragraph(when if days else t("I'll announce each date when it begins.")),
        *facts(planned),
        *body(planned),
    )
    return Message(plain(title_of(planned)), blocks, _of_draft(planned))


def _of_draft(planned: Programme) -> tuple[Button, ...]:
    return (
        button(t("Announce the series"), "programme.start", "primary", programme=planned.id),
        button(t("Change"), "programme.change", programme=planned.id),
        _hours(planned),
        button(t("Discard"), "programme.discard", "danger", programme=planned.id),
    )


def _hours(planned: Programme) -> Button:
    """Lead to fair hours; back to the usual one from a draft that has them."""
    if planned.state == DRAFT and planned.hours:
        return button(t("One hour again"), "programme.usual-hours", programme=planned.id)
    return button(t("Fair hours"), "programme.hours", programme=planned.id)


def _in_zones(date: Occurrence, zones: Collection[str]) -> Text:
    """Give a date in several zones, each once: the first in full, others as hours of that day."""
    named: dict[str, str] = {}
    for zone in zones:
        named.setdefault(zone_label(zone), zone)
    first, *rest = named.values()
    beside = (_beside(date.at, zone, first) for zone in rest)
    return joined((plain(Moment(date.at, first)), *beside), " · ")


def _beside(at: datetime, zone: str, first: str) -> Text:
    """Give a moment in another zone: its hour alone where the day is that of the first one."""
    if at.astimezone(ZoneInfo(zone)).date() != at.astimezone(ZoneInfo(first)).date():
        return plain(Moment(at, zone))
    return t("{hour} ({zone})", hour=Moment(at, zone, "hour"), zone=ZoneName(zone))


def facts(planned: Programme) -> tuple[Block, ...]:
    """Give what is known of a programme beside its dates, in short."""
    pairs: list[tuple[Text, Text]] = []
    if planned.partners:
        pairs.append((t("With the support of"), plain(planned.partners)))
    pairs += where(planned)
    pairs += _limits(planned)
    small = kind_of(planned, (format_minutes(planned.minutes),))
    return (*small, *((Fields(tuple(pairs)),) if pairs else ()))


def _limits(planned: Programme) -> list[tuple[Text, Text]]:
    """Say how many seats each date has, and how long before it people can answer."""
    seats = [(t("Seats"), plain(planned.capacity))] if planned.capacity else []
    days, rest = divmod(planned.closes_before, 24 * 60)
    before = tn("{count} day before", "{count} days before", days)
    if rest:
        before = t("{length} before", length=format_minutes(planned.closes_before))
    return [*seats, (t("Sign-up closes"), before)] if planned.closes_before else seats


def started(planned: Programme, places: Sequence[Channel]) -> Message:
    """Confirm that a programme is announced, and say what comes by itself."""
    where = series(plain(Place(c.platform, c.workspace, c.channel, c.name)) for c in places)
    told = {"title": title_of(planned), "channels": where}
    done = t("I'm announcing “{title}” in {channels}, with its dates.", **told)
    days = planned.announce_ahead // (24 * 60)
    later = tn(
        "{count} day before each date I'll announce it there once more, and remind people.",
        "{count} days before each date I'll announce it there once more, and remind people.",
        days,
    )
    show = button(t("Show"), "programme.show", programme=planned.id)
    return Message(blocks=(Paragraph(joined((done, later))),), buttons=(show,))


def post(records: Records, planned: Programme, rules: Sequence[Holding], now: datetime) -> Message:
    """Word a programme for everybody: its rules and its next dates, as they stand."""
    lines, more = _lines(records, planned, now)
    dates = (Heading(t("Dates")), Items(tuple(lines))) if lines else ()
    if planned.state == ENDED or not lines:
        over = Paragraph(t("This series has ended."))
        return Message(plain(title_of(planned)), (over, *facts(planned), *theme(planned), *dates))
    later = (Context(t("More dates will follow.")),) if more else ()
    differ = (DIFFER,) if hours_differ(planned, now) else ()
    about = (*facts(planned), *theme(planned), *note(records, planned))
    blocks = (*by_hand(records, planned), *meets(rules), *differ, *about, *dates, *later)
    buttons = (
        button(ALL, "programme.rsvp", "primary", programme=planned.id, answer="yes"),
        button(t("Maybe to all"), "programme.rsvp", programme=planned.id, answer="maybe"),
        button(t("Some dates…"), "programme.show", programme=planned.id),
    )
    return Message(plain(title_of(planned)), blocks, buttons)


def _lines(records: Records, planned: Programme, now: datetime) -> tuple[list[Text], bool]:
    """Word the next dates, those that are made as they are by now; says whether there are more."""
    made = records.programmes.dates(planned)
    known = {date.occurrence for date in made}
    lines = [
        (date.starts_at, line(planned, date))
        for date in made
        if date.ends_at > now and (date.state == "announced" or date.occurrence)
    ]
    for date in expected(records, planned, now) if planned.state == RUNNING else ():
        if len(lines) > LISTED:
            break
        if date.wall not in known:
            lines.append((date.at, plain(Moment(date.at))))
    lines.sort(key=lambda line: line[0])
    return [words for _, words in lines[:LISTED]], len(lines) > LISTED


def line(planned: Programme, date: Session) -> Text:
    """Word one date; with its title, where that is its own."""
    when = Moment(date.starts_at)
    if date.state == "cancelled":
        return t("{when}: cancelled", when=when)
    if "title" in date.own:
        return t("{when}: {title}", when=when, title=title_of(date))
    return plain(when)


def shown(
    planned: Programme,
    message: Message,
    answer: ProgrammeAnswer | None,
    given: Given,
    *,
    changes: bool,
) -> Message:
    """Add to a programme what its reader answered, and what they can do with it."""
    if planned.state == ENDED or not message.buttons:
        return message
    own = how_answered(answer.answer if answer else "", given)
    languages = message.buttons[3:]
    dates = sorted((*given.dates, *(date for date, _ in given.own)), key=lambda d: d.starts_at)
    options = tuple(session_option(date) for date in dates[:25])
    menus = (choice(t("Answer for one date"), "session.show", "session", options),)
    keeping = _keeping(planned) if changes else ()
    buttons = (*message.buttons[:2], *_other(planned, answer), *keeping, *languages)
    blocks = (*(Paragraph(words) for words in own), *message.blocks)
    menus = (*(menus if options else ()), *message.choices)
    return Message(message.title, blocks, buttons, menus)


def _other(planned: Programme, answer: ProgrammeAnswer | None) -> tuple[Button, ...]:
    """Give the way back for somebody who comes to all dates."""
    if answer is None or answer.answer == "no":
        return ()
    return (button(t("No to all dates"), "programme.rsvp", programme=planned.id, answer="no"),)


def _keeping(planned: Programme) -> tuple[Button, ...]:
    return (
        button(t("Change"), "programme.change", programme=planned.id),
        _hours(planned),
        button(t("End programme…"), "programme.end", "danger", programme=planned.id),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A programme in a list: its rules, when it meets next, and languages if there are several."""

    programme: Programme
    rules: Sequence[Holding]
    next: datetime | None
    languages: Sequence[str] = ()


def listed(rows: Sequence[Row], number: int, language: str = "") -> Message:
    """Word a page of programmes, or of those in a language."""
    title = t("Programmes")
    plan = button(t("Plan a programme"), "programme.plan")
    if not rows and language:
        none = t("There's no programme in {language} here.", language=LanguageName(language))
        return Message(title, (Paragraph(none),))
    if not rows:
        return Message(title, (Paragraph(t("There are no programmes yet.")),), (plan,))
    page = paged(rows, number)
    options = tuple(Option(str(r.programme.id), plain(title_of(r.programme))) for r in page.things)
    show = choice(t("Show"), "programme.show", "programme", options)
    lines = Items(tuple(map(_row, page.things)))
    turns = page.turns("programme.list", **({"language": language} if language else {}))
    return Message(title, (lines, *page.foot), turns, (show,))


def _row(row: Row) -> Text:
    names = joined([plain(LanguageName(code)) for code in row.languages], ", ")
    return joined([_held(row), names], " · ") if row.languages else _held(row)


def _held(row: Row) -> Text:
    rules = joined([rule_of(holding) for holding in row.rules], ". ")
    told = {"title": title_of(row.programme), "rule": rules}
    if row.programme.state == DRAFT:
        return t("{title}: not announced yet. {rule}", **told)
    if row.next is None:
        return t("{title}: ended", title=title_of(row.programme))
    return t("{title}: {rule}. Next: {when}", **told, when=Moment(row.next))
