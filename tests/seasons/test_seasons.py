"""Plays the five seasons: each line that can be played is, on every platform."""

import pytest

from tests.seasons.checks import Checks
from tests.seasons.platforms import PLATFORMS
from tests.seasons.playing import play
from tests.seasons.reading import SeasonScript, seasons
from tests.seasons.worlds import clock_of, local_world

AT_NIGHT = pytest.mark.nightly
ELSEWHERE = ("discord", "slack")
LONG = ("000-co-learning-spaces", "002-learning-forum", "003-climate-justice")
"""Long seasons: they are played elsewhere than locally, and followed twice, at night only."""
ON_PLATFORMS = [
    pytest.param(
        season,
        platform,
        id=f"{season.name}-{platform}",
        marks=() if (number + place) % 2 and season.name not in LONG else (AT_NIGHT,),
    )
    for number, season in enumerate(seasons())
    for place, platform in enumerate(ELSEWHERE)
]
"""Each season on one other platform by day, and at night on both."""
LONGEST = ("000-co-learning-spaces", "002-learning-forum", "003-climate-justice")
"""The longest seasons are played at night only: they take a seventh of all tests."""
LOCALLY = [
    pytest.param(
        season,
        reopens,
        id=f"{season.name}-{reopens}",
        marks=(AT_NIGHT,) if reopens == 1 or season.name in LONGEST else (),
    )
    for season in seasons()
    for reopens in (25, 1)
]
"""Each season with its database closed now and then, and at night after each line."""


@pytest.mark.parametrize(("season", "reopens"), LOCALLY)
@pytest.mark.slow
async def test_season_plays_as_far_as_it_says_while_its_database_is_closed_and_opened(
    season: SeasonScript, reopens: int, sqlite_url: str
) -> None:
    twice = season.name not in LONG or reopens == 1
    here = local_world(sqlite_url, clock_of(season.clock), reopens=reopens, twice=twice)
    async with here as world:
        played = await play(season, world, Checks(world.ledger))
    assert played.faults == []


@pytest.mark.parametrize(("season", "platform"), ON_PLATFORMS)
@pytest.mark.slow
async def test_season_plays_on_platform(
    season: SeasonScript, platform: str, sqlite_url: str
) -> None:
    async with PLATFORMS[platform](sqlite_url, clock_of(season.clock)) as world:
        played = await play(season, world, Checks(world.ledger, limits=False), whole=False)
    assert played.faults == []


def test_seasons_say_what_is_seen() -> None:
    few = [one.name for one in seasons() if sum(len(s.expected) for s in one.steps) < 40]
    assert few == []
