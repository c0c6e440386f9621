"""Shows the agendas of sessions, follows them in channels, and asks who contributes."""

from typing import Annotated

from bot.chat import Message, Option, said
from bot.commands import EVERYONE, Caller
from bot.domain import contributions as domain
from bot.domain import sessions
from bot.errors import Gone, UserError
from bot.handlers.sessions.group import changes, may_change, no_draft, session, still_open
from bot.handlers.sessions.words import agenda as words
from bot.handlers.sessions.words import contributions as contribution_words
from bot.i18n import t
from bot.notices import Sending
from bot.options.basic import Number, OneOf, YesNo
from bot.options.things import PersonOption, SessionOption
from bot.protocol import Change, Reply, Say
from bot.wording.log import undo_of
from storage import Records
from storage.contributions import ASKED, DECLINED, OUT, Contribution
from storage.sessions import Session

Item = Annotated[int, Number(t("Agenda item"), most=2**63 - 1)]
Yes = Annotated[bool, YesNo(t("Answer"))]
FOLLOWS = t("Whether the channel sees what's on now and next")
Follow = Annotated[
    str, OneOf(t("Follow"), FOLLOWS, options=(Option("yes", t("Yes")), Option("no", t("No"))))
]


@session.command(title=t("See the agenda"), submit=t("View"), who=EVERYONE, reads=True)
def agenda(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Show the agenda of a session in your time, with what's on now and next."""
    off = session.agenda_off and session.state == "announced" and session.ends_at > caller.now
    again = off and changes(caller, session)
    return Say(words.running_order(records, session, caller.now, follows=again))


@session.command(title=t("Follow the agenda"), submit=t("Save"), may=may_change, listed=False)
def follow_agenda(
    caller: Caller, records: Records, session: SessionOption, follow: Follow
) -> Reply:
    """Choose if the channel sees what's on now and next while a session is on."""
    still_open(session, caller.now)
    done = sessions.change(records, session, {"agenda_off": follow == "no"}, caller.actor)
    undo = (undo_of(done.entry),) if done.entry else ()
    return Say(said(words.followed(session, follow=follow == "yes"), *undo))


@session.command(title=t("Contribute"), submit=t("Answer"), who=EVERYONE, listed=False)
def contribute(
    caller: Caller, records: Records, session: SessionOption, answer: Yes, item: Item = 0
) -> Reply:
    """Say whether you contribute to a session."""
    no_draft(session)
    still_open(session, caller.now)
    own = [row for row in _own(records, session, caller.member.id) if row.state != OUT]
    rows = [row for row in own if not item or row.id == item]
    if not rows:
        raise UserError(t("You aren't on its agenda any more."))
    domain.answer(records, session, rows, answer, caller.actor)
    return Change(contribution_words.asked(session, own, None, caller.now))


def _own(records: Records, planned: Session, member_id: int) -> list[Contribution]:
    rows = records.contributions.of(planned.id)
    return [row for row in rows if row.member_id == member_id]


@session.command(title=t("Choose a contributor"), submit=t("Choose"), may=may_change, listed=False)
def contributor(
    caller: Caller, records: Records, session: SessionOption, item: Item, person: PersonOption
) -> Reply:
    """Say which of several people with the same name contributes to an item."""
    still_open(session, caller.now)
    names = domain.unclear(records, session)
    if item >= len(names) or person.id not in {who.id for who in names[item].people}:
        raise Gone
    domain.choose(records, session, names[item].item, person, caller.actor)
    left = domain.unclear(records, session)
    return Change(contribution_words.chosen(session, person, left))


@session.farewell
def unname(caller: Caller, records: Records) -> None:
    """Take somebody who is erased out of the agendas that name them."""
    domain.erase(records, caller.member)


@session.notice(t("Request to contribute"), live=True, asks=True)
def contribution(records: Records, sending: Sending) -> Message | None:
    """Ask somebody to contribute to a session, or tell them that they are on its agenda no more."""
    planned = records.sessions.find(sending.about)
    if planned is None or planned.state == "draft" or sending.member is None:
        return None
    rows = _own(records, planned, sending.member.id)
    standing = [row for row in rows if row.state != OUT]
    out = sending.kind.startswith("out:")
    refreshes = sending.kind == "refresh"
    if out or (refreshes and not standing):
        return contribution_words.out(planned, [row for row in rows if row.state == OUT])
    waiting = [row for row in standing if row.state == ASKED]
    if planned.state != "announced" or not (refreshes or waiting):
        return None
    by = records.members.find(waiting[0].by_id or 0) if waiting else None
    return contribution_words.asked(planned, standing, by, sending.now)


@session.notice(t("Declined contribution"))
def contribution_declined(records: Records, sending: Sending) -> Message | None:
    """Tell whoever named somebody that they cannot, unless they have thought better of it."""
    planned = records.sessions.find(sending.about)
    row = records.contributions.find(sending.args["item"])
    if planned is None or planned.state != "announced" or row is None or row.state != DECLINED:
        return None
    return contribution_words.cannot(planned, row, records.members.get(row.member_id))


@session.notice(t("What is on now"), live=True)
def running(records: Records, sending: Sending) -> Message | None:
    """Tell a channel what is on in a session now, and what is next."""
    planned = records.sessions.find(sending.about)
    if planned is None:
        return None
    fresh = sending.kind != "refresh"
    if fresh and (planned.agenda_off or not words.is_on(planned, sending.now)):
        return None
    return words.running(records, planned, sending.now)
