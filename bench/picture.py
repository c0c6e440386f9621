"""Draws bars as an SVG, which reads in light and in dark."""

from collections.abc import Sequence

WIDTH, HEIGHT, LEFT, BOTTOM, GAP = 640, 260, 44, 40, 10
INK, BAR, LINE = "#6b7280", "#2f7d8c", "#c2410c"


def bars(
    values: Sequence[tuple[str, float]], most: float, below: str = "people in the pool"
) -> str:
    """Draw labelled bars, with a line at the most that is allowed, and words `below` them."""
    top = max(most, *(value for _, value in values)) * 1.15
    wide = (WIDTH - LEFT - GAP) / len(values)
    parts = [_line(_height(most, top), LINE, "4 3"), _line(HEIGHT - BOTTOM, INK, "")]
    parts += [_text(LEFT - 6, _height(at, top) + 4, f"{at:g}", "end") for at in (0, most / 2, most)]
    for number, (label, value) in enumerate(values):
        left = LEFT + number * wide + GAP / 2
        parts.append(_bar(left, _height(value, top), wide - GAP))
        middle = left + (wide - GAP) / 2
        parts.append(_text(middle, HEIGHT - BOTTOM + 16, label, "middle"))
        parts.append(_text(middle, _height(value, top) - 5, f"{value:.2f}", "middle"))
    parts.append(_text(WIDTH / 2, HEIGHT - 6, below, "middle"))
    inside = "\n".join(f"  {part}" for part in parts)
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    font = 'font-family="sans-serif" font-size="12"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} {font}>\n{inside}\n</svg>\n'


def _height(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - 10)


def _line(at: float, colour: str, dashes: str) -> str:
    ends = f'x1="{LEFT}" x2="{WIDTH - GAP}" y1="{at:.1f}" y2="{at:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-dasharray="{dashes}"/>'


def _bar(left: float, top: float, wide: float) -> str:
    high = HEIGHT - BOTTOM - top
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{BAR}"/>'
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{INK}" text-anchor="{anchor}">{words}</text>'
