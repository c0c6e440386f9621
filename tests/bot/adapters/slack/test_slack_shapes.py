"""Shows that a request of another shape than Slack's gets 400, and does nothing."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bot.adapters.slack.filled import raw
from bot.adapters.slack.pages import ModalMetadata, Origin, sheet
from tests.bot.adapters.slack.conftest import SlackStage

PRESS = {"type": "block_actions", "user": {"id": "UAMINA"}, "actions": [{"value": "my.profile"}]}
FORM = {"type": "view_submission", "user": {"id": "UAMINA"}, "view": {"callback_id": "my.profile"}}
HOME = {"type": "event_callback", "event": {"type": "app_home_opened", "user": "UAMINA"}}


@pytest.mark.parametrize(
    "body",
    [
        {"command": "/cop", "text": "my profile"},
        PRESS | {"user": "UAMINA"},
        PRESS | {"user": None},
        PRESS | {"actions": []},
        PRESS | {"actions": ["my.profile"]},
        PRESS | {"view": [1]},
        PRESS | {"actions": [{"selected_option": "x"}]},
        {**FORM, "view": "x"},
        {**FORM, "view": {"state": {"values": {"a": {"b": 1}}}}},
        {"type": "block_suggestion", "user": {"id": "UAMINA"}, "view": {}},
        {"type": "shortcut", "user": {"id": "UAMINA"}},
        {
            "type": "message_action",
            "user": {"id": "UAMINA"},
            "callback_id": "my.profile",
            "message": {},
        },
        {"type": "event_callback", "event": {"type": "app_home_opened"}},
        {"type": "event_callback", "event": {"type": "user_change", "user": "UAMINA"}},
    ],
)
async def test_what_slack_would_not_send_is_400(http: SlackStage, body: Mapping[str, Any]) -> None:
    team = {"team_id": "T0HOME", "team": {"id": "T0HOME", "domain": "home"}}
    status, _ = await http.slack.request(json.dumps(team | {**body}).encode(), "application/json")
    await http.settled()
    assert (status, http.core.calls) == (400, [])


@pytest.mark.parametrize("body", [PRESS, FORM, HOME])
async def test_what_slack_sends_at_least_is_heard(
    http: SlackStage, body: Mapping[str, Any]
) -> None:
    sent = {"team_id": "T0HOME", "team": {"id": "T0HOME"}} | {**body}
    assert (await http.slack.request(json.dumps(sent).encode(), "application/json"))[0] == 200
    await http.settled()
    assert len(http.core.calls) == 1


@pytest.mark.parametrize(
    "parts",
    [
        {"command": 5, "origin": {}},
        {"command": "a", "bound": [], "origin": {}},
        {"command": "a", "bound": {"a": 1}, "origin": {}},
        {"command": "a", "origin": {"url": {}}},
        {"command": "a", "origin": {}, "more": "x"},
    ],
)
def test_what_a_modal_never_carried_leads_to_no_command(parts: dict[str, Any]) -> None:
    assert sheet({"private_metadata": json.dumps(parts), "callback_id": "x"}) == ModalMetadata("x")
    deep = "[" * 100_000
    assert sheet({"private_metadata": deep, "callback_id": "x"}) == ModalMetadata("x")


def test_what_a_modal_carries_is_read_back() -> None:
    carried = ModalMetadata("a", {"b": "c"}, Origin("C1", whispered=True), "d", more=True)
    assert sheet({"private_metadata": carried.written()}) == carried


def test_a_moment_beyond_what_can_be_picked_is_none() -> None:
    assert raw({"selected_date_time": 10**30}) == ""
