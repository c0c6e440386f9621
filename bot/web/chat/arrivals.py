"""Says what arrived while the clock was moved, and where, so that one knows where to look."""

from collections import Counter
from collections.abc import Iterator

from bot.adapters.local import LocalPlatform
from bot.adapters.local.kept import PostedMessage
from bot.adapters.local.seat import ME
from bot.i18n import Text, series, t, tn
from bot.web.chat.window import Window
from bot.web.chat.words import shown_name


def arrivals(platform: LocalPlatform, window: Window, since: int) -> Text:
    """Word what arrived in the workspace of a window after a message."""
    counts = Counter(_where(one) for one in _after(platform, window, since))
    if not counts:
        return t("The clock has moved. Nothing was sent.")
    where = series(_part(*counted) for counted in counts.items())
    return tn(
        "{count} message arrived: {where}.",
        "{count} messages arrived: {where}.",
        counts.total(),
        where=where,
    )


def _after(platform: LocalPlatform, window: Window, since: int) -> Iterator[PostedMessage]:
    for posted in platform.messages.values():
        if int(posted.id) > since and posted.place.workspace == window.who.workspace:
            yield posted


def _where(posted: PostedMessage) -> tuple[str, str]:
    return ("", posted.person) if posted.person else (posted.place.channel, "")


def _part(where: tuple[str, str], number: int) -> Text:
    channel, person = where
    if person == ME:
        return t("{number} only for you at the terminal", number=number)
    if person:
        return t("{number} only for {name}", number=number, name=shown_name(person))
    return t("{number} in #{channel}", number=number, channel=channel)
