"""Takes a typed command line apart: named values, then positional ones, the last takes the rest."""

import re
from collections.abc import Mapping, Sequence

QUOTES = {'"': '"”', "“": '”"', "„": '”“"', "«": "»"}
CLOSING = {sign: re.compile(f"[{closing}]") for sign, closing in QUOTES.items()}
NAME = re.compile(r"([A-Za-z_][\w-]*)=")
MENTION = re.compile(r"<([@#])([^<>|\s]+)(?:\|(.*))?\Z", re.DOTALL)
"""A mention up to its closing sign, which what is before it is divided at."""


def taken_apart(
    words: str, names: Sequence[str], required: Sequence[str], people: Sequence[str] = ()
) -> dict[str, str]:
    """Give raw values by option.

    `names` are all options in order; positional values go to the `required` ones, or to the first
    of all where none is left; mentions alone go to the options for `people`. Quotes hold a value
    together, straight or curly; apostrophes are letters.
    """
    found: dict[str, str] = {}
    pieces: list[tuple[str, str]] = []
    last = _last_closing(words)
    at = _skip(words, 0)
    while at < len(words):
        named = NAME.match(words, at)
        name = named[1].lower().replace("-", "_") if named else ""
        begin = named.end() if named and name in names else at
        value, after = _value(words, begin, last)
        if begin > at:
            found[name] = value
        else:
            pieces.append((words[at:after], value))
        at = _skip(words, after)
    whom = [name for name in people if name not in found]
    if len(pieces) <= len(whom) and all(value.startswith("<@") for _, value in pieces):
        return found | dict(zip(whom, (value for _, value in pieces), strict=False))
    left = [name for name in required if name not in found]
    return found | _positional(pieces, left or [name for name in names if name not in found][:1])


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
    if closes and sign in CLOSING and (closing := CLOSING[sign].search(words, at + 1)):
        return words[at + 1 : closing.start()], closing.end()
    end = at
    while end < len(words) and not words[end].isspace():
        end += 1
    return words[at:end], end


def _positional(pieces: list[tuple[str, str]], free: list[str]) -> dict[str, str]:
    """Give pieces to options one by one; the last option takes what is left, as it was typed."""
    if not free or not pieces:
        return {}
    own, rest = pieces[: len(free) - 1], pieces[len(free) - 1 :]
    found = {name: value for name, (_, value) in zip(free, own, strict=False)}
    if rest:
        found[free[-1]] = rest[0][1] if len(rest) == 1 else " ".join(raw for raw, _ in rest)
    return found
