"""Holds closing rounds: one line from each who was there, read out together by those who wish."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.feedback import were_there
from storage import Records
from storage.closing import ClosingLine
from storage.deliveries import Wanted
from storage.log import Actor
from storage.people import Member
from storage.sessions import Session

ROUND, READ_OUT = "session.closing_round", "read out"


@dataclass(frozen=True, slots=True)
class SaidLine:
    """What somebody says in a closing round; whether aloud, and with their name."""

    words: str
    aloud: bool
    named: bool


def round_of(session: Session) -> str:
    """Name what deliveries and posts are about that hold the closing round of a session."""
    return f"closing:{session.id}"


def has_part(records: Records, session: Session, by: Actor) -> bool:
    """Say whether somebody was at a session or may have been: they said maybe, or host it."""
    kept = records.attendance.by(session.id, by.id)
    if kept is not None:
        return kept.there
    answer = records.rsvps.answer_of(session.id, by.id)
    hosts = [turn.member_id for turn in records.roles.taken(session.id)]
    return by.id in were_there(records, session) | {*hosts} or bool(
        answer and answer.answer == "maybe"
    )


def is_read_out(records: Records, session: Session) -> bool:
    """Say whether the closing round of a session was read out."""
    return records.log.last([session.about], READ_OUT) is not None


def stands(records: Records, session: Session, line: ClosingLine | None) -> bool:
    """Say whether a line was read out, and cannot be changed any more."""
    return line is not None and line.aloud and is_read_out(records, session)


def write(records: Records, session: Session, line: SaidLine, by: Actor) -> ClosingLine:
    """Keep somebody's line in the place of the one before; one that is late joins the others."""
    own = records.closing.by(session.about, by.id)
    if own is None:
        fresh = ClosingLine(about=session.about, member_id=by.id, words=line.words, at=by.now)
        own = records.closing.add(fresh)
    own.words, own.aloud, own.named, own.at = line.words, line.aloud, line.named, by.now
    records.touched.add(session, by.id)
    return own


def take_back(records: Records, session: Session, line: ClosingLine, by: Actor) -> None:
    """Forget somebody's line."""
    records.closing.remove(line)
    records.touched.add(session, by.id)


def channels_of(records: Records, session: Session) -> Collection[int]:
    """Give the channels a session is held in: where it was announced, else where it was to be."""
    posts = {post.channel_id for post in records.posts.about(session.about) if post.channel_id}
    return sorted(posts) or sorted(records.placements.of(session.about))


def read_out(records: Records, session: Session, by: Actor) -> int:
    """Have all lines that may be read out be posted where the session is; gives in how many."""
    channels = channels_of(records, session)
    for id in channels:
        thread = records.posts.thread(session.about, id)
        one = Wanted("", by.now, channel_id=id, thread=thread, by_id=by.id)
        records.deliveries.send(round_of(session), ROUND, one)
    records.log.add(session.about, READ_OUT, by.member, by.now)
    records.touched.add(session)
    return len(channels)


def aloud(records: Records, session: Session) -> Sequence[tuple[ClosingLine, Member | None]]:
    """List the lines that may be read out, each with whose it is where they wish to be named."""
    lines = [line for line in records.closing.of(session.about) if line.aloud]
    named = [line.member_id for line in lines if line.named]
    people = {member.id: member for member in records.members.many(named)} if named else {}
    return [(line, people.get(line.member_id) if line.named else None) for line in lines]


def erase(records: Records, member: Member) -> None:
    """Have the rounds be worded anew in which somebody has a line who is erased."""
    for session in records.sessions.many(records.closing.sessions_of(member.id)):
        records.touched.add(session, member.id)
