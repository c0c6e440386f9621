"""Holds the group of sessions with what its commands share."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Any
from zlib import crc32

from bot.chat import Message, Option, Place, said
from bot.commands import CORE, Caller, Group, past
from bot.errors import NotAllowed, UserError
from bot.i18n import Text, t
from bot.kinds import Line, LongText, OneOf, WebLink
from bot.mentions import PlaceKind
from bot.moments import WallTime
from bot.options import Duration, Languages, WallTimeKind
from bot.reminding import ANNOUNCED, awake, remind
from bot.rules.reminders import LEAD
from bot.wording import sessions as words
from storage import Records
from storage.deliveries import Wanted
from storage.sessions import Rsvp, Session

FIRST = "first"
MOVED = "session.moved"
HELD = timedelta(minutes=1)
"""How long nobody is told of a move, so that it can still be undone."""
session = Group(
    "session", t("Plan, announce and join sessions"), 1, ("list", "plan", "rsvp", "show")
)

Title = Annotated[str, Line(t("Title"), empty=None)]
When = Annotated[WallTime, WallTimeKind(t("When"), t("For example: next Wednesday 3pm"))]
Length = Annotated[int, Duration(t("Length"), t("For example: 90m or 1h30"))]
Description = Annotated[str, LongText(t("Description"))]
Question = Annotated[str, Line(t("Guiding question"), limit=300)]
Format = Annotated[
    str, OneOf(t("Format"), options=tuple(Option(k, v) for k, v in words.FORMATS.items()))
]
Url = Annotated[str, WebLink(t("Link"), t("Where people meet: https://…"))]
Spoken = Annotated[list[str], Languages(t("Languages"), t("Separated by commas"))]
Agenda = Annotated[str, LongText(t("Agenda"), t("One item a line"))]
Channel = Annotated[Place, PlaceKind(t("Channel"))]
Answer = Annotated[
    str,
    OneOf(t("Your answer"), options=tuple(Option(k, v) for k, v in words.ANSWERED.items())),
]


def changes(caller: Caller, planned: Session) -> bool:
    """Say whether the caller may change a session: its organiser and the core group may."""
    return planned.organiser_id == caller.member.id or caller.is_at_least(CORE)


def may_change(caller: Caller, records: Records, session: Session) -> None:
    """Let only the organiser and the core group pass. Raises NotAllowed."""
    if not changes(caller, session):
        raise NotAllowed


def still_open(planned: Session, now: datetime) -> None:
    """Let only sessions pass that are neither cancelled nor over. Raises UserError."""
    if planned.state == "cancelled":
        raise UserError(t("“{title}” was cancelled.", title=planned.title))
    if planned.ends_at <= now:
        raise UserError(t("“{title}” is over.", title=planned.title))


def in_future(caller: Caller, when: datetime) -> None:
    """Refuse a moment that has passed. Raises FieldError."""
    if when <= caller.now:
        raise past("when", when)


def here(caller: Caller, records: Records) -> int | None:
    """Give the channel of this call; None in a direct message."""
    place = caller.place
    if not place.channel:
        return None
    return records.channels.meet(place.platform, place.space, place.channel, place.name).id


def preview(caller: Caller, records: Records, planned: Session) -> Message:
    """Show a session as it would be announced: its time where it was set, and for its readers."""
    zones = (planned.zone, caller.zone, "UTC", records.community.zone)
    return words.preview(records, planned, zones, caller.is_at_least(CORE))


def suggestion_of(planned: Session) -> str:
    """Name what deliveries and posts are about that ask for a session to be announced."""
    return f"suggestion:{planned.id}"


def previewed(caller: Caller, records: Records, planned: Session) -> Message:
    """Show a draft that was changed, also to those who were asked to announce it."""
    records.deliveries.refresh(suggestion_of(planned), caller.now)
    return preview(caller, records, planned)


def waits(planned: Session, now: datetime) -> bool:
    """Say whether a session is announced only later: until then those see it who prepare it."""
    return planned.announce_at is not None and planned.announce_at > now


def announce_anew(
    records: Records, planned: Session, now: datetime, states: Collection[str] = ("pending",)
) -> None:
    """Want what was not announced yet announced as the session is now, and not told of before."""
    if planned.announce_at is None:
        return
    about = records.deliveries.about(planned.about)
    firsts = [row for row in about if row.notice == ANNOUNCED and row.kind == FIRST]
    at = max(planned.announce_at, now)
    for row in firsts:
        if row.state in states and row.revision == max(one.revision for one in firsts):
            one = Wanted(FIRST, at, planned.starts_at, channel_id=row.channel_id, args=row.args)
            records.deliveries.send(planned.about, ANNOUNCED, replace(one, revision=row.revision))
            planned.told_at = at


def no_draft(planned: Session) -> None:
    """Let only sessions pass that are more than a draft. Raises UserError."""
    if planned.state == "draft":
        raise UserError(t("“{title}” is not announced yet.", title=planned.title))


def tell(
    caller: Caller,
    records: Records,
    told: Session,
    notice: str,
    args: Mapping[str, Any],
    unaware: Collection[int] = (),
) -> Text:
    """Tell all but the caller about a change of a session; say who that is.

    A move is told a little later: until then it can be undone, and nobody was told. Those who are
    `unaware` of what is undone hear nothing of it.
    """
    held = notice == MOVED
    one = Wanted(str(told.revision), caller.now + (HELD if held else timedelta(0)), args=args)
    passed = {caller.member.id, *unaware}
    people, channels = tell_all(records, told, notice, one, passed)
    records.deliveries.refresh(told.about, caller.now)
    return words.telling(people, channels, held=held)


def tell_all(
    records: Records, told: Session, notice: str, one: Wanted, passed: Collection[int] = ()
) -> tuple[int, int]:
    """Tell the channel, and those who said yes or maybe or host, about a change of a session.

    So is whoever planned it, of what others do; those who are `passed` over know it. Whoever sleeps
    is told in the morning, unless the session begins by then. Gives how many people and how many
    channels are told.
    """
    people = [m.id for r, m in records.sessions.answered(told) if r.answer != "no"]
    people += [told.organiser_id] if passed and told.organiser_id else []
    hosts = [turn.member_id for turn in records.hosting.accepted(told.id) if turn.member_id]
    channels = {post.channel_id for post in records.posts.about(told.about) if post.channel_id}
    one = replace(one, expires_at=max(told.ends_at, one.due_at + timedelta(days=1)))
    # The hosts of a moved session are asked whether they still can, which tells them the new time.
    asked = hosts if notice == MOVED else ()
    others = [id for id in dict.fromkeys((*people, *hosts)) if id not in (*passed, *asked)]
    latest = told.starts_at - LEAD
    wanted = [
        replace(one, member_id=who.id, due_at=awake(records, who, one.due_at, latest))
        for who in records.members.many(others)
    ]
    for row in (*wanted, *(replace(one, channel_id=id) for id in sorted(channels))):
        records.deliveries.send(told.about, notice, row)
    remind(records, told, one.due_at)
    return len({*people, *hosts} - {*passed}), len(channels)


def need_of(given: Rsvp) -> str:
    """Name what somebody needs as it is now, so that the hosts are told of it once."""
    return f"{given.id}:{crc32(f'{given.language}|{given.note}'.encode()):08x}"


def when_of(planned: Session) -> dict[str, Any]:
    """Give when a session is as plain data, as the log keeps it."""
    return {
        "at": planned.starts_at.isoformat(),
        "wall": planned.wall,
        "zone": planned.zone,
        "minutes": planned.minutes,
    }


def refreshed(caller: Caller, records: Records, changed: Session) -> Message:
    """Bring reminders and live posts in line with a changed session."""
    records.session.flush()
    remind(records, changed, caller.now)
    records.deliveries.refresh(changed.about, caller.now)
    return said(t("I have changed “{title}”.", title=changed.title))
