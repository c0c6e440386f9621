"""RSVPs: keeps answers to a session, and tells its hosts what people need."""

from zlib import crc32

from bot.domain.reminders import HOST_REMINDER
from bot.domain.telling import tell_awake
from storage import Records
from storage.deliveries import Wanted
from storage.log import Actor
from storage.rsvps import Rsvp
from storage.sessions import Session


def answer(records: Records, session: Session, said: str, by: Actor) -> None:
    """Keep whether somebody comes."""
    before = records.rsvps.answer(session.id, by.id, said, by.now)[1]
    if said != before:
        records.touched.add(session, by.id)


def note(records: Records, session: Session, own: Rsvp, words: str, by: Actor) -> None:
    """Keep what somebody needs or brings, in their words, and tell hosts; empty: nothing."""
    own.note = words
    records.touched.add(session, by.id)
    if words:
        _tell_hosts(records, session, own, by)


def interpret(records: Records, session: Session, own: Rsvp, language: str, by: Actor) -> None:
    """Keep into which language somebody needs interpretation, and tell hosts."""
    own.language = language
    records.touched.add(session, by.id)
    _tell_hosts(records, session, own, by)


def need_of(given: Rsvp) -> str:
    """Name what somebody needs as it is now, so that the hosts are told of it once."""
    return f"{given.id}:{crc32(f'{given.language}|{given.note}'.encode()):08x}"


def _tell_hosts(records: Records, session: Session, given: Rsvp, by: Actor) -> None:
    """Tell those hosts at once what somebody needs who are reminded no more."""
    if given.answer == "no":
        return
    passed = records.deliveries.waiting_for(session.about, HOST_REMINDER) | {by.id}
    hosts = [turn.member_id or 0 for turn in records.hosting.accepted(session.id)]
    told = records.members.many([id for id in hosts if id not in passed])
    one = Wanted(need_of(given), by.now, session.ends_at)
    tell_awake(records, session, "session.need", told, one)
