"""Takes whether people agree to be recorded."""

from typing import Annotated

from bot.chat import Option
from bot.commands import EVERYONE, Caller
from bot.domain import consents as domain
from bot.errors import Gone
from bot.handlers.sessions.group import no_draft, session
from bot.handlers.sessions.keeping import ConsentOption, may_keep, session_of
from bot.handlers.sessions.words import consents as words
from bot.i18n import t
from bot.options.basic import OneOf
from bot.options.things import SessionOption
from bot.protocol import Reply, Say
from storage import Records
from storage.consents import NO, YES

Agreement = Annotated[
    str,
    OneOf(t("May you be recorded?"), options=(Option(YES, t("Yes")), Option(NO, t("No")))),
]


@session.command(title=t("Agree to be recorded"), submit=t("Save"), who=EVERYONE, listed=False)
def consent(caller: Caller, records: Records, session: SessionOption, answer: Agreement) -> Reply:
    """Say whether you may be heard and seen in the recording of a session."""
    no_draft(session)
    domain.give(records, session, answer, caller.actor)
    return Say(words.given(session, answer))


@session.command(title=t("Agree for a speaker"), submit=t("Save"), listed=False)
def consent_for(
    caller: Caller, records: Records, consent: ConsentOption, answer: Agreement
) -> Reply:
    """Note that a speaker without an account agrees to be recorded."""
    held = session_of(records, consent.about)
    may_keep(caller, records, held)
    if consent.member_id is not None or not consent.name:
        raise Gone
    domain.give_for(records, held, consent, answer, caller.actor)
    return Say(words.given_for(held, consent))


@session.command(title=t("Confirm the cut"), submit=t("Confirm"), may=may_keep, listed=False)
def recording_cut(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Confirm that nobody who said no can be heard or seen in the recording."""
    return Say(words.cleared(session, domain.clear(records, session, caller.actor)))
