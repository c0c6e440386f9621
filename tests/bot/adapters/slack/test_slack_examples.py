"""Plays the programmes of real communities at Slack: everybody sees what the examples say."""

import re

import pytest

from tests.examples import Example, examples
from tests.fakes.slack.playing import Playing, begins, played

IN_UTC = re.compile(r", [\d:]+( [AP]M)? UTC$")


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
async def test_example_shows_everybody_at_slack_what_it_says(
    example: Example, sqlite_url: str
) -> None:
    playing = Playing(sqlite_url, begins(example.clock))
    await playing.start()
    shown = {number: await playing.play(line) for number, line in played(example.lines)}
    await playing.stop()
    missing = [
        (line, who, words, shown[line])
        for line, who, words in example.seen()
        # Slack shows each reader their own time, so that UTC beside it is not needed.
        if IN_UTC.sub("", words) not in shown[line].get(who, "")
    ]
    assert missing == []
