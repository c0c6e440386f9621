"""Tests several workspaces in one process: installing, leaving, and tokens nobody else can read."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.adapters.slack import Core, Installed, Slack, cipher, rotate
from bot.adapters.slack.installations import Many
from bot.app.slack import KeptInDatabase
from bot.calls import Reader
from bot.chat import Place, said
from bot.errors import RecordsAway, TargetLost
from bot.i18n import t
from storage import Storage
from tests.bot.adapters.slack.conftest import NOW, Spoken, Stage, setup, workspace

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
HOME = Installed("T0HOME", "", "xoxb-home", "U0BOT", NOW)
GRID = Installed("", "E0GRID", "xoxb-grid", "U0BOT", NOW)


@pytest.fixture
def shelf(sqlite_url: str) -> KeptInDatabase:
    return KeptInDatabase(Storage(sqlite_url))


@pytest.fixture
async def stage(shelf: KeptInDatabase) -> AsyncIterator[Stage]:
    """Give an app of several workspaces, installed in none."""
    slack, core = await workspace().start(), Spoken()
    oauth = {"client_id": "1.2", "client_secret": "hush", "keys": [OLD], "bot_token": ""}
    made = replace(setup(slack, "http"), **oauth)  # type: ignore[arg-type]
    app = Slack(made, Core(core.dispatch, core.complete, lambda: NOW, ["toy.see"]), shelf)
    await app.start()
    assert app.http is not None
    slack.url = f"http://127.0.0.1:{app.http.port}/slack/events"
    yield Stage(slack, app, core)
    await app.stop()
    await slack.stop()


async def page(stage: Stage, path: str, **headers: str) -> tuple[int, str]:
    """Open a page in a browser that keeps cookies."""
    address = stage.slack.url.replace("/slack/events", path)
    async with stage.slack.session.get(address, headers=headers) as answer:
        return answer.status, await answer.text()


async def begun(stage: Stage) -> str:
    """Begin to install, and give the state Slack sends back."""
    _, text = await page(stage, "/slack/install")
    return text.partition("state=")[2].partition('"')[0]


async def installed(stage: Stage) -> None:
    """Install the app in the workspace."""
    status, _ = await page(stage, f"/slack/oauth_redirect?code=good&state={await begun(stage)}")
    assert status == 200


async def test_where_it_is_not_installed_nothing_is_done(stage: Stage) -> None:
    await stage.amina.slash("toy see", stage.general)
    await stage.settled()
    assert stage.core.calls == []


async def test_after_installing_calls_are_answered(stage: Stage) -> None:
    await installed(stage)
    await stage.slash("toy see")
    assert stage.amina.last.text == "Here you are."


async def test_the_token_is_kept_as_ciphertext(stage: Stage, shelf: KeptInDatabase) -> None:
    await installed(stage)
    (kept,) = await shelf.all()
    assert "xoxb" not in kept.token
    assert cipher([OLD]).decrypt(kept.token).decode() == stage.state.token
    assert kept.token not in repr(kept)


async def test_the_page_asks_for_exactly_what_the_manifest_lists(stage: Stage) -> None:
    _, text = await page(stage, "/slack/install")
    assert "client_id=1.2" in text
    assert f"{stage.slack.address}/oauth/v2/authorize" in text
    for scope in stage.state.scopes:
        assert scope.replace(":", "%3A") in text


async def test_the_page_speaks_the_language_of_the_browser(stage: Stage) -> None:
    _, text = await page(stage, "/slack/install", **{"Accept-Language": "es-419,en"})
    assert '<html lang="es">' in text


async def test_a_state_is_good_once(stage: Stage) -> None:
    state = await begun(stage)
    await page(stage, f"/slack/oauth_redirect?code=good&state={state}")
    status, _ = await page(stage, f"/slack/oauth_redirect?code=good&state={state}")
    assert status == 400


@pytest.mark.parametrize("query", ["code=good", "code=good&state=forged", "", "state=%C3%A4"])
async def test_a_forged_state_installs_nothing(
    stage: Stage, shelf: KeptInDatabase, query: str
) -> None:
    await begun(stage)
    status, _ = await page(stage, f"/slack/oauth_redirect?{query}")
    assert (status, await shelf.all()) == (400, [])


async def test_a_state_of_another_browser_installs_nothing(
    stage: Stage, shelf: KeptInDatabase
) -> None:
    state = await begun(stage)
    stage.slack.session.cookie_jar.clear()
    status, _ = await page(stage, f"/slack/oauth_redirect?code=good&state={state}")
    assert (status, await shelf.all()) == (400, [])


@pytest.mark.parametrize(("query", "wanted"), [("error=access_denied", 400), ("code=bad", 502)])
async def test_a_refusal_of_slack_is_said_in_words(
    stage: Stage, shelf: KeptInDatabase, query: str, wanted: int
) -> None:
    status, text = await page(stage, f"/slack/oauth_redirect?{query}&state={await begun(stage)}")
    assert (status, await shelf.all()) == (wanted, [])
    assert "begin again" in text


EVENTS: dict[str, dict[str, Any]] = {
    "app_uninstalled": {"type": "app_uninstalled"},
    "tokens_revoked": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}},
}


@pytest.mark.parametrize("order", [[*EVENTS], [*EVENTS][::-1]])
async def test_leaving_is_heard_in_either_order(
    stage: Stage, shelf: KeptInDatabase, order: list[str]
) -> None:
    await installed(stage)
    for name in order:
        await stage.slack.event(EVENTS[name], event_time=int(datetime.now(UTC).timestamp()) + 5)
    assert await shelf.all() == []
    await stage.amina.slash("toy see", stage.general)
    await stage.settled()
    assert stage.core.calls == []


async def test_leaving_that_is_told_late_ends_no_newer_installation(
    stage: Stage, shelf: KeptInDatabase
) -> None:
    await installed(stage)
    earlier = int((datetime.now(UTC) - timedelta(minutes=1)).timestamp())
    await stage.slack.event(EVENTS["tokens_revoked"], event_time=earlier)
    assert len(await shelf.all()) == 1


async def test_the_token_of_a_person_that_is_revoked_ends_nothing(
    stage: Stage, shelf: KeptInDatabase
) -> None:
    await installed(stage)
    event = {"type": "tokens_revoked", "tokens": {"oauth": ["UAMINA"]}}
    await stage.slack.event(event, event_time=int(datetime.now(UTC).timestamp()) + 5)
    assert len(await shelf.all()) == 1


async def test_posting_where_it_is_not_installed_is_a_lost_place(stage: Stage) -> None:
    with pytest.raises(TargetLost, match="not_installed"):
        await stage.app.post(Place("slack", "T9", "C1"), said(t("Hello")), Reader(), "k")


async def test_an_installation_of_an_organisation_serves_its_workspaces(
    shelf: KeptInDatabase,
) -> None:
    many = Many(shelf, cipher([OLD]))
    await many.add(GRID)
    assert await many.find("T1", "E0OTHER") is None
    many = Many(shelf, cipher([OLD]))
    found = await many.find("T1", "E0GRID")
    assert found is not None
    assert (found.space, found.token) == ("T1", "xoxb-grid")
    later = Many(shelf, cipher([OLD]))
    assert await later.find("T1") == found, "what the bot sends by itself knows no organisation"


async def test_an_organisation_that_leaves_takes_its_workspaces_along(
    shelf: KeptInDatabase,
) -> None:
    many = Many(shelf, cipher([OLD]))
    await many.add(GRID)
    await many.find("T1", "E0GRID")
    await many.add(HOME)
    await many.drop("", "E0GRID", NOW)
    assert [one.space for one in await shelf.all()] == ["T0HOME"]


class Closing(KeptInDatabase):
    """A shelf that can be out of reach."""

    away = False

    async def find(self, space: str, organisation: str) -> Installed | None:
        """Give what is there. Raises RecordsAway while nobody gets at it."""
        if self.away:
            raise RecordsAway
        return await super().find(space, organisation)


async def test_token_is_remembered_while_records_are_away(sqlite_url: str) -> None:
    shelf, time = Closing(Storage(sqlite_url)), [0.0]
    many = Many(shelf, cipher([OLD]), lambda: time[0])
    await many.add(HOME)
    assert await many.find(HOME.space) == HOME
    shelf.away, time[0] = True, 3600.0
    assert await many.find(HOME.space) == HOME
    with pytest.raises(RecordsAway):
        await many.find("T0OTHER")


async def test_shelf_says_when_the_database_is_away(tmp_path: Path) -> None:
    with pytest.raises(RecordsAway):
        await KeptInDatabase(Storage(f"sqlite:///{tmp_path / 'empty.db'}")).find("T0HOME", "")


async def test_installing_anew_takes_the_place_of_the_token(shelf: KeptInDatabase) -> None:
    many = Many(shelf, cipher([OLD]))
    await many.add(HOME)
    await many.add(replace(HOME, token="xoxb-new", at=NOW + timedelta(days=1)))
    found = await many.find("T0HOME")
    assert found is not None
    assert found.token == "xoxb-new"


async def test_keys_are_rotated(shelf: KeptInDatabase) -> None:
    await Many(shelf, cipher([OLD])).add(HOME)
    await Many(shelf, cipher([OLD])).add(GRID)
    assert await rotate(shelf, cipher([NEW, OLD])) == 2
    found = await Many(shelf, cipher([NEW])).find("T0HOME")
    assert found is not None
    assert found.token == "xoxb-home"


async def test_keys_that_do_not_open_a_token_change_nothing(shelf: KeptInDatabase) -> None:
    await Many(shelf, cipher([OLD])).add(HOME)
    before = await shelf.all()
    with pytest.raises(ValueError, match="key"):
        await rotate(shelf, cipher([NEW]))
    assert await shelf.all() == before
    assert await Many(shelf, cipher([NEW])).find("T0HOME") is None
