"""Questions that are data, as arguments of a command: their kinds, labels and options."""

from collections.abc import Callable, Mapping
from inspect import Parameter
from typing import Any

from bot.arguments import Argument, is_reference
from bot.chat import Option
from bot.commands import Caller, Command
from bot.i18n import Text, plain
from bot.options.basic import Kind, Line, LongText, Number, OneOf, Reading, SeveralOf, YesNo
from storage.questions import Question

KINDS: Mapping[str, Callable[..., Kind]] = {
    "text": Line,
    "long": LongText,
    "one": OneOf,
    "several": SeveralOf,
    "yesno": YesNo,
    "number": Number,
}
LIMITS = {"text": "limit", "long": "limit", "number": "most"}
"""What the limit of a question is to its kind; the others have none."""


def asked(
    command: Command, caller: Caller, reading: Reading, values: Mapping[str, Any]
) -> dict[int, Argument]:
    """Give the questions of a command as arguments, by id; none before it is known what about."""
    things = [argument for argument in command.arguments if is_reference(argument)]
    known = {thing.name: values[thing.name] for thing in things if thing.name in values}
    if command.questions is None or any(a.required and a.name not in known for a in things):
        return {}
    found = command.questions(caller, reading.records, **known)
    return {question.id: _argument(question, reading.locale) for question in found}


def _argument(question: Question, locale: str) -> Argument:
    how: dict[str, Any] = {}
    if question.limit and question.kind in LIMITS:
        how[LIMITS[question.kind]] = question.limit
    if question.kind in ("one", "several"):
        options = question.options.items()
        how["options"] = tuple(Option(value, in_words(words, locale)) for value, words in options)
    kind = KINDS[question.kind](in_words(question.words, locale), **how)
    return Argument(question.field, kind, Parameter.empty if question.required else None)


def in_words(words: Mapping[str, str], locale: str) -> Text:
    """Give words in a reader's language, else in that of the original."""
    language = locale.replace("_", "-").partition("-")[0]
    original = next(iter(words.values()), "")
    return plain(words.get(locale) or words.get(language) or original)


def kept(value: object) -> str:
    """Write an answer as it is kept."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ",".join(value)
    return "" if value is None else str(value)


def answered(question: Question, value: str) -> object:
    """Read an answer that is kept, as a form is filled in with it."""
    if question.kind == "yesno":
        return value == "yes"
    return value.split(",") if question.kind == "several" else value
