"""Holds a call while it is carried out: who calls, and the records of their community."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.commands import Caller
from bot.options.basic import Reading
from bot.protocol import Reader
from storage import Records


@dataclass(frozen=True, slots=True)
class Meeting:
    """A call inside its transaction: who it is, and the records of their community."""

    caller: Caller
    records: Records
    everybody: Reader
    vouched: Mapping[str, str]
    gathers: bool = True

    @property
    def reading(self) -> Reading:
        """How the caller's arguments are read."""
        caller = self.caller
        return Reading(
            caller.locale,
            caller.zone,
            caller.now,
            caller.account.platform,
            caller.account.workspace,
            self.records,
            caller.sight,
            self.vouched,
            self.gathers,
        )
