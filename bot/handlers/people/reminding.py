"""Takes when people want to be reminded, and stops reminding them in one press."""

from collections.abc import Mapping
from typing import Annotated, Any

from bot.commands import EVERYONE, Caller
from bot.domain import digests as domain
from bot.domain.people import choose_reminders
from bot.handlers.people.digests import OFF, Digest, choose
from bot.handlers.people.group import my
from bot.handlers.people.mailing import Mail, choose_by_mail
from bot.handlers.people.words import profiles as words
from bot.i18n import t
from bot.moments import Reminding
from bot.options.basic import YesNo
from bot.options.reminders import NEVER, RemindingKind
from bot.protocol import Change, Reply, Say
from bot.wording.wishes import reminding_of
from storage import Records

Before = Annotated[
    Reminding,
    RemindingKind(
        t("Remind me"), t("For example: 2 days, 3 hours, at the start, 8 in the morning")
    ),
]


def _as_chosen(caller: Caller, records: Records) -> Mapping[str, Any]:
    member = records.members.get(caller.member.id)
    return {
        "before": reminding_of(member),
        "maybe": member.reminds_maybe,
        "digest": member.digest or OFF,
        "mail": member.reached_by or OFF,
    }


@my.command(title=t("Choose my reminders"), submit=t("Save"), who=EVERYONE, fill=_as_chosen)
def reminders(
    caller: Caller,
    records: Records,
    before: Before | None = None,
    maybe: Annotated[bool, YesNo(t("Also when I said maybe"))] | None = None,
    digest: Digest | None = None,
    mail: Mail | None = None,
) -> Reply:
    """Choose when I remind you of sessions (empty: never), and if you'd like a digest."""
    member = records.members.get(caller.member.id)
    choose_reminders(records, member, before, maybe)
    if digest is not None:
        choose(caller, records, digest)
    if mail is not None:
        choose_by_mail(records, member, mail)
    next = domain.next_of(records, member, caller.now)
    return Say(words.reminders(member, records.community, next))


@my.command(title=t("No more reminders"), submit=t("Stop"), who=EVERYONE, listed=False)
def stop_reminders(caller: Caller, records: Records) -> Reply:
    """Stop reminding you of any session."""
    member = records.members.get(caller.member.id)
    before = reminding_of(member)
    choose_reminders(records, member, NEVER, None)
    return Change(
        words.reminders(member, records.community, None) if before.never else words.stopped(before)
    )


@my.command(title=t("Remind me again"), submit=t("Remind me"), who=EVERYONE, listed=False)
def reminders_again(caller: Caller, records: Records, before: Before) -> Reply:
    """Remind you again as before; what you've chosen since stays."""
    member = records.members.get(caller.member.id)
    if reminding_of(member).never:
        choose_reminders(records, member, before, None)
    return Change(words.reminders(member, records.community, None))
