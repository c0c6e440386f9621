"""Counts what arrived where nobody has looked since."""

from collections import Counter
from collections.abc import Mapping

from bot.adapters.local import LocalPlatform
from bot.adapters.local.kept import PostedMessage, handle, newest
from bot.web.chat.window import ALONE, Window

Looked = tuple[str, str]
"""Somebody, by handle, and the channel they looked into."""


class Unread:
    """Knows up to which message each person has seen each channel since the chat was opened."""

    def __init__(self, platform: LocalPlatform) -> None:
        self.platform = platform
        self.begin = newest(platform.messages)
        self._seen: dict[Looked, int] = {}

    def look(self, window: Window) -> None:
        """Note that somebody sees all that is in a window."""
        self._seen[window.who.handle, window.channel] = newest(self.platform.messages)

    def alone(self) -> Mapping[str, int]:
        """Count for each person, by handle, what only they are shown and have not seen."""
        counts: Counter[str] = Counter()
        for posted in self._since():
            who = handle(posted.person, posted.place.workspace)
            if posted.person and self._is_new(who, posted):
                counts[who] += 1
        return counts

    def channels(self, window: Window) -> Mapping[str, int]:
        """Count for one person what is new in each channel, and alone with the bot (`@`)."""
        counts: Counter[str] = Counter()
        who, same = window.who, window.who.workspace
        for posted in self._since():
            theirs = posted.place.workspace == same and posted.person in ("", who.name)
            if theirs and posted.shown.by != who.name and self._is_new(who.handle, posted):
                counts[posted.place.channel or ALONE] += 1
        return counts

    def _is_new(self, who: str, posted: PostedMessage) -> bool:
        place = posted.place.channel or ALONE
        return int(posted.id) > self._seen.get((who, place), self.begin)

    def _since(self) -> list[PostedMessage]:
        """List what arrived since the chat was opened, the newest first."""
        found: list[PostedMessage] = []
        for posted in reversed(self.platform.messages.values()):
            if int(posted.id) <= self.begin:
                break
            found.append(posted)
        return found
