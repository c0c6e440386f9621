"""Words changes of programmes to whoever makes them: what it would do, what was done, who hears."""

from collections.abc import Sequence
from datetime import date

from bot.authored import title_of
from bot.chat import Day, Message, Paragraph, button, said
from bot.domain.new_dates import Changed
from bot.handlers.programmes.group import Holding
from bot.handlers.programmes.words.meets import meets
from bot.i18n import Text, joined, t, tn
from bot.moments import Series
from bot.wording.differences import differences
from bot.wording.log import undo_of
from bot.wording.recurrence import placed_in_words
from bot.wording.telling import telling
from storage.log import LogEntry
from storage.programmes import Programme


def changed(planned: Programme, entry: LogEntry | None) -> Message:
    """Confirm that something else is said of a programme and its dates to come."""
    words = t("I've changed “{title}”.", title=title_of(planned))
    if entry is None:
        return said(t("Nothing has changed in “{title}”.", title=title_of(planned)))
    keep = Paragraph(t("Dates with something of their own keep it."))
    blocks = (Paragraph(words), *differences(entry.before, entry.after), keep)
    return Message(blocks=blocks, buttons=(undo_of(entry),) if entry.after else ())


def rescheduled(planned: Programme, rules: Sequence[Holding], done: Changed) -> Message:
    """Confirm that a programme meets by another rule, and say what becomes of its dates."""
    words = t("“{title}” now meets by this rule:", title=title_of(planned))
    moved = tn("{count} date moves.", "{count} dates move.", done.moved)
    off = tn("{count} date is called off.", "{count} dates are called off.", done.called_off)
    became = [text for text, some in ((moved, done.moved), (off, done.called_off)) if some]
    blocks = (
        Paragraph(words),
        *meets(rules),
        Paragraph(joined((*became, telling(*done.told, held=True)))),
    )
    show = button(t("Show"), "programme.show", programme=planned.id)
    return Message(blocks=blocks, buttons=(undo_of(done.entry), show))


def would_end(planned: Programme, dates: int, people: int, *, more: bool) -> Text:
    """Say before a programme is ended what that would do, and who would be told.

    `more` says that there would be other dates than those that are set up.
    """
    what = t("You're about to end “{title}”.", title=title_of(planned))
    if more:
        every = t("All dates after today would be called off.")
        return joined((what, every, telling(people, 1)))
    if not dates:
        return joined((what, t("There are no more dates after today.")))
    off = tn(
        "{count} date after today would be called off.",
        "{count} dates after today would be called off.",
        dates,
    )
    return joined((what, off, telling(people, 1)))


def ended_by(planned: Programme, last: date, done: Changed) -> Message:
    """Confirm that a programme ends, and say who is told."""
    words = t("“{title}” ends on {day}.", title=title_of(planned), day=Day(last))
    off = tn("{count} date is called off.", "{count} dates are called off.", done.called_off)
    gone = (off,) if done.called_off else ()
    heard = (telling(*done.told, held=True),) if any(done.told) else ()
    return said(joined((words, *gone, *heard)), undo_of(done.entry))


def renewed(planned: Programme, rule: Series, entry: LogEntry) -> Message:
    """Confirm that a programme goes on."""
    words = t("“{title}” goes on:", title=title_of(planned))
    show = button(t("Show"), "programme.show", programme=planned.id)
    blocks = (Paragraph(words), Paragraph(placed_in_words(rule)))
    return Message(blocks=blocks, buttons=(undo_of(entry), show))


def undone(planned: Programme) -> Message:
    """Confirm that a programme is as it was before."""
    show = button(t("Show"), "programme.show", programme=planned.id)
    return said(t("“{title}” is as it was before.", title=title_of(planned)), show)
