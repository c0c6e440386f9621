"""Turns plain functions into commands: one declaration serves every surface."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from bot.arguments import Argument, arguments, is_reference
from bot.chat import Account, CommandRef, Person, Place
from bot.i18n import Text, t
from bot.options.basic import Reading
from bot.options.command_line import Taken, Takes, as_seen, parse_line
from bot.options.taking import takes
from bot.protocol import Call, Reply
from storage.log import Actor
from storage.people import Member
from storage.questions import Question
from storage.sight import ROLES, Sight

EVERYONE, MEMBERS, CORE, COORDINATORS = ROLES
NOTHING = Text("")
MENTIONED = ("person", "place")
"""Widgets for what is mentioned."""


@dataclass(slots=True)
class Caller:
    """Who calls, from where, when; and the language and zone in which they are answered.

    `web_address` is where our pages are reached from outside, empty where they are not; `mails`
    says whether there is something that sends mail.
    """

    member: Member
    account: Account
    place: Place
    now: datetime
    locale: str
    zone: str
    web_address: str = ""
    mails: bool = False

    @property
    def sight(self) -> Sight:
        """What the caller may see."""
        return self.member.sight

    @property
    def actor(self) -> Actor:
        """The caller as one who does something now."""
        return Actor(self.member, self.now)

    def is_at_least(self, role: str) -> bool:
        """Say whether the caller has this role or one above it."""
        return self.sight.is_at_least(role)


def person(member: Member) -> Person | Text:
    """Show a member in a text; one who was erased is somebody."""
    return mentioned(member) if member.name else t("somebody")


def mentioned(member: Member) -> Person:
    """Show a member by an account of theirs."""
    accounts = tuple(Account(a.platform, a.workspace, a.account) for a in member.accounts)
    return Person(member.name, accounts)


Filled = Mapping[str, Any]
Answers = Mapping[int, Any]
"""What was answered to questions that are data, by their ids."""
ANSWERS = "answers"
"""The parameter that takes them; it is no option."""


@dataclass(frozen=True)
class Command:
    """A declared function: the only way anything is asked of the bot.

    Its `title` heads its form and labels the buttons that lead to it; `submit`, a verb, is on the
    button that sends the form off. Nobody below the role of `who` may call it; `may` raises
    NotAllowed for who has no right to the things that its parameters name as the options do, before
    anything is shown of them or done. `fill` gives what its form shows when it is called without
    arguments; where several may have that open at a time it is `shared`: what nobody altered in it
    counts as not given. `foretells` gives what it would do to the things it is about and whom it
    would tell, or nothing where that needs no asking: its form opens and says so first. `questions`
    gives what else its form asks about those things, as data.
    What is typed into the form of an `anonymous` one is kept nowhere before it is sent off, and
    what a `secret` one answers nowhere at all.
    `listed` is False for those that only buttons lead to. One that `adds` something is refused to
    who adds too much at a time. One that is offered `on` a person or a message is about them.
    """

    group: str
    verb: str
    run: Callable[..., Reply]
    title: Text = NOTHING
    submit: Text = NOTHING
    who: str = MEMBERS
    may: Callable[..., object] | None = None
    reads: bool = False
    adds: bool = False
    listed: bool = True
    fill: Callable[..., Filled] | None = None
    shared: bool = False
    foretells: Callable[..., Text] | None = None
    questions: Callable[..., Sequence[Question]] | None = None
    anonymous: bool = False
    secret: bool = False
    on: Literal["", "person", "message"] = ""

    @property
    def name(self) -> str:
        """Name it as calls do: `group.verb`, or the group's name alone."""
        return f"{self.group}.{self.verb}" if self.verb else self.group

    @property
    def ref(self) -> CommandRef:
        """Refer to it in a text."""
        return CommandRef(self.group, self.verb)

    @cached_property
    def help(self) -> Text:
        """What it does: the first paragraph of the docstring, which is the message id."""
        paragraph = (inspect.getdoc(self.run) or "").split("\n\n")[0]
        return Text(" ".join(paragraph.split()))

    @cached_property
    def arguments(self) -> tuple[Argument, ...]:
        """The options of the signature, in its order."""
        return arguments(self.run, but=ANSWERS if self.questions else "")

    @cached_property
    def about(self) -> frozenset[str]:
        """What it is about: the things its options name, and what its form is filled in by."""
        filled = (*inspect.signature(self.fill).parameters,)[2:] if self.fill else ()
        things = (argument.name for argument in self.arguments if is_reference(argument))
        return frozenset((*things, *filled))

    @cached_property
    def takes(self) -> Takes:
        """What it takes from a typed line."""
        required = [argument.name for argument in self.arguments if argument.required]
        return takes({argument.name: argument.kind for argument in self.arguments}, required)

    def typed(self, call: Call, reading: Reading | None = None) -> Taken:
        """Take apart what was typed behind it, read for somebody where a value has to be found."""
        ends = self.takes.ends
        if reading is None or not ends:
            return parse_line(call.words, self.takes)
        kind = next(argument.kind for argument in self.arguments if argument.name == ends)
        return parse_line(call.words, self.takes, lambda words: kind.at_end(words, reading))

    def raw(self, call: Call, reading: Reading | None = None) -> dict[str, str]:
        """Take apart what a call gives: its options, and what was typed behind the command.

        Where somebody is mentioned in an option for something else, that is their name.
        """
        widgets = {argument.name: argument.kind.widget for argument in self.arguments}
        given = {name: call.args[name] for name in widgets if name in call.args}
        given |= self.typed(call, reading).values
        return {
            name: raw if "<" not in raw or widgets[name] in MENTIONED else as_seen(raw)
            for name, raw in given.items()
        }

    def __call__(self, *args: Any, **options: Any) -> Reply:
        """Run it, its options read."""
        parameters = {argument.name: argument.parameter for argument in self.arguments}
        return self.run(*args, **{parameters.get(name, name): options[name] for name in options})
