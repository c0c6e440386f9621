"""Shows coordinators who did what, with its undo."""

from typing import Annotated

from bot.chat import Option
from bot.commands import COORDINATORS, Caller
from bot.handlers.community.group import community
from bot.i18n import t
from bot.options.basic import OneOf
from bot.options.people import PersonKind
from bot.protocol import Change, Reply, Say
from bot.undoing import lasting
from bot.wording import log as words
from bot.wording.acts import known
from bot.wording.pages import PER_PAGE, Page, Paged, paged
from storage import Records
from storage.people import Member

About = Annotated[
    str, OneOf(t("About"), options=tuple(Option(k, v) for k, v in words.KINDS.items()))
]


@community.command(title=t("See who did what"), submit=t("View"), who=COORDINATORS, reads=True)
def log(
    caller: Caller,
    records: Records,
    about: About = "",
    by: Annotated[Member, PersonKind(t("By whom"))] | None = None,
    page: Page = 0,
) -> Reply:
    """See who did what, latest first, and undo what can be undone."""
    id = by.id if by else None
    here = paged(range(records.log.count(about, id)), page)
    entries = records.log.latest((here.number - 1) * PER_PAGE, PER_PAGE, about, id)
    shown = words.listed(
        Paged(entries, here.number, here.count),
        known(records, entries),
        lasting(records, entries),
        words.LogShown(about, by),
    )
    return Change(shown) if page else Say(shown)
