"""Shows sessions, and takes answers to them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from bot.chat import Block, Button, Choice, Message, Paragraph, said
from bot.commands import CORE, EVERYONE, Caller
from bot.domain import answers, consents, needs
from bot.domain import sessions as domain
from bot.domain.contributions import contributors, unclear
from bot.domain.sessions import waits
from bot.domain.telling import suggestion_of
from bot.domain.threads import beneath
from bot.errors import FieldError, UserError
from bot.handlers.sessions import access, words
from bot.handlers.sessions.group import (
    changes,
    no_draft,
    not_closed,
    preview,
    session,
    still_open,
)
from bot.handlers.sessions.keeping import beside
from bot.handlers.sessions.undoing import last_acts
from bot.handlers.sessions.words import seats
from bot.handlers.sessions.words.consents import with_question
from bot.handlers.sessions.words.contributions import asked_for, which
from bot.handlers.sessions.words.threads import invited
from bot.i18n import t
from bot.options.answers import Answer
from bot.options.basic import LongText
from bot.options.languages import ACCESS, NOTHING_NEEDED, Needed
from bot.options.things import SessionOption
from bot.protocol import Reply, Say
from bot.wording.lost_posts import with_missing
from bot.wording.texts import ways_to, with_others
from bot.wording.undelivered import announcing, missing
from storage import Records
from storage.deliveries import GONE
from storage.guests import is_mailed
from storage.rsvps import Rsvp
from storage.sessions import Session


@session.command(title=t("See a session"), submit=t("View"), who=EVERYONE, reads=True)
def show(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Show all the details of a session."""
    own = changes(caller, session)
    if session.state == "draft":
        shown = preview(caller, records, session)
        return Say(with_missing(caller, records, shown, suggestion_of(session)))
    if session.state == "announced" and waits(session, caller.now):
        return Say(words.waiting(records, session, caller.now, changes=own))
    message = words.announcement(records, session, caller.now)
    message = with_others(message, records, session, caller.locale)
    blocks, buttons = beside(caller, records, session)
    message = replace(message, blocks=(*message.blocks, *blocks))
    message = replace(message, buttons=(*message.buttons, *buttons))
    heard, arranging, needing = access.beside(caller, records, session)
    message = replace(message, blocks=(*heard, *message.blocks))
    if not own:
        buttons = (*message.buttons, *arranging)
        menus = (*message.choices, *needing)
        return Say(Message(message.title, message.blocks, buttons, menus))
    open = session.state == "announced" and session.ends_at > caller.now
    lacks, again = _missing(caller, records, session) if open else ((), ())
    more = (*words.for_organisers(session), *arranging, *ways_to(records, session))
    more = more if open else ()
    acts, undo = last_acts(caller, records, session)
    asked, menus = _contributions(records, session) if open else ((), ())
    sees = open and needs.sees(records, session, caller.member)
    needed = words.needed(records.rsvps.needs(session.id)) if sees else ()
    blocks = (*lacks, *message.blocks, *asked, *needed, *acts)
    buttons = (*again, *message.buttons, *more, *undo)
    shown = Message(message.title, blocks, buttons, (*message.choices, *menus, *needing))
    return Say(with_missing(caller, records, shown, session.about))


def _contributions(
    records: Records, planned: Session
) -> tuple[Sequence[Block], tuple[Choice, ...]]:
    """Word who has not agreed to contribute, and ask who is meant where that is unclear."""
    told, menus = which(planned, unclear(records, planned))
    return (*asked_for(contributors(records, planned)), *told), menus


def _missing(
    caller: Caller, records: Records, planned: Session
) -> tuple[Sequence[Paragraph], Sequence[Button]]:
    """Word where the announcement does not stand; with buttons for those who may announce it."""
    failed = [row for row in records.undelivered.of(planned.about) if row.error != GONE]
    channels = {c.id: c for c in records.channels.many([row.channel_id or 0 for row in failed])}
    lines = [
        Paragraph(missing(planned, channels[row.channel_id or 0], row.error, row.state))
        for row in failed
    ]
    may = failed and caller.is_at_least(CORE)
    return lines, announcing(planned) if may else ()


@session.command(title=t("Say if you're coming"), submit=t("Answer"), who=EVERYONE)
def rsvp(caller: Caller, records: Records, session: SessionOption, answer: Answer) -> Reply:
    """Say whether you're coming to a session."""
    no_draft(session)
    still_open(session, caller.now)
    if answer != "no":
        not_closed(session, caller.now)
    waits = answers.answer(records, session, answer, caller.actor)
    told = seats.waits(session, waits) if waits else words.answered(session, answer)
    if answer == "yes" and not waits and not is_mailed(caller.member):
        told = invited(told, beneath(records, session, caller.place))
    if answer == "yes" and consents.ask(records, session, caller.actor):
        told = with_question(told, session)
    return Say(told)


@session.farewell
def unplan(caller: Caller, records: Records) -> None:
    """Drop what somebody who is erased planned for themselves, and count them out elsewhere."""
    domain.erase(records, caller.member, caller.now)


def _own_answer(caller: Caller, records: Records, planned: Session) -> Rsvp:
    found = records.rsvps.answer_of(planned.id, caller.member.id)
    if found is None:
        raise UserError(t("First tell me whether you're coming."))
    return found


def _as_written(caller: Caller, records: Records, session: Session) -> Mapping[str, Any]:
    found = records.rsvps.answer_of(session.id, caller.member.id)
    return {"note": found.note if found else ""}


SEEN_BY = t("Only hosts, coordinators and whoever planned it see it")


@session.command(
    title=t("Leave a note"), submit=t("Save"), who=EVERYONE, listed=False, fill=_as_written
)
def note(
    caller: Caller,
    records: Records,
    session: SessionOption,
    note: Annotated[
        str,
        LongText(t("Note"), t("Only hosts, coordinators and whoever planned it see it"), limit=500),
    ]
    | None = None,
) -> Reply:
    """Tell the hosts what you need or can offer; leave it empty to delete your note."""
    own = _own_answer(caller, records, session)
    if note:
        still_open(session, caller.now)
    answers.note(records, session, own, note or "", caller.actor)
    if not note:
        return Say(said(t("I've deleted your note. Nobody sees it any more.")))
    return Say(words.kept(own, needs.seen_by(records, session, caller.member.id)))


@session.command(title=t("Say what you need"), submit=t("Request"), who=EVERYONE, listed=False)
def interpretation(
    caller: Caller,
    records: Records,
    session: SessionOption,
    language: Annotated[str, Needed(t("Language"))],
) -> Reply:
    """Say that you need interpretation into a language, captions or sign language."""
    still_open(session, caller.now)
    own = _own_answer(caller, records, session)
    if language == NOTHING_NEEDED:
        answers.need_nothing(records, session, own, caller.actor)
        return Say(words.no_more(session))
    if language not in (*ACCESS, *session.languages):
        raise FieldError(
            "language", t("That isn't one of the session's languages. Choose one of those.")
        )
    answers.need(records, session, own, language, caller.actor)
    seen_by = needs.seen_by(records, session, caller.member.id)
    return Say(words.kept_need(session, own, seen_by))
