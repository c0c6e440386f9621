"""Joins the accounts somebody has: shown first, then done by whoever gave the code."""

from typing import Annotated

from bot.commands import EVERYONE, Caller
from bot.domain import linking as domain
from bot.errors import FieldError, UserError
from bot.handlers.people.group import my
from bot.handlers.people.words import linking as words
from bot.i18n import t
from bot.options.basic import Line
from bot.protocol import Change, Reply, Say
from storage import Records
from storage.people import Member

Code = Annotated[str, Line(t("Code from the other account"), limit=20)]


@my.command(title=t("Join my accounts"), submit=t("Check first"), who=EVERYONE, secret=True)
def link(caller: Caller, records: Records, code: Code = "") -> Reply:
    """Join your accounts here: get a code on one, and write it from the other."""
    if not code:
        before = domain.joined_lately(records, caller.member, caller.now)
        code = domain.new_code(records, caller.member, caller.now)
        return Say(words.given(code, undone=before is not None))
    other = _other(caller, records, code)
    if other is None:
        return Say(words.unknown())
    return Say(words.about_to_join(other, domain.belongings(records, other), code))


@my.command(
    title=t("Join accounts now"), submit=t("Join them"), who=EVERYONE, listed=False, secret=True
)
def link_now(caller: Caller, records: Records, code: Code) -> Reply:
    """Join the account that gave a code with this one."""
    other = _other(caller, records, code)
    if other is None:
        return Say(words.unknown())
    domain.join(records, records.members.get(caller.member.id), other, caller.now)
    return Say(words.joined())


@my.command(title=t("Undo joining"), submit=t("Undo"), who=EVERYONE, listed=False)
def part_accounts(caller: Caller, records: Records) -> Reply:
    """Make two people of your joined accounts again, for a day after you joined them."""
    before = domain.joined_lately(records, caller.member, caller.now)
    if before is None:
        raise UserError(words.NOT_JOINED)
    domain.part(records, before, records.members.get(caller.member.id), caller.now)
    return Change(words.parted())


def _other(caller: Caller, records: Records, code: str) -> Member | None:
    """Give who was given a code on another account; None for a wrong one, which stays counted.

    Raises FieldError, and UserError for who tried too many.
    """
    if not domain.may_try(records, caller.member, caller.now):
        raise UserError(words.TOO_MANY)
    other = domain.tried(records, caller.member, code, caller.now)
    if other is not None and other.id == caller.member.id:
        raise FieldError("code", words.SAME)
    return other
