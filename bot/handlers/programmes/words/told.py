"""Words what people are told of programmes: their answers, changes, the end."""

from collections.abc import Sequence

from bot.authored import title_of
from bot.chat import (
    Actions,
    Block,
    Context,
    Heading,
    Items,
    Message,
    Moment,
    Paragraph,
    button,
    choice,
)
from bot.commands import person
from bot.domain.programme_answers import Given
from bot.handlers.programmes.group import Holding
from bot.handlers.programmes.words.meets import DIFFER, meets
from bot.i18n import Text, joined, plain, t, tn
from bot.options.answers import ANSWERED
from bot.options.references import session_option
from storage.people import Member
from storage.programmes import Programme
from storage.sessions import Session

MOST = 3
"""Programmes that are listed among what waits."""
SHOWN = 6
"""Dates in a message to one person."""


def answered(planned: Programme, answer: str, given: Given, *, more: bool) -> Message:
    """Tell somebody what they answered to all dates, and of which dates it does not hold.

    `more`: there are dates that are not made yet.
    """
    coming = t("You're coming to all dates of “{title}”.", title=title_of(planned))
    if given.waiting:
        coming = t("You said yes to all dates of “{title}”.", title=title_of(planned))
    words = {
        "yes": coming,
        "maybe": t("You said maybe to all dates of “{title}”.", title=title_of(planned)),
        "no": t("You said no to all dates of “{title}”.", title=title_of(planned)),
    }[answer]
    blocks: list[Block] = [Paragraph(words)]
    if answer != "no" and given.dates:
        full = {date.id for date in given.waiting}
        blocks += _dates([date for date in given.dates if date.id not in full])
        if more:
            blocks.append(Context(t("If dates are added, this holds for them too.")))
    blocks += _waiting(given)
    blocks += _own(given)
    options = tuple(session_option(date) for date in given.dates[:25])
    menus = (choice(t("Answer for one date"), "session.show", "session", options),)
    back = button(t("No to all dates"), "programme.rsvp", programme=planned.id, answer="no")
    yes = button(t("Coming to all dates"), "programme.rsvp", programme=planned.id, answer="yes")
    keep = button(t("Add to my calendar"), "my.feed")
    buttons = (yes,) if answer == "no" else (keep, back)
    return Message(blocks=tuple(blocks), buttons=buttons, choices=menus if options else ())


def _dates(dates: Sequence[Session]) -> list[Block]:
    """List the next dates, and say how many others there are."""
    rest = len(dates) - SHOWN
    if not dates:
        return []
    blocks: list[Block] = [Items(tuple(plain(Moment(date.starts_at)) for date in dates[:SHOWN]))]
    if rest > 0:
        blocks.append(Paragraph(tn("And {count} more date.", "And {count} more dates.", rest)))
    return blocks


def _waiting(given: Given) -> list[Block]:
    """Name the dates that are full."""
    lines = tuple(plain(Moment(date.starts_at)) for date in given.waiting)
    full = Paragraph(t("These are full, you're on the waiting list:"))
    return [full, Items(lines)] if lines else []


def _own(given: Given) -> list[Block]:
    """Name the dates for which somebody said something else alone."""
    if not given.own:
        return []
    lines = tuple(
        t("{when}: {answer}", when=Moment(date.starts_at), answer=ANSWERED[answer])
        for date, answer in given.own
    )
    return [Paragraph(t("What you said for one date stays:")), Items(lines)]


def how_answered(answer: str, given: Given) -> list[Text]:
    """Say in short what somebody answered, to all dates or to some."""
    words = {
        "yes": t("You're coming to all dates."),
        "maybe": t("You said maybe to all dates."),
        "no": t("You said no to all dates."),
    }
    told = [words[answer]] if answer else []
    some = sum(1 for _, own in given.own if own == "yes")
    if some and answer in ("", "no"):
        told.append(tn("You're coming to {count} date.", "You're coming to {count} dates.", some))
    return [joined(told)] if told else []


def now_meets(
    planned: Programme,
    rules: Sequence[Holding],
    dates: Sequence[Session],
    by: Member | None,
    called_off: int,
) -> Message:
    """Tell that a programme meets by another rule, with its next dates."""
    title = t("“{title}” has new dates", title=title_of(planned))
    if by is not None:
        title = t("{who} changed when “{title}” meets", who=person(by), title=title_of(planned))
    coming = [date for date in dates if date.state == "announced"]
    lines = Items(tuple(plain(Moment(date.starts_at)) for date in coming[:SHOWN]))
    off = tn("{count} date is cancelled.", "{count} dates are cancelled.", called_off)
    note = (Paragraph(off),) if called_off else ()
    show = button(t("See all dates"), "programme.show", programme=planned.id)
    differ = (DIFFER,) if planned.hours else ()
    return Message(title, (*meets(rules), *differ, lines, *note), (show,))


def ends(planned: Programme, left: Sequence[Session], by: Member | None) -> Message:
    """Tell that a programme ends earlier than it was to."""
    words = t("“{title}” is ending.", title=title_of(planned))
    if by is not None:
        words = t("{who} is ending “{title}”.", who=person(by), title=title_of(planned))
    if not left:
        none = t("There are no more dates.")
        return Message(blocks=(Paragraph(joined((words, none))),))
    lines = Items(tuple(plain(Moment(date.starts_at)) for date in left[:SHOWN]))
    last = Heading(tn("The last date", "The last dates", len(left)))
    return Message(blocks=(Paragraph(words), last, lines))


def renewal(planned: Programme, last: Session) -> Message:
    """Ask whether a programme is to go on after its last date."""
    title = t("“{title}” is coming to its last date", title=title_of(planned))
    words = t("The last date is {when}. Would you like to go on?", when=Moment(last.starts_at))
    renew = button(t("Renew…"), "programme.renew", "primary", programme=planned.id)
    show = button(t("Show"), "programme.show", programme=planned.id)
    return Message(title, (Paragraph(words),), (renew, show))


def to_renew(rows: Sequence[tuple[Programme, Session]]) -> tuple[Block, ...]:
    """Word the programmes that come to their end, with what can be done about each."""
    blocks: list[Block] = []
    for planned, last in rows[:MOST]:
        told = {"title": title_of(planned), "when": Moment(last.starts_at)}
        renew = button(t("Renew…"), "programme.renew", programme=planned.id)
        show = button(t("Show"), "programme.show", programme=planned.id)
        blocks += [Paragraph(t("“{title}” ends on {when}.", **told)), Actions((renew, show))]
    return tuple(blocks)
