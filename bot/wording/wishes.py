"""Names when people can be reminded."""

from bot.chat import Option
from bot.domain.telling import USUAL
from bot.i18n import t
from storage.people import Member

REMIND = (
    Option("both", t("A day and an hour before")),
    Option("day", t("A day before")),
    Option("hour", t("An hour before")),
    Option("none", t("Never")),
)
REMIND_MINUTES = {"both": [24 * 60, 60], "day": [24 * 60], "hour": [60], "none": []}


def wish_of(member: Member) -> str:
    """Name a member's reminder wish as `REMIND` does."""
    chosen = list(USUAL) if member.reminders is None else member.reminders
    return next((name for name, minutes in REMIND_MINUTES.items() if minutes == chosen), "both")
