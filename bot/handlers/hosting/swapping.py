"""Trades turns between two colleagues, and lets partners in: nothing without consent."""

from typing import Annotated

from bot.authored import title_of
from bot.commands import COORDINATORS, EVERYONE, Caller
from bot.domain import hosting as domain
from bot.domain import swaps
from bot.domain.hosting import hosting
from bot.domain.season import MOST_HOSTS
from bot.errors import FieldError, UserError
from bot.handlers.hosting.group import host, no_guest, own_turn, takes_place, to_come
from bot.handlers.hosting.reminding import with_beginning
from bot.handlers.hosting.turns import enough
from bot.handlers.hosting.words import roles as role_words
from bot.handlers.hosting.words import swaps as words
from bot.i18n import t
from bot.options.references import SessionKind
from bot.options.things import PersonOption, SessionOption
from bot.protocol import Change, Reply, Say
from storage import Records
from storage.hosting import HOST, Turn
from storage.people import Member
from storage.sessions import Session
from storage.swaps import Swap

TheirSession = Annotated[
    Session,
    SessionKind(t("Their session"), t("Optional: leave it empty to just give your turn away")),
]


OVERTAKEN = t("This isn't possible any more: the turns have changed since.")


@host.command(title=t("Swap a turn"), submit=t("Ask"), may=own_turn)
def swap(
    caller: Caller,
    records: Records,
    session: SessionOption,
    person: PersonOption,
    turn: TheirSession | None = None,
) -> Reply:
    """Swap one of your turns with one of a colleague's, if they agree."""
    _colleague(caller, records, session, person)
    role = own_turn(caller, records, session).role
    turns = records.hosting.turns_of(person.id, caller.sight, caller.now, role)
    theirs = [pair for pair in turns if pair[0].hosts]
    if turn is None and theirs:
        return Say(words.which(session, person, [planned for _, planned in theirs]))
    if turn is None:
        return _ask(caller, records, session, person)
    found = next((one for one, planned in theirs if planned.id == turn.id), None)
    if found is None:
        raise UserError(t("{who} isn't hosting “{title}”.", who=person.name, title=title_of(turn)))
    _not_yet_host(records, turn, caller.member)
    return _ask(caller, records, session, person, found)


@host.command(title=t("Hand over a turn"), submit=t("Ask"), may=own_turn, listed=False)
def give(caller: Caller, records: Records, session: SessionOption, person: PersonOption) -> Reply:
    """Give one of your turns to a colleague, if they agree."""
    _colleague(caller, records, session, person)
    return _ask(caller, records, session, person)


def _colleague(caller: Caller, records: Records, planned: Session, person: Member) -> None:
    """Let only those pass who can take a turn from the caller. Raises FieldError."""
    if person.id == caller.member.id:
        raise FieldError("person", t("That's you. Choose a colleague."))
    no_guest(person)
    _not_yet_host(records, planned, person)


def _not_yet_host(records: Records, planned: Session, member: Member) -> None:
    turn = records.hosting.turn_of(planned.id, member.id)
    if turn is not None and turn.hosts and turn.role != HOST:
        raise FieldError("person", role_words.has_other(member, planned))
    if turn is not None and turn.hosts:
        words = t("{who} is already hosting “{title}”.", who=member.name, title=title_of(planned))
        raise FieldError("person", words)


def _ask(
    caller: Caller,
    records: Records,
    planned: Session,
    person: Member,
    wanted: Turn | None = None,
) -> Reply:
    before = records.swaps.asked(planned.id, person.id, caller.member.id)
    own = own_turn(caller, records, planned)
    asked = Swap(turn_id=own.id, asked_id=person.id, asked_at=caller.now)
    asked.with_turn_id = wanted.id if wanted else None
    again = before is not None and before.state == "asked"
    if before is not None and again and before.with_turn_id == asked.with_turn_id:
        return Say(words.asked(planned, person, again=True))
    at_once = swaps.ask(records, planned, asked, before, caller.actor)
    if own.role != HOST:
        return Say(role_words.swap_asked(planned, own.role, person))
    return Say(words.asked(planned, person, again=False, at_once=at_once))


@host.command(title=t("Withdraw a swap request"), submit=t("Withdraw"), who=EVERYONE, listed=False)
def unswap(caller: Caller, records: Records, session: SessionOption, person: PersonOption) -> Reply:
    """Stop asking a colleague for a swap, as long as they haven't answered."""
    takes_place(session, caller.now)
    asked = records.swaps.asked(session.id, person.id, caller.member.id)
    if asked is None or asked.state != "asked":
        raise UserError(t("This has already been answered or withdrawn."))
    swaps.withdraw(records, session, asked)
    role = records.swaps.turns_in(asked)[0].role
    if role != HOST:
        return Change(role_words.unasked(session, role, [person]))
    return Change(words.unasked(session, person))


@host.command(title=t("Agree to a request"), submit=t("Agree"), listed=False)
def agree(caller: Caller, records: Records, session: SessionOption, person: PersonOption) -> Reply:
    """Say yes to a colleague who'd like to swap turns or host with you."""
    to_come(records, session, caller.now)
    asked = records.swaps.asked(session.id, caller.member.id, person.id)
    if asked is not None and asked.state == "asked":
        return _trade(caller, records, session, person, asked)
    if asked is not None and asked.state == "lapsed":
        raise UserError(OVERTAKEN)
    _wish(caller, records, session, person)
    if len(records.hosting.accepted(session.id)) >= MOST_HOSTS:
        raise UserError(enough(session))
    domain.let_in(records, session, person, caller.actor)
    return Say(words.let_in(session, person))


def _wish(caller: Caller, records: Records, planned: Session, person: Member) -> Turn:
    """Give the turn of somebody who wishes to host with the caller."""
    turns = records.hosting.of_session(planned.id)
    hosts = [turn.member_id for turn in hosting(turns)]
    found = [one for one in turns if one.member_id == person.id and one.state == "wished"]
    if not found or not (caller.member.id in hosts or caller.is_at_least(COORDINATORS)):
        raise UserError(t("This has already been answered or withdrawn."))
    return found[0]


def _trade(
    caller: Caller, records: Records, planned: Session, person: Member, asked: Swap
) -> Reply:
    given, wanted = records.swaps.turns_in(asked)
    if not given.hosts or (wanted is not None and not wanted.hosts):
        raise UserError(OVERTAKEN)
    _not_yet_host(records, planned, caller.member)
    other = records.sessions.get(wanted.session_id) if wanted else None
    if other is not None:
        to_come(records, other, caller.now)
        _not_yet_host(records, other, person)
    swaps.agree(records, asked, person, caller.actor)
    if given.role != HOST:
        return Say(role_words.traded(planned, given.role, other, person))
    told = words.traded(planned, other, person)
    return Say(with_beginning(records, planned, told, caller.now))


@host.command(title=t("Decline a request"), submit=t("Decline"), who=EVERYONE, listed=False)
def refuse(caller: Caller, records: Records, session: SessionOption, person: PersonOption) -> Reply:
    """Say no to a colleague who'd like to swap turns or host with you."""
    to_come(records, session, caller.now)
    asked = records.swaps.asked(session.id, caller.member.id, person.id)
    if asked is not None and asked.state == "asked":
        swaps.refuse(records, session, asked, person, caller.actor)
    else:
        turn = _wish(caller, records, session, person)
        swaps.refuse_wish(records, session, turn, person, caller.actor)
    return Say(words.refused(person))
