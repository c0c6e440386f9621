"""Holds the settings to their word: each mistake is named with its place, and no secret shown."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import BaseModel, SecretStr

from bot.config import EXAMPLE, TABLES, Settings, SettingsError, load
from tests.tables import in_turn

SLACK = {"CONVENER__SLACK__BOT_TOKEN": "xoxb-1", "CONVENER__SLACK__APP_TOKEN": "xapp-1"}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(text: str, environ: Mapping[str, str] | None = None) -> Settings:
    Path("config.toml").write_text(text, encoding="utf-8")
    return load(environ=environ or {})


def refusal(text: str, environ: Mapping[str, str] | None = None) -> str:
    with pytest.raises(SettingsError) as refused:
        read(text, environ)
    return str(refused.value)


def test_settings_without_anything_set_are_the_defaults() -> None:
    settings = load(environ={})
    assert settings.database.url == "sqlite:///data/convener.db"
    assert (settings.slack, settings.discord, settings.scheduler.batch) == (None, None, 100)


def test_settings_are_read_from_the_file_in_this_folder() -> None:
    assert read("[scheduler]\nbatch = 7").scheduler.batch == 7


def test_settings_are_read_from_the_file_that_is_named(tmp_path: Path) -> None:
    Path("config.toml").write_text("[scheduler]\nbatch = 7")
    Path("other.toml").write_text("[scheduler]\nbatch = 8")
    assert load(tmp_path / "other.toml", {}).scheduler.batch == 8


def test_environment_wins_over_the_file_and_leaves_the_rest() -> None:
    environ = {"CONVENER__SCHEDULER__BATCH": "9"}
    scheduler = read("[scheduler]\nbatch = 7\nlease_seconds = 90", environ).scheduler
    assert (scheduler.batch, scheduler.lease_seconds) == (9, 90)


def test_environment_alone_starts_a_platform() -> None:
    slack = load(environ=SLACK).slack
    assert slack
    assert slack.bot_token == SecretStr("xoxb-1")


def test_environment_that_is_passed_is_the_only_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVENER__LOG__LEVEL", "debug")
    assert load(environ={}).log.level == "info"
    assert load().log.level == "debug"


def test_environment_gives_lists_with_commas() -> None:
    keys = [Fernet.generate_key().decode() for _ in range(2)]
    secrets = load(environ={"CONVENER__SECRETS__KEYS": ", ".join(keys)}).secrets
    assert [key.get_secret_value() for key in secrets.keys] == keys


def test_environment_variable_that_is_empty_sets_nothing() -> None:
    assert load(environ={"CONVENER__SLACK__BOT_TOKEN": ""}).slack is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[scheduler]\n\nbatch = 'many'",
            "config.toml, line 3: [scheduler] batch should be: a",
        ),
        ("scheduler.batch = 0", "config.toml, line 1: [scheduler] batch should be: a whole"),
        ("\nscheduler = {batch = 0}", "config.toml, line 2: [scheduler] batch should be"),
        ("[ 'log' ]\n\"level\" = 'loud'", 'line 2: [log] level should be: "debug", "info"'),
        ("[log]\nlevl = 'info'", 'line 2: there is no setting "levl". Did you mean level?'),
        ("[log]\nxyz = 1", 'line 2: there is no setting "xyz". There are: level, format.'),
        ("[logs]\nlevel = 'info'", 'line 1: there is no section "logs". Did you mean log?'),
        ("batch = 50", 'line 1: there is no section "batch".'),
        ("log = 'info'", "line 1: [log] should be a section, with its settings under it."),
        ("[[log]]\nlevel = 'info'", "[log] should be a section, with its settings under it."),
        ("\n[discord]", "line 2: [discord] token is missing: the token of the bot"),
        ("[database]\nurl = 'mysql://h/n'", 'line 2: [database] url should be: "sqlite:///FILE"'),
        ("[slack]\nbot_token = 5", "line 2: [slack] bot_token should be: the bot token, which be"),
        ("[secrets]\nkeys = ['short']", "line 2: [secrets] keys should be: keys of 32 bytes"),
    ],
)
def test_mistake_in_the_file_is_named_with_its_line_and_what_is_expected(
    text: str, said: str
) -> None:
    assert said in refusal(text)


def test_mistakes_are_all_named_at_once() -> None:
    said = refusal("[log]\nlevel = 'loud'\nformat = 'xml'", {"CONVENER__SCHEDULER__BATCH": "x"})
    assert len(said.splitlines()) == 3


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[log]\nlevel = info", "line 2, column 12"),
        ("[log\n", "line 1, column 5"),
        ("[log]\nlevel = 'info'\nlevel = 'info'", "line 3"),
        ("[log]\nlevel = [", "at line 2)"),
    ],
)
def test_file_that_is_not_toml_is_refused_with_the_place(text: str, place: str) -> None:
    said = refusal(text)
    assert said.startswith("config.toml: ")
    assert place in said
    assert "Expected" in said


def test_file_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match=r"no\.toml cannot be read: No such file"):
        load(Path("no.toml"), {})


def test_file_in_another_encoding_is_refused() -> None:
    Path("config.toml").write_bytes("[log]\nlevel = 'é'".encode("latin-1"))
    with pytest.raises(SettingsError, match="save it as UTF-8"):
        load(environ={})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("CONVENER__SCHEDULER__BATCH", "[scheduler] batch should be: a whole number"),
        ("CONVENER__SLAK__BOT_TOKEN", 'there is no section "slak". Did you mean slack?'),
        ("CONVENER__SLACK__BOT_TOKN", 'there is no setting "bot_tokn". Did you mean bot_token?'),
        ("CONVENER__SLACK__BOT_TOKEN__X", 'there is no setting "bot_token__x"'),
        ("CONVENER__SLACK", 'there is no setting ""'),
    ],
)
def test_mistake_in_the_environment_is_named_with_its_variable(name: str, said: str) -> None:
    refused = refusal("", {**SLACK, name: "nonsense"})
    assert refused.startswith(f"{name}: ")
    assert said in refused


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        ("", "host is missing"),
        ("sender = 'a@b.org, c@b.org'", "sender should be: one address"),
        ('sender_name = "A\\nBcc: c@b.org"', "sender_name should be"),
        ("security = 'none'", 'security "none" is for a server on this machine'),
        ("user = 'a'", "user and password go together"),
    ],
)
def test_mail_is_sent_safely_and_by_one_address(mail: str, said: str) -> None:
    given = "host = 'smtp.example.org'\n" if mail else ""
    sender = "" if "sender =" in mail else "sender = 'a@b.org'\n"
    assert said in refusal(f"[mail]\n{given}{sender}{mail}")


@pytest.mark.parametrize(
    ("slack", "said"),
    [
        ("app_token = 'xapp-1'", "bot_token is missing"),
        ("bot_token = 'xoxb-1'", 'mode "socket" needs app_token'),
        ("bot_token = 'xoxb-1'\nmode = 'http'", 'mode "http" needs signing_secret'),
        ("bot_token = 'xapp-1'\napp_token = 'xoxb-1'", "app_token should be: the app-level token"),
        (
            "bot_token = 'xoxb-1'\napp_token = 'xapp-1'\npath = '/health'",
            'path cannot be "/health"',
        ),
        ("client_id = '1'\napp_token = 'xapp-1'", "client_id and client_secret go together"),
        ("client_id = '1'\nclient_secret = 's'\napp_token = 'xapp-1'", "needs a key in [secrets]"),
    ],
)
def test_slack_says_what_is_missing(slack: str, said: str) -> None:
    assert said in refusal(f"[slack]\n{slack}")


@pytest.mark.parametrize(
    ("shards", "said"),
    [("shard_ids = [0]", "needs shard_count"), ("shard_ids = [2]\nshard_count = 2", "below")],
)
def test_discord_refuses_shards_that_cannot_be(shards: str, said: str) -> None:
    assert said in refusal(f"[discord]\ntoken = 't'\n{shards}")


@in_turn("section", ["slack", "discord", "database", "secrets"])
def test_refusal_repeats_no_value_that_was_given(section: str) -> None:
    table = TABLES[section]
    text = "".join(f"{name} = 'hunter2'\n" for name in (*table.model_fields, "made_up"))
    said = refusal(f"[{section}]\n{text}")
    assert "hunter2" not in said
    assert "made_up" in said


def test_settings_shown_in_a_log_hide_what_is_secret() -> None:
    environ = {**SLACK, "CONVENER__DATABASE__URL": "postgresql://u:hunter2@h/n"}
    shown = repr(load(environ=environ))
    assert "hunter2" not in shown
    assert "xoxb-1" not in shown


@in_turn("table", TABLES.values())
def test_setting_is_described_for_those_who_get_it_wrong(table: type[BaseModel]) -> None:
    assert all(setting.description for setting in table.model_fields.values())


def uncommented() -> str:
    return re.sub(r"(?m)^# (?=\[|\w+ = )", "", EXAMPLE.read_text(encoding="utf-8"))


def test_example_file_loads_as_it_is() -> None:
    assert load(EXAMPLE, {}) == load(environ={})


def test_example_file_loads_with_every_setting_taken_in() -> None:
    key = Fernet.generate_key().decode()
    settings = read(uncommented(), {"CONVENER__SECRETS__KEYS": key})
    assert settings.database == Settings().database
    assert settings.slack
    assert settings.discord


@in_turn("section", TABLES)
def test_example_file_shows_every_setting_of(section: str) -> None:
    shown = re.split(r"(?m)^\[(\w+)\]\n", uncommented())
    text = shown[shown.index(section) + 1]
    names = re.findall(r"(?m)^(\w+) = ", text)
    assert names == list(TABLES[section].model_fields)


@in_turn("section", ["database", "scheduler", "log", "secrets"])
def test_example_file_shows_the_defaults_of(section: str) -> None:
    of_platforms = r"(?s)\[slack\].*?(?=#: How deliveries)|\[canary\].*?(?=#: Keys)"
    settings = read(re.sub(of_platforms, "", uncommented()))
    assert getattr(settings, section) == TABLES[section]()


def test_figures_are_shown_to_this_machine_alone_unless_told_otherwise() -> None:
    web = read("[web]").web
    assert web
    assert web.host == "127.0.0.1"
    assert read("").web is None


@pytest.mark.parametrize("channel", ["C1", "slack/T1", "local/a/b", "slack//C1"])
def test_canary_needs_a_channel_in_full(channel: str) -> None:
    said = refusal(f'[canary]\nchannel = "{channel}"', SLACK)
    assert "[canary] channel should be" in said


def test_canary_needs_its_platform() -> None:
    assert "[discord] is not set" in refusal('[canary]\nchannel = "discord/1/2"', SLACK)
    canary = read('[canary]\nchannel = "slack/T1/C1"', SLACK).canary
    assert canary
    assert canary.every_minutes == 60
