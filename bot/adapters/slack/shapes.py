"""Knows the shapes in which Slack sends what is read here; what has another is not Slack's."""

from collections.abc import Mapping

from bot.shapes import Shape

USER: Shape = {"user": dict, "user.id": str}
MODAL: Shape = {
    "view.id?": str,
    "view.private_metadata?": str,
    "view.callback_id?": str,
    "view.state?": dict,
    "view.state.values?": dict,
    "view.state.values.*": dict,
    "view.state.values.*.*": dict,
    "view.state.values.*.*.selected_options?": list,
    "view.state.values.*.*.selected_options.*": dict,
}
WHERE: Shape = {"channel?": dict, "channel.id?": str, "message?": dict, "message.user?": str}
SPOKEN: Shape = {"event.channel?": str, "event.thread_ts?": str, "event.channel_type?": str}
SOMEBODY: Shape = {
    "event.user": dict,
    "event.user.id": str,
    "event.user.profile?": dict,
    "event.user.enterprise_user?": dict,
    "event.user.enterprise_user.teams?": list,
    "event.user.enterprise_user.teams.*": str,
}
SHAPES: Mapping[str, Shape] = {
    "command": {"user_id": str},
    "block_actions": {
        **USER,
        **WHERE,
        **MODAL,
        "actions": list,
        "actions.0": dict,
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
    "user_change": SOMEBODY,
    "team_join": SOMEBODY,
    "tokens_revoked": {"event.tokens?": dict},
    "team_access_granted": {"event.team_ids?": list},
    "team_access_revoked": {"event.team_ids?": list},
}
SHEET: Shape = {
    "command": str,
    "bound?": dict,
    "bound.*": str,
    "origin": dict,
    **{f"origin.{name}?": str for name in ("channel", "name", "thread", "url", "message")},
    "origin.whispered?": bool,
    "draft?": str,
    "more?": bool,
}
"""What a modal carries unseen."""
