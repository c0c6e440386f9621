"""Meets people: keeps who comes for the first time, and nothing more of who was erased."""

from bot.answer_json import read_back, written
from bot.chat import said
from bot.commands import Command
from bot.errors import UserError
from bot.i18n import supported_language, t
from bot.protocol import Answer, Ask, Call, Reader, Say
from storage import Transaction
from storage.guests import MAIL
from storage.people import Address, Member
from storage.tombstones import is_buried

STRANGE = t(
    "I don't know your community here yet. First write to me where it meets, or "
    "ask one of its coordinators."
)

UNINVITED = t("I don't know your address here. Ask a coordinator to invite you.")


class Outrun(Exception):
    """Another process carried out the same event, while this one was at it."""


def first_contact(transaction: Transaction, call: Call, *, founds: bool) -> Member:
    """Keep who calls, and their community where it is new; gives the member.

    Whoever was erased comes back by an act of their own only. Where the platform does not found
    communities, theirs has to be known. Raises UserError.
    """
    account = call.account
    address = Address(account.platform, account.workspace, account.id)
    if call.unasked and is_buried(transaction.db.connection(), address):
        raise UserError(t("I keep nothing about you. Type a command to start again."))
    if account.platform == MAIL:
        raise UserError(UNINVITED)
    if not founds and transaction.workspaces(account.platform).home(account.workspace) is None:
        raise UserError(STRANGE)
    community = transaction.community_at(
        account.platform,
        account.workspace,
        call.at,
        supported_language(call.home_locale or call.locale),
        call.home_zone or call.zone or "UTC",
    )
    records = transaction.records(community.id)
    member = records.members.meet(*address, call.name, call.at)
    member.role = call.role or member.role
    records.db.flush()
    return member


def event_key(call: Call) -> str:
    """Name a platform's event over all platforms and workspaces."""
    return f"{call.account.platform}|{call.account.workspace}|{call.event}"


def to_keep(answer: Answer, member_id: int, command: Command) -> tuple[str, int | None]:
    """Give what is kept of an answer, and of whom; of the last one and of a secret one nothing.

    Nor of a form that is asked again with what somebody wrote who is not to be known by it.
    """
    form = answer.reply.form if isinstance(answer.reply, Ask) else None
    typed = form is not None and any(one.value for one in form.fields)
    secret = command.secret or (command.anonymous and typed)
    return ("", None) if is_last(answer) or secret else (written(answer), member_id)


def is_last(answer: Answer) -> bool:
    """Say whether this is the last that somebody hears, who was erased."""
    return isinstance(answer.reply, Say) and answer.reply.goes


def given_before(words: str, call: Call) -> Answer:
    """Give the answer a call got when it came first, as far as it is still kept."""
    if words:
        return read_back(words)
    reader = Reader(supported_language(call.locale), call.zone or "UTC")
    return Answer(Say(said(t("This is already done."))), reader, reader)
