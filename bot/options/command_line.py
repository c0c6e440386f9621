"""Takes a typed command line apart: named values, then positional ones, the last takes the rest."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.folding import folded

QUOTES = {'"': '"”', "“": '”"', "„": '”“"', "«": "»"}
CLOSING = {sign: re.compile(f"[{closing}]") for sign, closing in QUOTES.items()}
CLOSING['"'] = re.compile('["”“]')
NAME = re.compile(r"([^\W\d][\w-]{0,60})=(?!=)")
LIKE = 0.75
"""How like the name of an option a word is that stands for it."""
Piece = tuple[str, str]
"""What was typed, and the value it is: without the quotes around it."""
Find = Callable[[Sequence[str]], tuple[int, int] | None]
"""Says how many words stand before the value at their end, and with which one that begins."""
MENTION = re.compile(r"<([@#])([^<>|\s]+)(?:\|(.*))?\Z", re.DOTALL)
"""A mention up to its closing sign, which what is before it is divided at."""


@dataclass(frozen=True, slots=True)
class Takes:
    """What a command takes: its options by every name they are written by, folded.

    Values without a name go to the `bare` ones, mentions alone to those for `people`; the last
    bare one takes the rest of the line, as text where it is one of `running`. Where that one
    `ends` a line, it is looked for at the end, and the bare one before it takes what is left.
    """

    names: Mapping[str, str]
    bare: Sequence[str] = ()
    people: Sequence[str] = ()
    running: Collection[str] = ()
    ends: str = ""

    def name(self, written: str) -> str:
        """Give the option that is written like this, or nothing."""
        return self.names.get(folded(written).replace("-", "_"), "")

    def near(self, written: str) -> str:
        """Give the option whose name is nearest to what was written, or nothing."""
        like = get_close_matches(folded(written).replace("-", "_"), self.names, 1, LIKE)
        return self.names[like[0]] if like else ""


@dataclass(frozen=True, slots=True)
class Taken:
    """Raw values by option; names that no option has, and words that are for none."""

    values: Mapping[str, str]
    unknown: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)


def _nowhere(words: Sequence[str]) -> None:
    return None


def parse_line(words: str, takes: Takes, find: Find = _nowhere) -> Taken:
    """Give raw values by option, and what is for none.

    Quotes hold a value together, straight or curly; apostrophes are letters. `find` looks for
    the value that ends a line.
    """
    named, pieces = _divided(words, takes)
    whom = [name for name in takes.people if name not in named]
    if len(pieces) <= len(whom) and all(value.startswith("<@") for _, value in pieces):
        return Taken(named | dict(zip(whom, (value for _, value in pieces), strict=False)))
    free = [name for name in takes.bare if name not in named]
    unknown = _unknown([raw for raw, _ in pieces], free, takes)
    stray = [] if free else [value for _, value in pieces]
    if len(free) > 1 and free[-1] == takes.ends:
        return Taken(named | _ended(pieces, free, find), unknown)
    return Taken(named | _positional(pieces, free), unknown, stray)


def _divided(words: str, takes: Takes) -> tuple[dict[str, str], list[Piece]]:
    """Divide words into values with a name, and pieces without one, raw and as a value."""
    named: dict[str, str] = {}
    pieces: list[Piece] = []
    last = _last_closing(words)
    at = _skip(words, 0)
    while at < len(words):
        written = NAME.match(words, at)
        name = takes.name(written[1]) if written else ""
        begin = written.end() if written and name else at
        value, after = _value(words, begin, last)
        if name:
            named[name] = value
        else:
            pieces.append((words[at:after], value))
        at = _skip(words, after)
    return named, pieces


def _unknown(pieces: Sequence[str], free: Sequence[str], takes: Takes) -> list[str]:
    """Name what is written as an option and is none.

    A word that begins a token, unquoted and directly followed by `=`, names an option; inside the
    running text of the last option it is content, unless it is near to the name of one.
    """
    running = len(free) if free and free[-1] in takes.running else len(pieces)
    written = ((at, match[1]) for at, raw in enumerate(pieces) if (match := NAME.match(raw)))
    return [name for at, name in written if at < running or takes.near(name)]


def as_seen(words: str) -> str:
    """Write the mentions in words as people see them: by their names, not as `<@id|name>`."""
    *closed, rest = words.split(">")
    return "".join(map(_seen, closed)) + rest


def _seen(closed: str) -> str:
    found = MENTION.search(closed)
    if found is None:
        return f"{closed}>"
    return closed[: found.start()] + found[1] + (found[3] or found[2])


def _skip(words: str, at: int) -> int:
    while at < len(words) and words[at].isspace():
        at += 1
    return at


def _last_closing(words: str) -> dict[str, int]:
    """Say for each opening sign where it can be closed last, so that nobody looks in vain."""
    ends = {sign: words.rfind(sign) for sign in '"”“»'}
    quotes = {sign: max(ends[end] for end in closing) for sign, closing in QUOTES.items()}
    return quotes | {"<": words.rfind(">")}


def _value(words: str, at: int, last: Mapping[str, int]) -> tuple[str, int]:
    """Read one value: what is between quotes, a mention, or up to the next space."""
    sign = words[at : at + 1]
    closes = at < last.get(sign, -1)
    if closes and words.startswith(("<@", "<#"), at):
        end = words.index(">", at) + 1
        return words[at:end], end
    if closes and sign in CLOSING and (end := _closing(words, at)):
        return words[at + 1 : end], end + 1
    end = at
    while end < len(words) and not words[end].isspace():
        end += 1
    return words[at:end], end


def _closing(words: str, at: int) -> int:
    """Find where a quote is closed, or 0; between straight signs curly ones come in pairs."""
    inner = 0
    for sign in CLOSING[words[at]].finditer(words, at + 1):
        if sign[0] == "“" and words[at] == '"':
            inner += 1
        elif sign[0] != "”" or not inner:
            return sign.start()
        else:
            inner -= 1
    return 0


def _ended(pieces: list[Piece], free: list[str], find: Find) -> dict[str, str]:
    """Give pieces to options one by one, the rest to the last two: words, and what ends them.

    What is quoted stands for itself.
    """
    *single, text, ending = free
    own, rest = pieces[: len(single)], pieces[len(single) :]
    before, begin = len(rest), len(rest)
    if rest and _is_quoted(rest[0]):
        before = begin = 1
    elif rest and _is_quoted(rest[-1]):
        before = begin = len(rest) - 1
    elif place := find([value for _, value in rest]):
        before, begin = place
    values = {name: value for name, (_, value) in zip(single, own, strict=False)}
    values |= {text: _joined(rest[:before]).rstrip(" ,;:"), ending: _joined(rest[begin:])}
    return {name: value for name, value in values.items() if value}


def _is_quoted(piece: Piece) -> bool:
    return piece[0] != piece[1]


def _joined(pieces: list[Piece]) -> str:
    """Give pieces as one value, as they were typed."""
    return pieces[0][1] if len(pieces) == 1 else " ".join(raw for raw, _ in pieces)


def _positional(pieces: list[Piece], free: list[str]) -> dict[str, str]:
    """Give pieces to options one by one; the last option takes what is left, as it was typed."""
    if not free or not pieces:
        return {}
    own, rest = pieces[: len(free) - 1], pieces[len(free) - 1 :]
    found = {name: value for name, (_, value) in zip(free, own, strict=False)}
    if rest:
        found[free[-1]] = _joined(rest)
    return found
