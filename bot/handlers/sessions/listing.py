"""Lists sessions that are on, to come and past, and finds them by what was said of them."""

from collections.abc import Sequence
from typing import Annotated

from bot.chat import Message, said
from bot.commands import EVERYONE, Caller
from bot.domain import finding
from bot.handlers.sessions import words
from bot.handlers.sessions.access import heard_by
from bot.handlers.sessions.group import session
from bot.handlers.sessions.words.lists import soonest
from bot.i18n import t
from bot.options.basic import Sought, YesNo
from bot.options.languages import Language
from bot.protocol import Change, Reply, Say
from bot.wording.coming_up import none_ahead
from bot.wording.pages import LISTED, Page, Paged, paged
from storage import Records
from storage.finding import Search
from storage.sessions import Session


@session.command(title=t("See sessions"), submit=t("View"), who=EVERYONE, reads=True)
def list(
    caller: Caller,
    records: Records,
    past: Annotated[bool, YesNo(t("Past sessions"))] = False,
    find: Annotated[str, Sought(t("Words to find"), t("From the title, notes, place …"))] = "",
    language: Annotated[str, Language(t("Language"))] = "",
    page: Page = 0,
) -> Reply:
    """List current and upcoming sessions, or past ones, or find sessions by words."""
    if past or find:
        told = _found(caller, records, words.Looked(past, find, language), page or 1)
    else:
        told = _ahead(caller, records, language, page or 1)
    return Change(told) if page else Say(told)


def _ahead(caller: Caller, records: Records, language: str, page: int) -> Message:
    eyes, now, kept = caller.sight, caller.now, records.sessions
    shown = words.SessionsListed(
        kept.on_now(eyes, now), kept.ahead(eyes, now, LISTED), soonest(kept.drafts(eyes, now))
    )
    several = len(records.community.languages) > 1
    shown = words.SessionsListed(
        _spoken(shown.on, language),
        [row for row in shown.ahead if not language or language in row[0].languages],
        _spoken(shown.drafts, language),
        language,
        several,
        heard_by(records, shown.on, caller.member.id) if shown.on else {},
    )
    if shown.all:
        return words.listed(shown, now, page, past=records.finding.any_past(eyes, now))
    if language:
        return words.none_spoken(language)
    none, buttons = none_ahead(ever=kept.ever(eyes, now))
    return said(none, *buttons)


def _spoken(sessions: Sequence[Session], language: str) -> Sequence[Session]:
    return [one for one in sessions if not language or language in one.languages]


def _found(caller: Caller, records: Records, looked: "words.Looked", page: int) -> Message:
    """Word a page of past sessions, or of what is found."""
    eyes, now = caller.sight, caller.now
    on = [one.id for one in records.sessions.on_now(eyes, now)]
    search = Search(finding.sought(looked.find), looked.language, looked.past, on)
    ids = records.finding.ids(search, eyes, now)
    here = paged(ids, page)
    sessions = records.finding.listed(here.things)
    told = words.SessionsFound(
        Paged(sessions, here.number, here.count),
        records.programmes.hosts(sessions),
        finding.kept_of(records, sessions),
        len(records.community.languages) > 1,
        len(ids),
    )
    return words.found(looked, told, now)


@session.farewell
def found_anew(caller: Caller, records: Records) -> None:
    """Have sessions that somebody hosted who is erased be found by what remains."""
    finding.go_on(records, caller.now)
