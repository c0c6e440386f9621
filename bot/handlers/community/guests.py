"""Invites guests: people who have an address for mail and no chat account."""

from typing import Annotated

from bot.chat import Message
from bot.commands import COORDINATORS, Caller
from bot.domain import guests as domain
from bot.errors import UserError
from bot.handlers.community.group import community
from bot.handlers.community.words import guests as words
from bot.i18n import t
from bot.notices import Sending
from bot.options.basic import Line
from bot.options.mail import MailAddress
from bot.options.things import NOTHING_TO_UNDO
from bot.protocol import Change, Reply, Say
from bot.undoing import to_undo
from bot.wording.log import author, undo_of
from storage import Records
from storage.log import LogEntry
from storage.people import Member

Email = Annotated[str, MailAddress(t("E-mail address"), t("Of one person: ana@example.org"))]
GuestName = Annotated[str, Line(t("Name"), t("As others will see it"), limit=100)]
NO_MAIL = t("I can't send e-mail: whoever runs me has to set `[mail]` in the settings first.")


@community.command(title=t("Invite a guest"), submit=t("Invite"), who=COORDINATORS, adds=True)
def invite(caller: Caller, records: Records, email: Email, name: GuestName = "") -> Reply:
    """Invite somebody by mail who is on no chat here: they come as a guest."""
    if not caller.mails:
        raise UserError(NO_MAIL)
    known = domain.invited(records, email)
    if known is None and domain.was_erased(records, email):
        return Say(words.was_erased(email, name))
    return _invite(caller, records, email, name)


@community.command(
    title=t("Invite again"), submit=t("Invite"), who=COORDINATORS, adds=True, listed=False
)
def invite_again(caller: Caller, records: Records, email: Email, name: GuestName = "") -> Reply:
    """Invite somebody by mail who had their data erased, and asks to come back."""
    if not caller.mails:
        raise UserError(NO_MAIL)
    return _invite(caller, records, email, name)


def _invite(caller: Caller, records: Records, email: str, name: str) -> Reply:
    known = domain.invited(records, email)
    if known is not None:
        return Say(words.is_here(known))
    entry = domain.invite(records, email, name or email.partition("@")[0], caller.actor)
    return Say(words.invited(records.members.get(entry.thing[1]), email, undo_of(entry)))


def take_back(caller: Caller, records: Records, entry: LogEntry, guest: Member) -> Reply:
    """Take an invitation back; what an undo of it does."""
    to_undo(records, entry)
    if entry.what != "invited":
        raise UserError(NOTHING_TO_UNDO)
    if not domain.has_done_nothing(records, guest):
        raise UserError(words.too_late(guest))
    name = guest.name
    domain.take_back(records, guest, caller.now)
    return Change(words.taken_back(name))


@community.notice(t("Invitation of a guest"))
def invited(records: Records, sending: Sending) -> Message | None:
    """Invite somebody: by whom, to what, what they can do, and how to say no."""
    guest = sending.member
    if guest is None:
        return None
    by = author(records, sending.args.get("entry"))
    programmes = records.programmes.running()[: words.SHOWN]
    ahead = [one for one in records.sessions.to_come(sending.now) if one.programme_id is None]
    told = [one for one in ahead if one.announce_at is None or one.announce_at <= sending.now]
    return words.invitation(records.community, by, programmes, told[: words.SHOWN])
