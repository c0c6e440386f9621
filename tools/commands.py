"""Writes the page of all commands from their declarations, so that it cannot fall behind them."""

import argparse
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from bot.arguments import Argument
from bot.commands import Command
from bot.examples import example
from bot.groups import Group
from bot.handlers import groups
from bot.handlers.community import deleted
from bot.handlers.hosting import group as hosting
from bot.handlers.openspace import group as openspace
from bot.handlers.openspace import merging
from bot.handlers.programmes import group as programmes
from bot.handlers.sessions import (
    actions,
    closing,
    feedback,
    interpreters,
    keeping,
    minutes,
    polls,
    polls_closed,
)
from bot.handlers.sessions import group as sessions
from bot.home import home
from bot.i18n import SOURCE, Text
from bot.options.basic import Kind, Line, Number, Reading, worded
from storage import Records
from storage.sight import PUBLIC

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "commands.md"
WHO = {
    "guest": "Everyone, guests too",
    "member": "Members",
    "core": "The core group",
    "coordinator": "Coordinators",
}
MAY: Mapping[Callable[..., object], str] = {
    sessions.may_change: "Whoever planned it, and the core group",
    feedback.may_ask: "Those who host it, whoever planned it, and the core group",
    feedback.may_read: "Those who host it, whoever planned it, and coordinators",
    closing.may_write: "Those who were there, until it is read out",
    programmes.may_change: "Whoever planned it, and the core group",
    openspace.may_lead: "Whoever leads the open space, and the core group",
    openspace.may_place: "Whoever leads the open space, and the core group",
    openspace.may_change: "Those who convene the topic or lead the open space",
    merging.may_merge: "Those who convene one of the topics or lead the open space",
    merging.may_settle: "Those who convene one of the topics",
    merging.may_separate: "Those who convene the topic or lead the open space",
    hosting.may_ask: "Whoever planned it or hosts it, coordinators, and the core group while it "
    "has no host",
    hosting.may_unask: "Whoever asked them, and those who may ask",
    hosting.own_turn: "Those who host it",
    hosting.may_do: "Those who host it, and the core group",
    deleted.may_post: "Whoever had it posted, and the core group",
    keeping.may_keep: "Those who host it or take notes, whoever planned it, and the core group",
    minutes.may_edit: "Those who host it or take notes, whoever planned it, and the core group",
    polls.may_decide: "Whoever started it, and the core group",
    polls_closed.may_take: "Whoever started the poll, and the core group",
    interpreters.may_arrange: "Those who host it or have a part in it, whoever planned it, and the "
    "core group",
    actions.may_act: "Whoever does it, those who host, and the core group",
}
"""What lets only some pass, in words."""
INTRO = """\
# Commands

Made by `make docs` from the declarations of the commands. On Discord and in the local chat one \
types `/session plan`, on Slack `/cop session plan`.

Typed without its options, or with some missing, a command opens a form. Options are given as \
`name=value`, in quotes when there are spaces; values without a name go to the required options \
in order, and the last of them takes the rest of the line. What no option takes is refused by \
name. People and channels are mentioned, things are named by their title.
"""
NOWHERE = Reading(
    SOURCE, "UTC", datetime(2026, 11, 2, tzinfo=UTC), "", "", cast(Records, None), PUBLIC
)
"""Defaults are written without looking anything up."""


def page(known: Iterable[Group]) -> str:
    """Write the whole page in Markdown."""
    return "\n".join([INTRO, *(line for group in known for line in _group(group))])


def _group(group: Group) -> Iterator[str]:
    yield f"## {group.name}\n\n{_said(group.title)}.\n"
    for command in group.listed():
        yield from _command(command)
    if behind := [command for command in group.commands.values() if not command.listed]:
        yield "Behind buttons, never in a list of commands:\n"
        yield from (f"- `{typed(one)}`: {_said(one.help)} {_who(one)}" for one in behind)
        yield ""


def _command(command: Command) -> Iterator[str]:
    yield f"### {typed(command)}\n\n{_said(command.help)} {_who(command)}\n"
    if command.arguments:
        yield "| Option | | What it takes | Left out |\n|---|---|---|---|"
        yield from (_argument(argument) for argument in command.arguments)
        yield ""
    if required := [argument for argument in command.arguments if argument.required]:
        given = " ".join(worded(example(one.name, one.kind), SOURCE) for one in required)
        yield f"```\n{typed(command)} {given}\n```\n"


def _who(command: Command) -> str:
    return f"*{MAY[command.may] if command.may else WHO[command.who]}.*"


def typed(command: Command) -> str:
    """Write a command as one types it on most platforms."""
    return f"/{command.group} {command.verb}".rstrip()


def _argument(argument: Argument) -> str:
    kind = argument.kind
    cells = (f"`{argument.name}`", _said(kind.label), _takes(kind), _left_out(argument))
    return " | ".join(["", *(cell.replace("|", r"\|") for cell in cells), ""]).strip()


def _takes(kind: Kind) -> str:
    """Say what is taken: the values of a closed list, else what the kind says of itself."""
    hint = _said(kind.hint)
    if values := kind.fixed(NOWHERE):
        takes = ", ".join(f"`{one.value}` ({_said(one.label)})" for one in values)
        return f"{takes}. {hint}".strip()
    takes = " ".join((inspect.getdoc(type(kind)) or "").split("\n\n")[0].split())
    if isinstance(kind, Number):
        takes = f"Please write a whole number from {kind.least} to {kind.most}."
    if isinstance(kind, Line):
        takes += f" At most {kind.limit} characters."
    return (
        takes
        if hint.lower() in takes.lower()
        else f"{takes} {hint}{'' if hint[-1] in '.…?' else '.'}"
    )


def _left_out(argument: Argument) -> str:
    if argument.required:
        return "asked for"
    given = argument.default or argument.default is False
    return f"`{argument.kind.raw(argument.default, NOWHERE)}`" if given else ""


def _said(text: Text) -> str:
    return worded(text, SOURCE)


def main(arguments: Sequence[str], file: Path = PAGE) -> int:
    """Write docs/commands.md, or with `--check` say whether it is out of date."""
    parser = argparse.ArgumentParser(prog="make docs", description=main.__doc__)
    parser.add_argument("--check", action="store_true")
    known = groups()
    wanted = page((*known, *home(known)))
    if not parser.parse_args(arguments).check:
        file.parent.mkdir(exist_ok=True)
        file.write_text(wanted, encoding="utf-8")
        return 0
    if file.exists() and file.read_text(encoding="utf-8") == wanted:
        return 0
    print("docs/commands.md is out of date: run `make docs`")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
