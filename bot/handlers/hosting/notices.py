"""Words what the bot says of turns by itself, each from how things stand at that moment."""

from bot.chat import Message
from bot.domain.driving import was_asked_by_rota
from bot.domain.hosting import hosting, standing
from bot.domain.offers import listed
from bot.domain.telling import hosting_of
from bot.handlers.hosting import helping
from bot.handlers.hosting.group import host, members
from bot.handlers.hosting.words import driving as driving_words
from bot.handlers.hosting.words import offers as offer_words
from bot.handlers.hosting.words import pool as pool_words
from bot.handlers.hosting.words import roles as role_words
from bot.handlers.hosting.words import swaps as swap_words
from bot.handlers.hosting.words import turns as words
from bot.i18n import t
from bot.notices import Sending
from storage import Records
from storage.hosting import HOST, Turn
from storage.people import Member
from storage.sessions import Session
from storage.swaps import Swap

REFRESH = "refresh"


def _session(records: Records, sending: Sending) -> Session | None:
    """Give the session a notice is about; None for one that was never announced.

    Of one that is over nothing new is said, either.
    """
    found = records.sessions.find(sending.about)
    if found is None or found.state == "draft":
        return None
    return found if sending.kind == REFRESH or found.ends_at > sending.now else None


def _known(message: Message, sending: Sending) -> Message | None:
    """Keep a message that only brings up to date what was said before."""
    return message if sending.kind == REFRESH else None


def _ahead(session: Session, sending: Sending) -> bool:
    """Say whether a session is still to begin, so that its hosts can change."""
    return session.starts_at > sending.now


@host.notice(t("Request to host a session"), live=True, asks=True)
def asked(records: Records, sending: Sending) -> Message | None:
    """Ask somebody to host, or a host again whose session was moved."""
    session = _session(records, sending)
    if session is None or sending.member is None:
        return None
    part = records.hosting.turn_of(session.id, sending.member.id)
    if part is not None and part.role != HOST:
        by = part.asked_by_id if part.asked_by_id != part.member_id else 0
        return helping.asked(session, part, records.members.find(by or 0), sending)
    if session.state == "cancelled":
        return _known(words.over(session), sending)
    turns = records.hosting.of_session(session.id)
    own = next((turn for turn in turns if turn.member_id == sending.member.id), None)
    ahead = _ahead(session, sending)
    if own is not None and own.state == "proposed" and ahead:
        other = own.asked_by_id if own.asked_by_id != own.member_id else 0
        asker = records.members.find(other or 0)
        rota = was_asked_by_rota(records, session, own)
        return words.proposal(session, asker, members(records, hosting(turns)), rota=rota)
    if own is not None and own.state == "lapsed" and ahead and not hosting(turns):
        others = any(turn.state == "proposed" for turn in turns)
        return _known(driving_words.lapsed(session, others=others), sending)
    if own is None or not own.hosts:
        answered = own is None or own.state not in ("proposed", "lapsed") or ahead
        hosts = members(records, hosting(turns))
        return _known(words.no_more(session, hosts, answered=answered), sending)
    if own.agreed_to != session.starts_at and ahead:
        last = records.log.last([session.about], "moved")
        return words.moved(session, records.members.find(last.by_id or 0) if last else None)
    return _known(words.agreed(session, ahead), sending)


@host.notice(t("Offer of a turn"), live=True, asks=True)
def offered(records: Records, sending: Sending) -> Message | None:
    """Offer a turn to all, and say who took it."""
    session = _session(records, sending)
    if session is None:
        return None
    if session.state == "cancelled":
        return _known(words.over(session), sending)
    turns = records.hosting.of_session(session.id)
    handing = members(records, [turn for turn in turns if turn.state == "offered"])
    still_open = handing or any(turn.state == "open" for turn in turns)
    if still_open and _ahead(session, sending):
        last = records.log.last([hosting_of(session)], "offered") if handing else None
        return words.offer(
            session, handing, records.members.find(last.by_id or 0) if last else None
        )
    return _known(words.found(session, members(records, hosting(turns))), sending)


@host.notice(t("Offer of several turns"), live=True, asks=True)
def offered_all(records: Records, sending: Sending) -> Message | None:
    """Offer several turns to all, and say of each who took it."""
    reader = sending.member.id if sending.member else None
    ids = sending.args.get("sessions") or listed(records, None, reader)
    sessions = sorted(records.sessions.many(list(ids)), key=lambda one: (one.starts_at, one.id))
    lines = [_line(records, one, sending) for one in sessions]
    told = offer_words.offers(lines)
    return told if any(line.is_open for line in lines) else _known(told, sending)


def _line(records: Records, session: Session, sending: Sending) -> offer_words.OfferLine:
    turns = records.hosting.of_session(session.id)
    stands = session.state == "announced" and _ahead(session, sending)
    is_open = stands and any(turn.state == "open" for turn in turns)
    return offer_words.OfferLine(session, members(records, hosting(turns)), is_open)


@host.notice(t("Notice of outdated offers"), live=True)
def outdated(records: Records, sending: Sending) -> Message | None:
    """Say of offers that a newer message took their place."""
    return offer_words.outdated()


@host.notice(t("Notice of an outdated message"), live=True)
def replaced(records: Records, sending: Sending) -> Message | None:
    """Say of a question or an offer that a newer one took its place."""
    session = _session(records, sending)
    return words.replaced(session) if session else None


@host.notice(t("Notice of a changed turn"))
def changed(records: Records, sending: Sending) -> Message | None:
    """Tell those concerned who hosts a session now, unless that is as it was."""
    session = _session(records, sending)
    if session is None or session.state == "cancelled" or sending.member is None:
        return None
    role = sending.args.get("role", HOST)
    turns = records.hosting.of_session(session.id, role)
    if standing(turns, role) == sending.args:
        return None
    if role != HOST:
        return role_words.now(session, role, members(records, hosting(turns)))
    by = records.members.find(sending.by_id or 0)
    return _stands(records, session, sending.member, by)


def _stands(
    records: Records, session: Session, reader: Member, by: Member | None = None
) -> Message:
    """Word for somebody who hosts a session now, and who changed that."""
    turns = records.hosting.of_session(session.id)
    hosts = members(records, hosting(turns))
    offered = standing(turns)["offered"]
    return words.changed(session, hosts, by, offered=offered, mine=reader in hosts)


@host.notice(t("Notice of a declined turn"))
def declined(records: Records, sending: Sending) -> Message | None:
    """Tell whoever asked that somebody said no, unless they have thought better of it."""
    session = _session(records, sending)
    who = records.members.find(sending.by_id or sending.args.get("who", 0))
    if session is None or session.state == "cancelled" or who is None:
        return None
    turn = records.hosting.turn_of(session.id, who.id)
    if turn is not None and turn.role != HOST:
        no = turn.state == "declined"
        return role_words.cannot(session, turn.role, who) if no else None
    turns = records.hosting.of_session(session.id)
    states = {turn.member_id: turn.state for turn in turns}
    opened = any(turn.state == "open" for turn in turns)
    return words.cannot(session, who, opened) if states.get(who.id) == "declined" else None


@host.notice(t("Request to co-host"), live=True)
def wished(records: Records, sending: Sending) -> Message | None:
    """Ask a host whether others may host with them."""
    session = _session(records, sending)
    if session is None:
        return None
    if session.state == "cancelled":
        return _known(words.over(session), sending)
    turns = records.hosting.of_session(session.id)
    wishes = [turn for turn in turns if turn.state == "wished" and _ahead(session, sending)]
    people = members(records, wishes)
    told = swap_words.wishes(session, people, members(records, hosting(turns)))
    return told if people else _known(told, sending)


@host.notice(t("Request to swap turns"), live=True, asks=True)
def swap_asked(records: Records, sending: Sending) -> Message | None:
    """Ask a colleague for a swap, or to take a turn."""
    session = _session(records, sending)
    swap = sending.member and records.swaps.asked(sending.about, sending.member.id)
    if session is None or not swap:
        return None
    if session.state == "cancelled":
        return _known(words.over(session), sending)
    given, wanted = records.swaps.turns_in(swap)
    hosts = members(records, records.hosting.accepted(session.id, given.role))
    if swap.state == "agreed" and sending.member not in hosts:
        over = words.no_more(session, hosts)
        role = given.role
        return _known(over if role == HOST else role_words.no_more(session, role), sending)
    open_still = given.hosts and (wanted is None or wanted.hosts) and _ahead(session, sending)
    if swap.state != "asked" or not open_still:
        asker = records.members.find(given.member_id or 0)
        return _known(swap_words.settled(swap.state, asker), sending)
    (asker,) = members(records, [given])
    if given.role != HOST:
        return role_words.question(session, given.role, asker, _of(records, wanted))
    return swap_words.question(session, asker, _of(records, wanted))


def _of(records: Records, turn: Turn | None) -> Session | None:
    return records.sessions.find(turn.session_id) if turn else None


@host.notice(t("Answer to a swap request"))
def answered(records: Records, sending: Sending) -> Message | None:
    """Tell whoever asked for a swap, or to host together, what the answer is.

    Where the turns have changed since, tell how they stand now.
    """
    session, reader = _session(records, sending), sending.member
    who = records.members.find(sending.by_id or sending.args.get("who", 0))
    if session is None or session.state == "cancelled" or who is None or reader is None:
        return None
    swap = records.swaps.find(sending.args["swap"])
    hosts = members(records, records.hosting.accepted(session.id))
    if swap is None:
        return swap_words.alone(session, who)
    if records.swaps.turns_in(swap)[0].role != HOST:
        return _role_answered(records, session, swap, who)
    if swap.state != "agreed":
        return swap_words.regret(session, who) if reader in hosts else None
    if who not in hosts:
        return _stands(records, session, reader)
    return swap_words.agreed(session, _of(records, records.swaps.turns_in(swap)[1]), who)


@host.notice(t("Notice of a lapsed swap"))
def swap_lapsed(records: Records, sending: Sending) -> Message | None:
    """Tell whoever asked for a swap that it came to nothing, while they host all the same.

    Whoever no longer hosts did that themselves, or was told of it.
    """
    swap = records.swaps.find(sending.args["swap"])
    session = records.sessions.find(sending.about)
    if swap is None or session is None or session.state != "announced":
        return None
    given, wanted = records.swaps.turns_in(swap)
    colleague = records.members.find(swap.asked_id)
    if not given.hosts or colleague is None:
        return None
    if given.role != HOST:
        return role_words.lapsed(session, given.role, colleague)
    gone = wanted if wanted and _ahead(session, sending) else None
    return swap_words.lapsed(session, _of(records, gone), colleague)


def _role_answered(records: Records, session: Session, swap: Swap, who: Member) -> Message:
    given, wanted = records.swaps.turns_in(swap)
    if swap.state != "agreed":
        return role_words.regret(session, given.role, who)
    return role_words.agreed(session, given.role, _of(records, wanted), who)


@host.notice(t("Request to join the hosts"))
def wants_in(records: Records, sending: Sending) -> Message | None:
    """Ask a coordinator whether a member may join the hosts."""
    member = records.members.find(sending.about)
    known = member is None or records.hosting.stay_of(member.id)
    if known or member is None:
        return None
    programme = records.programmes.find(sending.args.get("programme", 0))
    return pool_words.wants_in(member, sending.args["often"], programme)


@host.notice(t("Welcome as a host"))
def admitted(records: Records, sending: Sending) -> Message | None:
    """Tell somebody that they are among the hosts."""
    stay = records.hosting.stay_of(sending.about)
    if stay is None:
        return None
    programme = records.programmes.find(stay.programme_id or 0)
    return pool_words.joined_now(stay.rest_days, programme, again=False)
