"""Knows the shapes in which Slack sends what is read here; what has another is not Slack's."""

from collections.abc import Iterator, Mapping
from typing import Any

Shape = Mapping[str, type]
"""A type for each path; `*` stands for all in a list or an object, `?` for what may lack."""

USER: Shape = {"user": dict, "user.id": str}
MODAL: Shape = {
    "view.id?": str,
    "view.private_metadata?": str,
    "view.callback_id?": str,
    "view.state?": dict,
    "view.state.values?": dict,
    "view.state.values.*?": dict,
    "view.state.values.*.*?": dict,
    "view.state.values.*.*.selected_options?": list,
    "view.state.values.*.*.selected_options.*?": dict,
}
WHERE: Shape = {"channel?": dict, "channel.id?": str, "message?": dict, "message.user?": str}
SPOKEN: Shape = {"event.channel?": str, "event.thread_ts?": str, "event.channel_type?": str}
SHAPES: Mapping[str, Shape] = {
    "command": {"user_id": str},
    "block_actions": {
        **USER,
        **WHERE,
        **MODAL,
        "actions": list,
        "actions.*": dict,
        "actions.*.selected_option?": dict,
        "container?": dict,
        "view?": dict,
    },
    "view_submission": {**USER, "view": dict, **MODAL},
    "block_suggestion": {**USER, "view?": dict, **MODAL, "action_id": str},
    "shortcut": {**USER, **WHERE, "callback_id": str, "message?": type(None)},
    "message_action": {
        **USER,
        **WHERE,
        "callback_id": str,
        "message.ts": str,
        "channel.id": str,
        "team.domain": str,
    },
    "app_mention": {**SPOKEN, "event.user?": str},
    "message": {**SPOKEN, "event.user?": str},
    "app_home_opened": {"event.user": str},
    "user_change": {
        "event.user": dict,
        "event.user.id": str,
        "event.user.profile?": dict,
        "event.user.enterprise_user?": dict,
        "event.user.enterprise_user.teams?": list,
        "event.user.enterprise_user.teams.*?": str,
    },
    "tokens_revoked": {"event.tokens?": dict},
    "team_access_granted": {"event.team_ids?": list},
    "team_access_revoked": {"event.team_ids?": list},
}


def misshapen(kind: str, body: Mapping[str, Any]) -> str:
    """Name the first path at which something lacks, or is of another type; nothing if all fits."""
    for path, wanted in SHAPES.get(kind, {}).items():
        found = [one for one in _at(body, path.rstrip("?").split(".")) if one is not None]
        if not (found or path.endswith("?")) or not all(isinstance(o, wanted) for o in found):
            return path.rstrip("?")
    return ""


def _at(value: Any, steps: list[str]) -> Iterator[Any]:
    """Give all that is at a path."""
    if not steps:
        yield value
        return
    inside = list(value) if isinstance(value, list) else []
    inside = list(value.values()) if isinstance(value, dict) else inside
    first, *rest = steps
    if first != "*":
        inside = [value[first]] if isinstance(value, dict) and first in value else []
    for one in inside:
        yield from _at(one, rest)
