"""Brings a platform like the post: what is sent there is neither changed nor looked up."""

from datetime import datetime

from bot.chat import Message, MessageRef
from bot.errors import Uncertain
from bot.protocol import Reader, Target
from tests.toys import ToyPlatform


class Postcards(ToyPlatform):
    """A platform that posts to people, each key once, and has no other capability."""

    name = "postcard"
    edits = finds = gathers = founds = False

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []
        self.unanswered = 0

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a card, unless one of this key was posted; at first give no answer, as told."""
        self.keys.append(key)
        ref = self.hidden.get(key) or await super().post(target, message, reader, key)
        if len(self.keys) <= self.unanswered:
            raise Uncertain("no answer")
        return ref

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Fail: a card that was posted is out of reach."""
        raise AssertionError("a postcard cannot be edited")

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Fail: nobody can look into letter boxes."""
        raise AssertionError("a postcard cannot be looked up")
