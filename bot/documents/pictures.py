"""The one place that turns SVG into PNG; the font is the project's own, so all machines agree."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Literal

import resvg_py
from fontpkg import path

FAMILY = "Noto Sans"
SCRIPTS = (
    (0x20, 0x24F), (0x300, 0x3E1), (0x3F0, 0x52F), (0x1E00, 0x1FFF), (0x2010, 0x2027),
    (0x2030, 0x205E),
)  # fmt: skip
"""Where the signs stand that the font has: Latin, Greek, Cyrillic, and what joins words."""
NARROW, WIDE = set("!'()*,-./:;I[]fijlrt| "), set("@%&MWmwЖМФШЩЫЮжмфшщыюΩ—…")
_WIDTHS = 0.42, 0.64, 0.74, 0.98
"""Of narrow, small, other and wide signs in ems, rather more than they take."""
ADVANCES = dict.fromkeys("0123456789", 0.572) | {"A": 0.639, "P": 0.605, "M": 0.907}
"""How far the signs of hours move the pen in this font, in ems."""
BASELINE = 0.36
"""How far the line on which signs stand is below their middle, in ems."""
Anchor = Literal["start", "middle", "end"]


def png(svg: str) -> bytes:
    """Render an SVG. Nothing is fetched, and no font of the machine is used."""
    made = resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=[_font()], font_family=FAMILY
    )
    return bytes(made)


@cache
def _font() -> str:
    return str(path(FAMILY))


def drawable(words: str) -> bool:
    """Say whether the font has all signs of some words: without one, a box would stand there."""
    return all(
        any(first <= ord(sign) <= last for first, last in SCRIPTS)
        and unicodedata.category(sign)[0] not in "C"
        for sign in words
    )


def fitting(words: str, width: float, size: float) -> str:
    """Cut words to what fits into some pixels in a size of type, with a sign that there was more.

    Widths are taken for rather more than they are, since nothing measures the font.
    """
    if _width(words) * size <= width:
        return words
    while words and (_width(words) + _WIDTHS[-1]) * size > width:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _width(words: str) -> float:
    return sum(_em(sign) for sign in words)


def _em(sign: str) -> float:
    narrow, small, other, wide = _WIDTHS
    if sign in WIDE:
        return wide
    if sign in NARROW:
        return narrow
    return small if sign.islower() or sign.isdecimal() else other


def text(
    words: str,
    at: tuple[float, float],
    size: float,
    anchor: Anchor = "start",
    fill: str = "#1b1f23",
) -> str:
    """Write words so that the middle of their height is at a point."""
    x, y = at
    return (
        f'<text x="{x:g}" y="{y + size * BASELINE:g}" font-size="{size:g}" text-anchor="{anchor}"'
        f' font-family="{FAMILY}" fill="{fill}">{escape(words)}</text>'
    )


def hours(labels: Sequence[tuple[str, float]], y: float, size: float, fill: str) -> list[str]:
    """Write labels in a line, each around its own middle.

    Hours become one text, whose signs are shifted: each text of its own takes half a millisecond.
    """
    plain = [(label, x) for label, x in labels if label and ADVANCES.keys() >= set(label)]
    rest = [(label, x) for label, x in labels if label and not ADVANCES.keys() >= set(label)]
    made = [text(label, (x, y), size, "middle", fill) for label, x in rest]
    if not plain:
        return made
    pen, shifts = 0.0, list[str]()
    for label, x in plain:
        width = sum(ADVANCES[sign] for sign in label) * size
        shifts += [f"{x - width / 2 - pen:.2f}", *("0" for _ in label[1:])]
        pen = x + width / 2
    words = "".join(label for label, _ in plain)
    line = f'dx="{" ".join(shifts)}" y="{y + size * BASELINE:g}" font-size="{size:g}"'
    return [*made, f'<text x="0" {line} font-family="{FAMILY}" fill="{fill}">{words}</text>']


def box(
    corner: tuple[float, float],
    size: tuple[float, float],
    fill: str,
    stroke: str = "",
    line: float = 1,
) -> str:
    """Draw a rectangle."""
    (x, y), (width, height) = corner, size
    edge = f' stroke="{stroke}" stroke-width="{line:g}"' if stroke else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"{edge}/>'


def shape(points: str, fill: str) -> str:
    """Draw a polygon."""
    return f'<polygon points="{points}" fill="{fill}"/>'


def svg(parts: list[str], width: int, height: int) -> str:
    """Put parts on a background of their own, which chats in the dark need as well."""
    back = box((0.5, 0.5), (width - 1, height - 1), "#ffffff", "#c8ccd0")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}">'
    )
    return "".join((head, back, *parts, "</svg>"))
