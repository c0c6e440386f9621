"""Holds recurring times against two oracles in every kind of zone; all zones are a drill."""

from datetime import datetime, timedelta

import pytest

from drill.zones import BEGIN, RULES, by_calendar, by_dateutil, compare, different, moving

SOON, LATE = BEGIN.replace(year=2028), BEGIN.replace(year=2036)
RARELY = {name: rule for name, rule in RULES.items() if name != "daily"}
SOME = ("Africa/Casablanca", "America/New_York", "America/Santiago", "Australia/Lord_Howe")


@pytest.fixture(scope="module")
def zones() -> list[str]:
    """Give a zone of each kind of clocks that change; there are some thirty kinds."""
    return different(moving(SOON), SOON)


@pytest.mark.slow
def test_daily_instants_are_those_of_dateutil_in_every_kind_of_zone(zones: list[str]) -> None:
    """Only skipped hours are more than the calendar allows, which is why they are counted.

    RFC 5545, 3.3.10, ignores a skipped hour; people still want to meet that day.
    """
    tally = compare(zones, {"daily": RULES["daily"]}, by_dateutil, SOON)
    assert tally.different == []
    assert tally.instants > 50_000
    assert tally.twice > 20
    assert tally.strict == tally.skipped > 20


@pytest.mark.slow
def test_rarer_instants_are_those_of_dateutil_for_ten_years(zones: list[str]) -> None:
    tally = compare(zones, RARELY, by_dateutil, LATE)
    assert tally.different == []
    assert tally.instants > 50_000


@pytest.mark.slow
def test_instants_are_those_of_a_calendar_reader(zones: list[str]) -> None:
    assert compare(SOME, RULES, by_calendar, SOON).different == []
    assert compare(zones, RARELY, by_calendar, SOON).different == []


def test_oracle_that_forgets_the_clocks_is_found_out() -> None:
    def forgetful(first: datetime, zone: str, rule: str, end: datetime) -> list[datetime]:
        return [BEGIN + timedelta(hours=10, days=day) for day in range((end - BEGIN).days)]

    tally = compare(["Europe/Berlin"], {"daily": RULES["daily"]}, forgetful, SOON)
    assert len(tally.different) == 4
