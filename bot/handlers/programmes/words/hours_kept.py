"""Words what was done about the hours of a programme: adopted, entered, planned twice."""

from collections.abc import Sequence
from datetime import time

from bot.authored import title_of
from bot.chat import Button, Items, Message, Moment, Paragraph, button, encoded, said
from bot.domain.new_dates import Changed
from bot.domain.occurrences import Occurrence
from bot.i18n import TimeOfDay, joined, plain, t
from bot.wording.log import undo_of
from bot.wording.telling import telling
from storage.programmes import Programme


def hours_not_found(planned: Programme) -> Message:
    """Say that the hours could not be worked out."""
    again = button(t("Try again"), "programme.hours", programme=planned.id)
    return said(t("I couldn't work out the hours of “{title}”.", title=title_of(planned)), again)


def hours_adopted(planned: Programme, dates: Sequence[Occurrence], done: Changed) -> Message:
    """Confirm at which hours a programme is held from now on, and say who is told."""
    words = t("“{title}” is now held at these hours:", title=title_of(planned))
    lines = Items(tuple(plain(Moment(date.at)) for date in dates))
    show = button(t("Show"), "programme.show", programme=planned.id)
    told = Paragraph(telling(*done.told, held=True))
    return Message(blocks=(Paragraph(words), lines, told), buttons=(undo_of(done.entry), show))


def hours_entered(planned: Programme, held: Sequence[tuple[str, int]]) -> Message:
    """Confirm what was entered of hours before the bot."""
    show = button(t("Fair hours"), "programme.hours", programme=planned.id)
    if not held:
        return said(t("I don't count any earlier sessions now."), show)
    told = [
        t("{hour} × {times}", hour=TimeOfDay(time.fromisoformat(clock)), times=times)
        for clock, times in held
    ]
    return said(t("I'll count these earlier sessions: {hours}.", hours=joined(told, ", ")), show)


def first_band(planned: Programme, job: int) -> Button:
    """Offer the first of two hours for the series there is."""
    args = {"programme": planned.id, "job": job, "plan": "twin"}
    return Button(t("Move the first series"), encoded("programme.adopt-hours", args))


def with_first_band(message: Message, planned: Programme, first: Button) -> Message:
    """Add to the preview of a second series what becomes of the first."""
    note = Paragraph(
        t(
            "This is the second series. It still needs hosts and contributors. The first one, "
            "“{title}”, stays at its hours until you move it: do that before you announce this "
            "one.",
            title=title_of(planned),
        )
    )
    return Message(
        message.title,
        (note, *message.blocks),
        (*message.buttons, first),
        message.choices,
        message.files,
    )
