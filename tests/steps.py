"""Counts the steps in which a regular expression is matched, as `re` itself tells nobody."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

parser: Any = import_module("re._parser")
Item = tuple[Any, Any]
CATEGORIES: Mapping[str, Callable[[str], bool]] = {
    "SPACE": str.isspace,
    "DIGIT": str.isdecimal,
    "WORD": lambda sign: sign.isalnum() or sign == "_",
}


class Steps:
    """Matches the way `re` does, by trying and going back; `taken` counts what was tried."""

    def __init__(self, pattern: re.Pattern[str], words: str) -> None:
        self.items: Sequence[Item] = list(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
        self.flags = pattern.flags
        self.words = words
        self.taken = 0

    def fullmatch(self) -> int:
        """Count the steps of matching all of the words."""
        next((end for end in self._ends(self.items, 0) if end == len(self.words)), None)
        return self.taken

    def match(self) -> int:
        """Count the steps of matching where the words begin."""
        next(self._ends(self.items, 0), None)
        return self.taken

    def finditer(self) -> int:
        """Count the steps of finding every match, one behind the other."""
        at = 0
        while at <= len(self.words):
            at = max(next(self._ends(self.items, at), 0), at + 1)
        return self.taken

    def _ends(self, items: Sequence[Item], at: int) -> Iterator[int]:
        """Give where a match that begins here can end, the one that is preferred first."""
        if not items:
            yield at
            return
        self.taken += 1
        for end in self._one(*items[0], at):
            yield from self._ends(items[1:], end)

    def _one(self, kind: Any, value: Any, at: int) -> Iterator[int]:
        match str(kind):
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, item = value
                greedy = str(kind) == "MAX_REPEAT"
                yield from self._repeated(least, int(most), item, at, greedy=greedy)
            case "BRANCH":
                for branch in value[1]:
                    yield from self._ends(list(branch), at)
            case "SUBPATTERN":
                yield from self._ends(list(value[3]), at)
            case "ASSERT" | "ASSERT_NOT" | "AT":
                yield from [at] if self._holds(str(kind), value, at) else []
            case _:
                inside = at < len(self.words)
                yield from [at + 1] if inside and self._fits(kind, value, self.words[at]) else []

    def _holds(self, kind: str, value: Any, at: int) -> bool:
        if kind == "AT":
            return self._stands(str(value), at)
        towards, item = value
        return self._looks(towards, item, at) == (kind == "ASSERT")

    def _repeated(
        self, least: int, most: int, item: Any, at: int, *, greedy: bool
    ) -> Iterator[int]:
        if len(item) == 1 and item.getwidth() == (1, 1) and str(item[0][0]) != "SUBPATTERN":
            yield from self._run(least, most, item[0], at, greedy=greedy)
            return
        if least <= 0 and not greedy:
            yield at
        if most:
            for end in self._ends(list(item), at):
                if end > at:
                    yield from self._repeated(least - 1, most - 1, item, end, greedy=greedy)
        if least <= 0 and greedy:
            yield at

    def _run(self, least: int, most: int, item: Item, at: int, *, greedy: bool) -> Iterator[int]:
        """Repeat what takes one sign; in no more depth than one step has."""
        end = at
        ends = [at]
        while len(ends) <= most and any(self._one(*item, end)):
            end += 1
            self.taken += 1
            ends.append(end)
        yield from reversed(ends[least:]) if greedy else ends[least:]

    def _looks(self, towards: int, item: Any, at: int) -> bool:
        begin = at if towards > 0 else at - item.getwidth()[0]
        return begin >= 0 and any(True for _ in self._ends(list(item), begin))

    def _stands(self, where: str, at: int) -> bool:
        before, behind = self.words[at - 1 : at] if at else "", self.words[at : at + 1]
        if where.endswith("BOUNDARY"):
            inside = [bool(sign) and CATEGORIES["WORD"](sign) for sign in (before, behind)]
            return (inside[0] != inside[1]) == (where == "AT_BOUNDARY")
        if "BEGINNING" in where:
            lines = where == "AT_BEGINNING" and self.flags & re.MULTILINE
            return at == 0 or bool(lines and before == "\n")
        return not behind or (where == "AT_END" and self.words[at:] == "\n")

    def _fits(self, kind: Any, value: Any, sign: str) -> bool:
        match str(kind):
            case "ANY":
                return sign != "\n" or bool(self.flags & re.DOTALL)
            case "LITERAL":
                return self._same(value, sign)
            case "NOT_LITERAL":
                return not self._same(value, sign)
            case "RANGE":
                return bool(value[0] <= ord(sign) <= value[1])
            case "CATEGORY":
                name = str(value).removeprefix("CATEGORY_")
                return CATEGORIES[name.removeprefix("NOT_")](sign) != name.startswith("NOT_")
            case "IN":
                negated = str(value[0][0]) == "NEGATE"
                found = any(self._fits(one, given, sign) for one, given in value[negated:])
                return found != negated
        raise NotImplementedError(f"{kind} in {self.items}")

    def _same(self, code: int, sign: str) -> bool:
        alike = chr(code) == sign
        return alike or bool(self.flags & re.IGNORECASE and chr(code).lower() == sign.lower())
