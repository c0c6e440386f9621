"""Keeps what stays of a session, and has those told once who answered or were there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import actions, attendance, consents
from bot.domain.actions import Action
from bot.domain.attendance import NOBODY, NamedPeople
from bot.domain.reminders import Concerned
from bot.domain.telling import addressed, after_of
from storage import Records
from storage.assets import (
    DRAFTED,
    HELD,
    LINK,
    NOTES,
    PUBLIC,
    RECORDING,
    SLIDES,
    Asset,
)
from storage.deliveries import Wanted
from storage.log import Actor
from storage.people import Member
from storage.sessions import Session

KEPT, WRITTEN, CORRECTED = "session.kept", "kept", "corrected"
MENDING = timedelta(minutes=30)
"""How long nobody is told what stays, so that typos can be mended."""
NEWS = timedelta(days=3)
"""How long it is worth telling."""
NEWS_OF_FORM = timedelta(days=7)
"""How long after a session its hosts are shown what they have still to write down."""
PAGE, PAGES = 3000, 20
"""Characters of a page of notes, and how many pages there are at most."""


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """What a host writes down after a session; None: nothing is said of it, empty: nothing stays.

    `listed` is who was there, `absent` who was not; `spoke` are speakers without an account.
    """

    listed: NamedPeople | None = None
    absent: NamedPeople = NOBODY
    recording: str | None = None
    slides: str | None = None
    notes: str | None = None
    actions: Sequence[Action] | None = None
    links: Sequence[str] | None = None
    spoke: Sequence[str] = ()


def write_down(records: Records, session: Session, said: WrittenDown, by: Actor) -> None:
    """Keep what stays of a session, in the place of what was said of it before."""
    first = records.log.last([session.about], WRITTEN) is None
    attendance.put(records, session, said.listed, said.absent, by)
    _put_links(records, session, said, by)
    if said.notes is not None:
        put_notes(records, session, said.notes, by)
    if said.actions is not None:
        actions.put(records, session, said.actions, by)
    if said.spoke:
        consents.name_speakers(records, session, said.spoke, by)
    records.log.add(session.about, WRITTEN if first else CORRECTED, by.member, by.now)
    _changed(records, session, by.now)


def _changed(records: Records, session: Session, now: datetime) -> None:
    records.db.flush()
    records.deliveries.refresh(after_of(session), now)
    records.touched.add(session)


def _put_links(records: Records, session: Session, said: WrittenDown, by: Actor) -> None:
    given: Mapping[str, Sequence[str] | None] = {
        RECORDING: _each(said.recording),
        SLIDES: _each(said.slides),
        LINK: said.links,
    }
    for kind, urls in given.items():
        if urls is not None and _put(records, session, kind, urls, by) and kind == RECORDING:
            session.recorded = session.recorded or bool(urls)
            consents.begin_anew(records, session)


def _each(url: str | None) -> Sequence[str] | None:
    return None if url is None else [url] if url else []


def _put(records: Records, session: Session, kind: str, urls: Sequence[str], by: Actor) -> bool:
    """Have the links of a kind be these; says whether they were others."""
    known = records.assets.of(session.about, kind)
    if [one.url for one in known] == [*urls]:
        return False
    for old in known:
        records.assets.remove(old)
    for url in urls:
        asset = Asset(about=session.about, kind=kind, at=by.now, url=url, by_id=by.id)
        asset.state = HELD if kind == RECORDING else PUBLIC  # until those who speak agreed
        records.assets.add(asset)
    return True


def notes_of(records: Records, session: Session, state: str = PUBLIC) -> Sequence[Asset]:
    """List the pages of the notes on a session, or of a draft of them."""
    return [one for one in records.assets.of(session.about, NOTES) if one.state == state]


def put_notes(records: Records, session: Session, words: str, by: Actor) -> bool:
    """Keep notes: an edited page in its place, others as pages of their own; False: too many."""
    known = notes_of(records, session)
    if not words:
        for page in known[:1]:
            records.assets.remove(page)
        return True
    same = next((page for page in known if page.words == words), None)
    if same is None and known and (known[0].by_id == by.id or _is_edit(known[0].words, words)):
        known[0].words, known[0].at, known[0].by_id = words, by.now, by.id
    elif same is None:
        return add_notes(records, session, words, by)
    return True


def _is_edit(before: str, after: str) -> bool:
    """Say whether words are others edited: half of those before are still in them."""
    old, new = {*before.split()}, {*after.split()}
    return 2 * len(old & new) >= len(old)


def add_notes(
    records: Records, session: Session, words: str, by: Actor, state: str = PUBLIC
) -> bool:
    """Keep more notes, however long, in pages; False where that would be too many."""
    pages = in_pages(words)
    if len(pages) + len(notes_of(records, session, state)) > PAGES:
        return False
    for page in pages:
        asset = Asset(about=session.about, kind=NOTES, at=by.now, words=page, by_id=by.id)
        asset.state = state
        records.assets.add(asset)
    _changed(records, session, by.now)
    return True


def in_pages(words: str) -> Sequence[str]:
    """Divide words into pages, between paragraphs, lines or words where there are any."""
    pages, rest = [], words.strip()
    while len(rest) > PAGE:
        begun = rest[: PAGE + 1]
        ends = (begun.rfind(sign) for sign in ("\n\n", "\n", " "))
        end = next((at for at in ends if at > PAGE // 2), PAGE)
        pages.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*pages, rest] if rest else pages


def edit_page(records: Records, session: Session, page: Asset, words: str, by: Actor) -> None:
    """Put other words on a page of notes, or of a draft."""
    page.words, page.at, page.by_id = words, by.now, by.id
    _changed(records, session, by.now)


def release(records: Records, session: Session, by: Actor) -> int:
    """Show a draft of minutes to everybody as notes; gives how many pages it has."""
    draft = notes_of(records, session, DRAFTED)
    for page in draft:
        page.state, page.at = PUBLIC, by.now
    if draft:
        records.log.add(session.about, "released", by.member, by.now)
        _changed(records, session, by.now)
    return len(draft)


def want(records: Records, session: Session, concerned: Concerned, now: datetime) -> None:
    """Want those told once what stays of a session who answered, or were there."""
    if session.starts_at > now or session.state != "announced":
        return
    if concerned is None and session.stays_at is None and stays(records, session):
        session.stays_at = now
    if session.stays_at is None:
        return
    at = max(session.stays_at, session.ends_at) + MENDING
    if at + NEWS < now:
        return
    one = Wanted("kept", at, at + NEWS)
    about = after_of(session)
    for member_id in (None,) if concerned is None else sorted(concerned):
        people = (
            readers(records, session) if member_id is None else _alone(records, session, member_id)
        )
        rows = [row for row in addressed(records, about, KEPT, one, people) if row.due_at > now]
        records.deliveries.want(about, KEPT, rows, now, member_id)


def _alone(records: Records, session: Session, member_id: int) -> Sequence[Member]:
    """Give somebody alone, if they are told what stays."""
    given = records.rsvps.answer_of(session.id, member_id)
    row = records.attendance.by(session.id, member_id)
    hosts = {turn.member_id for turn in records.hosting.accepted(session.id)}
    passed = member_id in hosts or (given is not None and given.muted)
    concerns = given is not None or (row is not None and row.there)
    found = records.members.many([member_id]) if concerns and not passed else ()
    return [member for member in found if wants_any(member)]


def stays(records: Records, session: Session) -> bool:
    """Say whether anything stays of a session that everybody sees."""
    shown = consents.public_assets(records, session)
    return bool(shown) or bool(records.actions.of(session.about))


def readers(records: Records, session: Session) -> Sequence[Member]:
    """List who is told what stays: those who answered or were there, unless they want no messages.

    The hosts know it: they are asked to write it down.
    """
    answered = records.rsvps.answered(session.id)
    muted = {member.id for given, member in answered if given.muted}
    rows = {row.member_id: row.there for row in records.attendance.of(session.id) if row.member_id}
    known = {member.id: member for _, member in answered}
    others = [id for id, there in rows.items() if there and id not in known]
    known |= {one.id: one for one in records.members.many(others)} if others else {}
    hosts = {turn.member_id for turn in records.hosting.accepted(session.id)}
    passed = muted | hosts
    return [who for id, who in known.items() if id not in passed and wants_any(who)]


def wants_any(member: Member) -> bool:
    """Say whether somebody takes reminders at all, and is still there."""
    off = member.reminders == [] and member.reminds_at is None
    return not off and member.erased_at is None and member.left_at is None
