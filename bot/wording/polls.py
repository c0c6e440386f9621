"""Words in the log what was done to polls."""

from collections.abc import Callable, Mapping

from bot.chat import Person
from bot.i18n import Text, t

POLLS: Mapping[str, Callable[[Text | Person, Text], Text]] = {
    "polled": lambda who, title: t("{who} started the poll “{title}”.", who=who, title=title),
    "poll closed": lambda who, title: t("{who} closed the poll “{title}”.", who=who, title=title),
    "poll reopened": lambda who, title: t(
        "{who} reopened the poll “{title}”.", who=who, title=title
    ),
    "poll discarded": lambda who, title: t(
        "{who} discarded the poll “{title}”.", who=who, title=title
    ),
}
