"""Takes what tells of somebody out of the words in which it was repeated."""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

BLANK, NOBODY = "…", "0"
FIXED = ("=", "command", "id", "platform", "workspace", "channel")
"""Under these names stands what programs read."""
SHORTEST = 2
"""Signs that a word has at least that is taken for a trace of somebody."""


class Traces:
    """The names and ids of somebody, and the texts they wrote, as they may stand elsewhere.

    `id` is their own here: where a button carries it, nobody's takes its place.
    """

    def __init__(self, names: Iterable[str], texts: Iterable[str] = (), id: str = "") -> None:
        self.id = id
        self.names = _long_enough(names)
        lines = (line.strip() for text in texts for line in text.splitlines())
        self.words = _long_enough((*self.names, *lines))
        any_of = "|".join(map(re.escape, self.words))
        self._pattern = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)") if any_of else None

    def written(self) -> list[str]:
        """Give the words as they stand in JSON, in ASCII or not."""
        ascii_only = [json.dumps(word)[1:-1] for word in self.words]
        return list(dict.fromkeys((*self.words, *ascii_only, *filter(None, [self.id]))))

    def taken_out(self, value: Any) -> Any:  # noqa: ANN401  # a value of JSON
        """Give a value of JSON without them, as far as people read it; files of text as well."""
        if isinstance(value, str):
            value = self._without_id(value)
            return self._pattern.sub(BLANK, value) if self._pattern else value
        if isinstance(value, list):
            return [self.taken_out(part) for part in value]
        if isinstance(value, Mapping):
            return self._of_parts(value)
        return value

    def _of_parts(self, parts: Mapping[str, Any]) -> dict[str, Any]:
        if parts.get("=") == "bytes":
            with suppress(UnicodeDecodeError):
                words = self.taken_out(base64.b64decode(parts["b"]).decode())
                return {**parts, "b": base64.b64encode(words.encode()).decode()}
            return dict(parts)
        return {
            name: self._without_id(part) if name in FIXED else self.taken_out(part)
            for name, part in parts.items()
        }

    def _without_id(self, part: Any) -> Any:  # noqa: ANN401  # a value of JSON
        return part.replace(self.id, NOBODY) if self.id and isinstance(part, str) else part


def _long_enough(words: Iterable[str]) -> list[str]:
    """Give the longest first, so that none is taken apart by a shorter one."""
    found = {word for word in words if len(word) >= SHORTEST}
    return sorted(found, key=lambda word: (-len(word), word))
