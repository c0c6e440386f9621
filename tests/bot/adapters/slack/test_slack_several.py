"""Tests several workspaces in one process: installing, and tokens that nobody else can read."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.adapters.slack import Installed, cipher, rotate
from bot.adapters.slack.installations import Many
from bot.app.slack import SlackStore
from bot.chat import Place, said
from bot.errors import Busy, RecordsAway, TargetLost
from bot.i18n import t
from bot.protocol import Reader
from storage import Storage
from tests.bot.adapters.slack.conftest import (
    GRID,
    HOME,
    KEY,
    NOW,
    SlackStage,
    begun,
    installed,
    page,
)

EN = Reader()
OLD, NEW = KEY, Fernet.generate_key().decode()


async def test_where_it_is_not_installed_nothing_is_done(several: SlackStage) -> None:
    await several.amina.slash("toy see", several.general)
    await several.settled()
    assert several.core.calls == []


async def test_after_installing_calls_are_answered(several: SlackStage) -> None:
    await installed(several)
    await several.slash("toy see")
    assert several.amina.last.text == "Here you are."


async def test_the_token_is_kept_as_ciphertext(several: SlackStage, shelf: SlackStore) -> None:
    await installed(several)
    (kept,) = await shelf.all()
    assert "xoxb" not in kept.token
    assert cipher([OLD]).decrypt(kept.token).decode() == several.state.token
    assert kept.token not in repr(kept)


async def test_the_page_asks_for_exactly_what_the_manifest_lists(several: SlackStage) -> None:
    _, text = await page(several, "/slack/install")
    assert "client_id=1.2" in text
    assert f"{several.slack.address}/oauth/v2/authorize" in text
    for scope in several.state.scopes:
        assert scope.replace(":", "%3A") in text


async def test_the_page_speaks_the_language_of_the_browser(several: SlackStage) -> None:
    _, text = await page(several, "/slack/install", **{"Accept-Language": "es-419,en"})
    assert '<html lang="es">' in text


async def test_a_state_is_good_once(several: SlackStage) -> None:
    state = await begun(several)
    await page(several, f"/slack/oauth_redirect?code=good&state={state}")
    status, _ = await page(several, f"/slack/oauth_redirect?code=good&state={state}")
    assert status == 400


@pytest.mark.parametrize("query", ["code=good", "code=good&state=forged", "", "state=%C3%A4"])
async def test_a_forged_state_installs_nothing(
    several: SlackStage, shelf: SlackStore, query: str
) -> None:
    await begun(several)
    status, _ = await page(several, f"/slack/oauth_redirect?{query}")
    assert (status, await shelf.all()) == (400, [])


async def test_a_state_of_another_browser_installs_nothing(
    several: SlackStage, shelf: SlackStore
) -> None:
    state = await begun(several)
    several.slack.session.cookie_jar.clear()
    status, _ = await page(several, f"/slack/oauth_redirect?code=good&state={state}")
    assert (status, await shelf.all()) == (400, [])


@pytest.mark.parametrize(("query", "wanted"), [("error=access_denied", 400), ("code=bad", 502)])
async def test_a_refusal_of_slack_is_said_in_words(
    several: SlackStage, shelf: SlackStore, query: str, wanted: int
) -> None:
    status, text = await page(
        several, f"/slack/oauth_redirect?{query}&state={await begun(several)}"
    )
    assert (status, await shelf.all()) == (wanted, [])
    assert "start again" in text


async def test_posting_where_it_is_not_installed_is_a_lost_place(several: SlackStage) -> None:
    with pytest.raises(TargetLost, match="not_installed"):
        await several.app.post(Place("slack", "T9", "C1"), said(t("Hello")), Reader(), "k")


class Closing(SlackStore):
    """A shelf that can be out of reach."""

    away = False

    async def find(self, workspace: str, organisation: str) -> Installed | None:
        """Give what is there. Raises RecordsAway while nobody gets at it."""
        if self.away:
            raise RecordsAway
        return await super().find(workspace, organisation)


async def test_token_is_remembered_while_records_are_away(sqlite_url: str) -> None:
    shelf, time = Closing(Storage(sqlite_url)), [0.0]
    many = Many(shelf, cipher([OLD]), lambda: time[0])
    await many.add(HOME)
    assert await many.find(HOME.workspace) == HOME
    shelf.away, time[0] = True, 3600.0
    assert await many.find(HOME.workspace) == HOME
    with pytest.raises(RecordsAway):
        await many.find("T0OTHER")


async def test_shelf_says_when_the_database_is_away(tmp_path: Path) -> None:
    with pytest.raises(RecordsAway):
        await SlackStore(Storage(f"sqlite:///{tmp_path / 'empty.db'}")).find("T0HOME", "")


async def test_installing_anew_takes_the_place_of_the_token(shelf: SlackStore) -> None:
    many = Many(shelf, cipher([OLD]))
    await many.add(HOME)
    await many.add(replace(HOME, token="xoxb-new", at=NOW + timedelta(days=1)))
    found = await many.find("T0HOME")
    assert found is not None
    assert found.token == "xoxb-new"


async def test_keys_are_rotated(shelf: SlackStore) -> None:
    await Many(shelf, cipher([OLD])).add(HOME)
    await Many(shelf, cipher([OLD])).add(GRID)
    assert await rotate(shelf, cipher([NEW, OLD])) == 2
    found = await Many(shelf, cipher([NEW])).find("T0HOME")
    assert found is not None
    assert found.token == "xoxb-home"


async def test_keys_that_do_not_open_a_token_change_nothing(shelf: SlackStore) -> None:
    await Many(shelf, cipher([OLD])).add(HOME)
    before = await shelf.all()
    with pytest.raises(ValueError, match="key"):
        await rotate(shelf, cipher([NEW]))
    assert await shelf.all() == before
    with pytest.raises(Busy):
        await Many(shelf, cipher([NEW])).find("T0HOME")


async def test_a_process_without_the_new_key_goes_on_with_the_token_it_knows(
    shelf: SlackStore,
) -> None:
    time = [0.0]
    running = Many(shelf, cipher([OLD]), lambda: time[0])
    await running.add(HOME)
    await running.find("T0HOME")
    await rotate(shelf, cipher([NEW, OLD]))
    time[0] = 3600.0
    assert await running.find("T0HOME") == HOME


async def test_where_the_key_is_missing_no_place_is_lost(
    several: SlackStage, shelf: SlackStore
) -> None:
    await installed(several)
    await rotate(shelf, cipher([NEW, OLD]))
    with pytest.raises(Busy):
        await several.app.post(Place("slack", "T0HOME", several.general), said(t("Hello")), EN, "k")
    with pytest.raises(AssertionError, match="500"):
        await several.amina.slash("toy see", several.general)
