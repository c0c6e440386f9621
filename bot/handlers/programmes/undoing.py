"""Undoes what was done to programmes last."""

from bot.commands import Caller
from bot.domain import changes, rescheduling
from bot.domain import programmes as domain
from bot.errors import UserError
from bot.handlers.programmes import words
from bot.handlers.programmes.group import may_change, programme
from bot.i18n import t
from bot.options.things import NOTHING_TO_UNDO, EntryOption
from bot.protocol import Change, Reply
from bot.undoing import thing_of, to_undo, undone
from storage import Records

RULES = ("rescheduled", "ended", "renewed", "given hours")


@programme.command(title=t("Undo a change"), submit=t("Undo"), listed=False)
def undo(caller: Caller, records: Records, entry: EntryOption) -> Reply:
    """Undo the last change to a programme."""
    planned = thing_of(entry, "programme", records.programmes)
    may_change(caller, records, planned)
    to_undo(records, entry)
    if entry.what in RULES and entry.before:
        rescheduling.restore(records, planned, entry, caller.actor)
    elif entry.what == "changed" and entry.after:
        again = domain.change(records, planned, entry.before, caller.actor)
        if again is not None and entry.told_at is not None:
            unaware = changes.unheard(records, planned, entry)
            changes.tell_of_programme(records, planned, again, caller.actor, unaware)
    else:
        raise UserError(NOTHING_TO_UNDO)
    undone(records, entry, caller.now)
    return Change(words.undone(planned))
