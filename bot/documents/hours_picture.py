"""Draws what each hour of a day costs each region, as a heat map in which hours are marked."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from bot.documents.pictures import box, drawable, fitting, hours, png, shape, svg, text

WIDTH, MARGIN = 1000, 20
HEAD, ROW, STRIP, NAME, FOOT = 92, 106, 56, 38, 58
"""Heights: of the hours at the top, of a region, of its cells, of its name, of the key."""
NAMES = 560
"""How wide a name is at most."""
BARS, LONGEST_BAR = 600, 190
"""Where what a region bears is drawn, and how far at most."""
INK = "#1b1f23"
COLOURS = (
    (0.5, "0", "#ffffd6", INK),
    (2.0, "1", "#b4e2b0", INK),
    (4.5, "3", "#4fb8c0", INK),
    (8.0, "6", "#2a6fae", "#ffffff"),
    (inf, "10", "#1d2566", "#ffffff"),
)
"""Up to which cost is which class, its colour, and that of what is written on it.

From the first to the last they are darker, so that they differ to whoever sees no colours.
"""
NOW, PROPOSED, MARK, LINES = "#9aa1a9", "#1d2566", "#d1242f", "#8b949e"
_PARTED = re.compile(r"[:.\s]")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region: its hours as the clock shows them there, what each costs, and what it bears.

    `costs` are averages over its people; without `proposed` there is no proposal.
    """

    name: str
    local_hours: Sequence[str]
    costs: Sequence[float]
    now: float
    proposed: float | None = None


@dataclass(frozen=True, slots=True)
class HoursPicture:
    """A day as its reader's clock has it, region by region; `marked` are the hours proposed.

    `here` names the reader's clock, `decimal` is their decimal sign: no other words are drawn.
    """

    hours: Sequence[str]
    regions: Sequence[RegionRow]
    marked: Sequence[int] = ()
    here: str = ""
    decimal: str = "."


def drawn(picture: HoursPicture) -> bytes:
    """Draw it as PNG."""
    return png(as_svg(picture))


def drawing(given: Mapping[str, Any]) -> dict[str, str]:
    """Draw, in a job, what `dataclasses.asdict` gave of a picture; the PNG is in base64."""
    regions = [RegionRow(**row) for row in given["regions"]]
    return {"png": b64encode(drawn(HoursPicture(**{**given, "regions": regions}))).decode()}


def explained(picture: HoursPicture) -> tuple[tuple[str, str], ...]:
    """Give the regions that are drawn as a number, since the font lacks signs of their names."""
    return tuple(
        (str(number), row.name)
        for number, row in enumerate(picture.regions, 1)
        if not drawable(row.name)
    )


def as_svg(picture: HoursPicture) -> str:
    """Draw it as SVG."""
    height = HEAD + ROW * len(picture.regions) + FOOT
    parts = [*_head(picture)]
    for number, row in enumerate(picture.regions):
        parts += _region(picture, number, row)
    return svg([*parts, *_key(height - FOOT / 2)], WIDTH, height)


def _cell(picture: HoursPicture) -> float:
    return (WIDTH - 2 * MARGIN) / max(len(picture.hours), 1)


def _size(picture: HoursPicture) -> float:
    """Give the size of type in which two digits fit into a cell."""
    return max(13, min(21, _cell(picture) * 0.75))


def _middle(picture: HoursPicture, column: int) -> float:
    return MARGIN + (column + 0.5) * _cell(picture)


def _head(picture: HoursPicture) -> list[str]:
    """Draw the hours of the reader's day, with a sign above those that are marked."""
    parts = []
    if picture.here and drawable(picture.here):
        parts.append(text(fitting(picture.here, NAMES, 20), (MARGIN, 22), 20))
    for column in _marked(picture):
        middle = _middle(picture, column)
        parts.append(shape(f"{middle - 9},32 {middle + 9},32 {middle},46", MARK))
    return [*parts, *_labels(picture, dict(enumerate(picture.hours)), 70, INK)]


def _marked(picture: HoursPicture) -> list[int]:
    return [column for column in picture.marked if 0 <= column < len(picture.hours)]


def _labels(picture: HoursPicture, labels: Mapping[int, str], y: float, ink: str) -> list[str]:
    """Write hours into their columns; their minutes, or their half of the day, stand beneath."""
    size = _size(picture)
    small, high, low = max(13, size * 0.7), list[tuple[str, float]](), list[tuple[str, float]]()
    middle, above = list[tuple[str, float]](), y - small * 0.55
    for column, label in labels.items():
        hour, *more = [word for word in _PARTED.split(label, maxsplit=1) if word] or [""]
        (high if more else middle).append((hour, _middle(picture, column)))
        low += [(word, _middle(picture, column)) for word in more]
    beneath = hours(low, y + size * 0.6, small, ink)
    return [*hours(middle, y, size, ink), *hours(high, above, size, ink), *beneath]


def _region(picture: HoursPicture, number: int, row: RegionRow) -> list[str]:
    top, size = HEAD + ROW * number, 24
    name = row.name if drawable(row.name) else str(number + 1)
    parts = [text(fitting(name, NAMES, size), (MARGIN, top + NAME / 2), size)]
    return [*parts, *_borne(picture, row, top + NAME / 2), *_strip(picture, row, top + NAME)]


def _strip(picture: HoursPicture, row: RegionRow, top: float) -> list[str]:
    """Draw the cells of a region, those that are marked in a frame."""
    width, inks = _cell(picture), dict[str, dict[int, str]]()
    parts = [box((MARGIN - 1, top - 1), (WIDTH - 2 * MARGIN + 2, STRIP + 2), LINES)]
    for column, cost in enumerate(row.costs[: len(picture.hours)]):
        _, _, colour, ink = next((shade for shade in COLOURS if cost < shade[0]), COLOURS[-1])
        parts.append(box((MARGIN + column * width, top), (width - 1, STRIP), colour))
        inks.setdefault(ink, {})[column] = "".join(row.local_hours[column : column + 1])
    for column in _marked(picture):
        frame = (MARGIN + column * width, top - 4), (width, STRIP + 8)
        parts += [box(*frame, "none", "#ffffff", width / 5), box(*frame, "none", MARK, width / 8)]
    for ink, labels in inks.items():
        parts += _labels(picture, labels, top + STRIP / 2, ink)
    return parts


def _borne(picture: HoursPicture, row: RegionRow, middle: float) -> list[str]:
    """Draw what a region bears now, and would bear: a bar for each, and both numbers."""
    most = max([0.1, *(each.now for each in picture.regions)])
    most = max([most, *(each.proposed or 0 for each in picture.regions)])
    bars = [(row.now, NOW), *([(row.proposed, PROPOSED)] if row.proposed is not None else [])]
    parts = [
        box((BARS, middle - 12 + 13 * line), (max(2, LONGEST_BAR * borne / most), 11), colour)
        for line, (borne, colour) in enumerate(bars)
    ]
    right = WIDTH - MARGIN
    if row.proposed is None:
        return [*parts, text(_number(row.now, picture), (right, middle), 22, "end")]
    arrow = f"{right - 96},{middle - 1} {right - 80},{middle - 1} {right - 80},{middle - 6}"
    arrow += f" {right - 70},{middle} {right - 80},{middle + 6} {right - 80},{middle + 1}"
    return [
        *parts,
        text(_number(row.now, picture), (right - 106, middle), 22, "end", "#57606a"),
        shape(f"{arrow} {right - 96},{middle + 1}", "#57606a"),
        text(_number(row.proposed, picture), (right, middle), 22, "end"),
    ]


def _number(borne: float, picture: HoursPicture) -> str:
    return f"{borne:.0f}" if borne >= 100 else f"{borne:.1f}".replace(".", picture.decimal)


def _key(middle: float) -> list[str]:
    """Draw which colour stands for which cost."""
    parts, width = [], 96
    for number, (_, label, colour, ink) in enumerate(COLOURS):
        left = MARGIN + number * width
        parts.append(box((left, middle - 15), (width, 30), colour, LINES))
        parts.append(text(label, (left + width / 2, middle), 18, "middle", ink))
    return parts
