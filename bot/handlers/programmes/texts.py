"""Writes what programmes say in other languages, for all their dates, and shows it in each."""

from collections.abc import Mapping
from typing import Any

from bot import translating
from bot.commands import EVERYONE, Caller
from bot.domain import programmes as domain
from bot.domain.texts import COLUMNS
from bot.errors import Gone
from bot.handlers.programmes import words
from bot.handlers.programmes.group import may_change, programme, rules_of
from bot.i18n import Text, languages, t
from bot.options.things import ProgrammeOption
from bot.protocol import Reply, Say
from bot.translating import Agenda, Announcement, Description, Original, Question, Title, Tongue
from bot.wording import texts as text_words
from bot.wording.log import undo_of
from storage import Records
from storage.programmes import DRAFT, Programme


def _as_it_is(
    caller: Caller, records: Records, programme: Programme, language: str
) -> Mapping[str, Any]:
    return translating.as_it_is(programme, language)


def _originals(caller: Caller, records: Records, programme: Programme, language: str) -> Text:
    source = translating.source_of(records, programme, language)
    return text_words.originals(programme, language, source)


@programme.command(
    title=t("Write in a language"),
    submit=t("Save"),
    may=may_change,
    fill=_as_it_is,
    foretells=_originals,
    shared=True,
    listed=False,
)
def text(
    caller: Caller,
    records: Records,
    programme: ProgrammeOption,
    language: Tongue,
    title: Title | None = None,
    description: Description | None = None,
    guiding_question: Question | None = None,
    agenda: Agenda | None = None,
    announcement: Announcement | None = None,
    original: Original | None = None,
) -> Reply:
    """Write a programme's title, description or agenda in another language, for its readers."""
    given = translating.given(locals())
    records.programmes.reread(programme, *COLUMNS)
    made = translating.values_of(records, programme, language, given)
    if made is None:
        return Say(text_words.is_the_original(records, programme, language))
    entry = domain.change(records, programme, made[0], caller.actor)
    undo = (undo_of(entry),) if entry else ()
    return Say(text_words.kept(records, programme, language, made[1], undo))


@programme.command(title=t("Language it is in"), submit=t("Save"), may=may_change, listed=False)
def written_in(
    caller: Caller, records: Records, programme: ProgrammeOption, language: Tongue
) -> Reply:
    """Say in which language a programme is written."""
    entry = domain.change(records, programme, {"written_in": language}, caller.actor)
    return Say(text_words.overview(records, programme, entry))


@programme.command(title=t("Other languages"), submit=t("View"), may=may_change, listed=False)
def texts(caller: Caller, records: Records, programme: ProgrammeOption) -> Reply:
    """Show in which languages a programme is written, and what's missing."""
    return Say(text_words.overview(records, programme))


@programme.command(
    title=t("Read in a language"), submit=t("View"), who=EVERYONE, reads=True, listed=False
)
def read_in(
    caller: Caller, records: Records, programme: ProgrammeOption, language: Tongue
) -> Reply:
    """Show the announcement of a programme in one of its languages."""
    if programme.state == DRAFT:
        raise Gone
    rules = rules_of(records, programme, caller.now)
    message = words.post(records, programme, rules, caller.now)
    spoken = language if language in languages() else ""
    return Say(text_words.whole_in(message, language), locale=spoken)
