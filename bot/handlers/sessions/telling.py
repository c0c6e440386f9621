"""Says what was changed about a session, and tells its attendees on request."""

from bot.authored import title_of
from bot.chat import Button, Message, Paragraph, button, said
from bot.commands import Caller
from bot.domain import changes
from bot.domain.contributions import unclear
from bot.domain.sessions import Done, concerned
from bot.domain.texts import COLUMNS
from bot.errors import UserError
from bot.handlers.sessions import words
from bot.handlers.sessions.group import may_change, session, still_open
from bot.handlers.sessions.words.agenda import odd
from bot.handlers.sessions.words.changed import changed as told_changed
from bot.handlers.sessions.words.contributions import which
from bot.i18n import t
from bot.notices import Sending
from bot.options.things import EntryOption
from bot.protocol import Reply, Say
from bot.undoing import thing_of
from bot.wording.differences import differences
from bot.wording.log import author, undo_of
from bot.wording.texts import now_older
from storage import Records
from storage.log import LogEntry
from storage.sessions import Session


def worded(caller: Caller, records: Records, planned: Session, done: Done) -> Message:
    """Word what was changed, with an undo and a button that tells attendees."""
    title = title_of(planned)
    if done.entry is None:
        return said(t("That's how it is already: nothing has changed in “{title}”.", title=title))
    entry, agenda = done.entry, "agenda" in done.entry.after
    names = unclear(records, planned) if agenda else ()
    asking, menus = which(planned, names)
    blocks = differences(entry.before, entry.after)
    older, ways, more = now_older(records, planned, [*entry.after])
    told = (*blocks, *(odd(planned) if agenda else ()), *asking, *older)
    undo = (undo_of(entry),) if entry.after else ()
    buttons = (*_tell(caller, records, planned, entry), *undo, *ways)
    return Message(t("I've changed “{title}”.", title=title), told, buttons, (*menus, *more))


def _tell(
    caller: Caller, records: Records, planned: Session, entry: LogEntry
) -> tuple[Button, ...]:
    """Offer to tell attendees, where there are any and it concerns them."""
    people, _ = concerned(records, planned, caller.actor)
    if not people or entry.told_at or {*entry.after} <= {"agenda_off", *COLUMNS}:
        return ()
    return (button(t("Tell those who are coming"), "session.tell", entry=entry.id),)


@session.command(title=t("Tell those coming"), submit=t("Tell"), listed=False)
def tell(caller: Caller, records: Records, entry: EntryOption) -> Reply:
    """Tell everyone who said yes or maybe, and the hosts, what you changed."""
    planned = thing_of(entry, "session", records.sessions)
    may_change(caller, records, planned)
    still_open(planned, caller.now)
    records.log.hold(entry)
    if entry.what != "changed" or not entry.after or entry.undone_by_id is not None:
        raise UserError(t("There's nothing to tell any more."))
    if entry.told_at is not None:
        raise UserError(t("I've told them already."))
    people = changes.tell(records, planned, entry, caller.actor)
    return Say(said(words.telling(people, 0)))


def taken_back(
    caller: Caller, records: Records, planned: Session, entry: LogEntry, done: Done
) -> Message:
    """Word that a change was undone; those who were told of it hear that, too."""
    message = worded(caller, records, planned, done)
    if entry.told_at is None or done.entry is None:
        return message
    unaware = changes.unheard(records, planned, entry)
    people = changes.tell(records, planned, done.entry, caller.actor, unaware)
    told = Paragraph(words.telling(people, 0))
    return Message(message.title, (*message.blocks, told), (undo_of(done.entry),))


@session.notice(t("Change of a session"))
def changed(records: Records, sending: Sending) -> Message | None:
    """Tell somebody who comes what was changed of a session."""
    planned = records.sessions.find(sending.about)
    entry = records.log.find(sending.args["entry"])
    if planned is None or planned.state != "announced" or entry is None or not entry.after:
        return None
    by = author(records, entry.id)
    return told_changed(planned, by, differences(entry.before, entry.after))
