"""Takes at which hours members can come, would rather not and cannot, and forgets them."""

from collections.abc import Mapping
from typing import Annotated, Any

from bot.commands import EVERYONE, Caller
from bot.domain.people import HOURS, say_hours
from bot.handlers.people.group import my
from bot.handlers.people.words import hours as words
from bot.i18n import t
from bot.moments import HourSpan
from bot.options.hours import HoursKind
from bot.protocol import Change, Reply, Say
from storage import Records

EXAMPLE = t("For example: weekdays 14:00–17:00; Sat mornings")
Spans = tuple[HourSpan, ...]


def _as_said(caller: Caller, records: Records) -> Mapping[str, Any]:
    return dict(records.members.get(caller.member.id).hours)


@my.command(title=t("Set my hours"), submit=t("Save"), who=EVERYONE, fill=_as_said)
def hours(
    caller: Caller,
    records: Records,
    possible: Annotated[Spans, HoursKind(t("Possible"), EXAMPLE, possible=True)] | None = None,
    unwelcome: Annotated[Spans, HoursKind(t("Rather not"))] | None = None,
    excluded: Annotated[Spans, HoursKind(t("Not possible"), t("For example: 23:00–07:00; Sundays"))]
    | None = None,
) -> Reply:
    """Say at which hours you can come, would rather not, and can't."""
    member = records.members.get(caller.member.id)
    say_hours(records, member, {"possible": possible, "unwelcome": unwelcome, "excluded": excluded})
    return Say(words.hours(member))


@my.command(title=t("Forget my hours"), submit=t("Forget"), who=EVERYONE, listed=False)
def forget_hours(caller: Caller, records: Records) -> Reply:
    """Forget what you said of your hours."""
    member = records.members.get(caller.member.id)
    before = member.hours
    say_hours(records, member, dict.fromkeys(HOURS, ()))
    return Change(words.forgotten(member, before))
