"""Says what was changed about a programme, and tells its attendees on request."""

from dataclasses import replace

from bot.authored import title_of
from bot.chat import Message, Paragraph, button, said
from bot.commands import Caller, person
from bot.domain import changes
from bot.errors import UserError
from bot.handlers.programmes import words
from bot.handlers.programmes.group import may_change, programme, running
from bot.i18n import t
from bot.notices import Sending
from bot.options.things import EntryOption
from bot.protocol import Reply, Say
from bot.undoing import thing_of
from bot.wording.differences import differences
from bot.wording.log import author
from bot.wording.telling import telling
from bot.wording.texts import now_older
from storage import Records
from storage.log import LogEntry
from storage.programmes import RUNNING, Programme


def worded(caller: Caller, records: Records, planned: Programme, entry: LogEntry | None) -> Message:
    """Word what was changed, with an undo and a button that tells the attendees of its dates."""
    told = words.changed(planned, entry)
    older, ways, more = now_older(records, planned, [*entry.after]) if entry else ((), (), ())
    told = replace(told, blocks=(*told.blocks, *older), choices=(*told.choices, *more))
    told = replace(told, buttons=(*told.buttons, *ways))
    says = entry is not None and bool(entry.after)
    people = changes.coming_to(records, planned, caller.actor) if says else ()
    if entry is None or not people:
        return told
    tell = button(t("Tell those who are coming"), "programme.tell", entry=entry.id)
    return replace(told, buttons=(tell, *told.buttons))


@programme.command(title=t("Tell those coming"), submit=t("Tell"), listed=False)
def tell(caller: Caller, records: Records, entry: EntryOption) -> Reply:
    """Tell everyone who comes to any of its dates, and the hosts, what you changed."""
    planned = thing_of(entry, "programme", records.programmes)
    may_change(caller, records, planned)
    running(planned)
    records.log.hold(entry)
    if entry.what != "changed" or not entry.after or entry.undone_by_id is not None:
        raise UserError(t("There's nothing to tell any more."))
    if entry.told_at is not None:
        raise UserError(t("I've told them already."))
    people = changes.tell_of_programme(records, planned, entry, caller.actor)
    return Say(said(telling(people, 0)))


@programme.notice(t("Change of a programme"))
def changed(records: Records, sending: Sending) -> Message | None:
    """Tell somebody who comes what was changed of a programme."""
    planned = records.programmes.find(sending.about)
    entry = records.log.find(sending.args["entry"])
    if planned is None or planned.state != RUNNING or entry is None or not entry.after:
        return None
    by, title = author(records, entry.id), title_of(planned)
    head = t("“{title}” was changed.", title=title)
    if by is not None:
        head = t("{who} changed “{title}”.", who=person(by), title=title)
    all = Paragraph(t("This is for all its dates to come."))
    show = button(t("See all dates"), "programme.show", programme=planned.id)
    return Message(head, (*differences(entry.before, entry.after), all), (show,))
