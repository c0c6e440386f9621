"""Turns forms into modals, and what was filled in there into raw values."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.adapters.slack.blocks import (
    PER_MENU,
    SECTION,
    Blocks,
    context,
    option,
    options,
    plain,
    row,
    sections,
)
from bot.adapters.slack.pages import KEPT, PER_PAGE, ModalMetadata, is_wrong
from bot.adapters.slack.wording import SlackWording, words
from bot.chat import button
from bot.i18n import Text, t
from bot.options.files import TYPES
from bot.plain_text import shortened
from bot.protocol import Field, Form

TITLE = 24
LABEL, HINT = 2000, 2000
PER_MODAL = 100
FORM, WAITING, SAID = "form", "waiting", "said"
MENTION = re.compile(r"<(?:@(?=[UW])|#(?=[CGD]))([A-Z0-9]+)(?:\|[^<>]*)?>")
"""An id that a menu can begin with; Slack opens no form with one that is of no such thing."""
WHOLE = re.compile(r"-?[0-9]+")
HOUR = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
RADIOS = 10
LATEST = 9_999_999_999
"""The last second that can be picked."""
PICKERS = ("datepicker", "datetimepicker", "timepicker", "multi_external_select")
WARNING = {"type": "emoji", "name": "warning"}


def modal(
    form: Form, wording: SlackWording, carried: ModalMetadata, begin: int = 0
) -> dict[str, Any]:
    """Turn a page of a form into a modal; a long one has "Next" to go on."""
    page = form.fields[begin:][:PER_PAGE]
    found = [*_head(form, wording), *(b for one in page for b in _field(one, wording))]
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": carried.written(),
        **_frame(form.title, wording),
        "submit": plain(shortened(wording.plain(_submit(form, carried)), TITLE)),
        "blocks": found or list(sections(wording.leaves(form.about or form.title))),
    }


def _submit(form: Form, carried: ModalMetadata) -> Text:
    return t("Next") if carried.more else form.submit or t("Send")


def notice(said: Text, wording: SlackWording, callback: str = WAITING) -> dict[str, Any]:
    """Make a modal that only says something."""
    title = t("One moment") if callback == WAITING else t("Done")
    found = list(sections(wording.leaves(said)))
    return {"type": "modal", "callback_id": callback, **_frame(title, wording), "blocks": found}


def fits(found: Blocks) -> bool:
    """Say whether a modal holds these blocks."""
    return len(found) <= PER_MODAL


def shown(found: Blocks, wording: SlackWording) -> dict[str, Any]:
    """Make a modal that shows a message that fits."""
    frame = _frame(t("For you"), wording)
    return {"type": "modal", "callback_id": SAID, **frame, "blocks": found}


def _frame(title: Text, wording: SlackWording) -> dict[str, Any]:
    close = shortened(wording.plain(t("Close")), TITLE)
    return {"title": plain(shortened(wording.plain(title), TITLE) or "…"), "close": plain(close)}


def _head(form: Form, wording: SlackWording) -> Iterator[dict[str, Any]]:
    """Say what the form is for, and what there is to know about it."""
    if form.about and form.fields and not form.intro:
        yield from context(form.about, wording)
    yield from sections(wording.leaves(form.intro))
    if form.begun:
        anew = button(t("Start over"), KEPT, draft=form.draft, anew="yes")
        yield from row((anew,), (), wording)


def _field(one: Field, wording: SlackWording) -> Iterator[dict[str, Any]]:
    element = _element(one, wording)
    hint = " ".join(word for word in _hints(one, element, wording) if word)
    block = {
        "type": "input",
        "block_id": one.name,
        "label": plain(shortened(wording.plain(one.label) or one.name, LABEL)),
        "element": {**element, "action_id": one.name},
        "optional": not one.required or (one.widget == "file" and bool(one.value)),
    }
    if one.error:
        yield from list(sections([WARNING, words(" "), *wording.leaves(one.error)]))[:1]
    yield block | ({"hint": plain(shortened(hint, HINT))} if hint else {})


def _hints(one: Field, element: Mapping[str, Any], wording: SlackWording) -> Iterator[str]:
    if element["type"] not in PICKERS:  # a hint is on what to type
        yield wording.plain(one.hint)
    if (
        one.value
        and one.widget != "file"
        and not any(name.startswith("initial_") for name in element)
    ):
        yield wording.plain(t("So far: {words}", words=shortened(one.value, 500)))


def _element(one: Field, wording: SlackWording) -> dict[str, Any]:
    """Choose what asks for a field, filled in with what was understood."""
    match one.widget:
        case "yesno" | "one" | "several" | "look" if one.options:
            return _chosen(one, wording)
        case "moment":
            return {"type": "datetimepicker"} | _moment(one.value, wording.reader.zone)
        case "day" | "time":
            return _picked(one)
        case "file":
            return {"type": "file_input", "filetypes": list(TYPES), "max_files": 1}
        case "person":
            return {"type": "users_select"} | _mentioned(one.value, "initial_user")
        case "place":
            return _place(one.value)
        case "look" | "several":
            return _looked_up(one)
    return _number(one) if one.widget == "number" else _written(one)


def _picked(one: Field) -> dict[str, Any]:
    """Have a day or an hour picked."""
    kind, known = ("date", _is_day) if one.widget == "day" else ("time", _is_hour)
    kept = {f"initial_{kind}": one.value} if known(one.value) else {}
    return {"type": f"{kind}picker", **kept}


def _is_hour(value: str) -> bool:
    return bool(HOUR.fullmatch(value))


def _number(one: Field) -> dict[str, Any]:
    kept = {"initial_value": one.value} if WHOLE.fullmatch(one.value) else {}
    return {"type": "number_input", "is_decimal_allowed": False, **kept}


def _written(one: Field) -> dict[str, Any]:
    most = min(one.limit or SECTION, SECTION)
    element = {"type": "plain_text_input", "multiline": one.widget == "long", "max_length": most}
    return element | ({"initial_value": one.value[:most]} if one.value else {})


def _chosen(one: Field, wording: SlackWording) -> dict[str, Any]:
    if len(one.options) > PER_MENU:
        return _looked_up(one)
    listed = options(one.options, wording)
    wanted = one.value.split(",") if one.widget == "several" else [one.value]
    kept = [choice for choice in listed if choice["value"] in wanted]
    if one.widget == "several":
        kind = "checkboxes" if len(listed) <= RADIOS else "multi_static_select"
        return {"type": kind, "options": listed} | ({"initial_options": kept} if kept else {})
    # A radio button cannot be unchosen, a menu of an optional field can.
    radio = len(listed) <= RADIOS and one.widget == "yesno" and one.required
    kind = "radio_buttons" if radio else "static_select"
    return {"type": kind, "options": listed} | ({"initial_option": kept[0]} if kept else {})


def _looked_up(one: Field) -> dict[str, Any]:
    """Suggest while somebody types; what was not understood is not filled in."""
    if one.widget == "several":
        return _several_looked_up(one)
    element = {"type": "external_select", "min_query_length": 0}
    if not one.value or one.error:
        return element
    return element | {"initial_option": option(one.value, one.value)}


def _several_looked_up(one: Field) -> dict[str, Any]:
    """Suggest while somebody types, for a field that takes several values."""
    element = {"type": "multi_external_select", "min_query_length": 0}
    kept = [part.strip() for part in one.value.split(",") if part.strip()]
    if not kept or one.error:
        return element
    return element | {"initial_options": [option(part, part) for part in dict.fromkeys(kept)]}


def _place(value: str) -> dict[str, Any]:
    shown = {"include": ["public", "private"]}
    return {"type": "conversations_select", "filter": shown} | _mentioned(
        value, "initial_conversation"
    )


def _mentioned(value: str, name: str) -> dict[str, str]:
    found = MENTION.fullmatch(value)
    return {name: found[1]} if found else {}


def _moment(value: str, zone: str) -> dict[str, int]:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return {}
    aware = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))
    stamp = int(aware.timestamp())
    return {"initial_date_time": stamp} if 0 <= stamp <= LATEST else {}


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def wrong(form: Form, view: Mapping[str, Any], wording: SlackWording) -> dict[str, str]:
    """Say per block of a modal what is to be looked at again; those it does not show are left out.

    Slack shows such words as they are, without markup.
    """
    shown = set(view.get("state", {}).get("values", {}))
    again = t("Please fill this in.")
    found = {one.name: one.error or again for one in form.fields if is_wrong(one)}
    return {name: wording.plain(error) for name, error in found.items() if name in shown}
