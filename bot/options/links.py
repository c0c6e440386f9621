"""Reads several web addresses, one a line."""

from dataclasses import dataclass
from typing import Any

from bot.errors import Unreadable
from bot.i18n import t
from bot.options.basic import LongText, Reading, WebLink

MOST = 10


@dataclass(frozen=True, slots=True)
class LinksKind(LongText):
    """Some web addresses, one a line."""

    empty: Any = ()

    def read(self, raw: str, reading: Reading) -> Any:
        lines = LongText.read(self, raw, reading).split()
        if len(lines) > MOST:
            raise Unreadable(t("That's more than {most} lines. Please shorten it.", most=MOST))
        single = WebLink(self.label)
        return list(dict.fromkeys(single.read(line, reading) for line in lines))

    def raw(self, value: Any, reading: Reading) -> str:
        return "\n".join(value)
