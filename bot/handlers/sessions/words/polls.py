"""Words polls: as they are planned, as everybody sees them, and as somebody answers them."""

from collections.abc import Collection, Mapping, Sequence
from itertools import repeat
from zoneinfo import ZoneInfo

from bot.authored import title_of
from bot.chat import (
    Actions,
    Block,
    Button,
    Choice,
    Context,
    Items,
    Message,
    Moment,
    Option,
    Paragraph,
    button,
    choice,
)
from bot.commands import person
from bot.domain.polls import PollTally
from bot.i18n import RegionName, Text, TimeOfDay, format_minutes, joined, plain, t, tn
from bot.rules.polls import Burdened, Counts, Meant
from storage.people import Member
from storage.polls import CLOSED, DROPPED, Poll, PollDate
from storage.sessions import Session

ANSWERED: Mapping[str, Text] = {"good": t("Good"), "possible": t("Possible"), "no": t("No")}
"""What can be answered to an hour."""
OPTIONS = tuple(Option(answer, label) for answer, label in ANSWERED.items())
ROWS = 6
"""Hours with three buttons each that fit into one message of Discord; more of them take menus."""
NAMED = 2
"""Regions that are named beside an hour."""


def hour(date: PollDate) -> Moment:
    """Say when an hour of a poll is."""
    return Moment(date.starts_at)


def preview(
    poll: Poll, dates: Sequence[PollDate], meant: Sequence[Meant], *, proposed: bool
) -> Message:
    """Word a poll for whoever plans it, with what each hour means elsewhere, if that is known."""
    note = Context(t("This is a preview: nobody else has seen it yet."))
    mine = t("These hours suit people best, wherever they are:")
    if not meant:
        mine = t("I don't know anybody's time zone yet; these are working hours of yours:")
    intro = (Paragraph(mine),) if proposed else ()
    words = map(meaning, meant) if meant else repeat(None)
    lines = tuple(beside(hour(date), told) for date, told in zip(dates, words, strict=False))
    until = Paragraph(t("People can answer until {when}.", when=Moment(poll.closes_at)))
    blocks = (note, *intro, Items(lines), until, Context(format_minutes(poll.minutes)))
    return Message(plain(title_of(poll)), blocks, _of_draft(poll))


def _of_draft(poll: Poll) -> tuple[Button, ...]:
    return (
        button(t("Start the poll"), "session.poll-start", "primary", poll=poll.id),
        button(t("Other hours…"), "session.poll-change", poll=poll.id),
        button(t("Discard"), "session.poll-discard", "danger", poll=poll.id),
    )


def beside(when: Moment, words: Text | None) -> Text:
    """Put a few words behind an hour, where there are any."""
    return t("{when}: {words}", when=when, words=words) if words else plain(when)


def meaning(meant: Meant) -> Text:
    """Say what an hour means for regions, in a few words."""
    parts = [_burdened(odd, meant) for odd in meant.burdened[:NAMED]]
    if meant.left_out:
        parts.append(tn("{count} person can't", "{count} people can't", meant.left_out))
    return joined(parts, ", ") if parts else t("by day everywhere")


def _burdened(odd: Burdened, meant: Meant) -> Text:
    region = RegionName(odd.region)
    here = {"region": region, "hour": TimeOfDay(meant.at.astimezone(ZoneInfo(odd.zone)).time())}
    return {
        "early": t("early in {region} ({hour})", **here),
        "late": t("late in {region} ({hour})", **here),
        "night": t("at night in {region} ({hour})", **here),
    }[odd.when]


def post(
    poll: Poll, counted: PollTally, organiser: Member | None, session: Session | None
) -> Message:
    """Word a poll for everybody, with what was answered so far; `session` is what came of it."""
    title = plain(title_of(poll))
    if poll.state == DROPPED:
        return Message(title, (Paragraph(t("This poll was withdrawn.")),))
    lines = counts(counted)
    if poll.state == CLOSED:
        return Message(title, (*_became(poll, counted, session), lines), _after(poll, session))
    asks = t("We're looking for a time. When could you come?")
    if organiser is not None:
        asks = t("{who} is looking for a time. When could you come?", who=person(organiser))
    until = Paragraph(t("You can answer until {when}.", when=Moment(poll.closes_at)))
    say = button(t("Say when you can"), "session.poll-answer", "primary", poll=poll.id)
    length = Context(format_minutes(poll.minutes))
    return Message(title, (Paragraph(asks), lines, until, length), (say, _answers(poll)))


def _answers(poll: Poll) -> Button:
    return button(t("See the answers"), "session.poll-show", poll=poll.id)


def _after(poll: Poll, session: Session | None) -> tuple[Button, ...]:
    if session is None:
        return (_answers(poll),)
    return (button(t("Details"), "session.show", session=session.id), _answers(poll))


def _became(poll: Poll, counted: PollTally, session: Session | None) -> tuple[Block, ...]:
    """Say of a closed poll which hour it became, and how many could come then."""
    if session is None:
        return (Paragraph(t("This poll is closed.")),)
    on = t("This poll is closed: the session is {when}.", when=Moment(session.starts_at))
    can = [counted.can(date) for date in counted.dates if date.starts_at == session.starts_at]
    many = tn("{count} person said they could come.", "{count} people said they could come.",
              can[0] if can else 0)  # fmt: skip
    return (Paragraph(joined((on, many)) if can else on),)


def counts(counted: PollTally) -> Items:
    """List the hours of a poll, with how many answered what."""
    lines = ((hour(date), counted_in_words(counted.counts[date.id])) for date in counted.dates)
    return Items(tuple(beside(when, words) for when, words in lines))


def counted_in_words(given: Counts) -> Text | None:
    """Say how many answered what to an hour; nothing where nobody answered."""
    good, possible, no = given
    parts = (
        (good, t("{count} good", count=good)),
        (possible, t("{count} possible", count=possible)),
        (no, t("{count} no", count=no)),
    )
    words = [part for count, part in parts if count]
    return joined(words, ", ") if words else None


def own(
    poll: Poll,
    dates: Sequence[PollDate],
    said: Mapping[int, str],
    excluded: Collection[int],
) -> Message:
    """Word the hours of a poll for somebody to answer, with what they answered so far.

    They are not asked for hours at which they said they can't.
    """
    asked = [date for date in dates if date.id not in excluded]
    rows = _rows(asked, said) if len(asked) <= ROWS else _menus(asked, said)
    left = Items(tuple(plain(hour(date)) for date in dates if date.id in excluded))
    never = (Paragraph(t("You can't at these times, as your own hours say:")), left)
    who = Context(t("Whoever asks and the core group see your answers; others see only how many."))
    every = (
        button(t("All good"), "session.poll-say-all", poll=poll.id, answer="good"),
        button(t("None"), "session.poll-say-all", poll=poll.id, answer="no"),
    )
    blocks = (*rows, *(never if left.items else ()), who)
    return Message(plain(title_of(poll)), blocks, every if asked else ())


def _answered(date: PollDate, said: Mapping[int, str]) -> Text:
    answer = said.get(date.id)
    return beside(hour(date), ANSWERED[answer] if answer else None)


def _rows(dates: Sequence[PollDate], said: Mapping[int, str]) -> list[Block]:
    """Put three buttons beneath each hour, the one that was pressed marked."""
    rows: list[Block] = []
    for date in dates:
        buttons = tuple(
            button(
                label,
                "session.poll-say",
                "primary" if said.get(date.id) == answer else "",
                date=date.id,
                answer=answer,
            )
            for answer, label in ANSWERED.items()
        )
        rows += [Paragraph(_answered(date, said)), Actions(buttons)]
    return rows


def _menus(dates: Sequence[PollDate], said: Mapping[int, str]) -> list[Block]:
    """List the hours with what was answered, and a menu for each beneath."""
    lines = Items(tuple(_answered(date, said) for date in dates))
    return [lines, Actions(choices=tuple(_menu(date) for date in dates))]


def _menu(date: PollDate) -> Choice:
    return choice(plain(hour(date)), "session.poll-say", "answer", OPTIONS, date=date.id)
