"""Says what a person or a channel sees: words, buttons, menus, forms, ready to be printed."""

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

LINE = "———"
MENTION = re.compile(r"<(?P<sign>[@#])[^<|>]*\|(?P<name>[^<>]*)>")


def as_typed(value: str) -> str:
    """Write the mentions in a value the way people type them: `@amina`, `#general`."""
    return MENTION.sub(r"\g<sign>\g<name>", value)


@dataclass(frozen=True, slots=True)
class ShownButton:
    """A button; `command` is what it is bound to, the same in every language."""

    label: str
    command: str
    style: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give the keys a program reads."""
        return {"label": self.label, "command": self.command}


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One of the things that can be chosen."""

    value: str
    label: str

    def as_json(self) -> dict[str, Any]:
        """Give the keys a program reads."""
        return {"label": self.label, "value": self.value}


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A menu; `option` is the one of the command that it gives."""

    label: str
    command: str
    option: str
    options: tuple[ShownOption, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the keys a program reads."""
        options = [option.as_json() for option in self.options]
        return {"label": self.label, "command": self.command, "options": options}


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are more than a paragraph; `name` stands before them, as `-` before an item.

    Of a picture `words` stand for it, and `name` is its file's.
    """

    kind: Literal["heading", "small", "pair", "item", "quote", "rule", "picture"]
    words: str = ""
    name: str = ""

    def __str__(self) -> str:
        """Write it as plain text."""
        match self.kind:
            case "quote":
                return "\n".join(f"> {line}" for line in self.words.splitlines())
            case "picture":
                return f"[{self.words}]"
            case "rule":
                return LINE
        return f"{self.name} {self.words}" if self.name else self.words


@dataclass(frozen=True, slots=True)
class Side:
    """Buttons and menus that stand side by side."""

    buttons: tuple[ShownButton, ...] = ()
    choices: tuple[ShownChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file that goes with a message."""

    name: str
    content: bytes
    kind: str = "text/plain"

    def as_json(self) -> dict[str, Any]:
        """Give text as it is, anything else in base64."""
        named = {"name": self.name, "kind": self.kind}
        try:
            return named | {"content": self.content.decode()}
        except UnicodeDecodeError:
            return named | {"base64": base64.b64encode(self.content).decode()}


@dataclass(frozen=True, slots=True)
class ShownField:
    """One question of a form; `kind` is the widget, `hint` is for those who sit there.

    `typed` is its name in the language of whoever fills the form in.
    """

    name: str
    label: str
    kind: str
    value: str = ""
    error: str = ""
    options: tuple[ShownOption, ...] = ()
    hint: str = ""
    required: bool = True
    typed: str = ""

    @property
    def widget(self) -> str:
        """What it is asked with, as the core calls it."""
        return self.kind

    def as_json(self) -> dict[str, Any]:
        """Give the keys a program reads, without those that are empty."""
        parts = {
            "name": self.name,
            "label": self.label,
            "kind": self.kind,
            "value": self.value,
            "error": self.error,
            "options": [option.as_json() for option in self.options],
        }
        return {key: part for key, part in parts.items() if part}


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A form that is open; `bound` are the options that are settled already, `draft` is its id.

    `about` says what its command does, `submit` stands on the button that sends it off.
    """

    title: str
    command: str
    fields: tuple[ShownField, ...]
    bound: Mapping[str, str] = field(default_factory=dict)
    intro: str = ""
    draft: str = ""
    about: str = ""
    submit: str = ""

    def filled(self, values: Mapping[str, str]) -> "ShownForm":
        """Give the form with values typed into it, by the names of the fields."""
        fields = tuple(replace(one, value=values.get(one.name, one.value)) for one in self.fields)
        return replace(self, fields=fields)

    def __getitem__(self, name: str) -> ShownField:
        return next(one for one in self.fields if one.name == name)

    def as_json(self) -> dict[str, Any]:
        """Give the keys a program reads."""
        return {"title": self.title, "fields": [one.as_json() for one in self.fields]}


@dataclass(frozen=True, slots=True)
class Shown:
    """What appears on the screen of `to`, which is `#channel` or `@person`.

    `workspace` is named where it is not the usual one. `at` is an ISO instant; `parts` are
    paragraphs, other passages and rows in their order; `edits` is the id of the message whose place
    it takes; `rings` are those who get a sign that they are meant; `thread` is the message below
    which it stands; `by` is the person who wrote it, if it was not the bot; `locale` the language.
    """

    at: str = ""
    to: str = ""
    workspace: str = ""
    private: bool = False
    id: str = ""
    edits: str = ""
    title: str = ""
    parts: tuple[str | Passage | Side, ...] = ()
    files: tuple[ShownFile, ...] = ()
    thread: str = ""
    rings: tuple[str, ...] = ()
    form: ShownForm | None = None
    error: str = ""
    by: str = ""
    locale: str = ""

    @property
    def text(self) -> str:
        """All words below the title."""
        return "\n".join(part for part in self.printed() if isinstance(part, str))

    def printed(self) -> Iterator[str | Side]:
        """Go through what stands below the title, words as plain text."""
        before = f"{self.by}: " if self.by else ""
        for part in self.parts:
            yield part if isinstance(part, Side) else f"{before}{part}"
            before = ""

    @property
    def buttons(self) -> tuple[ShownButton, ...]:
        """All buttons, wherever they stand."""
        return tuple(one for part in self.parts if isinstance(part, Side) for one in part.buttons)

    @property
    def choices(self) -> tuple[ShownChoice, ...]:
        """All menus, wherever they stand."""
        return tuple(one for part in self.parts if isinstance(part, Side) for one in part.choices)

    @property
    def labels(self) -> tuple[str, ...]:
        """What can be pressed or chosen from."""
        return (*(one.label for one in self.buttons), *(one.label for one in self.choices))

    def as_json(self) -> dict[str, Any]:
        """Give the keys a program reads, without those that are empty."""
        parts = {
            "at": self.at,
            "to": self.to,
            "workspace": self.workspace,
            "private": self.private,
            "id": self.id,
            "edits": self.edits,
            "title": self.title,
            "text": self.text,
            "buttons": [one.as_json() for one in self.buttons],
            "choices": [one.as_json() for one in self.choices],
            "form": self.form and self.form.as_json(),
            "files": [one.as_json() for one in self.files],
            "error": self.error,
        }
        return {key: part for key, part in parts.items() if part}
