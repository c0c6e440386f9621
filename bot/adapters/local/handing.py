"""Hands over files of this machine, named by their paths, in the place of what stands in them."""

import re
from collections.abc import Collection
from pathlib import Path

from bot.errors import UserError
from bot.i18n import t
from bot.options.command_line import NAME
from bot.options.files import BIG, MOST, TYPES, text_of
from bot.options.taking import written

VALUE = r"\"[^\"]*\"|“[^“”]*”|«[^«»]*»|\S+"
LONGEST = 1000


def cut(words: str, options: Collection[str]) -> tuple[str, dict[str, str]]:
    """Take the options that are files out of a typed line; gives the rest, and their texts.

    Both `file=sessions.csv` and `--file sessions.csv` are understood. Raises UserError.
    """
    texts: dict[str, str] = {}
    for typed, option in written(options).items() if options else ():
        name = re.escape(typed).replace("_", "[-_]")
        named = re.compile(rf"(?<!\S)(?:--{name}(?:=|\s+)|{name}=)({VALUE})", re.IGNORECASE)
        if option not in texts and (match := named.search(words)):
            texts[option] = contents(match[1].strip('"“”«»'))
            words = words[: match.start()] + words[match.end() :]
    bare = words.strip().strip('"“”«»')
    named_alone = bare.rpartition(".")[2].casefold() in TYPES and not NAME.match(bare)
    if len(options) == 1 and not texts and named_alone and _is_path(bare):
        return "", {next(iter(options)): contents(bare)}
    return words, texts


def contents(raw: str) -> str:
    """Give the text of a file that is named by its path; any other words are the text itself.

    Raises UserError for a path that leads nowhere.
    """
    path = raw.strip()
    if not _is_path(path):
        return raw
    try:
        with Path(path).expanduser().open("rb") as file:
            content = file.read(MOST + 1)
    except (OSError, RuntimeError, ValueError) as error:
        why = getattr(error, "strerror", "") or str(error)
        raise UserError(t("I can't read {path}: {why}", path=path, why=why)) from error
    return BIG if len(content) > MOST else text_of(content)


def _is_path(words: str) -> bool:
    """Say whether words are the path of a file: one there is, or one that is written like it."""
    if not words or len(words) > LONGEST or "\n" in words or "://" in words:
        return False
    try:
        there = Path(words).expanduser().is_file()
    except (OSError, RuntimeError, ValueError):
        there = False
    kind = words.rpartition(".")[2].casefold()
    return there or (kind in TYPES and "," not in words and ":" not in words[2:])
