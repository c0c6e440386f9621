"""RSVPs: keeps answers to a session, and tells its hosts what people need."""

from dataclasses import replace
from datetime import datetime
from zlib import crc32

from bot.domain.reminders import HOST_REMINDER
from bot.domain.seats import note_told, rank
from bot.domain.telling import tell, tell_awake
from storage import Records
from storage.deliveries import Wanted
from storage.log import Actor, LogEntry
from storage.people import Member
from storage.rsvps import ACCESS, Rsvp
from storage.sessions import Session

ANSWERED_FOR, NEED = "session.answered_for", "session.need"


def answer(records: Records, session: Session, said: str, by: Actor) -> int:
    """Keep whether somebody comes; gives their place on the waiting list, or 0."""
    own, before = records.rsvps.answer(session.id, by.id, said, _rank_at(records, session, by))
    waits = note_told(records, session, own)
    if said != before:
        records.touched.add(session, by.id)
    return waits


def answer_for(
    records: Records, session: Session, member: Member, said: str, by: Actor
) -> tuple[LogEntry | None, int]:
    """Keep what somebody else answers for a member, and tell them who did.

    Without an entry when that is what they said; gives their place on the waiting list, too.
    """
    own = records.rsvps.answer_of(session.id, member.id)
    before = own.answer if own else ""
    if said == before and own is not None:
        return None, rank(records, session, own)
    at = _rank_at(records, session, by)
    own, _ = records.rsvps.answer(session.id, member.id, said, at, by_id=by.id)
    waits = note_told(records, session, own)
    records.touched.add(session, member.id)
    entry = records.log.add(member.about, "answered for", by.member, by.now, {"answer": before})
    entry.after = {"session": session.id, "answer": said}
    news = Wanted(f"{said} {by.now.isoformat()}", by.now, session.ends_at, by_id=by.id)
    tell(records, session.about, ANSWERED_FOR, replace(news, args={"entry": entry.id}), [member])
    return entry, waits


def _rank_at(records: Records, session: Session, by: Actor) -> datetime:
    """Give when an answer counts as given: where seats are few, behind all there are."""
    if not session.capacity:
        return by.now
    records.sessions.hold(session)
    return records.seats.behind(session.id, by.now)


def note(records: Records, session: Session, own: Rsvp, words: str, by: Actor) -> None:
    """Keep what somebody needs or brings, in their words, and tell hosts; empty: nothing."""
    own.note = words
    records.touched.add(session, by.id)
    if words:
        _tell_hosts(records, session, own, by)


def need(records: Records, session: Session, own: Rsvp, what: str, by: Actor) -> None:
    """Keep that somebody needs a language, captions or sign language, and tell hosts."""
    if what in ACCESS:
        own.access = sorted({*own.access, what})
    else:
        own.language = what
    records.touched.add(session, by.id)
    _tell_hosts(records, session, own, by)


def need_nothing(records: Records, session: Session, own: Rsvp, by: Actor) -> None:
    """Keep that somebody needs no language, captions or sign language any more."""
    own.language, own.access = "", []
    records.touched.add(session, by.id)


def mute(records: Records, session: Session, own: Rsvp, by: Actor, *, muted: bool) -> None:
    """Keep whether somebody wants no more reminders of one session."""
    own.muted = muted
    records.touched.add(session, by.id)


def need_of(given: Rsvp) -> str:
    """Name what somebody needs as it is now, so that the hosts are told of it once."""
    words = "|".join((given.language, given.note, *given.access))
    return f"{given.id}:{crc32(words.encode()):08x}"


def _tell_hosts(records: Records, session: Session, given: Rsvp, by: Actor) -> None:
    """Tell those hosts at once what somebody needs who are reminded no more.

    Where there is none, others are told: `needs.want`.
    """
    if given.answer == "no":
        return
    passed = records.deliveries.waiting_for(session.about, HOST_REMINDER) | {by.id}
    hosts = [turn.member_id or 0 for turn in records.hosting.accepted(session.id)]
    told = records.members.many([id for id in hosts if id not in passed])
    one = Wanted(need_of(given), by.now, session.ends_at)
    tell_awake(records, session, NEED, told, one)
