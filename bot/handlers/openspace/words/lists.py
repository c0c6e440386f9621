"""Words the list of the open spaces of a community."""

from collections.abc import Sequence
from datetime import datetime

from bot.authored import title_of
from bot.chat import Items, Message, Option, button, choice, said
from bot.i18n import plain, t
from bot.rules.openspace import reached
from bot.wording.pages import paged
from bot.wording.phases import NAMES
from storage.openspace import OpenSpace


def listed(spaces: Sequence[OpenSpace], now: datetime, number: int = 1, *, core: bool) -> Message:
    """Word a page of the spaces of a community; the core group can open the first one."""
    if not spaces:
        opening = (button(t("Open one"), "openspace.open"),) if core else ()
        return said(
            t("There hasn't been an open space here yet. The core group can open one."), *opening
        )
    page = paged(spaces, number)
    lines = tuple(
        t(
            "{question} ({phase})",
            question=title_of(one),
            phase=NAMES[reached(one.begins, now)],
        )
        for one in page.things
    )
    menu = tuple(Option(str(one.id), plain(title_of(one))) for one in page.things)
    show = choice(t("Show"), "openspace.show", "space", menu)
    turns = page.turns("openspace.list")
    return Message(t("Open spaces"), (Items(lines), *page.foot), turns, (show,))
