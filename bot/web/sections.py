"""Lists the pages for those who coordinate."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands import COORDINATORS, CORE
from bot.i18n import Text, t
from storage.sight import Sight

COORDINATING = t("Coordinating")


@dataclass(frozen=True, slots=True)
class PageSection:
    """A page for those who have at least the role of `who`."""

    path: str
    title: Text
    who: str = COORDINATORS


SEASON = PageSection("/season", t("Season"), CORE)
ATTENDANCE = PageSection("/attendance", t("Who comes"))
UNDELIVERED = PageSection("/undelivered", t("Undelivered"))
MEMBERS = PageSection("/members", t("Members and guests"))
SETTINGS = PageSection("/settings", t("Settings"))
SECTIONS = (SEASON, ATTENDANCE, UNDELIVERED, MEMBERS, SETTINGS)


def sections(sight: Sight) -> Sequence[tuple[str, Text]]:
    """Give the path and title of each page that somebody may see."""
    return [(page.path, page.title) for page in SECTIONS if sight.is_at_least(page.who)]
