"""Divides long lists into pages, which say which of how many they are and lead on."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from bot.chat import Button, Context, Message, Option, choice, encoded
from bot.i18n import Text, t
from bot.options.basic import Number

PER_PAGE, LISTED = 20, 500
"""How many things a page has, and all pages together at most."""
Page = Annotated[int, Number(t("Page"), least=1, most=1000)]
"""Which page is meant; a button that turns the pages always says it."""
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Thing]):
    """One page of a list: what is on it, which it is, how many there are."""

    things: Sequence[Thing]
    number: int
    count: int

    @property
    def foot(self) -> tuple[Context, ...]:
        """Say which page it is, where there are several."""
        told = t("Page {page} of {count}", page=self.number, count=self.count)
        return (Context(told),) if self.count > 1 else ()

    def turns(self, command: str, name: str = "page", **args: object) -> tuple[Button, ...]:
        """Give the buttons that lead to the pages beside it, where its arguments fit on one."""
        beside = {self.number - 1: t("Previous page"), self.number + 1: t("Next page")}
        with suppress(ValueError):
            return tuple(
                Button(label, encoded(command, args | {name: number}))
                for number, label in beside.items()
                if 0 < number <= self.count
            )
        return ()


def paged(things: Sequence[Thing], number: int) -> Paged[Thing]:
    """Give a page of a list, the last one where there are not so many."""
    count = max(1, -(-len(things) // PER_PAGE))
    number = min(max(number, 1), count)
    return Paged(things[(number - 1) * PER_PAGE : number * PER_PAGE], number, count)


def page_of(things: Sequence[Thing], thing: Thing) -> int:
    """Say on which page of a list something is; on the first, where it is not there."""
    return 1 + (things.index(thing) // PER_PAGE if thing in things else 0)


def picker(
    page: Paged[Option], label: Text, command: str, option: str, args: dict[str, str]
) -> Message:
    """Word a page of things of which one is to be chosen, for a command that lacks it."""
    menu = choice(label, command, option, tuple(page.things), **args)
    return Message(label, page.foot, page.turns(command, TURNED, **args), (menu,))


TURNED = "~page"
"""Under this name a call says which page of things to choose from it is about."""
