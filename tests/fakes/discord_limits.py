"""Declares commands that push every limit of Discord there is."""

from collections.abc import Iterator
from typing import Annotated, Any

from bot.chat import (
    Actions,
    Fields,
    File,
    Items,
    Message,
    Option,
    Paragraph,
    Picture,
    Quote,
    Rule,
    button,
    choice,
    said,
)
from bot.commands import Caller
from bot.groups import Group
from bot.i18n import Text, plain, t
from bot.options.basic import Line, LongText, Number, OneOf, SeveralOf, YesNo
from bot.options.people import PersonKind, PlaceKind
from bot.options.times import DayKind, Duration, MomentKind, Zone
from bot.protocol import Field, Form, Reply, Say, Widget
from storage import Records

LONG = plain("long " * 900)
limits = Group("a-name-of-thirty-two-characters-", plain("A title longer than any " * 8))
MANY = tuple(Option(f"value-{n}", plain(f"Option {n} " + "x" * 120)) for n in range(25))
TOO_MANY = tuple(Option(f"value-{n}", plain(f"Option {n}")) for n in range(60))


@limits.command
def wide(
    caller: Caller,
    records: Records,
    optional: Annotated[str, Line(LONG)] = "",
    *,
    line: Annotated[str, Line(LONG, LONG, limit=6001)],
    long: Annotated[str, LongText(plain("Long"), limit=3000)],
    number: Annotated[int, Number(plain("Number"), least=-5, most=2**40)],
    yes: Annotated[bool, YesNo(plain("Yes"))],
    one: Annotated[str, OneOf(plain("One"), options=MANY)],
    one_of_many: Annotated[str, OneOf(plain("One of many"), options=TOO_MANY)],
    several: Annotated[list[str], SeveralOf(plain("Several"), options=MANY)],
    moment: Annotated[Any, MomentKind(plain("Moment"))],
    day: Annotated[Any, DayKind(plain("Day"))],
    length: Annotated[int, Duration(plain("Length"))],
    zone: Annotated[str, Zone(plain("Zone"))],
    person: Annotated[Any, PersonKind(plain("Person"))],
    place: Annotated[Any, PlaceKind(plain("Place"))],
) -> Reply:
    """Take as many kinds of options as there are, with more words than there is room for at all."""
    return Say(said(plain("done")))


def messages() -> Iterator[Message]:
    """Give messages that are too much, each in another way."""
    pressed = button(LONG, "limits.wide", x="y" * 80)
    menu = choice(LONG, "limits.wide", "optional", (*TOO_MANY, *MANY), a=1)
    yield Message(LONG, (Paragraph(LONG), Quote(LONG), Fields(((LONG, LONG),) * 30)))
    yield Message(blocks=(Items((LONG,) * 30), Rule(), Rule()), buttons=(pressed,) * 60)
    yield Message(choices=(menu,) * 4)
    row = Actions((pressed, pressed), (menu,))
    yield Message(plain("Rows"), (Paragraph(plain("x")), Rule(), row) * 20)
    yield Message(files=tuple(File("a b/ñ.txt", b"x") for _ in range(14)))
    picture = Picture(File("p.png", b"x"), LONG)
    yield Message(plain("Pictures"), (picture, Paragraph(plain("x"))) * 9, (pressed,) * 40)
    yield Message()
    yield Message(plain("  \n "), (Paragraph(Text("")), Quote(plain(" "))))
    yield Message(blocks=(Paragraph(plain("\\" * 5000)),))
    yield Message(blocks=(Quote(plain("\n" * 3900 + "x" * 500)),))
    yield said(plain("<t:1:F>" * 1000))


def forms() -> Iterator[Form]:
    """Give forms that are too much, each in another way."""
    widgets: tuple[Widget, ...] = (
        "text", "long", "number", "yesno", "one", "several", "moment", "day", "person", "place",
        "look",
    )  # fmt: skip
    for options in ((), MANY[:1], MANY[:10], MANY, TOO_MANY):
        for required in (True, False):
            fields = tuple(Field(w, LONG, w, "", LONG, LONG, required, options) for w in widgets)
            yield Form(LONG, "limits.wide", fields, {"x": "y" * 300}, LONG)
    yield Form(t("Short"), "limits.wide", ())
    yield Form(t("Full"), "limits.wide", tuple(Field(f"n{n}", LONG, "long") for n in range(25)))
    filled = Field("a", plain("A"), "long", "x" * 4500, limit=3000)
    yield Form(t("Filled"), "limits.wide", (filled, Field("p", plain("P"), "person", "17")))
