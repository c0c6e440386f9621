"""Reads action items as people write them: who does what until when, one line each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot import moments
from bot.domain.actions import Action
from bot.errors import Unreadable
from bot.folding import folded
from bot.i18n import format_day, joined, t
from bot.options.basic import LongText, Reading
from bot.options.people import mention
from bot.signs import NAME, cleaned
from storage.people import Member

MOST, LONGEST, NAMED = 30, 300, 3
NO_DAY = ("impossible", "weekday", "several", "too_far")
"""Why what looks like a day is none."""
AROUND, SIGNS, DAY = " ,;:-–—(", ",;(-–—", 60
"""Signs between what is to be done and its day, and the most characters a day has."""
WORDS = 5
"""Words of which the name of somebody has no more."""
_SIGNS = re.compile(r"^(?:[-*•–—·☐]|\[ ?\]|\d{1,2}[.)])\s+")
_PARTED = re.compile(r"[,;(]\s*|(?<=\s)[-–—]\s|\s+(?=\S)")
_UNTIL = ("by the", "by", "until", "before", "due", "para el", "para", "antes del", "antes de",
          "hasta el", "hasta", "el", "pour le", "pour", "avant le", "avant", "d'ici le", "d'ici au",
          "d'ici", "le", "jusqu'au", "on")  # fmt: skip
"""Words before the day until which something is to be done."""


@dataclass(frozen=True, slots=True)
class ActionsKind(LongText):
    """What is to be done, one a line, with who does it and until which day."""

    empty: Any = ()

    def read(self, raw: str, reading: Reading) -> Any:
        lines = [_SIGNS.sub("", line) for line in LongText.read(self, raw, reading).splitlines()]
        lines = list(dict.fromkeys(line for line in lines if line.strip()))
        if len(lines) > MOST:
            raise Unreadable(t("That's more than {most} lines. Please shorten it.", most=MOST))
        heads = {head for line in lines for head in _heads(line)}
        ids = [id for head in heads if (id := mention(head, "@"))]
        found = reading.records.members.called(heads, [*heads, *ids])
        read = {line: _Line(line, found, reading).read() for line in lines}
        if unclear := [line for line, action in read.items() if action is None]:
            raise _unclear(unclear)
        return [action for action in read.values() if action]

    def raw(self, value: Any, reading: Reading) -> str:
        return "\n".join(_written(action, reading) for action in value)


def _written(action: Action, reading: Reading) -> str:
    who = action.owner.name if action.owner else action.name
    day = f", {format_day(action.due_on, reading.locale)}" if action.due_on else ""
    return f"{who}: {action.words}{day}" if who else f"{action.words}{day}"


def _heads(line: str) -> list[str]:
    """Give what may name whoever does it: the words before the first colon, or comma."""
    cut = (line.partition(sign)[0].strip() for sign in (":", "：", ","))
    return [_bare(head) for head in cut if 0 < len(head) < len(line)]


def _bare(head: str) -> str:
    words = cleaned(head)
    return words if mention(words, "@") else words.removeprefix("@")


def _unclear(lines: Sequence[str]) -> Unreadable:
    named = joined([t("“{words}”", words=line[:60]) for line in lines[:NAMED]], ", ")
    asked = t("I can't read who does what until when: {lines}.", lines=named)
    example = t("Write it like this: Ana: write to the speakers, 15 October")
    return Unreadable(joined((asked, example)))


@dataclass(frozen=True, slots=True)
class _Line:
    """One line, with the members whom its beginning may name."""

    line: str
    found: Sequence[Member]
    reading: Reading

    def read(self) -> Action | None:
        """Read it; None where nothing is to be done, or the day cannot be read."""
        if self.line.rstrip().endswith((":", "：")):
            return None
        owner, name, rest = self._owner()
        parted = self._day(rest)
        if parted is None or not 0 < len(parted[0]) <= LONGEST:
            return None
        return Action(parted[0], owner, name, parted[1])

    def _owner(self) -> tuple[Member | None, str, str]:
        """Part whoever does it from the rest: a name before a colon, a member before a comma."""
        for sign in (":", "：", ","):
            head, _, rest = self.line.partition(sign)
            if not rest or not head.strip():
                continue
            member = self._member(_bare(head))
            if member is not None:
                return member, "", rest.strip()
            if sign != "," and len(head.split()) <= WORDS and not rest.startswith("//"):
                return None, _bare(head)[:NAME], rest.strip()
        return None, "", self.line.strip()

    def _member(self, head: str) -> Member | None:
        account = mention(head, "@") or head
        here = (self.reading.platform, self.reading.workspace)
        known = [
            one
            for one in self.found
            if any(
                (each.platform, each.workspace) == here and folded(each.account) == folded(account)
                for each in one.accounts
            )
        ]
        known = known or [one for one in self.found if folded(one.name) == folded(head)]
        return known[0] if len(known) == 1 else None

    def _day(self, rest: str) -> tuple[str, date | None] | None:
        """Part the day at the end from what is to be done; None where that day is none."""
        here = {"locale": self.reading.locale, "zone": self.reading.zone}
        for end, begin in _ends(rest):
            try:
                day = moments.read_day(rest[begin:].strip(" .()"), **here, now=self.reading.now)
            except moments.Unclear as unclear:
                if unclear.reason in NO_DAY:
                    return None
                continue
            return cleaned(rest[:end]).rstrip(AROUND), day
        return cleaned(rest).rstrip(AROUND), None


def _ends(rest: str) -> list[tuple[int, int]]:
    """Give where the words may end, and where the day behind them begins."""
    last = max(len(rest) - DAY, 0)
    ends = [(last + sign.start(), last + sign.end()) for sign in _PARTED.finditer(rest[last:])]
    parted = [(end, begin + _until(rest[begin:])) for end, begin in ends]
    return [(end, begin) for end, begin in parted if rest[end] in SIGNS or _until(rest[end + 1 :])]


def _until(words: str) -> int:
    """Give how many characters the words have that say that a day follows."""
    said = folded(words)
    return next((len(word) for word in _UNTIL if said.startswith(f"{word} ")), 0)
