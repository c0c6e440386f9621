"""Keeps the catalogues in step with the code, and says what a translator has still to do."""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tools import glossary

ROOT = Path(__file__).parents[1]
TREE = "UserError"
LANGUAGES = ("es", "fr")
STOPS = ".!?:;…"
NAME = re.compile(r"/(?P<command>.+)|(?P<option>.+)=")
ALLOWED = re.compile(r"[-_'\w]{1,32}")
NAMES = "A name as it is typed: at most 32 small letters, no spaces; keep the {sign}"
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""

Id = str | tuple[str, str]
"""A text, or the two English forms of one whose wording depends on a number."""


@dataclass
class Texts:
    """What the code says to people, in which files, and the places where that cannot be told."""

    files: dict[Id, set[str]] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)

    @property
    def ids(self) -> set[Id]:
        """The texts alone."""
        return {*self.files}


class _Reader(ast.NodeVisitor):
    """Collects the texts of one module."""

    def __init__(self, file: Path, shown: str, texts: Texts) -> None:
        self.file = file
        self.shown = shown
        self.texts = texts
        self.tree = {TREE} if file.name == "errors.py" else set()

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if forms := {"t": 1, "tn": 2}.get(name):
            self.take(node, node.args[:forms])
        if name == "Group" and isinstance(node.args[0], ast.Constant):
            self.say(f"/{node.args[0].value!s}")
        self.generic_visit(node)

    def take(self, node: ast.Call, given: Sequence[ast.expr]) -> None:
        words = [form.value for form in given if isinstance(form, ast.Constant)]
        match [word for word in words if isinstance(word, str)]:
            case [one] if len(given) == 1:
                self.keep(one)
            case [one, many]:
                self.keep((one, many))
            case _:
                place = f"{self.file.name}, line {node.lineno}"
                self.texts.unclear.append(f"{place}: the text has to be written out in the call")

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for decorator in filter(_is_command, node.decorator_list):
            self.say((ast.get_docstring(node) or "").split("\n\n")[0])
            self.name(node, _told(decorator))
        self.generic_visit(node)

    def name(self, node: ast.FunctionDef, told: Mapping[str, object]) -> None:
        """Take the names people type: `/plan` of a command that is listed, `when=` of an option."""
        whose = [one.arg for one in node.args.args[:2]]
        if whose == ["caller", "records"] and told.get("listed", True):
            verb = node.name.rstrip("_").replace("_", "-")
            self.say("" if told.get("alone") else f"/{verb}")
            options = (*node.args.args[2:], *node.args.kwonlyargs)
            for one in options:
                self.keep(f"{one.arg.rstrip('_')}=")

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        bases = {one.id for one in node.bases if isinstance(one, ast.Name)}
        if node.name in self.tree or bases & self.tree:
            self.tree.add(node.name)
            self.say(ast.get_docstring(node) or "")
        self.generic_visit(node)

    def say(self, words: str) -> None:
        if words:
            self.keep(" ".join(words.split()))

    def keep(self, text: Id) -> None:
        """Take a text, with the file it stands in."""
        self.texts.files.setdefault(text, set()).add(self.shown)


def _is_command(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr == "command"


def _told(decorator: ast.expr) -> Mapping[str, object]:
    given = decorator.keywords if isinstance(decorator, ast.Call) else []
    return {one.arg or "": getattr(one.value, "value", None) for one in given}


def collect(folder: Path) -> Texts:
    """Read every module below a folder: `t()`, `tn()`, commands with their names, and errors."""
    texts = Texts()
    for file in sorted(folder.rglob("*.py")):
        shown = file.relative_to(folder.parent).as_posix()
        _Reader(file, shown, texts).visit(ast.parse(file.read_text(encoding="utf-8")))
    plural = {one for one, _ in (text for text in texts.ids if isinstance(text, tuple))}
    for text in sorted(plural & texts.ids):
        texts.unclear.append(f"{text!r} is used both with a number and without")
    return texts


def update(catalogue: Catalog, texts: Texts) -> str:
    """Bring a catalogue in line with the texts, translations kept; return it as a file.

    Files are named without lines, so that not every edit of the code changes the catalogues.
    """
    wanted = Catalog()
    for text, files in texts.files.items():
        named = [(file, 0) for file in sorted(files)]
        wanted.add(text, locations=named, auto_comments=_remarks(text))
    catalogue.update(wanted, no_fuzzy_matching=True)
    out = io.BytesIO()
    write_po(
        out, catalogue, width=0, include_lineno=False, omit_header=True, sort_output=True,
        ignore_obsolete=True,
    )  # fmt: skip
    header = HEADER.format(language=catalogue.locale_identifier, plural=catalogue.plural_forms)
    return header + out.getvalue().decode().strip() + "\n"


def _remarks(text: Id) -> list[str]:
    named = NAME.fullmatch(text) if isinstance(text, str) else None
    return [NAMES.format(sign="/" if named["command"] else "=")] if named else []


def faults(catalogue: Catalog) -> Iterator[str]:
    """Name each translation that is missing, unsure, or not built like its English text."""
    for message in catalogue:
        if message.id:
            yield from (f"{fault}: {message.id!r}" for fault in _faults(message, catalogue))


def _faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    english = _forms(message.id)
    forms = _forms(message.string)
    wanted = catalogue.num_plurals if len(english) > 1 else 1
    if not all(forms) or len(forms) != wanted:
        yield "not translated" if not any(forms) else f"needs all {wanted} forms"
        return
    if message.fuzzy:
        yield "marked as fuzzy"
    yield from _name_faults(english[0], forms[0])
    for number, form in enumerate(forms):
        yield from _differences(english, form, number)


def _differences(english: Sequence[str], form: str, number: int) -> Iterator[str]:
    model = english[min(number, len(english) - 1)]
    named = _names(form)
    # Where the first form serves 0 too, it may name the number that the English one leaves out.
    spare = set().union(*map(_names, english)) if number == 0 else _names(model)
    if not _names(model) <= named <= spare:
        yield f"names {sorted(named)} in braces, not {sorted(_names(model))}"
    if _edges(model) != _edges(form):
        yield "begins or ends with other white space"
    if _stop(model) != _stop(form):
        yield f"ends with {_stop(form)!r}, not {_stop(model)!r}"


def _name_faults(english: str, form: str) -> Iterator[str]:
    """Say what keeps the translation of a name from being one."""
    model, named = NAME.fullmatch(english), NAME.fullmatch(form)
    if model is None:
        return
    words = (named["command"] or named["option"]) if named else ""
    same = named is not None and bool(model["command"]) == bool(named["command"])
    if not same or not ALLOWED.fullmatch(words) or words != words.lower():
        yield f"{form!r} cannot be a name"


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _names(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {"unreadable braces"}


def _edges(text: str) -> tuple[str, str]:
    inside = text.strip()
    begin, _, end = text.partition(inside)
    return begin, end


def _stop(text: str) -> str:
    last = text.strip()[-1:]
    return last if last in STOPS else ""


def main(root: Path, arguments: Sequence[str]) -> int:
    """Bring the catalogues up to date, or with `--check` say what is wrong with them."""
    parser = argparse.ArgumentParser(prog="make catalogues", description=main.__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("languages", nargs="*", help="languages to begin, such as pt or de")
    options = parser.parse_args(arguments)
    texts = collect(root / "bot")
    folder = root / "bot" / "locale"
    found = list(texts.unclear)
    begun = {folder / f"{language}.po" for language in (*LANGUAGES, *options.languages)}
    for file in sorted({*folder.glob("*.po"), *begun}):
        found += _bring(file, texts, write=not options.check)
    print("\n".join(found) or "Every text has its translations.")
    return 1 if found and options.check else 0


def _bring(file: Path, texts: Texts, *, write: bool) -> list[str]:
    old = file.read_text(encoding="utf-8") if file.exists() else ""
    catalogue = read_po(io.BytesIO(old.encode()), locale=file.stem)
    new = update(catalogue, texts)
    if write:
        file.parent.mkdir(exist_ok=True)
        file.write_text(new, encoding="utf-8")
    stale = ["out of date: run `make catalogues`"] if new != old and not write else []
    return [
        f"{file.name}: {fault}"
        for fault in [*stale, *faults(catalogue), *glossary.faults(catalogue, file.stem)]
    ]


if __name__ == "__main__":
    sys.exit(main(ROOT, sys.argv[1:]))
