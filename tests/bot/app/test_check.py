"""Holds `check` to finding what is wrong, and to saying how to mend it."""

from pathlib import Path

import pytest

from bot.app.check import findings
from storage import Storage
from storage.engine import migrate
from tests.bot.app.conftest import Typed
from tests.toys import NOW

SLACK = '[slack]\nbot_token = "xoxb-{bot}"\napp_token = "xapp-1-A0123456789-abcdef"\n'


def test_everything_right_without_any_set_up(typed: Typed) -> None:
    result = typed("check")
    assert result.exit_code == 0
    assert "✗" not in result.output
    assert "is made at the first start" in result.output


def test_check_makes_no_database(typed: Typed, tmp_path: Path) -> None:
    typed("check")
    assert list(tmp_path.iterdir()) == []


def test_wrong_settings_are_named_with_their_place(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[scheduler]\nbatch = 0\n")
    result = typed("check")
    assert result.exit_code == 1
    assert "✗ settings: config.toml, line 2" in result.output


def test_unreachable_database_is_said_with_what_to_check(typed: Typed) -> None:
    result = typed("check", "--db", "postgresql://nobody:hidden@127.0.0.1:1/nothing")
    assert result.exit_code == 1
    assert "does not answer" in result.output
    assert "hidden" not in result.output


def test_file_that_is_no_database_is_said_to_be_none(typed: Typed) -> None:
    Path("notes.db").write_text("Bring the flip chart, and ask Amina about the room. " * 20)
    result = typed("check", "--db", "notes.db")
    assert result.exit_code == 1
    assert "notes.db cannot be opened as a database" in result.output
    assert "password" not in result.output


def test_database_behind_is_brought_up_to_date_when_it_is_a_file(typed: Typed) -> None:
    Path("old.db").touch()
    assert "brought up to date at the next start" in typed("check", "--db", "old.db").output


def test_database_up_to_date_is_said_to_be(typed: Typed, tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'new.db'}")
    assert "new.db is up to date" in typed("check", "--db", "new.db").output


@pytest.mark.postgresql
def test_server_behind_is_wrong(typed: Typed, empty_database_url: str) -> None:
    result = typed("check", "--db", empty_database_url)
    behind = "postgresql" in empty_database_url
    assert ("Run: python -m bot migrate" in result.output, result.exit_code) == (behind, behind)


def test_file_in_a_folder_that_cannot_be_made_is_wrong(typed: Typed) -> None:
    assert "✗ database" in typed("check", "--db", "/dev/null/convener.db").output


@pytest.mark.parametrize(
    ("bot", "right"), [("123456789012-abcdefghij", True), ("…", False), ("1", False)]
)
def test_tokens_are_looked_at_and_never_shown(typed: Typed, bot: str, right: bool) -> None:
    Path("config.toml").write_text(SLACK.format(bot=bot))
    result = typed("check")
    assert ("✓ slack" in result.output) == right
    assert f"xoxb-{bot}" not in result.output


@pytest.mark.parametrize(("workspace", "right"), [("T1", True), ("T2", False)])
def test_canary_in_a_space_nobody_knows_is_wrong(
    typed: Typed, sqlite_url: str, workspace: str, right: bool
) -> None:
    storage = Storage(sqlite_url)
    with storage.write() as transaction:
        transaction.community_at("slack", "T1", NOW, "en", "UTC")
    storage.close()
    canary = f'[canary]\nchannel = "slack/{workspace}/C1"\n'
    Path("config.toml").write_text(SLACK.format(bot="123456789012-abcdefghij") + canary)
    result = typed("check", "--db", sqlite_url)
    assert ("✓ canary" in result.output) == right
    assert result.exit_code == int(not right)


def test_zone_data_is_named_with_its_version() -> None:
    last = list(findings(None))[-1]
    assert last.about == "zone data"
    assert last.words.startswith("20")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:shush@127.0.0.1:1/x",
        "postgresql://127.0.0.1:1/x?user=u&password=shush",
        "postgresql://127.0.0.1:1/x?sslpassword=shush",
    ],
)
def test_password_in_an_address_is_never_shown(typed: Typed, url: str) -> None:
    shown = typed("check", "--db", url).output
    assert "127.0.0.1" in shown
    assert "shush" not in shown
