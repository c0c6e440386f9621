"""Writes what a button or a menu is bound to into the one line that Discord hands back."""

import re
from dataclasses import dataclass

from bot.chat import decoded
from bot.errors import Refused

LIMIT = 100
PATTERN = re.compile(r"~?[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)?(?:\?[^|]*)?(?:\|[^|]*){0,3}")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LONGEST = 13
"""Digits of the greatest id there can be, of 64 bits."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A call, with the option a menu gives, and the server where there is none to be seen.

    The adapter's own calls begin with `~`. `number` keeps equal ones in a message apart.
    """

    call: str
    option: str = ""
    workspace: str = ""
    number: int = 0

    def __str__(self) -> str:
        """Write it. Raises Refused when it is longer than the 100 characters Discord carries."""
        if not self.fits:
            raise Refused(f"a button carries at most {LIMIT} characters: {self._words}")
        return self._words

    @property
    def fits(self) -> bool:
        """Whether it is as short as it has to be."""
        return len(self._words) <= LIMIT

    @property
    def fits_often(self) -> bool:
        """Whether it is still so with a number of two digits."""
        return len(self._words) <= LIMIT - 5

    @property
    def _words(self) -> str:
        workspace = short(int(self.workspace)) if self.workspace else ""
        return "|".join((self.call, self.option, workspace, str(self.number or ""))).rstrip("|")

    @property
    def command(self) -> str:
        """The name of the command."""
        return decoded(self.call)[0]

    @property
    def args(self) -> dict[str, str]:
        """What the command is bound to."""
        return decoded(self.call)[1]


def bound(words: str) -> Bound | None:
    """Read a custom id back; None when it is none of ours."""
    if len(words) > LIMIT or not PATTERN.fullmatch(words):
        return None
    call, option, workspace, number = (*words.split("|"), "", "", "")[:4]
    if (
        len(workspace) > LONGEST
        or set(workspace) - set(DIGITS)
        or (number and not (number.isascii() and number.isdigit()))
    ):
        return None
    return Bound(call, option, str(int(workspace, 36)) if workspace else "", int(number or 0))


def short(number: int) -> str:
    """Write a number with 36 digits."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits or "0"
