"""Sets up the slots and rooms of a board, and keeps topics in theirs where that can be."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from bot import moments
from bot.authored import title_of
from bot.commands import Caller
from bot.domain import boards
from bot.domain.boards import Described
from bot.errors import FieldError
from bot.handlers.openspace.group import held, may_lead, meant, openspace, phase_of, session_of
from bot.handlers.openspace.options import SpaceOption
from bot.handlers.openspace.words import board as words
from bot.i18n import Text, t
from bot.options.basic import LongText, Number
from bot.options.times import Duration, WallTimeKind, past
from bot.plain_text import shortened
from bot.protocol import Reply, Say
from bot.wording.hours import other_hour
from storage import Records
from storage.openspace import OpenSpace, Room

LONGEST = 480
"""Minutes of a slot, and of a pause."""
MOST_ROOMS = 25
LONGEST_NAME, SHOWN = 80, 40
"""Characters of a room's name, and as many of one as an error shows."""
CAPACITY = re.compile(r"(?:\((?P<inside>\d{1,5})\)|[:=,;]\s*(?P<behind>\d{1,5}))\s*$")
COMMA = re.compile(
    r"[,;،、]\s+(?!\d{1,5}\s*(?:$|[,;،、]))"
)  # not the one before a number of places
LINK = re.compile(r"\((?P<inside>https?://\S+)\)\Z|(?P<link>https?://\S+)")


def _slots_now(
    caller: Caller, records: Records, space: OpenSpace | None = None
) -> Mapping[str, Any]:
    slots = records.slots.of(meant(caller, records, space).id)
    if not slots:
        return {"count": 4, "length": 60, "pause": 10}
    first, second = slots[0], slots[1] if len(slots) > 1 else None
    pause = _minutes(second.starts_at - first.ends_at) if second else 0
    length = _minutes(first.ends_at - first.starts_at)
    wall = moments.wall(first.starts_at, caller.zone)
    start = moments.WallTime(first.starts_at, wall, caller.zone)
    return {"start": start, "count": len(slots), "length": length, "pause": str(pause)}


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds()) // 60


@openspace.command(title=t("Set the slots"), submit=t("Save"), may=may_lead, fill=_slots_now)
def slots(
    caller: Caller,
    records: Records,
    start: Annotated[
        moments.WallTime,
        WallTimeKind(t("First slot begins"), t("For example: next Friday 3pm")),
    ],
    count: Annotated[int, Number(t("Number of slots"), least=1, most=20)],
    length: Annotated[int, Duration(t("Length"), t("For example: 90m or 1h30"))],
    pause: Annotated[int, Number(t("Minutes between slots"), most=LONGEST)] = 0,
    space: SpaceOption | None = None,
) -> Reply:
    """Set the times when topics meet."""
    space = held(caller, records, space)
    before = records.slots.of(space.id)
    if start.at <= caller.now and (not before or start.at != before[0].starts_at):
        raise past("start", start.at)
    if not 5 <= length <= LONGEST:
        raise FieldError("length", t("A slot can last from 5 minutes to 8 hours. Try 90m or 1h30."))
    step = timedelta(minutes=length + pause)
    spans = [(start.at + step * number, timedelta(minutes=length)) for number in range(count)]
    lost = boards.set_slots(records, space, spans)
    doubt = _outside(caller, records, space, spans)
    told = words.slots(space, records.slots.of(space.id), lost, phase_of(space, caller.now), doubt)
    again = {"space": space.id, "count": count, "length": length, "pause": pause}
    meant = other_hour(start, "openspace.slots", "start", **again)
    return Say(replace(told, buttons=(*meant, *told.buttons)))


def _outside(
    caller: Caller, records: Records, space: OpenSpace, spans: Sequence[tuple[datetime, timedelta]]
) -> Text | None:
    """Ask about slots beyond the session of a space, or the days on which it runs."""
    first, last = spans[0][0], spans[-1][0]
    session = session_of(records, space, caller.sight, caller.now)
    if session is not None:
        beyond = first < session.starts_at or last + spans[-1][1] > session.ends_at
        return words.beyond(session.starts_at, session.ends_at) if beyond else None
    if space.running_at is None:
        return None
    runs = [_day(one, caller) for one in (space.running_at, space.harvest_at or space.running_at)]
    beyond = _day(first, caller) < runs[0] or _day(last, caller) > max(runs)
    return words.beyond_days(runs[0], max(runs)) if beyond else None


def _day(moment: datetime, caller: Caller) -> date:
    return date.fromisoformat(moments.wall(moment, caller.zone)[:10])


def described(line: str) -> Described:
    """Read `Garden (12) https://…`, of which only the name is needed."""
    last = line.rpartition(" ")[2]
    link = LINK.search(last)
    rest = line[: link.start() - len(last)] if link else line
    number = CAPACITY.search(rest)
    name = rest[: number.start()] if number else rest
    capacity = int(number["inside"] or number["behind"]) if number else 0
    return Described(name.strip(), capacity, link["inside"] or link["link"] if link else "")


def _rooms_now(
    caller: Caller, records: Records, space: OpenSpace | None = None
) -> Mapping[str, Any]:
    rooms = records.rooms.of(meant(caller, records, space).id)
    lines = [
        " ".join([room.name, *([f"({room.capacity})"] if room.capacity else []), room.link]).strip()
        for room in rooms
    ]
    return {"rooms": "\n".join(lines)}


@openspace.command(title=t("Name the rooms"), submit=t("Save"), may=may_lead, fill=_rooms_now)
def rooms(
    caller: Caller,
    records: Records,
    rooms: Annotated[
        str,
        LongText(t("Rooms"), t("One per line, with places and a link if you like: Garden (12)")),
    ],
    space: SpaceOption | None = None,
) -> Reply:
    """Name the rooms where topics meet."""
    space = held(caller, records, space)
    lines = _lines(rooms)
    wanted = [described(line) for line in lines]
    _check(lines, wanted)
    _may_lose(caller, records, space, boards.rooms_without(records, space, wanted))
    lost = boards.set_rooms(records, space, wanted)
    return Say(words.rooms(space, records.rooms.of(space.id), lost, phase_of(space, caller.now)))


def _lines(rooms: str) -> Sequence[str]:
    """Divide what was written into rooms: one a line, or behind commas where there is one line."""
    lines = [line for line in rooms.splitlines() if line.strip()]
    return [one for one in COMMA.split(lines[0]) if one.strip()] if len(lines) == 1 else lines


def _check(lines: Sequence[str], wanted: Sequence[Described]) -> None:
    """Let rooms pass that can be told apart. Raises FieldError, which names the line."""
    known: set[str] = set()
    for line, room in zip(lines, wanted, strict=True):
        if wrong := _wrong(line, room.name, known):
            raise FieldError("rooms", wrong)
        known.add(room.name.casefold())
    if len(wanted) > MOST_ROOMS:
        raise FieldError("rooms", t("You can name up to {count} rooms.", count=MOST_ROOMS))


def _wrong(line: str, name: str, known: Container[str]) -> Text | None:
    if not name:
        shown = shortened(line.strip(), SHOWN)
        return t("“{line}” needs a name before the number of places: Garden (12)", line=shown)
    if name.casefold() in known:
        return t("Two rooms are called “{name}”. Give each room its own name.", name=name)
    if len(name) > LONGEST_NAME:
        return t(
            "“{name}” is too long: a room's name can have at most {count} characters.",
            name=shortened(name, SHOWN),
            count=LONGEST_NAME,
        )
    return None


def _may_lose(caller: Caller, records: Records, space: OpenSpace, rooms: Sequence[Room]) -> None:
    """Refuse to take a room from a topic that was put there by hand, or once people are there."""
    gone, running = {room.id: room for room in rooms}, phase_of(space, caller.now) == "running"
    for topic in records.topics.in_space(space.id):
        if topic.room_id in gone and (topic.pinned or running):
            used = t(
                "You can't remove “{room}”: “{title}” meets there. Move the topic first.",
                room=gone[topic.room_id].name,
                title=title_of(topic),
            )
            raise FieldError("rooms", used)
