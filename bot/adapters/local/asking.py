"""Asks a form field by field of a person who sits at a terminal."""

import re
from collections.abc import AsyncGenerator
from dataclasses import replace

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from bot.adapters.local.completing import Completing
from bot.adapters.local.kept import OpenForm
from bot.adapters.local.shown import ShownField
from bot.i18n import render, t

FAINT, WRONG = "fg:ansibrightblack", "fg:ansired"
MENTION = re.compile(r"<(?P<sign>[@#])[^<|>]*\|(?P<name>[^<>]*)>")


class Left(Exception):
    """The person left the form; `values` are what was typed so far."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__()
        self.values = values


class Stopped(Exception):
    """The person stopped in the middle of a field, to send the form off or to leave it."""

    def __init__(self, typed: str, *, sends: bool) -> None:
        super().__init__()
        self.typed = typed
        self.sends = sends


class FormPrompt:
    """Asks one form after the other."""

    def __init__(self, completing: Completing) -> None:
        self.completing = completing
        self.session: PromptSession[str] = PromptSession(key_bindings=_keys(), multiline=True)

    async def ask(self, opened: OpenForm, *, again: bool) -> dict[str, str]:
        """Ask a form, or what is still to be mended of it, and give what was answered.

        Raises Left at ctrl-c. Ctrl-d sends off the rest as it stands.
        """
        values: dict[str, str] = {}
        for field in _open_fields(opened, again=again):
            try:
                values[field.name] = await self._answer(opened, field)
            except Stopped as stopped:
                values[field.name] = _chosen(field, stopped.typed)
                if stopped.sends:
                    break
                raise Left(values) from None
        return values

    async def _answer(self, opened: OpenForm, field: ShownField) -> str:
        mark = "*" if field.required else ""
        prompt = FormattedText([*self._told(field), ("bold", f"{field.label}{mark}: ")])
        while True:
            typed = await self.session.prompt_async(
                prompt,
                default=MENTION.sub(r"\g<sign>\g<name>", field.value),
                completer=Values(self.completing, opened.form.command, field),
            )
            if typed.strip() or not field.required:
                return _chosen(field, typed)

    def _told(self, field: ShownField) -> list[tuple[str, str]]:
        """Say what is above the line where one types: what can be chosen, the hint, the error."""
        options = [("", f"{n} {option.label}") for n, option in enumerate(field.options, 1)]
        lines = render(LINES, self.completing.locale, str) if field.kind == "long" else ""
        told = (*options, (FAINT, field.hint), (FAINT, lines), (WRONG, field.error))
        return [(style, f"  {words}\n") for style, words in told if words]


class Values(Completer):
    """Completes the value of one field."""

    def __init__(self, completing: Completing, command: str, field: ShownField) -> None:
        self.completing = completing
        self.command = command
        self.field = field

    def get_completions(self, document: Document, event: CompleteEvent) -> tuple[Completion, ...]:
        """Give nothing: what is looked up takes the loop."""
        return ()

    async def get_completions_async(
        self, document: Document, event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Go through what the field can be."""
        typed = document.text_before_cursor
        pairs = [(option.label, "") for option in self.field.options]
        if self.field.kind in ("look", "person"):
            pairs = await self.completing.values(self.command, self.field.name, typed)
        if self.field.kind in ("place", "person"):
            pairs += self.completing.names("#" if self.field.kind == "place" else "@")
        for words, about in pairs:
            if typed.casefold() in words.casefold():
                yield Completion(words.strip('"'), -len(typed), display_meta=about)


def _open_fields(opened: OpenForm, *, again: bool) -> list[ShownField]:
    """Give the fields to ask: all, or those that were wrong or are missing."""
    fields = list(opened.form.fields)
    wrong = [one for one in fields if one.error or (again and one.required and not one.value)]
    return wrong or fields


def _chosen(field: ShownField, typed: str) -> str:
    """Take numbers for the options they stand before."""
    if not field.options:
        return typed
    values = {str(n): option.value for n, option in enumerate(field.options, 1)}
    if field.kind == "look":
        return values.get(typed.strip(), typed)
    return ",".join(values.get(part.strip(), part.strip()) for part in typed.split(","))


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=Stopped(event.current_buffer.text, sends=True))

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=Stopped(event.current_buffer.text, sends=False))

    return keys


def kept(opened: OpenForm, values: dict[str, str]) -> OpenForm:
    """Give the form with what was typed so far."""
    return replace(opened, form=opened.form.filled(values))


LINES = t("Alt+Enter starts a new line.")
HOW = t(
    "Enter goes to the next question, Ctrl-D sends the rest as it is, Ctrl-C leaves "
    "the form and keeps it."
)
