"""Reads what was filled into a modal as raw values, as a call carries them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.adapters.slack.forms import LATEST


def values(view: Mapping[str, Any]) -> dict[str, str]:
    """Read what was filled into a modal as raw values, as a call carries them."""
    state = view.get("state", {}).get("values", {})
    elements = [(name, one) for block in state.values() for name, one in block.items()]
    return {name: raw(element) for name, element in elements if not _is_file(element)}


def files(view: Mapping[str, Any]) -> dict[str, tuple[str, int]]:
    """Give where the files are that were uploaded in a modal, and how big, by their fields."""
    state = view.get("state", {}).get("values", {})
    found = {}
    for block in state.values():
        for name, element in block.items():
            for one in (element.get("files") or ())[:1] if _is_file(element) else ():
                found[name] = str(one.get("url_private") or ""), int(one.get("size") or 0)
    return found


def _is_file(element: Mapping[str, Any]) -> bool:
    return element.get("type") == "file_input"


def picked(view: Mapping[str, Any]) -> dict[str, str]:
    """Give the people and channels that were picked in a modal: Slack lists none of elsewhere."""
    state = view.get("state", {}).get("values", {})
    elements = [element for block in state.values() for element in block.values()]
    people = [one.get("selected_user") for one in elements]
    channels = [one.get("selected_conversation") for one in elements]
    found = [*(f"@{id}" for id in people if id), *(f"#{id}" for id in channels if id)]
    return dict.fromkeys(found, "")


def raw(element: Mapping[str, Any]) -> str:
    """Read one element's state as a raw value; empty when nothing was given."""
    match element:
        case {"selected_option": {"value": value}}:
            return str(value)
        case {"selected_options": [*chosen]}:
            return ",".join(str(one.get("value") or "") for one in chosen)
        case {"selected_date_time": int(stamp)} if 0 <= stamp <= LATEST:
            return f"{datetime.fromtimestamp(stamp, UTC):%Y-%m-%dT%H:%MZ}"
        case {"selected_date": str(picked)} | {"selected_time": str(picked)}:
            return picked
        case {"selected_user": str(user)}:
            return f"<@{user}>"
        case {"selected_conversation": str(channel)}:
            return f"<#{channel}>"
    return str(element.get("value") or "")
