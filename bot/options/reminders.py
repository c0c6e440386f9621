"""Takes when somebody wants to be reminded: before the start, at an hour of the day, never."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot import moments
from bot.chat import Option
from bot.errors import Unreadable
from bot.i18n import Text, TimeOfDay, format_minutes, joined, render, t, tn
from bot.moments import Reminding
from bot.options.basic import Kind, Reading
from bot.signs import cleaned

DAY = 24 * 60
NEVER = Reminding(())
USUAL = Option("usual", t("A day before and at the start"))
REMIND = (
    USUAL,
    Option("day", t("A day before")),
    Option("hour", t("An hour before")),
    Option("start", t("At the start")),
    Option("none", t("Never")),
)
"""What menus offer; people write anything else."""
FAR = t("That's too far ahead: a year before at most.")
MANY = t("That's too many: six at most, and one hour of the day.")


def parts(chosen: Reminding) -> Iterator[Text]:
    """Name each reminder in words, the first to come first, as they are read back."""
    offsets = chosen.offsets or ()
    yield from (_before(minutes) for minutes in offsets if minutes >= DAY)
    if chosen.at is not None:
        yield t("at {hour} on the day", hour=TimeOfDay(chosen.at))
    yield from (_before(minutes) for minutes in offsets if minutes < DAY)


def _before(minutes: int) -> Text:
    days, rest = divmod(minutes, DAY)
    if days and not rest:
        return tn("{count} day before", "{count} days before", days)
    if days:
        length = (tn("{count} day", "{count} days", days), format_minutes(rest))
        return t("{length} before", length=joined(length))
    return _hours_before(rest) if rest else t("at the start")


def _hours_before(minutes: int) -> Text:
    if minutes % 60 == 0:
        return tn("{count} hour before", "{count} hours before", minutes // 60)
    if minutes < 60:
        return tn("{count} minute before", "{count} minutes before", minutes)
    return t("{length} before", length=format_minutes(minutes))


def exactly(chosen: Reminding) -> str:
    """Write it as a button carries it: the same in every language."""
    words = [f"{minutes}m" for minutes in chosen.offsets or ()]
    return ",".join([*words, *([f"{chosen.at:%H:%M}"] if chosen.at else [])]) or "none"


@dataclass(frozen=True, slots=True)
class RemindingKind(Kind):
    """Several times before a session starts, an hour of its day, the usual ones, or never.

    A field that was emptied means never.
    """

    limit: int = 300
    empty: Any = NEVER

    def read(self, raw: str, reading: Reading) -> Reminding:
        try:
            return moments.read_reminding(raw, locale=reading.locale)
        except moments.Unclear as unclear:
            raise Unreadable(_unclear(unclear, raw)) from None

    def raw(self, value: Any, reading: Reading) -> str:
        words = [*parts(value)] or [t("never")]
        return render(joined(words, ", "), reading.locale, str)

    def offered(self, typed: str, reading: Reading) -> Sequence[Option]:
        return () if typed.strip() else REMIND


def _unclear(unclear: moments.Unclear, raw: str) -> Text:
    if unclear.reason in ("too_far", "several"):
        return FAR if unclear.reason == "too_far" else MANY
    return t(
        "I don't understand “{words}”. Write it like 2 days, 3 hours, 8 in the morning.",
        words=cleaned(unclear.word or raw)[:40],
    )
