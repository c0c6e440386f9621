"""Says what somebody ought to be told, before it is a row of the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody ought to be told: to a member or a channel, one of the two."""

    kind: str
    due_at: datetime
    expires_at: datetime | None = None
    member_id: int | None = None
    channel_id: int | None = None
    revision: int = 0
    thread: str = ""
    fallback_id: int | None = None
    by_id: int | None = None
    args: Mapping[str, Any] = field(default_factory=dict)

    def key(self, about: str, notice: str) -> str:
        """Name the row, the same for the same thing wanted twice."""
        target = f"member:{self.member_id}" if self.member_id else f"channel:{self.channel_id}"
        return f"{about}|{notice}|{target}|{self.kind}|{self.revision}"
