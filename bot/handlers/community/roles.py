"""Gives roles, and takes them back."""

from typing import Annotated

from bot.chat import Option
from bot.commands import COORDINATORS, Caller
from bot.domain.people import give_role
from bot.errors import UserError
from bot.handlers.community.group import community
from bot.handlers.community.guests import take_back
from bot.handlers.community.words import setting_up as words
from bot.i18n import t
from bot.options.basic import OneOf
from bot.options.things import NOTHING_TO_UNDO, EntryOption, PersonOption
from bot.protocol import Change, Reply, Say
from bot.undoing import thing_of, to_undo, undone
from bot.wording import log as log_words
from bot.wording.roles import ROLES
from storage import Records
from storage.log import LogEntry
from storage.people import Member

Role = Annotated[str, OneOf(t("Role"), options=tuple(Option(k, v) for k, v in ROLES.items()))]


@community.command(title=t("Give a role"), submit=t("Save"), who=COORDINATORS)
def role(caller: Caller, records: Records, person: PersonOption, role: Role) -> Reply:
    """Give somebody a role: guest, member, core group or coordinator."""
    entry = _give(caller, records, person, role)
    return Say(words.role_given(person, *(log_words.undo_of(one) for one in (entry,) if one)))


def _give(caller: Caller, records: Records, person: Member, role: str) -> LogEntry | None:
    """Give somebody another role, and tell them; None when it is theirs already."""
    coordinators = records.members.with_role("coordinator")
    if role != "coordinator" and [member.id for member in coordinators] == [person.id]:
        raise UserError(
            t("A community needs a coordinator. Make somebody else a coordinator first.")
        )
    if role == person.role:
        return None
    return give_role(records, person, role, caller.actor)


@community.command(title=t("Restore a role"), submit=t("Undo"), who=COORDINATORS, listed=False)
def undo(caller: Caller, records: Records, entry: EntryOption) -> Reply:
    """Give somebody back the role they had, or take an invitation back."""
    person = thing_of(entry, "member", records.members)
    if entry.what == "invited":
        return take_back(caller, records, entry, person)
    to_undo(records, entry)
    if entry.what != "given a role" or person.role != entry.after["role"]:
        raise UserError(NOTHING_TO_UNDO)
    _give(caller, records, person, entry.before["role"])
    undone(records, entry, caller.now)
    return Change(words.role_given(person))
