"""Writes what sessions say in other languages, and shows it in each."""

from collections.abc import Mapping
from typing import Any

from bot import translating
from bot.chat import Button, button
from bot.commands import EVERYONE, Caller
from bot.domain import programmes
from bot.domain import sessions as domain
from bot.domain.texts import COLUMNS, for_all
from bot.errors import Gone, NotAllowed
from bot.handlers.sessions import words
from bot.handlers.sessions.feedback import may_ask
from bot.handlers.sessions.group import changes, no_draft, session, still_open
from bot.i18n import Text, languages, t
from bot.options.things import SessionOption
from bot.protocol import Reply, Say
from bot.translating import Agenda, Announcement, Description, Original, Question, Title, Tongue
from bot.wording import texts as text_words
from bot.wording.log import undo_of
from storage import Records
from storage.programmes import ENDED
from storage.sessions import Session


def _as_it_is(
    caller: Caller, records: Records, session: Session, language: str
) -> Mapping[str, Any]:
    return translating.as_it_is(session, language)


def _originals(caller: Caller, records: Records, session: Session, language: str) -> Text:
    source = translating.source_of(records, session, language)
    return text_words.originals(session, language, source)


@session.command(
    title=t("Write in a language"),
    submit=t("Save"),
    may=may_ask,
    fill=_as_it_is,
    foretells=_originals,
    shared=True,
)
def text(
    caller: Caller,
    records: Records,
    session: SessionOption,
    language: Tongue,
    title: Title | None = None,
    description: Description | None = None,
    guiding_question: Question | None = None,
    agenda: Agenda | None = None,
    announcement: Announcement | None = None,
    original: Original | None = None,
) -> Reply:
    """Write a session's title, description or agenda in another language, for its readers."""
    given = translating.given(locals())
    still_open(session, caller.now)
    records.sessions.reread(session, *COLUMNS)
    made = translating.values_of(records, session, language, given)
    if made is None:
        return Say(text_words.is_the_original(records, session, language))
    done = domain.change(records, session, made[0], caller.actor)
    undo = (undo_of(done.entry),) if done.entry else ()
    ways = (*undo, *(_for_all(session) if changes(caller, session) else ()))
    return Say(text_words.kept(records, session, language, made[1], ways))


def _for_all(planned: Session) -> tuple[Button, ...]:
    """Offer to use the texts of a date for all dates of its programme."""
    if planned.programme_id is None or not planned.texts:
        return ()
    return (button(t("Use for all dates"), "session.text-for-all", session=planned.id),)


@session.command(title=t("Language it is in"), submit=t("Save"), may=may_ask, listed=False)
def written_in(caller: Caller, records: Records, session: SessionOption, language: Tongue) -> Reply:
    """Say in which language a session is written."""
    still_open(session, caller.now)
    done = domain.change(records, session, {"written_in": language}, caller.actor)
    return Say(text_words.overview(records, session, done.entry))


@session.command(title=t("Other languages"), submit=t("View"), may=may_ask, listed=False)
def texts(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Show in which languages a session is written, and what's missing."""
    return Say(text_words.overview(records, session))


@session.command(title=t("Use for all dates"), submit=t("Use"), may=may_ask, listed=False)
def text_for_all(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Use the texts of a date for all dates to come that say the same."""
    programme = records.programmes.find(session.programme_id or 0)
    if programme is None or programme.state == ENDED:
        raise Gone
    if programme.organiser_id != caller.member.id and not changes(caller, session):
        raise NotAllowed(t("Only whoever planned the programme and the core group can do that."))
    values = {"texts": for_all(programme, session), "written_in": session.written_in}
    entry = programmes.change(records, programme, values, caller.actor)
    return Say(text_words.overview(records, programme, entry))


@session.command(
    title=t("Read in a language"), submit=t("View"), who=EVERYONE, reads=True, listed=False
)
def read_in(caller: Caller, records: Records, session: SessionOption, language: Tongue) -> Reply:
    """Show the announcement of a session in one of its languages."""
    no_draft(session)
    message = words.announcement(records, session, caller.now)
    spoken = language if language in languages() else ""
    return Say(text_words.whole_in(message, language), locale=spoken)
