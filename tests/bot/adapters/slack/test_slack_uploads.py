"""Shows that a file is fetched from where Slack keeps it, and from nowhere else."""

import aiohttp
import pytest

from bot.adapters.slack.web import WebApi
from tests.bot.adapters.slack.conftest import SlackStage


@pytest.mark.parametrize(
    "url", ["https://files.slack.com.evil.example/a", "http://169.254.169.254/latest", ""]
)
async def test_address_that_is_not_slacks_is_not_fetched(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        web = WebApi("https://slack.com/api/", session)  # without a token to send along
        assert await web.download("T0HOME", url) is None


async def test_file_is_not_read_without_the_permission(http: SlackStage) -> None:
    http.state.files["F1"] = {"name": "notes.txt", "content": b"What we said"}
    url = f"{http.slack.address}/files/F1"
    assert await http.app.web.download(http.state.team, url) == b"What we said"
    http.state.scopes.discard("files:read")
    assert await http.app.web.download(http.state.team, url) is None
