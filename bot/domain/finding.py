"""Gathers the words by which sessions are found, and says what was kept of past ones."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.reminders import Concerned
from bot.folding import folded
from storage import Records
from storage.people import Member
from storage.sessions import Session

STYLES = {0xFE0E: None, 0xFE0F: None}
"""Signs that say how an emoji is drawn: some phones write them, and others do not."""

GATHERS, LOT = "session.gathers", 20
"""The timer that gathers words, and of how many sessions at a time, so that nobody waits long."""


def sought(words: str) -> tuple[str, ...]:
    """Give the words that are looked for, each once: without capitals, accents, odd letters."""
    return (*dict.fromkeys(folded(words.translate(STYLES)).split()),)


def keep_words(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Have a session be found by what is said of it now; a draft is found by nobody."""
    if concerned is None and session.state != "draft":
        read(records, session)


def read(records: Records, session: Session) -> None:
    """Gather the words by which a session is found: each once, however often it was said."""
    said = [session.title, session.description, session.guiding_question, session.agenda]
    said += [session.partners, session.place]
    said += [text[0] for kept in session.texts.values() for text in kept.values()]
    said += [host.name for host in records.hosting.hosts(session.id)]
    said += records.finding.said_beside(session.about)
    words = " ".join(sought("\n".join(said)))
    if words != session.search_words:
        session.search_words = words


def forget_name(records: Records, member: Member, now: datetime) -> None:
    """Have the sessions of a host be found by the name they have from now on, if any."""
    records.finding.forget(member.id)
    go_on(records, now)


def go_on(records: Records, now: datetime) -> None:
    """Have what is missing of the words of sessions be gathered as soon as there is time."""
    records.timers.set(records.community.about, GATHERS, now)


def gather(records: Records, now: datetime) -> None:
    """Gather the words of some sessions that have none, and have the others come after them."""
    rows = records.finding.unread(LOT)
    for session in rows:
        read(records, session)
    if len(rows) == LOT:
        go_on(records, now + timedelta(seconds=1))


def kept_of(records: Records, sessions: Sequence[Session]) -> Mapping[str, Collection[str]]:
    """Give of which kinds what everybody may see was kept of some sessions, by what names them."""
    kinds: dict[str, dict[str, None]] = {}
    for asset in records.assets.of_all([session.about for session in sessions]):
        kinds.setdefault(asset.about, {})[asset.kind] = None
    return {about: (*own,) for about, own in kinds.items()}
