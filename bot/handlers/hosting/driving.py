"""Has the rota go on by itself, undoes what it did, and lists what waits because of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat import Block, Message
from bot.commands import COORDINATORS, Caller
from bot.domain import driving as domain
from bot.domain import hosting, pool
from bot.domain.telling import hosting_of
from bot.errors import UserError
from bot.handlers.hosting.group import host, members, to_come
from bot.handlers.hosting.words import driving as words
from bot.handlers.hosting.words import turns as turn_words
from bot.i18n import Text, t
from bot.notices import Sending
from bot.options.things import NOTHING_TO_UNDO, EntryOption, PersonOption
from bot.protocol import Change, Reply
from bot.undoing import thing_of, to_undo, undone
from storage import Records
from storage.log import LogEntry
from storage.sessions import Session


@host.timer(t("Next step of the rota"))
def drives(records: Records, session_id: int, now: datetime) -> None:
    """Do what is due about a session that nobody hosts."""
    session = records.sessions.find(session_id)
    if session is not None:
        domain.go_on(records, session, now)


def so_far(records: Records, session: Session) -> Text:
    """Word what was done about the turn of a session."""
    turns = records.hosting.of_session(session.id)
    people = {member.id: member for member in members(records, turns)}
    return words.done(turns, people, records.community.zone)


@host.notice(t("Notice of a session without a host"), live=True)
def unfilled(records: Records, sending: Sending) -> Message | None:
    """Tell a coordinator that a session has no host yet, as things stand at that moment."""
    session = records.sessions.find(sending.about)
    if session is None or session.state == "draft":
        return None
    again = sending.kind == "refresh"
    if session.state == "cancelled":
        return turn_words.over(session) if again else None
    hosts = records.hosting.hosts(session.id)
    if hosts or session.starts_at <= sending.now:
        return words.filled(session, hosts) if again else None
    asked = any(turn.state == "proposed" for turn in records.hosting.of_session(session.id))
    acts = records.log.of(hosting_of(session), domain.ALERTED)
    nobody = not asked and any(act.after.get("nobody") for act in acts)
    reader = sending.member
    zone = ZoneInfo((reader.effective_zone if reader else "") or records.community.zone)
    days = session.starts_at.astimezone(zone).date() - sending.now.astimezone(zone).date()
    return words.unfilled(session, so_far(records, session), days.days, nobody=nobody)


@host.command(title=t("Undo what the rota did"), submit=t("Undo"), who=COORDINATORS, listed=False)
def undo(caller: Caller, records: Records, entry: EntryOption) -> Reply:
    """Take back an offer of the rota, or have it ask nobody for a session."""
    session = thing_of(entry, "host", records.sessions)
    to_come(records, session, caller.now)
    to_undo(records, entry)
    told = _undone(caller, records, session, entry)
    if told is None:
        raise UserError(NOTHING_TO_UNDO)
    undone(records, entry, caller.now)
    return Change(told)


def _undone(caller: Caller, records: Records, session: Session, entry: LogEntry) -> Message | None:
    """Take back what an entry tells of; None where that came to an end by itself."""
    turns = records.hosting.of_session(session.id)
    if entry.what == domain.OPENED and hosting.is_open(records, session):
        hosting.withdraw(records, session, caller.actor)
        return words.offer_undone(session)
    asked = [turn for turn in turns if turn.id == entry.after.get("turn")]
    if entry.what == domain.ASKED and any(turn.state == "proposed" for turn in asked):
        hosting.unask(records, session, asked, caller.actor)
        return words.stopped(session)
    return None


@host.command(title=t("Put a request aside"), submit=t("Put aside"), who=COORDINATORS, listed=False)
def put_off(caller: Caller, records: Records, person: PersonOption) -> Reply:
    """Put somebody's request to join the hosts aside, until they ask again."""
    pool.put_off(records, person)
    return Change(words.put_off(person))


@host.waits
def without_host(caller: Caller, records: Records) -> tuple[Block, ...]:
    """List the sessions that nobody hosts and that begin soon, and what was done about each."""
    if not records.ahead.has_hosts():
        return ()
    until = caller.now + timedelta(days=records.community.rota_offer)
    sessions = records.ahead.unhosted(caller.now, until)
    return words.waiting([(session, so_far(records, session)) for session in sessions])


@host.waits
def who_wants_in(caller: Caller, records: Records) -> tuple[Block, ...]:
    """List who would like to join the hosts and was not answered."""
    rows = records.ahead.wishing_in()
    return words.wishing_in([(who, often, pool.programme_of(records, who)) for who, often in rows])
