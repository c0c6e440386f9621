"""Keeps who agrees to be recorded; a recording is for everybody once those who speak agreed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.reminders import Concerned
from bot.domain.telling import after_of, usual_of
from storage import Records
from storage.assets import HELD, PUBLIC, RECORDING, Asset
from storage.consents import NO, TO_RECORD, YES, Consent
from storage.contributions import CONFIRMED
from storage.log import Actor
from storage.people import Member
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class RecordingStanding:
    """What keeps a recording with the hosts.

    That is each speaker who has not agreed, and a number of others who are in it and said no.
    """

    speakers: Sequence[Consent] = ()
    others: Sequence[Consent] = ()

    @property
    def is_open(self) -> bool:
        """Whether everybody may see the recording."""
        return not self.speakers and not self.others


def public_assets(records: Records, session: Session) -> Sequence[Asset]:
    """List what stays of a session for everybody: the only way to what everybody sees."""
    return records.assets.public(session.about)


def consent_of(records: Records, session: Session, member_id: int) -> Consent | None:
    """Find what somebody was asked, or said, about being recorded in a session."""
    return records.consents.by(session.about, TO_RECORD, member_id)


def concerns(records: Records, session: Session, member_id: int) -> bool:
    """Say whether a recording may have somebody in it: they come, were there, or were asked."""
    if session.state != "announced":
        return False
    given = records.rsvps.answer_of(session.id, member_id)
    row = records.attendance.by(session.id, member_id)
    comes = given is not None and given.answer == YES
    return comes or bool(row and row.there) or bool(consent_of(records, session, member_id))


def all_of(records: Records, session: Session) -> dict[int | None, Consent]:
    """Give what members were asked, or said, by their ids; nothing where nothing is recorded."""
    consents = records.consents.of(session.about, TO_RECORD) if session.recorded else ()
    return {consent.member_id: consent for consent in consents}


def speakers(records: Records, session: Session) -> set[int]:
    """Give the ids of those who speak: the hosts, and who confirmed that they contribute."""
    hosts = {turn.member_id for turn in records.hosting.accepted(session.id)}
    given = records.contributions.of(session.id)
    return {id for id in hosts if id} | {one.member_id for one in given if one.state == CONFIRMED}


def ask(records: Records, session: Session, by: Actor) -> bool:
    """Keep that somebody who comes is asked; False where they need not be, or have answered."""
    if not session.recorded:
        return False
    consent = consent_of(records, session, by.id)
    if consent is None:
        records.consents.add(_new(session, by.now, by.id))
    return consent is None or not consent.answer


def is_asked_in(
    session: Session, member: Member, kind: str, consents: dict[int | None, Consent]
) -> bool:
    """Say whether somebody's reminder of a kind asks them: it is their first, and nobody did."""
    if not session.recorded:
        return False
    consent = consents.get(member.id)
    if consent is not None and (consent.answer or not consent.speaks):
        return False
    own = usual_of(member) if member.reminders is None else member.reminders
    before = kind.removesuffix("m")
    return not before.isdigit() or int(before) >= max(own, default=0)


def give(records: Records, session: Session, answer: str, by: Actor) -> bool:
    """Keep whether somebody agrees to be recorded; False: they had said so before."""
    consent = consent_of(records, session, by.id)
    if consent is None:
        consent = records.consents.add(_new(session, by.now, by.id))
    return _set(records, session, consent, answer, by)


def give_for(records: Records, session: Session, consent: Consent, answer: str, by: Actor) -> bool:
    """Keep what somebody without an account told a host; False: that was known."""
    return _set(records, session, consent, answer, by)


def _set(records: Records, session: Session, consent: Consent, answer: str, by: Actor) -> bool:
    before = consent.answer
    if before == answer:
        return False
    consent.answer, consent.answered_at, consent.unseen_at = answer, by.now, None
    consent.withdrawn_at = by.now if before == YES else None
    what = "agreed" if answer == YES else ("withdrew" if before == YES else "disagreed")
    records.log.add(session.about, what, by.member, by.now)
    records.touched.add(session)
    return True


def name_speakers(records: Records, session: Session, names: Iterable[str], by: Actor) -> None:
    """Keep who spoke without an account, so that the hosts can ask them."""
    known = {one.name for one in records.consents.of(session.about, TO_RECORD)}
    for name in dict.fromkeys(names):
        if name not in known:
            consent = _new(session, by.now)
            consent.name, consent.speaks = name, True
            records.consents.add(consent)
    records.touched.add(session)


def clear(records: Records, session: Session, by: Actor) -> int:
    """Keep that those who said no can neither be heard nor seen in the recording; gives how many.

    Of those who speak that cannot be said.
    """
    others = standing(records, session).others
    for consent in others:
        consent.unseen_at = by.now
    records.log.add(session.about, "cleared", by.member, by.now)
    records.touched.add(session)
    return len(others)


def begin_anew(records: Records, session: Session) -> None:
    """Forget what was said of a recording that another took the place of."""
    for consent in records.consents.of(session.about, TO_RECORD):
        consent.unseen_at = None


def standing(records: Records, session: Session) -> RecordingStanding:
    """Say what keeps a recording of a session with the hosts."""
    consents = records.consents.of(session.about, TO_RECORD)
    rows = records.attendance.of(session.id)
    there = {row.member_id: row.there for row in rows if row.member_id}
    coming = records.rsvps.who_comes(session.id)
    heard, seen = [], []
    for consent in consents:
        member, refuses = consent.member_id, consent.answer == NO
        absent = not there.get(member or 0, True) and not (consent.speaks and refuses)
        if consent.answer == YES or consent.unseen_at or absent:
            continue  # a speaker's no counts, whoever is said to have been there
        erased = member is None and not consent.name
        if consent.speaks and not erased:
            heard.append(consent)
        elif (erased and (refuses or consent.speaks)) or (
            refuses and (member is None or member in coming or there.get(member))
        ):
            seen.append(consent)
    return RecordingStanding(heard, seen)


def settle(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Show a recording to everybody, or keep it with the hosts, as things stand now."""
    if concerned is not None or session.state == "draft":
        return
    if not session.recorded and session.starts_at > now:
        return
    recordings = records.assets.of(session.about, RECORDING)
    if session.recorded or recordings:
        _know_speakers(records, session, now)
    if not recordings:
        return
    state = PUBLIC if standing(records, session).is_open else HELD
    changed = [one for one in recordings if one.state != state]
    for recording in changed:
        recording.state = state
    if changed:
        records.db.flush()
        records.deliveries.refresh(after_of(session), now)


def _know_speakers(records: Records, session: Session, now: datetime) -> None:
    """Keep of each consent whether that person speaks, and one for each who does."""
    known = {one.member_id: one for one in records.consents.of(session.about, TO_RECORD)}
    speaking = speakers(records, session)
    for id, consent in known.items():
        if id is not None:
            consent.speaks = id in speaking
    for id in sorted(speaking - {*known}):
        consent = _new(session, now, id)
        consent.speaks = True
        records.consents.add(consent)
    records.db.flush()


def _new(session: Session, now: datetime, member_id: int | None = None) -> Consent:
    return Consent(about=session.about, purpose=TO_RECORD, asked_at=now, member_id=member_id)
