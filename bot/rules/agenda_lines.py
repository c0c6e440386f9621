"""Reads the lines of an agenda: a time or a length, what it is called, who contributes to it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time

BULLETS = " \t-*•–—"
_BREAK = r"(?:[ \t:|–—-]+|$)"
_HALF = r" ?[ap]\.?m\b\.?"
_MINUTES = r"(?:[:.][0-5]\d(?!\d)|h(?:[0-5]\d)?(?![^\W_]))"
_HOUR = r"(?:2[0-4]|[01]?\d)"
_CLOCK = rf"(?:{_HOUR}{_MINUTES}(?:{_HALF})?|{_HOUR}{_HALF})"
SPAN = re.compile(
    rf"(?P<at>{_CLOCK}|{_HOUR}(?= ?[-–—] ?{_CLOCK}))"
    rf"(?: ?(?:[-–—]|to|a|à) ?(?P<until>{_CLOCK}))?{_BREAK}",
    re.IGNORECASE,
)
PARTS = re.compile(r"(?P<hour>\d+)(?:[:.h](?P<minute>\d+)?)?(?P<half> ?[ap])?", re.IGNORECASE)
LENGTH = re.compile(
    r"(?:(?P<hours>\d{1,2}) ?h(?:ours?|oras?|eures?|rs?)? ?(?P<rest>[0-5]\d)?(?: ?m(?:in)?)?"
    r"|(?P<minutes>\d{1,3}) ?(?:min\.|m|mins?|minutes?|minutos?|['’′]))" + _BREAK,
    re.IGNORECASE,
)
INSIDE = re.compile(r"\(([^()]*)\)$")
MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item as it is written.

    `at` and `until` are times on the clock, `minutes` a length; `perhaps` is the length that an
    `at` like "1h30" may mean as well. `names` stand as they are written, `format` is a known key.
    `others` is what it is called in other languages, by their codes.
    """

    title: str
    at: time | None = None
    until: time | None = None
    minutes: int | None = None
    perhaps: int | None = None
    beside: bool = False
    names: tuple[str, ...] = ()
    format: str = ""
    others: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def says_when(self) -> bool:
        """Say whether it has a time or a length."""
        return self.at is not None or self.minutes is not None


def lines(agenda: str, formats: Mapping[str, str] | None = None) -> Sequence[AgendaLine]:
    """Read an agenda; `formats` are their keys by what they are called, in small letters."""
    written = [words for words in agenda.splitlines() if words.strip(BULLETS + "&")]
    return [_line(words.strip(BULLETS), formats or {}) for words in written]


def titles(agenda: str) -> Sequence[str]:
    """Give what the items of an agenda are called, without times, lengths and names."""
    return [line.title for line in lines(agenda)]


def retitled(words: str, title: str) -> str:
    """Give a line of an agenda that is called otherwise: its time and names stay."""
    called = _line(words.strip(BULLETS), {}).title
    before = _parted(words)[0]
    stem = before if before.endswith(called) else words.rstrip()
    return stem.removesuffix(called) + title + words[len(stem) :].rstrip()


def _line(words: str, formats: Mapping[str, str]) -> AgendaLine:
    rest = words.lstrip("&" + BULLETS)
    line, title = _begun(rest)
    name, inside = _parted(title)
    line = replace(line, title=name or title, beside=words.startswith("&"))
    for word in re.split("[,;]", inside) if name and inside is not None else ():
        line = _with(line, word.strip().removeprefix("@").strip(), formats)
    return line


def _begun(words: str) -> tuple[AgendaLine, str]:
    """Read the time or the length a line begins with; gives what it is called as well."""
    span, length = SPAN.match(words), LENGTH.match(words)
    minutes = _length(length) if length and length.end() < len(words) else None
    if span and span.end() < len(words):
        half = _half(span["until"] or "")
        until = _clock(span["until"]) if span["until"] else None
        perhaps = None if until else minutes
        line = AgendaLine("", _clock(span["at"], half), until, perhaps=perhaps)
        return line, words[span.end() :].strip()
    if length and minutes:
        return AgendaLine("", minutes=minutes), words[length.end() :].strip()
    return AgendaLine(""), words


def _half(words: str) -> str:
    """Give the half of the day that a time names: "a", "p" or nothing."""
    found = PARTS.match(words)
    return (found["half"] or "").strip().lower() if found else ""


def _clock(words: str, half: str = "") -> time:
    found = PARTS.match(words)
    assert found is not None
    hour, half = int(found["hour"]), _half(words) or half
    if half and hour <= 12:
        hour = hour % 12 + 12 * (half == "p")
    return time(hour % 24, int(found["minute"] or 0))


def _length(found: re.Match[str]) -> int:
    if found["minutes"]:
        return int(found["minutes"])
    return int(found["hours"]) * 60 + int(found["rest"] or 0)


def _with(line: AgendaLine, word: str, formats: Mapping[str, str]) -> AgendaLine:
    """Add to an item what a word in its parentheses says: a format, a length or a name."""
    length = LENGTH.fullmatch(word)
    if not word:
        return line
    if word.casefold() in formats:
        return replace(line, format=formats[word.casefold()])
    if length and line.minutes is None and line.until is None:
        return replace(line, minutes=_length(length))
    return replace(line, names=tuple(dict.fromkeys((*line.names, word))))


def shifted(agenda: str, minutes: int, unsure: Collection[time] = ()) -> str:
    """Give an agenda whose times on the clock are later by some minutes, its lengths as they are.

    Of those that may as well be lengths ("1h30") only the `unsure` ones given are times.
    """
    if not minutes % MIDNIGHT:
        return agenda
    return "\n".join(_shifted(words, minutes, unsure) for words in agenda.splitlines())


def _shifted(words: str, minutes: int, unsure: Collection[time]) -> str:
    begin = len(words) - len(words.lstrip("&" + BULLETS))
    span = SPAN.match(words, begin)
    line, _ = _begun(words[begin:])
    if span is None or line.at is None or (line.perhaps and line.at not in unsure):
        return words
    parts = [_later(span, name, minutes) for name in ("at", "until") if span[name]]
    between = words[span.end("at") : span.start("until")] if span["until"] else ""
    after = words[span.end("until" if span["until"] else "at") :]
    return words[:begin] + between.join(parts) + after


def _later(span: re.Match[str], name: str, minutes: int) -> str:
    """Write a time as it was written, later by some minutes."""
    half = _half(span["until"] or "")
    at = _clock(span[name], half)
    hour, minute = divmod((at.hour * 60 + at.minute + minutes) % MIDNIGHT, 60)
    if half or _half(span[name]):
        of_twelve = f"{hour % 12 or 12}" + (f":{minute:02}" if minute else "")
        return of_twelve + ("pm" if hour >= 12 else "am")
    sign = next((sign for sign in span[name].lower() if sign in ":.h"), ":")
    return f"{hour:02}{sign}{minute:02}"


def bare(agenda: str) -> Sequence[str]:
    """Give the lines of an agenda without what stands in parentheses at their ends."""
    written = (_parted(words.strip(BULLETS))[0] for words in agenda.splitlines())
    return [words for words in written if words]


def _parted(words: str) -> tuple[str, str | None]:
    """Give what stands before parentheses at the end of a line, and what is in them, if any."""
    line = words.rstrip()
    inside = INSIDE.search(line)
    return (line[: inside.start()].rstrip(), inside[1]) if inside else (line, None)


def without(agenda: str, leaves_out: Callable[[str], bool]) -> str:
    """Give an agenda without the names of some people."""
    return "\n".join(_without(words, leaves_out) for words in agenda.splitlines())


def _without(words: str, leaves_out: Callable[[str], bool]) -> str:
    line, inside = _parted(words)
    if inside is None:
        return words
    names = [name.strip() for name in re.split("[,;]", inside)]
    left = [name for name in names if not leaves_out(name.removeprefix("@").strip())]
    if left == names:
        return words
    return line + (f" ({', '.join(left)})" if left else "")
