"""Words what else may be meant by an hour that was written."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat import Button, encoded
from bot.i18n import TimeOfDay, t
from bot.moments import WallTime

NIGHT = 7
"""Until this hour a time is so early that the afternoon may have been meant."""


def after_noon(when: WallTime, command: str, option: str, /, **args: object) -> tuple[Button, ...]:
    """Give the button for who wrote "at 3" and did not mean the night.

    It is `command` once more, with the hour of the afternoon for its `option`.
    """
    written = datetime.fromisoformat(when.wall)
    if written.tzinfo or not 1 <= written.hour < NIGHT:
        return ()
    noon = written + timedelta(hours=12)
    at = f"{noon.replace(tzinfo=ZoneInfo(when.zone)).astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    hour = TimeOfDay(noon.time())
    return (Button(t("I meant {hour}", hour=hour), encoded(command, {**args, option: at})),)
