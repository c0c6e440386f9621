"""Shows that the text of a file is read from Discord, and from nowhere else."""

from typing import Any, cast

import pytest

from bot.adapters.discord.client import DiscordClient
from bot.adapters.discord.uploads import texts, uploaded
from bot.options.files import AWAY, BIG, MOST

HERE = "https://cdn.discordapp.com/ephemeral-attachments/1/2/notes.txt"


class Cdn:
    """Discord's store of files, as far as it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.http = self

    async def get_from_cdn(self, url: str) -> bytes:
        self.asked.append(url)
        return b"What we said"


def given(url: str = HERE, size: int = 12) -> dict[str, Any]:
    """Give what a slash command with a file brings."""
    option = {"name": "file", "type": 11, "value": "7"}
    verb = {"name": "notes-file", "type": 1, "options": [option]}
    return {"options": [verb], "resolved": {"attachments": {"7": {"url": url, "size": size}}}}


async def test_file_given_with_a_command_is_read() -> None:
    cdn = Cdn()
    assert uploaded(given()) == {"file"}
    assert await texts(cast(DiscordClient, cdn), given()) == {"file": "What we said"}
    assert cdn.asked == [HERE]


@pytest.mark.parametrize(
    ("body", "sign"),
    [
        (given("https://cdn.discordapp.com.evil.example/notes.txt"), AWAY),
        (given("http://169.254.169.254/latest"), AWAY),
        (given(size=MOST + 1), BIG),
    ],
)
async def test_nothing_else_is_fetched(body: dict[str, Any], sign: str) -> None:
    cdn = Cdn()
    assert await texts(cast(DiscordClient, cdn), body) == {"file": sign}
    assert not cdn.asked
