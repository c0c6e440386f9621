"""Takes notes of a session that were written in a file."""

from typing import Annotated

from bot.authored import title_of
from bot.chat import said
from bot.commands import CORE, Caller
from bot.domain import notes_files
from bot.errors import NotAllowed, UserError
from bot.handlers.sessions.group import session
from bot.i18n import t, tn
from bot.options.files import FileText
from bot.options.things import HeldOption
from bot.protocol import Reply, Say
from storage import Records
from storage.sessions import Session

File = Annotated[str, FileText(t("File"), t("Plain text, at most 1 MB"))]


def may_note(caller: Caller, records: Records, session: Session) -> None:
    """Let only the hosts, whoever planned it and the core group pass. Raises NotAllowed."""
    hosts = [turn.member_id for turn in records.hosting.accepted(session.id)]
    if caller.member.id in (*hosts, session.organiser_id) or caller.is_at_least(CORE):
        return
    words = t("Only the hosts, whoever planned the session and the core group can do that.")
    raise NotAllowed(words)


@session.command(title=t("Add notes as a file"), submit=t("Add"), may=may_note, adds=True)
def notes_file(caller: Caller, records: Records, session: HeldOption, file: File) -> Reply:
    """Add what was written down at a session, as a text file."""
    if session.starts_at > caller.now:
        raise UserError(t("“{title}” hasn't begun yet.", title=title_of(session)))
    notes_files.add(records, session, file, caller.actor)
    return Say(
        said(
            tn(
                "I've kept the notes of “{title}”: {count} character.",
                "I've kept the notes of “{title}”: {count} characters.",
                len(file),
                title=title_of(session),
            )
        )
    )
