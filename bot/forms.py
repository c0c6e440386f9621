"""Fills commands in: reads what a call gives, and makes the form that asks for the rest."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from inspect import signature
from typing import Any

from bot import questions
from bot.arguments import Argument, is_reference
from bot.chat import Option
from bot.commands import ANSWERS, Caller, Command
from bot.errors import Unreadable, UserError
from bot.i18n import Text
from bot.options.basic import HELD, Reading, bounded
from bot.options.people import NO_CHANNELS, PersonKind, mention
from bot.options.references import SUGGESTIONS, Reference, is_id
from bot.options.taking import refusal
from bot.protocol import Call, Change, Field, Form, Reply, Say
from bot.wording import pages
from bot.wording.pages import LISTED, TURNED, paged
from storage import Records

OPENED = "~"
"""Under this name a shared form carries what it was filled with, beside its fixed options."""
MARK = 4
"""Characters that stand for each value of it."""


@dataclass(slots=True)
class Filling:
    """The options of a call as far as they were understood.

    `asked` are the questions that are data among its `arguments`, by the names of their fields;
    `foretold` is what the command would do, where that is shown before it does it.
    """

    raw: dict[str, str]
    arguments: tuple[Argument, ...]
    asked: dict[str, int] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, Text] = field(default_factory=dict)
    foretold: Text = field(default_factory=lambda: Text(""))

    @property
    def things(self) -> dict[str, str]:
        """The ids of the things it is about."""
        known = {a.name: self.values.get(a.name) for a in self.arguments if is_reference(a)}
        return {name: str(thing.id) for name, thing in known.items() if thing is not None}

    def options(self, command: Command) -> dict[str, Any]:
        """Give the values as a command takes them, answers to questions as one of them."""
        if command.questions is None:
            return self.values
        answers = {id: self.values[name] for name, id in self.asked.items() if name in self.values}
        options = {name: value for name, value in self.values.items() if name not in self.asked}
        return options | {ANSWERS: answers}


def read(command: Command, call: Call, caller: Caller, reading: Reading) -> Filling:
    """Read the options of a call; what is missing or cannot be read stands among the errors.

    Raises UserError for what no option takes.
    """
    if refused := refusal(command.typed(call), command.takes):
        raise UserError(refused)
    filling = Filling(command.raw(call, reading), command.arguments)
    _read_all(filling, filling.arguments, call, reading)
    if command.questions is not None:
        asked = questions.asked(command, caller, reading, filling.values)
        filling.asked = {argument.name: id for id, argument in asked.items()}
        filling.raw |= {name: call.args[name] for name in filling.asked if name in call.args}
        filling.arguments += (*asked.values(),)
        _read_all(filling, asked.values(), call, reading)
    if call.form in ("page", "sent") and command.shared:
        _leave_alone(filling, call.args.get(OPENED, ""), reading)
    return filling


def _read_all(
    filling: Filling, arguments: Iterable[Argument], call: Call, reading: Reading
) -> None:
    for argument in arguments:
        _read_one(reading, argument, filling)
        if call.filled and filling.raw.get(argument.name) == "" and not argument.required:
            filling.values.setdefault(argument.name, _emptied(argument))


def _leave_alone(filling: Filling, opened: str, reading: Reading) -> None:
    """Drop what is as it was when the form opened: somebody may have changed it since."""
    begun = [opened[at : at + MARK] for at in range(0, len(opened), MARK)]
    for argument, mark in zip(_fields(filling), begun, strict=False):
        value = filling.values.get(argument.name)
        same = mark == _mark("" if value in (None, "") else argument.kind.raw(value, reading))
        if same and argument.name not in filling.errors:
            filling.values.pop(argument.name, None)
            filling.raw.pop(argument.name, None)


def _fields(filling: Filling) -> list[Argument]:
    return [argument for argument in filling.arguments if not is_reference(argument)]


def _mark(raw: str) -> str:
    """Shorten a raw value to what tells it from others, so that a button can carry all of them."""
    digest = sha256(raw.encode("utf-8", "replace")).digest()
    return urlsafe_b64encode(digest).decode()[:MARK]


def _read_one(reading: Reading, argument: Argument, filling: Filling) -> None:
    raw = filling.raw.get(argument.name, "")
    if not raw.strip():
        if argument.required:
            filling.errors[argument.name] = Text("")
        return
    try:
        words = bounded(raw, argument.kind.reads)
        filling.values[argument.name] = argument.kind.read(words, reading)
    except Unreadable as error:
        filling.errors[argument.name] = error.text


def _emptied(argument: Argument) -> object:
    """Give the value of a field that was emptied: what stands for nothing, else its default."""
    return argument.default if argument.kind.empty is None else argument.kind.empty


def check(command: Command, filling: Filling, caller: Caller, records: Records) -> None:
    """Let only those pass who may do this to what it is about, where that is known yet.

    Learns what it would do to that, too. Raises what the command's `may` and `foretells` raise.
    """
    for asked in (command.may, command.foretells):
        if asked is None or filling.errors.keys() & {*_parameters(asked)}:
            continue
        things = {n: filling.values[n] for n in _parameters(asked) if n in filling.values}
        answer = asked(caller, records, **things)
        filling.foretold = answer if isinstance(answer, Text) else filling.foretold


@cache
def _parameters(may: Callable[..., object]) -> tuple[str, ...]:
    """Name the options a function is called with, behind the caller and the records."""
    return (*signature(may).parameters,)[2:]


def opens(command: Command, call: Call, filling: Filling) -> bool:
    """Say whether a form is shown: options lack, or one that fills itself was called bare.

    One that was not sent off yet is shown again, and so is one that asks questions. What a command
    would do is shown before it does it, unless somebody called it with more than what it is about.
    """
    if filling.errors:
        return True
    if call.filled:
        return bool(filling.foretold) and OPENED not in call.args and _is_bare(command, filling)
    if call.draft or call.form or filling.asked:
        return True
    if command.fill is None and not filling.foretold:
        return False
    return _is_bare(command, filling)


def _is_bare(command: Command, filling: Filling) -> bool:
    """Say whether nothing was given but what a command is about."""
    return {a.name for a in command.arguments if filling.raw.get(a.name)} <= command.about


def form(command: Command, filling: Filling, caller: Caller, reading: Reading) -> Form:
    """Make the form of a command, filled in with what was understood; references are fixed.

    Raises UserError when something has to be chosen and there is nothing.
    """
    _choosable(filling, reading)
    unasked = _unasked(filling, reading)
    present = _filled(command, filling, caller, reading)
    opened = "".join(_mark(present.get(argument.name, "")) for argument in _fields(filling))
    carried = {OPENED: opened} if command.shared or filling.foretold else {}
    shown = present | _pickable(filling) | _understood(filling, reading)
    fixed = {
        a.name: str(getattr(filling.values[a.name], "id", filling.values[a.name]))
        for a in filling.arguments
        if filling.values.get(a.name) and _is_settled(command, a, shown, filling)
    }
    fields = tuple(
        _field(argument, shown.get(argument.name, ""), filling, reading)
        for argument in filling.arguments
        if argument.name not in unasked | fixed.keys()
        and (argument.kind.asked or argument.name in filling.raw)
    )
    made = Form(command.title, command.name, fields, fixed | carried)
    return replace(made, about=command.help, submit=command.submit, intro=filling.foretold)


def _choosable(filling: Filling, reading: Reading) -> None:
    for argument in filling.arguments:
        kind, known = argument.kind, argument.name in filling.values
        if not argument.required or known or not isinstance(kind, Reference):
            continue
        if not kind.offered("", reading):
            raise UserError(kind.none)


def picker(command: Command, call: Call, filling: Filling, reading: Reading) -> Reply | None:
    """Offer a page of things where a call leaves open which; None where a form asks for it.

    A form shows few of them, and on some platforms none of many.
    """
    bare = (a for a in filling.arguments if a.required and not filling.raw.get(a.name))
    argument = next((a for a in bare if isinstance(a.kind, Reference)), None)
    if argument is None or not isinstance(argument.kind, Reference) or call.form or call.draft:
        return None
    kind, turned = argument.kind, call.args.get(TURNED, "1")
    things = kind.named("", reading, LISTED)
    if len(things) < SUGGESTIONS:
        return None
    options = [Option(str(one.id), kind.called(one, reading)) for one in things]
    page = paged(options, int(turned) if is_id(turned) else 1)
    with suppress(ValueError):  # what was typed besides can be too long for a button
        told = pages.picker(page, kind.label, command.name, argument.name, dict(filling.raw))
        return Change(told) if TURNED in call.args else Say(told)
    return None


def _unasked(filling: Filling, reading: Reading) -> frozenset[str]:
    """Name the options for channels where there are none. Raises UserError when one is needed."""
    if reading.gathers:
        return frozenset()
    channels = frozenset(a.name for a in filling.arguments if a.kind.widget == "place")
    if channels & filling.errors.keys():
        raise UserError(NO_CHANNELS)
    return channels


def _is_settled(
    command: Command, argument: Argument, shown: Mapping[str, str], filling: Filling
) -> bool:
    """Say whether nothing is left to ask: a thing that was found, somebody who is not on here."""
    if not isinstance(argument.kind, PersonKind) or argument.name in filling.errors:
        return argument.name in command.about
    return mention(shown.get(argument.name, ""), "@") is None


def _filled(command: Command, filling: Filling, caller: Caller, reading: Reading) -> dict[str, str]:
    """Give the raw values a command fills its form with, when what it is about is known."""
    things = [argument for argument in filling.arguments if argument.name in command.about]
    known = {a.name: filling.values[a.name] for a in things if a.name in filling.values}
    unknown = any(a.name in filling.errors or (a.required and a.name not in known) for a in things)
    if command.fill is None or unknown:
        return {}
    kinds = {argument.name: argument.kind for argument in filling.arguments}
    return {
        name: kinds[name].raw(value, reading)
        for name, value in command.fill(caller, reading.records, **known).items()
        if value not in (None, "") and name in kinds
    }


def _pickable(filling: Filling) -> dict[str, str]:
    """Give the raw values without mentions that were not understood: no platform can pick them."""
    return {
        name: raw
        for name, raw in filling.raw.items()
        if name in filling.values or not (mention(raw, "@") or mention(raw, "#"))
    }


def _understood(filling: Filling, reading: Reading) -> dict[str, str]:
    """Give the raw values of what was understood, as the widgets of a form can show them."""
    kinds = {argument.name: argument.kind for argument in filling.arguments}
    given = {name for name, raw in filling.raw.items() if raw.strip()}
    return {
        name: kinds[name].raw(value, reading)
        for name, value in filling.values.items()
        if name in given and name not in filling.errors
    }


def _field(argument: Argument, value: str, filling: Filling, reading: Reading) -> Field:
    kind = argument.kind
    error = filling.errors.get(argument.name)
    return Field(
        argument.name,
        kind.label,
        kind.widget,
        value if len(value) <= HELD else "",  # a long file: nobody edits it, and answers are kept
        kind.hint,
        error or None,
        argument.required,
        kind.fixed(reading) or _matching(argument, value if error else "", reading),
        kind.limit,
    )


def _matching(argument: Argument, typed: str, reading: Reading) -> tuple[Option, ...]:
    """Give what was typed may name, where it names several things."""
    return tuple(argument.kind.offered(typed, reading)) if typed and is_reference(argument) else ()
