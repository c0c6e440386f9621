"""Makes hostile words, JSON of another shape and damaged bytes, the same for the same seed."""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

from fuzz.corpus import LINKS, LONG, MARKUP, PINGS, PLAIN, SIGNS, TIMES, VALUES

MIXED = (PINGS, LINKS, MARKUP, SIGNS, VALUES, TIMES, PLAIN, PLAIN)
LENGTHS = (10, 60, 200, 1000, 3001, 6001)
HUGE = 25_000
"""Characters: more than is read of one value."""
DEPTHS = (20, 300)


class Dice(random.Random):
    """Everything that is left to chance about one input."""

    def one_in(self, number: int) -> bool:
        """Say yes once in so many times."""
        return self.random() * number < 1

    def words(self) -> str:
        """Write words: mostly short, seldom very long."""
        if self.one_in(40):
            return self.choice(LONG)(self.choice(LENGTHS))
        if self.one_in(400):
            return self.choice(LONG)(HUGE)
        pieces = [self.choice(self.choice(MIXED)) for _ in range(self.randint(0, 7))]
        return self.choice(("", " ", " ")).join(pieces)

    def phrase(self) -> str:
        """Write words that are about a time, or nearly."""
        pieces = [self.choice(TIMES) for _ in range(self.randint(1, 4))]
        if self.one_in(3):
            pieces.insert(self.randint(0, len(pieces)), self.words()[:60])
        return self.choice((" ", " ", ";", ",", "", "-")).join(pieces)

    def value(self) -> str:
        """Write what stands in one option."""
        writers: Sequence[Callable[[], str]] = (
            self.words, self.phrase, lambda: self.choice(VALUES), lambda: str(self.randint(-2, 60))
        )  # fmt: skip
        return self.choice(writers)()

    def damaged(self, words: str) -> str:
        """Change words in a few places: cut, doubled, put between, taken out."""
        for _ in range(self.randint(1, 4)):
            at, end = sorted((self.randint(0, len(words)), self.randint(0, len(words))))
            middle = self.choice(("", words[at:end] * 2, self.words()[:200]))
            words = words[:at] + middle + words[end if self.one_in(3) else at :]
        return words[: 2 * HUGE]

    def damaged_bytes(self, raw: bytes) -> bytes:
        """Change bytes in a few places."""
        changed = bytearray(raw)
        for _ in range(self.randint(1, 6)):
            at = self.randint(0, len(changed))
            self.choice(
                (
                    lambda at=at: changed.insert(at, self.randrange(256)),
                    lambda at=at: changed.__delitem__(slice(at, at + self.choice((1, 2, 50)))),
                    lambda at=at: changed.__setitem__(slice(at, at + 1), self.randbytes(1)),
                )
            )()
        return bytes(changed)

    def json(self) -> Any:  # noqa: ANN401
        """Make a value of any type JSON has."""
        return self.choice(
            (
                None, True, False, 0, -1, 2**63, 10**30, 1.5, 1e308, "", [], {}, [None], [[]],
                {"": None}, {"id": None}, [{"id": {}}], self.words(), self.value(),
            )
        )  # fmt: skip

    def deep(self) -> Any:  # noqa: ANN401
        """Make a value of many levels."""
        made: Any = self.json()
        for _ in range(self.choice(DEPTHS)):
            made = [made] if self.one_in(2) else {"a": made}
        return made

    def mutated(self, value: Any) -> Any:  # noqa: ANN401
        """Give a copy of JSON that differs in one to three places."""
        made = json.loads(json.dumps(value))
        for _ in range(self.choice((1, 1, 1, 2, 3))):
            made = self._changed(made)
        return made

    def _changed(self, value: Any) -> Any:  # noqa: ANN401
        """Change one place in a value, deep within it more often than at its top."""
        if isinstance(value, dict) and value and not self.one_in(12):
            name = self.choice(list(value))
            if self.one_in(6):
                del value[name]
            else:
                value[name] = self._changed(value[name])
            return value
        if isinstance(value, list) and value and not self.one_in(6):
            at = self.randrange(len(value))
            value[at] = self._changed(value[at])
            return value if not self.one_in(10) else value * 2
        if isinstance(value, str) and not self.one_in(3):
            return self.damaged(value) if self.one_in(2) else self.value()
        return self.deep() if self.one_in(60) else self.json()
