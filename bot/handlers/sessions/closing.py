"""Holds the closing round of a session: each writes a line, and the hosts have them read out."""

from collections.abc import Mapping
from typing import Annotated, Any

from bot.authored import title_of
from bot.chat import Message, said
from bot.commands import EVERYONE, Caller
from bot.domain import closing as domain
from bot.errors import UserError
from bot.handlers.sessions import words
from bot.handlers.sessions.feedback import has_begun, is_host, may_ask
from bot.handlers.sessions.group import session
from bot.i18n import Text, t
from bot.notices import Sending
from bot.options.basic import Line, YesNo
from bot.options.things import SessionOption
from bot.protocol import Change, Reply, Say
from storage import Records
from storage.sessions import Session


@session.command(title=t("See the closing round"), submit=t("View"), who=EVERYONE, reads=True)
def closing(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Show the closing round of a session: what each takes along, in one line."""
    has_begun(caller, session)
    return Say(_round(caller, records, session))


def _round(caller: Caller, records: Records, planned: Session) -> Message:
    lines = records.closing.of(planned.about)
    own = records.closing.by(planned.about, caller.member.id)
    state = words.RoundState(
        lines,
        own,
        hosts=is_host(caller, records, planned),
        has_part=domain.has_part(records, planned, caller.actor),
        is_read=domain.is_read_out(records, planned),
    )
    return words.closing(planned, state, domain.aloud(records, planned))


def may_write(caller: Caller, records: Records, session: Session) -> None:
    """Let those pass who were there, while their line was not read out. Raises UserError."""
    has_begun(caller, session)
    if not domain.has_part(records, session, caller.actor):
        raise UserError(t("Those who were there write a line."))
    if domain.stands(records, session, records.closing.by(session.about, caller.member.id)):
        raise UserError(t("Your line has been read out already, so it stays."))


def _as_written(caller: Caller, records: Records, session: Session) -> Mapping[str, Any]:
    own = records.closing.by(session.about, caller.member.id)
    if own is None:
        return {"aloud": True, "named": True}
    return {"line": own.words, "aloud": own.aloud, "named": own.named}


@session.command(
    title=t("Write my line"),
    submit=t("Save"),
    who=EVERYONE,
    may=may_write,
    fill=_as_written,
    listed=False,
)
def closing_line(
    caller: Caller,
    records: Records,
    session: SessionOption,
    line: Annotated[str, Line(t("What do you take along?"), limit=200)],
    aloud: Annotated[bool, YesNo(t("It may be read out"))] = True,
    named: Annotated[bool, YesNo(t("With my name"))] = True,
) -> Reply:
    """Say in one line what you take along from a session."""
    domain.write(records, session, domain.SaidLine(line, aloud, named), caller.actor)
    return Say(_round(caller, records, session))


@session.command(
    title=t("Take my line back"),
    submit=t("Take it back"),
    who=EVERYONE,
    may=may_write,
    listed=False,
)
def take_line_back(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Delete your line of a closing round."""
    own = records.closing.by(session.about, caller.member.id)
    if own is not None:
        domain.take_back(records, session, own, caller.actor)
    return Change(_round(caller, records, session))


def _would_read(caller: Caller, records: Records, session: Session) -> Text:
    """Say how many lines would be read out where. Raises UserError."""
    has_begun(caller, session)
    if domain.is_read_out(records, session):
        raise UserError(t("It has been read out already. Late lines join it by themselves."))
    lines = domain.aloud(records, session)
    if not lines:
        raise UserError(t("Nobody has written a line yet that may be read out."))
    channels = records.channels.many([*domain.channels_of(records, session)])
    return words.would_read_out(len(lines), channels)


@session.command(
    title=t("Read out together"),
    submit=t("Read out"),
    may=may_ask,
    foretells=_would_read,
    listed=False,
)
def read_out(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Post all lines that may be read out where the session is, once."""
    if not domain.read_out(records, session, caller.actor):
        raise UserError(t("“{title}” has no channel to post in.", title=title_of(session)))
    return Say(said(t("I'm reading out the closing round of “{title}”.", title=title_of(session))))


@session.notice(t("Closing round of a session"), live=True)
def closing_round(records: Records, sending: Sending) -> Message | None:
    """Read out the lines of those who wish, as they stand now."""
    planned = records.sessions.find(sending.about)
    if planned is None:
        return None
    return words.read_out(planned, domain.aloud(records, planned))


@session.farewell
def unsay(caller: Caller, records: Records) -> None:
    """Take the lines of somebody who is erased out of what was read out."""
    domain.erase(records, caller.member)
