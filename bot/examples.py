"""Gives an example of what each option takes, as it is typed, in the reader's language."""

from collections.abc import Mapping

from bot.i18n import Text, t
from bot.options.basic import Kind, Number, OneOf, SeveralOf, YesNo
from bot.options.languages import Language
from bot.options.people import PersonKind, PlaceKind
from bot.options.times import DayKind, Duration, Hour, MomentKind, Zone

TITLE = t("Locally led adaptation")
QUESTION = t("What does it take to be heard?")
SHOWN = {
    "session": TITLE,
    "title": TITLE,
    "topic": TITLE,
    "space": QUESTION,
    "question": QUESTION,
}
"""What an example gives for an option of this name, or whose name ends in it."""
OF_KIND: Mapping[type[Kind], str | Text] = {
    MomentKind: t("next Wednesday 3pm"),
    DayKind: "2026-12-02",
    Duration: "90m",
    Hour: "15:00",
    Zone: "Nairobi",
    Language: "es",
    Number: "3",
    YesNo: "yes",
    PersonKind: "@amina",
    PlaceKind: "#general",
}


def example(name: str, kind: Kind) -> Text:
    """Give an option with a value, as it is typed: in quotes where it is a text."""
    value = _value(name, kind)
    named = {"name": Text(f"{name}="), "value": value}
    return Text('{name}"{value}"' if isinstance(value, Text) else "{name}{value}", named)


def _value(name: str, kind: Kind) -> str | Text:
    of_kind = [words for known, words in OF_KIND.items() if isinstance(kind, known)]
    fixed = [one.label for one in kind.options] if isinstance(kind, OneOf | SeveralOf) else []
    return [*of_kind, *fixed, SHOWN.get(name.split("_")[-1], '"…"')][0]
