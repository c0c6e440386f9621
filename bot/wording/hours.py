"""Words what else may be meant by an hour that was written."""

from zoneinfo import ZoneInfo

from bot.chat import Button, encoded
from bot.i18n import TimeOfDay, t
from bot.moments import WallTime


def other_hour(when: WallTime, command: str, option: str, /, **args: object) -> tuple[Button, ...]:
    """Give the button for who meant the other hour that "at 3" can be.

    It is `command` once more, with that hour for its `option`.
    """
    if when.other is None:
        return ()
    hour = TimeOfDay(when.other.astimezone(ZoneInfo(when.zone)).time())
    bound = {**args, option: f"{when.other:%Y-%m-%dT%H:%MZ}"}
    return (Button(t("I meant {hour}", hour=hour), encoded(command, bound)),)
