"""Fills a board from plain data, such as another process gets."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.rules.board import BoardRoom, BoardSlot, BoardTopic, fill


def filled(given: Mapping[str, Any]) -> dict[str, Any]:
    """Fill a board; gives `places` as topic, slot, room, and why others have none: `unplaced`.

    `topics` are id, conveners and who wants it; `slots` id, start and end; `rooms` id and capacity;
    `pinned` is in `places` as it is.
    """
    board = fill(
        [
            BoardTopic(id, frozenset(conveners), frozenset(by))
            for id, conveners, by in given["topics"]
        ],
        [BoardSlot(id, _at(start), _at(end)) for id, start, end in given["slots"]],
        [BoardRoom(id, capacity) for id, capacity in given["rooms"]],
        {topic: (slot, room) for topic, slot, room in given["pinned"]},
    )
    places = [[cell.topic, cell.slot, cell.room] for cell in board.cells]
    return {"places": places, "unplaced": [one.reason for one in board.unplaced]}


def _at(instant: str) -> datetime:
    return datetime.fromisoformat(instant)
