"""Plays the programmes of real communities at Discord: everybody sees what the examples say."""

import re
from datetime import datetime

import pytest

from tests.examples import Example, examples
from tests.fakes.discord_playing import Playing
from tests.fakes.discord_server import whole
from tests.fakes.discord_spec import wrong

IN_UTC = re.compile(r", [\d:]+( [AP]M)? UTC$")


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
async def test_example_shows_everybody_at_discord_what_it_says(
    example: Example, sqlite_url: str
) -> None:
    async with whole(sqlite_url, datetime.fromisoformat(example.clock)) as bot:
        playing = Playing(bot)
        shown = {number: await playing.play(line) for number, line in enumerate(example.lines, 1)}
        left = bot.server.bodies()
    missing = [
        (line, who, words, shown[line])
        for line, who, words in example.seen()
        # Discord shows each reader their own time, so that UTC beside it is not needed.
        if IN_UTC.sub("", words) not in shown[line].get(who, "")
    ]
    assert missing == []
    assert [fault for one in left for fault in wrong(*one)] == []
