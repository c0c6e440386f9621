"""Words in the log what was done to what stays of a session, and to consents."""

from collections.abc import Callable, Mapping

from bot.chat import Person
from bot.i18n import Text, t

KEPT: Mapping[str, Callable[[Text | Person, Text], Text]] = {
    "kept": lambda who, title: t("{who} wrote down what stays of “{title}”.", who=who, title=title),
    "corrected": lambda who, title: t(
        "{who} corrected what stays of “{title}”.", who=who, title=title
    ),
    "released": lambda who, title: t(
        "{who} released the minutes of “{title}”.", who=who, title=title
    ),
    "agreed": lambda who, title: t(
        "{who} agreed to the recording of “{title}”.", who=who, title=title
    ),
    "disagreed": lambda who, title: t(
        "{who} didn't agree to the recording of “{title}”.", who=who, title=title
    ),
    "withdrew": lambda who, title: t(
        "{who} no longer agrees to the recording of “{title}”.", who=who, title=title
    ),
    "cleared": lambda who, title: t(
        "{who} confirmed that nobody who said no is in the recording of “{title}”.",
        who=who,
        title=title,
    ),
}
