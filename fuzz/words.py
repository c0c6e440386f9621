"""Gives words to whatever reads them: moments, kinds of option, lines, mentions, custom ids."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot import moments
from bot.adapters.discord.ids import bound as bound_on_discord
from bot.adapters.local import lines
from bot.adapters.slack import to_call as slack
from bot.app.parts import all_groups
from bot.chat import Option, decoded
from bot.errors import Unreadable, UserError
from bot.folding import folded
from bot.i18n import plain, supported_language
from bot.names import meant
from bot.options.basic import (
    Kind,
    Line,
    LongText,
    Number,
    OneOf,
    Reading,
    SeveralOf,
    WebLink,
    YesNo,
    bounded,
)
from bot.options.command_line import Takes, as_seen, parse_line
from bot.options.hours import HoursKind
from bot.options.languages import Language, Languages, Speech, language_called
from bot.options.people import mention
from bot.options.recurring import Recurring
from bot.options.times import DayKind, Duration, Hour, MomentKind, WallTimeKind, Zone
from bot.rules.recurrence import Recurrence, Unworkable, instants
from bot.signs import NAME, cleaned, named, storable
from fuzz.area import Take, ensure
from fuzz.corpus import LANGUAGES, ZONES
from fuzz.dice import Dice
from storage import Records
from storage.sight import Sight

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
COMMANDS = [one for group in all_groups() for one in group.commands.values()]
OPTIONS = (Option("a", plain("One")), Option("b", plain("Ünö")), Option("c,d", plain("@everyone")))
KINDS: tuple[Kind, ...] = (
    Line(plain("x")), LongText(plain("x")), WebLink(plain("x")), Number(plain("x"), most=99),
    YesNo(plain("x")), OneOf(plain("x"), options=OPTIONS), Hour(plain("x")), Duration(plain("x")),
    SeveralOf(plain("x"), options=OPTIONS[:2]), MomentKind(plain("x")), WallTimeKind(plain("x")),
    DayKind(plain("x")), Zone(plain("x")), Language(plain("x")), Languages(plain("x")),
    Speech(plain("x")), Recurring(plain("x")), HoursKind(plain("x")),
    HoursKind(plain("x"), possible=True),
)  # fmt: skip
READING = Reading("en", "UTC", NOW, "local", "local", cast(Records, None), Sight(0, "member"))
LINES = (
    "join amina zone=Africa/Nairobi locale=en role=core", "amina in #general: /session plan",
    'amina: press "Coming" on "Locally led"', 'bruno: choose "Remind me" = "A day before"',
    'bruno: fill title="Welcome" when="tomorrow 3pm"', "time +3d", "amina in @: “x” «y»  # z",
)  # fmt: skip
RULES = ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=MONTHLY;BYDAY=-1SU;COUNT=9", "FREQ=YEARLY")


def moment(dice: Dice) -> None:
    """Read a moment; what was read is read alike from what it is written as."""
    locale = dice.choice(LANGUAGES) if dice.one_in(50) else dice.choice(("en", "es", "fr"))
    zone, words = dice.choice(ZONES), dice.phrase()
    try:
        found = moments.read_wall_time(words, locale=locale, zone=zone, now=NOW)
    except moments.Unclear:
        return
    again = moments.read_moment(moments.wall(found.at, zone), locale=locale, zone=zone, now=NOW)
    ensure(again == found.at, f"{words!r} is {found.at}, which is written as {again}")


def length_and_day(dice: Dice) -> None:
    """Read a length of time, a day and a zone."""
    locale, zone = dice.choice(("en", "es", "fr")), dice.choice(ZONES)
    for read in (
        lambda words: moments.read_duration(words, locale=locale),
        lambda words: moments.read_day(words, locale=locale, zone=zone, now=NOW),
        lambda words: ZoneInfo(moments.read_zone(words, zone=zone, now=NOW)),
    ):
        try:
            read(dice.phrase())
        except moments.Unclear:
            continue


def recurrence(dice: Dice) -> None:
    """Follow a rule for a year, if it is one."""
    rule = dice.choice(RULES) if dice.one_in(3) else dice.phrase()
    rule = dice.damaged(dice.choice(RULES)) if dice.one_in(2) else rule
    year = dice.choice((1969, 2026, 2027, 2499, 9998))
    first = datetime.fromisoformat(f"{year}-02-28 {dice.randrange(24):02}:00")
    try:
        found = Recurrence(first, dice.choice((*ZONES, dice.value())), rule)
    except Unworkable:
        return
    begin = first.replace(tzinfo=UTC) - timedelta(days=1)
    for at in islice(instants(found, begin, begin + timedelta(days=366)), 400):
        ensure(at >= begin, f"{rule} comes at {at}")


def kind(dice: Dice) -> None:
    """Read an option; a form that is filled in with what was read gives it again."""
    one, words = dice.choice(KINDS), dice.value()
    reading = replace(READING, locale=dice.choice(("en", "es", "fr")), zone=dice.choice(ZONES))
    try:
        value = one.read(bounded(storable(words)), reading)
    except Unreadable:
        return
    written = one.raw(value, reading)
    again = one.read(written, reading)
    same = again.at == value.at if isinstance(value, moments.WallTime) else again == value
    ensure(same, f"{type(one).__name__}: {words!r}, {value!r}, {written!r}, {again!r}")


def suggested(dice: Dice) -> None:
    """Suggest zones; none that cannot be read."""
    offered = KINDS[12].offered(storable(dice.value()), READING)
    ensure(len(offered) <= 25, "more than 25 are suggested")
    for one in offered:
        KINDS[12].read(one.value, READING)


def typed(dice: Dice) -> None:
    """Take what was typed apart; no word is lost."""
    names = ["title", "when", "person"]
    words = " ".join(
        dice.choice(("", "title=", "when=", "x=", "“")) + dice.value()
        for _ in range(dice.randint(0, 5))
    )
    takes = Takes({name: name for name in names}, names[:2], dice.choice(([], names[2:])))
    found = parse_line(words, takes).values
    ensure(found.keys() <= set(names), f"{words!r} has {found}")
    as_seen(words)
    slack.typed(words, ("session.plan", "my.profile"))
    slack.resolved(words)
    mention(words, "@")
    meant(words[:200], COMMANDS)


def line(dice: Dice) -> None:
    """Read a line of the local chat, and what is written in it as times."""
    words = dice.damaged(dice.choice(LINES)) if dice.one_in(2) else dice.words()
    for read in (lines.read_line, lines.read_pairs, lambda one: lines.read_time(one, NOW)):
        try:
            cast(Callable[[str], Any], read)(words)
        except UserError:
            continue


def signs(dice: Dice) -> None:
    """Clean words; what is clean stays as it is."""
    words = dice.words()
    for clean in (cleaned, storable, named):
        once = clean(words)
        ensure(clean(once) == once, f"{clean.__name__}({words!r}) is not clean")
        once.encode()
    ensure(len(named(words)) <= NAME, "a name is too long")
    folded(words)
    language_called(words)
    supported_language(words[:100])


def custom_id(dice: Dice) -> None:
    """Read what buttons carry, of both platforms; what is ours is written alike."""
    words = dice.damaged("session.rsvp?session=12&answer=yes|colour|zik0zj|3")[:150]
    if found := bound_on_discord(words):
        ensure(bound_on_discord(str(found)) == found, f"{words!r} is written as {found}")
    decoded(words)
    slack.pressed({"value": words, "action_id": dice.words()})
    slack.chosen({"action_id": words, "selected_option": {"value": dice.value()}})


READERS: Mapping[str, Take] = {
    one.__name__: one
    for one in (
        moment,
        length_and_day,
        recurrence,
        kind,
        kind,
        suggested,
        typed,
        line,
        signs,
        custom_id,
    )
}


@contextmanager
def world(dice: Dice) -> Iterator[Take]:
    """Give each input to one of the readers."""
    listed = [*READERS.values(), kind]

    def take(dice: Dice) -> None:
        dice.choice(listed)(dice)

    yield take
