"""Takes notes of a session that were written in a file, or minutes that a machine made."""

from typing import Annotated

from bot.authored import title_of
from bot.chat import button, said
from bot.commands import Caller
from bot.domain import after as domain
from bot.errors import UserError
from bot.handlers.sessions.group import session
from bot.handlers.sessions.keeping import has_begun, may_keep
from bot.handlers.sessions.minutes import TOO_LONG, shown_draft
from bot.i18n import t, tn
from bot.options.basic import YesNo
from bot.options.files import FileText
from bot.options.things import HeldOption
from bot.protocol import Reply, Say
from storage import Records
from storage.assets import DRAFTED, PUBLIC

File = Annotated[str, FileText(t("File"), t("Plain text, at most 1 MB"))]
AsDraft = Annotated[bool, YesNo(t("As a draft"), t("Nobody else sees it until it's released"))]


@session.command(title=t("Add notes as a file"), submit=t("Add"), may=may_keep, adds=True)
def notes_file(
    caller: Caller, records: Records, session: HeldOption, file: File, draft: AsDraft = False
) -> Reply:
    """Add the notes of a session as a text file; minutes that need editing, as a draft."""
    has_begun(caller, session)
    state = DRAFTED if draft else PUBLIC
    if not domain.add_notes(records, session, file, caller.actor, state):
        raise UserError(TOO_LONG)
    if draft:
        return Say(shown_draft(records, session, 1))
    kept = tn(
        "I've kept the notes of “{title}”: {count} character.",
        "I've kept the notes of “{title}”: {count} characters.",
        len(file),
        title=title_of(session),
    )
    return Say(said(kept, button(t("Read the notes"), "session.notes", session=session.id)))
