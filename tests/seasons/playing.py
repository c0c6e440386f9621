"""Plays a season line by line, and says for each what was expected and did not come."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.adapters.local import lines
from bot.chat import decoded
from bot.commands import Command
from bot.errors import UserError
from tests.seasons.checks import Checks
from tests.seasons.reading import Expected, SeasonScript, Step
from tests.seasons.worlds import CannotPlay, SeasonWorld

QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|“[^”]*”|«[^»]*»')
OPTION = re.compile(r"(?:^|\s)([a-z_]+)=")


@dataclass
class Played:
    """What came of a season: the lines that play, those that wait for something, the faults."""

    name: str
    plays: list[str] = field(default_factory=list)
    waits: list[Step] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        every = len(self.plays) + len(self.waits)
        return f"{self.name}: {len(self.plays)} of {every} lines play"


async def play(
    season: SeasonScript, world: SeasonWorld, checks: Checks, *, whole: bool = True
) -> Played:
    """Play a season; without `whole` what waits for something is left out, not tried."""
    played = Played(season.name)
    for step in season.steps:
        if step.needs and not whole:
            continue
        carried_out = await _play(step, world, checks, played)
        wrong = checks.faults(world.storage) if carried_out else ()
        played.faults += [f"{season.name}:{step.number}: {fault}" for fault in wrong]
    return played


async def _play(step: Step, world: SeasonWorld, checks: Checks, played: Played) -> bool:
    """Play a step; says whether anything was carried out."""
    before = len(world.ledger.entries)
    found, shown = await _carry_out(step.line, world)
    carried_out = not found
    asked = any(one.form for one in world.ledger.entries[before:])
    if asked and not any(one.kind == "sees" for one in step.expected):
        found.append("opens a form of which nothing is said to be seen")
    _plant(step.expected, world)
    misses = {one.number: _missing(one, shown, world) for one in step.expected}
    here = f"{played.name}:{step.number}"
    if step.needs:
        played.waits.append(step)
        if not found and not any(misses.values()):
            played.faults.append(f"{here}: plays now, take its mark away: {step.line}")
        return carried_out
    played.plays.append(step.line)
    played.faults += [f"{here}: {fault}: {step.line}" for fault in found]
    for one in step.expected:
        fault = misses[one.number]
        if one.needs and one.kind in ("sees", "count") and not fault:
            fault = "is so by now, take its mark away"
        elif one.needs:
            continue
        played.faults += [f"{played.name}:{one.number}: {fault}"] if fault else []
    return carried_out


async def _carry_out(line: str, world: SeasonWorld) -> tuple[list[str], Mapping[str, str]]:
    """Carry a line out; gives why it cannot be, and what it showed."""
    found = [*unknown(line, world.commands)]
    if found:
        return found, {}
    try:
        return [], await world.play(line)
    except CannotPlay as error:
        return [str(error)], {}


def unknown(line: str, commands: Mapping[str, Command]) -> Iterator[str]:
    """Say which command or option of a line does not exist."""
    try:
        read = lines.read_line(line)
    except UserError:
        yield "cannot be read"
        return
    if isinstance(read, lines.PressLine | lines.ChooseLine) and "." in read.wanted:
        name, given = decoded(read.wanted)
        if re.fullmatch(r"[a-z-]+\.[a-z-]+", name):
            yield from _unknown(name, [*given], commands)
    if isinstance(read, lines.SayLine) and read.words.startswith("/"):
        head, _, rest = read.words[1:].partition(" ")
        verb, _, behind = rest.partition(" ")
        name = head if head in commands else f"{head}.{verb}"
        words = rest if head in commands else behind
        yield from _unknown(name, OPTION.findall(QUOTED.sub("", words)), commands)


def _unknown(name: str, options: Sequence[str], commands: Mapping[str, Command]) -> Iterator[str]:
    command = commands.get(name)
    if command is None:
        yield f"there is no command {name}"
        return
    known = {argument.name for argument in command.arguments}
    yield from (f"{name} has no option {option}" for option in options if option not in known)


def _plant(expected: Sequence[Expected], world: SeasonWorld) -> None:
    """Have the ledger look out for words from now on."""
    for one in expected:
        if one.kind == "private":
            world.ledger.hide(one.words, one.who)
        elif one.kind == "never":
            for who in one.who:
                world.ledger.forbid(one.words, who)


def _missing(one: Expected, shown: Mapping[str, str], world: SeasonWorld) -> str:
    """Say what is not as expected, or nothing."""
    if one.kind == "sees":
        return _unseen(one, shown)
    if one.kind == "count":
        return _miscounted(one, sum(world.ledger.count(who, one.words) for who in one.who))
    return ""


def _unseen(one: Expected, shown: Mapping[str, str]) -> str:
    for who in one.who:
        words = shown.get(who if who[0] == "#" else f"@{who}", "")
        times = words.count(one.words)
        if not times if one.times is None else times != one.times:
            often = "" if one.times is None else f" {one.times} times but {times}"
            return f"{who} does not see “{one.words}”{often}: {' '.join(words.split())[:400]!r}"
    return ""


def _miscounted(one: Expected, found: int) -> str:
    holds = {"": found == one.count, ">=": found >= one.count, "<=": found <= one.count}
    who = ",".join(one.who)
    return "" if holds[one.compare] else f"{who} got “{one.words}” in {found} messages"
