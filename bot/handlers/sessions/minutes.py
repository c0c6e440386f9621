"""Shows the notes on a session by pages, and takes minutes as a draft that is edited first."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from bot.authored import title_of
from bot.chat import Button, Message, button, said
from bot.commands import EVERYONE, Caller
from bot.domain import after as domain
from bot.errors import Gone, UserError
from bot.handlers.sessions.group import no_draft, session
from bot.handlers.sessions.keeping import AssetOption, has_begun, keeps, may_keep, session_of
from bot.handlers.sessions.words import after as words
from bot.i18n import t
from bot.options.basic import LongText
from bot.options.things import HeldOption, SessionOption
from bot.protocol import Change, Reply, Say
from bot.wording.pages import Page, Paged
from storage import Records
from storage.assets import DRAFTED, NOTES, Asset
from storage.sessions import Session

TOO_LONG = t("That's more than I keep. Put the notes on the web, and give me the link.")
NO_DRAFT = t("There's no draft of minutes.")
Words = Annotated[str, LongText(t("Notes"))]


def _page(pages: Sequence[Asset], number: int) -> Paged[Asset]:
    number = min(max(number, 1), max(len(pages), 1))
    return Paged(pages[number - 1 : number], number, len(pages))


@session.command(title=t("Read the notes"), submit=t("View"), who=EVERYONE, reads=True)
def notes(caller: Caller, records: Records, session: HeldOption, page: Page = 0) -> Reply:
    """Read the notes on a session, by pages."""
    no_draft(session)
    shown = _page(domain.notes_of(records, session), page)
    turns = shown.turns("session.notes", session=session.id)
    more = _adding(session) if keeps(caller, records, session) else ()
    message = words.pages(session, next(iter(shown.things), None), shown.foot, (*turns, *more))
    return Change(message) if page else Say(message)


def _adding(planned: Session) -> tuple[Button, ...]:
    return (button(t("Add more notes"), "session.add-notes", session=planned.id),)


@session.command(title=t("Add more notes"), submit=t("Save"), may=may_keep, listed=False)
def add_notes(caller: Caller, records: Records, session: SessionOption, text: Words) -> Reply:
    """Add another page to the notes on a session."""
    has_begun(caller, session)
    if not domain.add_notes(records, session, text, caller.actor):
        raise UserError(TOO_LONG)
    read = button(t("Read the notes"), "session.notes", session=session.id)
    done = t("I've added that to the notes on “{title}”.", title=title_of(session))
    return Say(said(done, read, *_adding(session)))


@session.command(title=t("Hand in minutes"), submit=t("Save"), may=may_keep)
def minutes(
    caller: Caller,
    records: Records,
    session: HeldOption,
    text: Annotated[str, LongText(t("Minutes"), t("Nobody else sees them yet"), limit=4000)],
) -> Reply:
    """Hand in minutes as a draft that nobody else sees until you've edited and released it."""
    has_begun(caller, session)
    if not domain.add_notes(records, session, text, caller.actor, DRAFTED):
        raise UserError(TOO_LONG)
    return Say(shown_draft(records, session, 1))


def shown_draft(records: Records, planned: Session, number: int) -> Message:
    """Show a page of the draft of minutes. Raises UserError where there is none."""
    shown = _page(domain.notes_of(records, planned, DRAFTED), number)
    if not shown.things:
        raise UserError(NO_DRAFT)
    turns = shown.turns("session.draft", session=planned.id)
    return words.draft(planned, shown.things[0], shown.foot, turns)


@session.command(title=t("See the draft"), submit=t("View"), may=may_keep, reads=True, listed=False)
def draft(caller: Caller, records: Records, session: SessionOption, page: Page = 0) -> Reply:
    """Show the draft of minutes to those who edit it, by pages."""
    message = shown_draft(records, session, page)
    return Change(message) if page else Say(message)


def _words(caller: Caller, records: Records, part: Asset) -> Mapping[str, Any]:
    return {"text": part.words}


def may_edit(caller: Caller, records: Records, part: Asset) -> None:
    """Let those edit notes who keep what stays of the session. Raises Gone and NotAllowed."""
    if part.kind != NOTES:
        raise Gone
    may_keep(caller, records, session_of(records, part.about))


@session.command(
    title=t("Edit the minutes"), submit=t("Save"), may=may_edit, listed=False, fill=_words
)
def edit_minutes(caller: Caller, records: Records, part: AssetOption, text: Words) -> Reply:
    """Edit a page of minutes, before or after others see it."""
    held = session_of(records, part.about)
    has_begun(caller, held)
    domain.edit_page(records, held, part, text, caller.actor)
    if part.state == DRAFTED:
        return Say(words.draft(held, part, (), ()))
    return Say(words.pages(held, part, (), ()))


@session.command(title=t("Release the minutes"), submit=t("Release"), may=may_keep, listed=False)
def release_minutes(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Show the draft of minutes to everybody as the notes on a session."""
    if not domain.release(records, session, caller.actor):
        raise UserError(NO_DRAFT)
    read = button(t("Read the notes"), "session.notes", session=session.id)
    done = t("Everybody sees the notes on “{title}” now.", title=title_of(session))
    return Say(said(done, read))
