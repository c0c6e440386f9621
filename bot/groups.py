"""Holds the commands, notices, timers and jobs of one noun, and what its area adds elsewhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar, overload

from bot.chat import Block
from bot.commands import MEMBERS, Caller, Command, Filled
from bot.i18n import Text
from bot.notices import (
    Describe,
    Issue,
    JobDeclaration,
    Notice,
    Share,
    Then,
    TimerDeclaration,
    Word,
)
from bot.protocol import Reply
from storage import Records
from storage.questions import Question

Declared = TypeVar("Declared")


def merged(parts: Iterable[Mapping[str, Declared]]) -> dict[str, Declared]:
    """Give what several groups declare as one mapping."""
    return {name: declared for part in parts for name, declared in part.items()}


Part = Callable[[Caller, Records], tuple[Block, ...]]
Farewell = Callable[[Caller, Records], None]
Run = Callable[[Records, int, datetime], None]
News = Callable[[Issue, Records], Share]


@dataclass
class Group:
    """The commands, notices, timers and jobs of one noun.

    Where groups are listed, those of a low `place` come first; within one, the verbs of `first` do.
    """

    name: str
    title: Text
    place: int = 99
    first: Sequence[str] = ()
    commands: dict[str, Command] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    timers: dict[str, TimerDeclaration] = field(default_factory=dict)
    jobs: dict[str, JobDeclaration] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    waiting: list[Part] = field(default_factory=list)
    farewells: list[Farewell] = field(default_factory=list)
    told: list[News] = field(default_factory=list)

    @overload
    def command(self, run: Callable[..., Reply], /) -> Command: ...

    @overload
    def command(
        self,
        *,
        title: Text = ...,
        submit: Text = ...,
        who: str = MEMBERS,
        may: Callable[..., object] | None = None,
        reads: bool = False,
        adds: bool = False,
        listed: bool = True,
        fill: Callable[..., Filled] | None = None,
        shared: bool = False,
        foretells: Callable[..., Text] | None = None,
        questions: Callable[..., Sequence[Question]] | None = None,
        anonymous: bool = False,
        secret: bool = False,
        alone: bool = False,
        on: Literal["", "person", "message"] = "",
    ) -> Callable[[Callable[..., Reply]], Command]: ...

    def command(
        self, run: Callable[..., Reply] | None = None, *, alone: bool = False, **how: Any
    ) -> Command | Callable[[Callable[..., Reply]], Command]:
        """Declare a command, named as its function; `alone`: it is called by the group's name."""

        def declared(function: Callable[..., Reply]) -> Command:
            verb = "" if alone else function.__name__.rstrip("_").replace("_", "-")
            made = Command(self.name, verb, function, **how)
            if verb in self.commands:
                raise ValueError(f"{made.name} is declared twice")
            self.commands[verb] = made
            return made

        return declared if run is None else declared(run)

    def notice(
        self, called: Text, *, live: bool = False, aloud: bool = False, asks: bool = False
    ) -> Callable[[Word], Notice]:
        """Declare what words a message the bot sends by itself, and what lists call it."""

        def declared(function: Word) -> Notice:
            name = f"{self.name}.{function.__name__}"
            made = Notice(name, called, function, live, aloud, asks)
            self.notices[made.name] = made
            return made

        return declared

    def timer(self, called: Text) -> Callable[[Run], TimerDeclaration]:
        """Declare what changes the state of a thing, given by its id, at an instant."""

        def declared(function: Run) -> TimerDeclaration:
            made = TimerDeclaration(f"{self.name}.{function.__name__}", called, function)
            self.timers[made.name] = made
            return made

        return declared

    def job(
        self, called: Text, told: Notice, then: Then | None = None
    ) -> Callable[[Describe], JobDeclaration]:
        """Declare long work by what describes it, whom it is told, and what follows from it."""

        def declared(function: Describe) -> JobDeclaration:
            made = JobDeclaration(f"{self.name}.{function.__name__}", called, function, told, then)
            self.jobs[made.name] = made
            return made

        return declared

    def listed(self) -> list[Command]:
        """List the commands that are not only led to by buttons, those people come for first."""
        places = {verb: place for place, verb in enumerate(self.first)}
        found = [command for command in self.commands.values() if command.listed]
        return sorted(found, key=lambda command: places.get(command.verb, len(places)))

    def week(self, part: Part) -> Part:
        """Declare what this area adds to `/my week`."""
        self.parts.append(part)
        return part

    def waits(self, part: Part) -> Part:
        """Declare what of this area waits for coordinators in `/my week`."""
        self.waiting.append(part)
        return part

    def farewell(self, part: Farewell) -> Farewell:
        """Declare what this area does before its caller is erased."""
        self.farewells.append(part)
        return part

    def news(self, part: News) -> News:
        """Declare what this area adds to digests."""
        self.told.append(part)
        return part
