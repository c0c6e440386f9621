"""Says where Slack keeps a few words by name, for all processes alike and over a restart."""

from typing import Protocol


class SlackNotes(Protocol):
    """Where words are kept; what was put there long ago may be forgotten."""

    async def get(self, name: str) -> str:
        """Give what is kept under a name, or nothing."""

    async def put(self, name: str, words: str) -> None:
        """Keep words in the place of those before; empty ones are forgotten."""

    async def first(self, name: str) -> bool:
        """Take a name for good, and say whether nobody had taken it before."""


class InMemory:
    """Notes of one process, for as long as it lives."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    async def get(self, name: str) -> str:
        """Give what is kept under a name, or nothing."""
        return self.kept.get(name, "")

    async def put(self, name: str, words: str) -> None:
        """Keep words in the place of those before; empty ones are forgotten."""
        self.kept[name] = words

    async def first(self, name: str) -> bool:
        """Take a name, and say whether nobody had taken it before."""
        taken = name in self.kept
        self.kept.setdefault(name, "")
        return not taken
