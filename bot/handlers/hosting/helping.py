"""Fills the roles beside hosting: offers and asks, takes and hands back, reminds."""

from bot.chat import Message
from bot.commands import Caller
from bot.domain import hosting as domain
from bot.domain.hosting import hosting
from bot.domain.season import MOST_HOSTS
from bot.errors import FieldError, UserError
from bot.handlers.hosting.group import host, members, no_guest, to_come
from bot.handlers.hosting.words import roles as words
from bot.handlers.hosting.words.turns import over, too_late
from bot.i18n import t
from bot.notices import Sending
from bot.protocol import Change, Reply, Say
from storage import Records
from storage.hosting import HOST, Turn
from storage.people import Member
from storage.sessions import Session

REFRESH = "refresh"


def has_other(records: Records, session: Session, member: Member, role: str) -> bool:
    """Say whether somebody has another part in a session than this role, or was asked to."""
    turn = records.hosting.turn_of(session.id, member.id)
    if turn is None or turn.role == role:
        return False
    return turn.hosts or turn.state in ("proposed", "wished")


def no_other(caller: Caller, records: Records, session: Session, role: str) -> None:
    """Let only those pass who have no other part in a session. Raises UserError."""
    if has_other(records, session, caller.member, role):
        raise UserError(words.busy(session))


def offer(caller: Caller, records: Records, session: Session, role: str) -> Reply:
    """Offer a role to all who take turns at it: the caller's, or one that nobody has yet."""
    turns = records.hosting.of_session(session.id, role)
    taken = hosting(turns)
    if not any(turn.state in ("open", "offered") for turn in turns):
        own = [turn for turn in taken if turn.member_id == caller.member.id]
        turn = next(iter(own or taken), None)
        if not domain.offer(records, session, turn, caller.actor, role):
            raise UserError(words.nobody(role))
    return Say(words.offering(session, role))


def take(caller: Caller, records: Records, session: Session, role: str) -> Reply:
    """Have the caller take a role, unless somebody was faster."""
    if session.state == "announced" and session.starts_at <= caller.now:
        return Say(too_late(session, over=session.ends_at <= caller.now))
    to_come(records, session, caller.now)
    no_other(caller, records, session, role)
    own = records.hosting.turn_of(session.id, caller.member.id)
    if own is not None and own.hosts:
        domain.confirm(records, session, own)
        return Say(words.yours(session, role))
    turns = hosting(records.hosting.of_session(session.id, role))
    asked = own is not None and own.state == "proposed"
    if not asked and turns and not any(turn.state == "offered" for turn in turns):
        return Say(words.faster(session, role, members(records, turns)))
    if asked and len(turns) >= MOST_HOSTS:
        raise UserError(words.full(session, role))
    beside = asked and bool(turns)
    domain.accept(records, session, caller.actor, beside=beside, role=role)
    return Say(words.yours(session, role))


def decline(caller: Caller, records: Records, session: Session, own: Turn) -> Reply:
    """Have the caller hand a role back, or say no to it."""
    domain.decline(records, session, own, caller.actor)
    return Say(words.declined(session, own.role))


def ask(caller: Caller, records: Records, session: Session, person: Member, role: str) -> Reply:
    """Ask somebody to take a role."""
    if person.id == caller.member.id:
        return take(caller, records, session, role)
    no_guest(person)
    if not domain.has_pool(records, session, role):
        raise UserError(words.nobody(role))
    if has_other(records, session, person, role):
        raise FieldError("person", words.has_other(person, session))
    before = records.hosting.turn_of(session.id, person.id)
    if before is not None and before.role == role:
        raise FieldError("person", words.no_need_to_ask(person, before))
    if len(records.hosting.accepted(session.id, role)) >= MOST_HOSTS:
        raise UserError(words.full(session, role))
    at_once = domain.ask(records, session, person, caller.actor, role)
    return Say(words.asked(session, role, person, at_once=at_once))


def withdraw(caller: Caller, records: Records, session: Session, role: str) -> Reply:
    """Take the offer of a role back."""
    domain.withdraw(records, session, caller.actor, role)
    return Change(words.withdrawn(session, role))


def asked(session: Session, own: Turn, asker: Member | None, sending: Sending) -> Message | None:
    """Word the question whether somebody takes a role, as it stands now."""
    ahead, known = session.starts_at > sending.now, sending.kind == REFRESH
    if session.state == "cancelled":
        return over(session) if known else None
    if own.state == "proposed" and ahead:
        return words.proposal(session, own.role, asker)
    if own.hosts and own.agreed_to != session.starts_at and ahead:
        return words.moved(session, own.role)
    if not known:
        return None
    if own.hosts:
        return words.yours(session, own.role, ahead=ahead)
    return words.no_more(session, own.role)


@host.notice(t("Offer of roles at a session"), live=True)
def roles_offered(records: Records, sending: Sending) -> Message | None:
    """Offer the roles that nobody has yet at a session, and say who took which."""
    session = records.sessions.find(sending.about)
    if session is None or session.state == "draft":
        return None
    if session.state == "cancelled":
        return over(session) if sending.kind == REFRESH else None
    turns = records.roles.beside(session.id)
    free = [*dict.fromkeys(turn.role for turn in turns if turn.state in ("open", "offered"))]
    wanted = free if session.starts_at > sending.now else []
    taken = {
        role: members(records, [one for one in turns if one.role == role and one.hosts])
        for role in dict.fromkeys(turn.role for turn in turns)
        if role not in wanted
    }
    told = words.offers(session, wanted, taken, late=free != wanted)
    return told if wanted or sending.kind == REFRESH else None


@host.notice(t("Reminder of a role"))
def role_reminder(records: Records, sending: Sending) -> Message | None:
    """Remind somebody of their role in a session."""
    session, reader = records.sessions.find(sending.about), sending.member
    if session is None or session.state != "announced" or reader is None:
        return None
    if sending.args.get("revision", session.revision) != session.revision:
        return None
    own = records.hosting.turn_of(session.id, reader.id)
    has_role = own is not None and own.hosts and own.role != HOST
    return words.reminder(session, own.role) if has_role and own else None
