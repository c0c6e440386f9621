"""Plays the five seasons: each line that can be played is, on every platform."""

import pytest

from tests.seasons.checks import Checks
from tests.seasons.platforms import PLATFORMS
from tests.seasons.playing import play
from tests.seasons.reading import Season, seasons
from tests.seasons.worlds import clock_of, local_world

EVERY = pytest.mark.parametrize("season", seasons(), ids=lambda season: season.name)


@EVERY
async def test_season_plays_as_far_as_it_says_and_not_further(
    season: Season, sqlite_url: str
) -> None:
    async with local_world(sqlite_url, clock_of(season.clock)) as world:
        played = await play(season, world, Checks(world.ledger))
    assert played.faults == []


@EVERY
@pytest.mark.parametrize("lines", [5, pytest.param(1, marks=pytest.mark.nightly)])
async def test_season_goes_on_when_its_database_is_closed_and_opened_again(
    season: Season, lines: int, sqlite_url: str
) -> None:
    async with local_world(sqlite_url, clock_of(season.clock), reopens=lines) as world:
        played = await play(season, world, Checks(world.ledger, limits=False), whole=False)
    assert played.faults == []


@EVERY
@pytest.mark.parametrize("platform", ["discord", "slack"])
async def test_season_plays_on_platform(season: Season, platform: str, sqlite_url: str) -> None:
    async with PLATFORMS[platform](sqlite_url, clock_of(season.clock)) as world:
        played = await play(season, world, Checks(world.ledger, limits=False), whole=False)
    assert played.faults == []


def test_seasons_say_what_is_seen() -> None:
    few = [one.name for one in seasons() if sum(len(s.expected) for s in one.steps) < 40]
    assert few == []
