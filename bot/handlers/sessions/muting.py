"""Stops reminding people of one session, and reminds them again."""

from typing import Annotated

from bot.commands import EVERYONE, Caller
from bot.domain import answers
from bot.errors import UserError
from bot.handlers.sessions import words
from bot.handlers.sessions.group import session
from bot.i18n import t
from bot.options.basic import YesNo
from bot.options.things import SessionOption
from bot.protocol import Change, Reply, Say
from storage import Records
from storage.rsvps import Rsvp
from storage.sessions import Session

Here = Annotated[bool, YesNo(t("In this message"))]


@session.command(title=t("No more reminders"), submit=t("Stop"), who=EVERYONE, listed=False)
def mute(caller: Caller, records: Records, session: SessionOption, here: Here = False) -> Reply:
    """Stop reminding you of this session, or of all."""
    answers.mute(records, session, _answer(caller, records, session), caller.actor, muted=True)
    told = words.muted(session)
    return Change(told) if here else Say(told)


@session.command(title=t("Remind me again"), submit=t("Remind me"), who=EVERYONE, listed=False)
def unmute(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Remind you of this session again."""
    answers.mute(records, session, _answer(caller, records, session), caller.actor, muted=False)
    member = records.members.get(caller.member.id)
    return Change(words.unmuted(session, member, caller.now))


def _answer(caller: Caller, records: Records, planned: Session) -> Rsvp:
    own = records.rsvps.answer_of(planned.id, caller.member.id)
    if own is None or own.answer == "no":
        raise UserError(t("You aren't coming to it, so I won't remind you."))
    return own
