"""Says of one option alone, while it is filled in, what it can be and what is wrong with it."""

from bot.errors import Unreadable
from bot.folding import folded
from bot.i18n import render
from bot.options.basic import Kind, Reading, bounded, worded
from bot.plain_text import as_plain_text
from bot.protocol import Reader


def suggested(kind: Kind, reading: Reading, typed: str) -> tuple[tuple[str, str], ...]:
    """Suggest values with their labels for what was typed so far."""
    offered = kind.offered(typed, reading)
    options = offered or kind.fixed(reading)
    pairs = tuple((option.value, worded(option.label, reading.locale)) for option in options)
    return pairs if offered else _fitting(pairs, typed) or pairs


def _fitting(pairs: tuple[tuple[str, str], ...], typed: str) -> tuple[tuple[str, str], ...]:
    """Give the values that have what was typed in them or in their labels."""
    words = folded(typed.strip())
    return tuple(pair for pair in pairs if any(words in folded(name) for name in pair))


def fault(kind: Kind, reading: Reading, typed: str) -> str:
    """Say why a value cannot be read, or nothing."""
    reader = Reader(reading.locale, reading.zone)
    try:
        kind.read(bounded(typed), reading)
    except Unreadable as error:
        return render(error.text, reader.locale, lambda value: as_plain_text(value, reader))
    return ""
