"""Says what the elements of a modal hold when it is sent off."""

from typing import Any

from tests.fakes.slack.workspace import FakeSlack

Body = dict[str, Any]
PLAIN = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
}


def option_of(options: list[Body], wanted: str) -> Body:
    """Find an option by its value or its label."""
    for option in options:
        if wanted in (option["value"], option["text"]["text"]):
            return option
    raise LookupError(f"{wanted!r} is not among {[option['value'] for option in options]}")


def holds(slack: FakeSlack, element: Body, given: str | None) -> Body:
    """Say what an element holds; what is filled into one for files is uploaded first."""
    if element["type"] != "file_input":
        return _state(element, given)
    if not given:
        return {"type": "file_input", "files": []}
    id, content, kind = f"F{slack.state.number()}", given.encode(), element["filetypes"][0]
    slack.state.files[id] = {"name": f"notes.{kind}", "content": content}
    uploaded = {"id": id, "name": f"notes.{kind}", "filetype": kind, "size": len(content)}
    url = f"{slack.address}/files/{id}"
    return {"type": "file_input", "files": [uploaded | {"url_private": url}]}


def _state(element: Body, given: str | None) -> Body:
    """Say what an element holds: what was filled in, else what it began with."""
    kind = element["type"]
    if kind in ("static_select", "radio_buttons"):
        chosen = option_of(element["options"], given) if given else element.get("initial_option")
        return {"type": kind, "selected_option": chosen}
    if kind == "external_select":
        begun = element.get("initial_option")
        return {"type": kind, "selected_option": {"value": given} if given else begun}
    if kind in ("checkboxes", "multi_static_select", "multi_external_select"):
        wanted, listed = given.split(",") if given else [], element.get("options")
        chosen_all = [option_of(listed, one) if listed else {"value": one} for one in wanted]
        return {"type": kind, "selected_options": chosen_all or element.get("initial_options", [])}
    name, begun = PLAIN[kind]
    value = given if given is not None else element.get(begun)
    return {"type": kind, name: int(value) if value and kind == "datetimepicker" else value}
