"""Words what stays of a session: its kinds, and in the log what was done to it and to consents."""

from collections.abc import Callable, Mapping

from bot.chat import Person
from bot.i18n import Text, t
from storage.assets import LINK, NOTES, RECORDING, SLIDES

ASSETS: Mapping[str, Text] = {
    RECORDING: t("Recording"),
    SLIDES: t("Slides"),
    LINK: t("Link"),
    NOTES: t("Notes"),
}
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
