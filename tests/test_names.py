"""Holds names to one thing each, and words to what people wrote."""

import ast

from tests.declared import listed
from tests.reading import ROOT, trees

WRITTEN = ("title", "description", "agenda", "guiding_question")


def test_no_two_classes_have_one_name() -> None:
    files: dict[str, list[str]] = {}
    for folder in ("bench", "bot", "drill", "fuzz", "storage", "tests", "tools"):
        for file, module in trees(folder).items():
            for node in ast.walk(module):
                if isinstance(node, ast.ClassDef):
                    files.setdefault(node.name, []).append(str(file.relative_to(ROOT)))
    assert [f"{name}: {found}" for name, found in files.items() if len(found) > 1] == []


def test_words_read_what_people_wrote_in_the_language_of_the_reader() -> None:
    """Texts in several languages come without touching words again: see bot/authored.py."""
    read = [
        f"{file.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}"
        for file, module in trees("bot/handlers").items()
        if file.parent.name == "words" or file.name == "notices.py"
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in WRITTEN
        if ast.unparse(node.value) not in ("message", "group")
    ]
    assert not read, listed(read)
