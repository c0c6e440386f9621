"""Shows a form with what its fields can be, where that is looked up."""

from dataclasses import replace

from bot.adapters.local.shown import ShownField, ShownForm, ShownOption, as_typed
from bot.adapters.local.suggesting import Suggestions

MOST = 25
"""How many values are suggested before anything is typed."""
SIGNS = {"place": "#", "person": "@"}


async def with_suggestions(form: ShownForm, suggestions: Suggestions) -> ShownForm:
    """Give the form as it can be filled in on a page."""
    fields = [await _field(form.command, one, suggestions) for one in form.fields]
    return replace(form, fields=tuple(fields))


async def _field(command: str, field: ShownField, suggestions: Suggestions) -> ShownField:
    field = replace(field, value=as_typed(field.value))
    if field.options or field.kind not in ("look", *SIGNS):
        return field
    found = [] if field.kind == "place" else await suggestions.values(command, field.name, "")
    if field.kind in SIGNS:
        found = [*found, *suggestions.names(SIGNS[field.kind])]
    pairs = {words.strip('"'): about for words, about in found[:MOST]}
    options = tuple(ShownOption(words, about or words) for words, about in pairs.items())
    return replace(field, options=options)
