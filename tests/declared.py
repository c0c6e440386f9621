"""Knows everything that is declared, for tests of rules that hold for all of it."""

from collections.abc import Iterable, Mapping

from bot.handlers import groups
from bot.home import home
from bot.i18n import Text, languages
from bot.options.basic import worded

GROUPS = home(groups())
COMMANDS = {one.name: one for group in GROUPS for one in group.commands.values()}
NOTICES = {one.name: one for group in GROUPS for one in group.notices.values()}
TIMERS = {one.name: one for group in GROUPS for one in group.timers.values()}
ARGUMENTS = {
    f"{command.name} {argument.name}": argument
    for command in COMMANDS.values()
    for argument in command.arguments
}


def worded_everywhere(text: Text) -> list[str]:
    """Word a text in all languages."""
    return [worded(text, language) for language in languages()]


def short(text: Text, most: int) -> bool:
    """Say whether a text is within a length in all languages."""
    return all(len(said) <= most for said in worded_everywhere(text))


def listed(wrong: Iterable[object]) -> str:
    """Write one thing a line."""
    return "\n".join(map(str, wrong))


def hold(found: Iterable[tuple[str, Mapping[str, bool]]]) -> None:
    """Name everything that does not keep to a rule, with the rule."""
    wrong = [f"{name}: {rule}" for name, kept in found for rule in kept if not kept[rule]]
    assert not wrong, listed(wrong)
