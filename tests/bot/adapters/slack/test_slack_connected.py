"""Shows that Slack knows whether calls can come in."""

from bot.adapters.slack import Core, Setup, Slack
from tests.bot.adapters.slack.conftest import NOW, Spoken, Stage


async def test_slack_is_connected_once_started(stage: Stage) -> None:
    assert await stage.app.connected()


async def test_socket_that_was_closed_is_not_connected(socket: Stage) -> None:
    assert socket.app.socket
    await socket.app.socket.stop()
    assert not await socket.app.connected()


async def test_slack_that_was_not_started_is_not_connected() -> None:
    core = Spoken()
    app = Slack(Setup(), Core(core.dispatch, core.complete, lambda: NOW, ()))
    assert not await app.connected()
