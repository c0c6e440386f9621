"""Asks a form field by field of a person who sits at a terminal."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText

from bot.adapters.local.completing import Completing
from bot.adapters.local.kept import OpenForm
from bot.adapters.local.keys import Filled, Stopped, form_keys
from bot.adapters.local.render import harmless
from bot.adapters.local.shown import Shown, ShownField, as_typed
from bot.i18n import Text, render, t

BACK = "<"
UNCHECKED = ("person", "place")
"""Widgets for what is mentioned, which the stage finds when the form is sent off."""
Check = Callable[[str, str, str, str], Awaitable[str]]
"""Says what is wrong with what somebody types for an option of a command, or nothing."""


class Left(Exception):
    """The person left the form; `values` are what was typed so far."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__()
        self.values = values


class FormPrompt:
    """Asks one form after the other; `check` looks at each value, `show` prints above the line."""

    def __init__(self, completing: Completing, check: Check, show: Callable[[Shown], None]) -> None:
        self.completing = completing
        self.check = check
        self.show = show
        self.filled = Filled()
        self.session: PromptSession[str] = PromptSession(
            key_bindings=form_keys(self.filled), multiline=True
        )
        self.filled.watch(self.session.app)

    async def ask(self, person: str, opened: OpenForm, *, again: bool) -> dict[str, str]:
        """Ask a form, or what is still to be mended of it, and give what was answered.

        Raises Left at ctrl-c. Ctrl-d sends off the rest as it stands, `<` goes back.
        """
        values: dict[str, str] = {}
        fields, at = _open_fields(opened, again=again), 0
        while at < len(fields):
            field = replace(fields[at], value=values.get(fields[at].name, fields[at].value))
            try:
                typed = await self._answer(person, opened, field)
            except Stopped as stopped:
                values[field.name] = _chosen(field, stopped.typed)
                if stopped.sends:
                    break
                raise Left(values) from None
            if typed is None:
                at = max(0, at - 1)
            else:
                values[field.name] = typed
                at += 1
        return values

    async def _answer(self, person: str, opened: OpenForm, field: ShownField) -> str | None:
        """Ask one field until its value can be read; None goes back."""
        self._tell(field)
        while True:
            typed = await self._typed(opened, field)
            if typed.strip() == BACK:
                return None
            value = _chosen(field, typed)
            error = self._lacking(field, value)
            if value.strip() and field.kind not in UNCHECKED:
                error = await self.check(person, opened.form.command, field.name, value)
            if not error:
                return value
            self.show(Shown(error=error))
            field = replace(field, value=value)

    async def _typed(self, opened: OpenForm, field: ShownField) -> str:
        mark = "*" if field.required else ""
        begun = harmless(as_typed(field.value))
        return await self.session.prompt_async(
            FormattedText([("bold", harmless(f"{field.label}{mark}: "))]),
            default=begun,
            completer=Values(self.completing, opened.form.command, field),
            pre_run=lambda: self.filled.begin(begun),
        )

    def _lacking(self, field: ShownField, value: str) -> str:
        return self._word(NEEDED) if field.required and not value.strip() else ""

    def _tell(self, field: ShownField) -> None:
        """Print above the line what can be chosen, the hint and the error."""
        options = [f"  {n} {option.label}" for n, option in enumerate(field.options, 1)]
        lines = self._word(LINES) if field.kind in ("long", "file") else ""
        hints = [f"  {words}" for words in (field.hint, lines) if words]
        if options or hints:
            self.show(Shown(parts=("\n".join((*options, *hints)),)))
        if field.error:
            self.show(Shown(error=field.error))

    def _word(self, text: Text) -> str:
        return render(text, self.completing.locale, str)


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


LINES = t("Alt+Enter starts a new line.")
NEEDED = t("This one is needed. Type < to go back.")
HOW = t(
    "Enter goes to the next question, < and Enter back to the one before. What you type replaces "
    "what's there; the arrow keys let you edit it. Ctrl-D sends the rest as it is, Ctrl-C leaves "
    "the form and keeps it."
)
