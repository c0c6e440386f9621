"""Does what can be done with action items, and words what their owners are told."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.chat import Block, Message
from bot.commands import EVERYONE, Caller
from bot.domain import actions as domain
from bot.domain.after import NEWS_OF_FORM
from bot.errors import FieldError
from bot.handlers.sessions.group import session, still_here
from bot.handlers.sessions.keeping import ActionOption, by_id, may_keep, session_of
from bot.handlers.sessions.words import actions as words
from bot.handlers.sessions.words import after as after_words
from bot.i18n import t
from bot.notices import Sending
from bot.options.things import PersonOption
from bot.options.times import DayKind
from bot.protocol import Reply, Say
from storage import Records
from storage.actions import ActionItem
from storage.sessions import Session


def may_act(caller: Caller, records: Records, item: ActionItem) -> None:
    """Let its owner pass, and those who keep what stays of the session. Raises NotAllowed."""
    held = session_of(records, item.about)
    if item.owner_id != caller.member.id:
        may_keep(caller, records, held)


@session.command(title=t("Mark as done"), submit=t("Mark"), who=EVERYONE, may=may_act, listed=False)
def action_done(caller: Caller, records: Records, item: ActionOption) -> Reply:
    """Mark an action as done."""
    held = session_of(records, item.about)
    return Say(words.done(item, fresh=domain.done(records, held, item, caller.actor)))


@session.command(
    title=t("Pass on an action"), submit=t("Pass on"), who=EVERYONE, may=may_act, listed=False
)
def action_pass(
    caller: Caller, records: Records, item: ActionOption, person: PersonOption
) -> Reply:
    """Pass an action on to somebody else; I'll tell them that it comes from you."""
    still_here(person)
    domain.pass_on(records, session_of(records, item.about), item, person, caller.actor)
    done = t("I'll tell them that it's theirs now.")
    return Say(words.changed(done, item, {person.id: person}))


@session.command(
    title=t("Put off an action"), submit=t("Put off"), who=EVERYONE, may=may_act, listed=False
)
def action_put_off(
    caller: Caller,
    records: Records,
    item: ActionOption,
    day: Annotated[date, DayKind(t("Until"), t("For example: next Friday"))],
) -> Reply:
    """Put an action off to another day; its owner is reminded then."""
    if day < caller.now.astimezone(ZoneInfo(caller.zone)).date():
        raise FieldError("day", t("That day has passed. Please choose a later one."))
    domain.put_off(records, session_of(records, item.about), item, day)
    return Say(words.changed(t("I've put it off."), item, by_id(records, [item.owner_id])))


def _owned(records: Records, sending: Sending) -> tuple[Session, ActionItem] | None:
    """Give the action a notice is about, while its reader has still to do it."""
    planned = records.sessions.find(sending.about)
    item = records.actions.find(sending.args.get("item", 0))
    if planned is None or item is None or item.done_at is not None or sending.member is None:
        return None
    return (planned, item) if item.owner_id == sending.member.id else None


@session.notice(t("Reminder of an action"))
def action_due(records: Records, sending: Sending) -> Message | None:
    """Remind the owner of an action on its day."""
    owned = _owned(records, sending)
    return words.due(*owned) if owned else None


@session.notice(t("Notice of an action passed on"))
def action_passed(records: Records, sending: Sending) -> Message | None:
    """Tell somebody that an action was passed on to them, and by whom."""
    owned = _owned(records, sending)
    return words.passed(*owned, records.members.find(sending.by_id or 0)) if owned else None


@session.week
def my_actions(caller: Caller, records: Records) -> tuple[Block, ...]:
    """Show somebody what they have still to do, and what they have still to write down."""
    items = records.actions.open_of(caller.member.id)
    held = records.checklists.hosted(caller.member.id, caller.now - NEWS_OF_FORM)
    over = [one for one in held if one.ends_at <= caller.now]
    kept = records.log.having([one.about for one in over], "kept") if over else ()
    missing = [one for one in over if one.about not in kept]
    return (*words.week(items), *after_words.still_to_write(missing))
