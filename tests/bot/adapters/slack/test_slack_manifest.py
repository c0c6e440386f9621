"""Tests the manifest and that what the fake Slack is sent has the keys that are published."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.slack.manifest import SCOPES, as_yaml, manifest
from bot.app.parts import all_groups
from bot.app.slack import menus
from tests.bot.adapters.slack.conftest import SlackStage
from tests.bot.adapters.slack.test_slack_shortcuts import keeping
from tests.bot.app.conftest import Typed
from tests.bot.app.conftest import typed as typed
from tests.fakes.slack import checks
from tests.fakes.slack.state import SCOPES as NEEDED
from tests.toys import toy

DOCS = Path(__file__).parents[4] / "docs" / "slack.md"
URL = "https://a.example/slack/events"


def test_the_scopes_are_those_the_tests_get_along_with() -> None:
    assert set(SCOPES) == NEEDED


def test_socket_mode_needs_no_address() -> None:
    made = manifest("/cop", ())
    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(made)


def test_http_mode_has_one_address_for_everything() -> None:
    made = manifest("/circle", (), URL)
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["event_subscriptions"]["request_url"] == URL
    assert made["settings"]["interactivity"]["message_menu_options_url"] == URL
    assert made["features"]["slash_commands"][0]["url"] == URL
    assert made["features"]["slash_commands"][0]["command"] == "/circle"


def test_several_workspaces_hear_of_those_that_leave() -> None:
    made = manifest("/cop", (), URL, several=True)
    heard = made["settings"]["event_subscriptions"]["bot_events"]
    assert {"app_uninstalled", "team_access_revoked", "tokens_revoked"} <= set(heard)
    assert made["oauth_config"]["redirect_urls"] == ["https://a.example/slack/oauth_redirect"]


def test_without_a_command_for_messages_none_is_offered() -> None:
    offered = manifest("/cop", menus(all_groups()).values())["features"]["shortcuts"]
    assert [one["type"] for one in offered] == ["global"]


def test_a_command_for_messages_is_offered_by_its_help() -> None:
    (_, offered) = manifest("/cop", menus([keeping, toy]).values())["features"]["shortcuts"]
    assert (offered["type"], offered["callback_id"]) == ("message", "keeping.keep")
    assert offered["name"] == "Keep this as something…"
    assert offered["description"].startswith("Keep this as something worth reading")


def test_texts_keep_to_the_limits_of_a_manifest() -> None:
    made = manifest("/cop", [*menus([keeping]).values()] * 20)
    assert len(made["display_information"]["description"]) <= 140
    assert len(made["features"]["shortcuts"]) == 10
    assert all(len(one["name"]) <= 24 for one in made["features"]["shortcuts"])
    assert all(len(one["description"]) <= 150 for one in made["features"]["shortcuts"])


def test_yaml_says_the_same_as_json() -> None:
    lines = as_yaml({"a": {"b": ["x: y", True], "c": []}, "d": 1}).splitlines()
    assert lines == ["a:", "  b:", '    - "x: y"', "    - true", "  c: []", "d: 1"]


HTTP = '[slack]\nmode = "http"\ncommand = "/circle"\n'
SEVERAL = '[slack]\nclient_id = "1.2"\n'


def printed(typed: Typed, *address: str) -> Any:
    return json.loads(typed("manifest", "slack", "--json", *address).stdout)


@pytest.mark.parametrize("config", ["", '[slack]\ncommand = "/circle"\n'])
def test_manifest_of_socket_mode_is_printed_before_there_are_tokens(
    typed: Typed, config: str
) -> None:
    Path("config.toml").write_text(config)
    made = printed(typed)
    assert made["settings"]["socket_mode_enabled"] is True
    [slash] = made["features"]["slash_commands"]
    assert slash["command"] == ("/circle" if config else "/cop")


@pytest.mark.parametrize("config", ["", HTTP, SEVERAL])
@pytest.mark.parametrize("rest", ["", "/", "/slack/events", "/slack/events/"])
def test_address_means_http_and_its_path_stands_there_once(
    typed: Typed, config: str, rest: str
) -> None:
    Path("config.toml").write_text(config)
    made = printed(typed, "--address", f"https://a.example{rest}")
    assert made["settings"]["event_subscriptions"]["request_url"] == URL
    assert made["settings"]["socket_mode_enabled"] is False


@pytest.mark.parametrize("config", [HTTP, SEVERAL])
@pytest.mark.parametrize("address", ["", "http://a.example", "https://", "https://a b"])
def test_http_without_an_address_is_refused(typed: Typed, config: str, address: str) -> None:
    Path("config.toml").write_text(config)
    refused = typed("manifest", "slack", *(["--address", address] if address else []))
    assert refused.exit_code == 1
    assert "--address https://your.address" in refused.output


def test_every_scope_is_explained_in_the_guide() -> None:
    explained = re.findall(r"^\| `([a-z:_.]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(SCOPES) <= set(explained)


@pytest.mark.skipif(not checks.present(), reason=checks.REASON)
async def test_what_the_fake_sends_has_the_published_keys(http: SlackStage) -> None:
    slash = http.amina.slash_body("", http.general)
    assert set(slash) == set(checks.keys("SlashCommandPayload")) - {
        "enterprise_id",
        "enterprise_name",
    }


@pytest.mark.skipif(not checks.present(), reason=checks.REASON)
async def test_no_key_of_a_press_or_a_form_is_made_up(http: SlackStage) -> None:
    from tests.bot.adapters.slack.test_slack_forms import TITLE, wanting

    wanting(http, TITLE)
    await http.slash("toy add")
    form = http.amina.submission_body(http.amina.modal, {"title": "x"})
    published = checks.keys("ViewSubmissionPayload")
    assert set(form) <= set(published)
    assert set(form["view"]) <= set(published["view"]) | {"blocks"}
    assert set(form["user"]) <= set(published["user"])
