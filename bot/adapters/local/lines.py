"""Reads the lines by which a chat is driven."""

import re
from datetime import datetime, timedelta

from bot.errors import UserError
from bot.i18n import t

STEP = re.compile(r"\+(?=\d)(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


def read_time(words: str, now: datetime) -> datetime:
    """Read `+3d`, `+2h30m` or an ISO instant. Raises UserError, also for one that is past."""
    step = STEP.fullmatch(words)
    if step:
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in step.groups())
        return now + timedelta(days, seconds, 0, 0, minutes, hours, weeks)
    try:
        until = datetime.fromisoformat(words)
    except ValueError:
        until = None
    if until is None or until.tzinfo is None:
        raise UserError(t("A time is written like +3d, +2h30m or 2026-12-02T09:00Z."))
    if until < now:
        raise UserError(t("The clock does not go back: it is past that already."))
    return until
