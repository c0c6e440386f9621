"""Makes options for commands: what fits, what is nonsense, and what belongs to somebody else."""

from collections.abc import Mapping, Sequence

from bot.app.parts import all_groups
from bot.arguments import Argument
from bot.commands import Command
from bot.options.people import PersonKind
from bot.options.references import Reference
from bot.signs import storable
from fuzz.dice import Dice

COMMANDS: Sequence[Command] = [one for group in all_groups() for one in group.commands.values()]
BY_NAME: Mapping[str, Command] = {one.name: one for one in COMMANDS}
FITTING = {
    "moment": ("2026-11-20 15:00", "tomorrow 3pm", "2026-11-02 08:01", "in 3 days at 10:00"),
    "day": ("2026-11-20", "tomorrow"),
    "number": ("1", "2", "5"),
    "yesno": ("yes", "no"),
    "text": ("Budgets", "60m", "1h30", "15:00", "https://a.example/x", "weekly", "en, fr"),
    "long": ("Two lines\nof text", "Garden\nPond"),
    "look": ("Africa/Nairobi", "es", "Budgets", "1"),
}


def area_of(argument: Argument) -> str:
    """Give the area of the records that an argument refers to, if it does."""
    if isinstance(argument.kind, PersonKind):
        return "members"
    return argument.kind.area if isinstance(argument.kind, Reference) else ""


def options(
    command: Command, known: Mapping[str, Sequence[str]], people: Sequence[str], dice: Dice
) -> dict[str, str]:
    """Fill some of a command's options in; `known` are ids by area, `people` mentions."""
    made = {
        one.name: _value(one, known, people, dice)
        for one in command.arguments
        if one.required or dice.one_in(3)
    }
    if dice.one_in(15):
        made[dice.value()[:40]] = dice.value()
    return {storable(name): value for name, value in made.items() if not dice.one_in(15)}


def _value(
    argument: Argument, known: Mapping[str, Sequence[str]], people: Sequence[str], dice: Dice
) -> str:
    if dice.one_in(3):
        return dice.value()
    if known and dice.one_in(12):
        return dice.choice(dice.choice(list(known.values())) or [""])
    if argument.kind.widget in ("person", "place") and dice.one_in(2):
        return dice.choice(people)
    if (area := area_of(argument)) in known:
        return dice.choice(known[area] or [""])
    if fixed := getattr(argument.kind, "options", ()):
        return str(dice.choice(fixed).value)
    return dice.choice(FITTING.get(argument.kind.widget, ("1", "x")))


def typed(command: str, values: Mapping[str, str], dice: Dice) -> str:
    """Type a command as people do, or nearly."""
    pieces = []
    for name, value in values.items():
        sign, end = dice.choice((('"', '"'), ("“", "”"), ("«", "»"), ("", ""), ('"', "")))
        words = value.replace(sign or '"', "'")
        pieces.append(f"{name}={sign}{words}{end}" if dice.one_in(2) else f"{sign}{words}{end}")
    line = " ".join((command.replace(".", " "), *pieces))
    return dice.damaged(line) if dice.one_in(6) else line
