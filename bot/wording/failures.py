"""Words why something that the bot does by itself did not happen."""

from collections.abc import Mapping

from bot.i18n import Text, t

BROKE = t("something went wrong on my side. Whoever runs me can find it in the log.")
WHY: Mapping[str, Text] = {
    "time": t("it took too long."),
    "memory": t("it needed too much memory."),
    "changed": t("it kept changing while I was working on it."),
    "interrupted": t("I was interrupted each time I worked on it."),
}
"""Why jobs fail, by what their runner writes down."""


def why(error: str) -> Text:
    """Word why a timer or a job did not come to its end."""
    return WHY.get(error, BROKE)
