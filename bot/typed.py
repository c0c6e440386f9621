"""Takes a typed command line apart: named values, then positional ones, the last takes the rest."""

import re
from collections.abc import Sequence

QUOTES = {'"': '"”', "“": '”"', "„": '”“"', "«": "»"}
NAME = re.compile(r"([A-Za-z_][\w-]*)=")
MENTION = re.compile(r"<([@#])([^<>|\s]+)(?:\|([^>]*))?>")


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
    at = _skip(words, 0)
    while at < len(words):
        named = NAME.match(words, at)
        name = named[1].lower().replace("-", "_") if named else ""
        begin = named.end() if named and name in names else at
        value, after = _value(words, begin)
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
    return MENTION.sub(lambda found: found[1] + (found[3] or found[2]), words)


def _skip(words: str, at: int) -> int:
    while at < len(words) and words[at].isspace():
        at += 1
    return at


def _value(words: str, at: int) -> tuple[str, int]:
    """Read one value: what is between quotes, a mention, or up to the next space."""
    if words[at : at + 2] in ("<@", "<#") and (end := words.find(">", at)) > 0:
        return words[at : end + 1], end + 1
    closing = QUOTES.get(words[at : at + 1], "")
    ends = [end for sign in closing if (end := words.find(sign, at + 1)) > 0]
    if ends:
        return words[at + 1 : min(ends)], min(ends) + 1
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
