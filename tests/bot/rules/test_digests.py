"""Shows on which morning digests come, wherever and however their readers live."""

from datetime import UTC, datetime, time

from bot.rules.digests import ahead, next_morning
from bot.rules.reminders import Wish
from tests.tables import in_turn


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def living(zone: str, up: time = time(7)) -> Wish:
    return Wish((), time(22), up, zone, at("2026-01-01"))


@in_turn(
    ("often", "zone", "after", "told", "comes"),
    [
        ("weekly", "Asia/Kolkata", "2026-11-02 08:00", "", "2026-11-09 02:30"),
        ("weekly", "Pacific/Auckland", "2026-11-05 00:00", "", "2026-11-08 19:00"),
        ("weekly", "Pacific/Honolulu", "2026-11-05 00:00", "", "2026-11-09 18:00"),
        ("weekly", "Pacific/Honolulu", "2026-11-08 19:00", "2026-11-09", "2026-11-16 18:00"),
        ("weekly", "Europe/Paris", "2026-11-09 06:59", "", "2026-11-09 07:00"),
        ("weekly", "Europe/Paris", "2026-11-09 07:00", "", "2026-11-16 07:00"),
        ("weekly", "Europe/Paris", "2026-03-23 07:00", "", "2026-03-30 06:00"),  # clocks change
        ("monthly", "Europe/Paris", "2026-02-01 00:00", "", "2026-02-26 07:00"),
        ("monthly", "Europe/Paris", "2028-02-01 00:00", "", "2028-02-27 07:00"),
        ("monthly", "Europe/Paris", "2026-12-30 00:00", "", "2027-01-29 07:00"),
        ("monthly", "Europe/Paris", "2026-11-23 07:00", "2026-11-23", "2026-11-28 07:00"),
    ],
)
def test_digest_comes_at_eight_on_the_wall(
    often: str, zone: str, after: str, told: str, comes: str
) -> None:
    assert next_morning(often, at(after), told, living(zone))[0] == at(comes)


def test_who_sleeps_at_eight_gets_it_when_they_are_up() -> None:
    late = living("Europe/Paris", time(10, 30))
    comes, day = next_morning("weekly", at("2026-11-03"), "", late)
    assert (comes, str(day)) == (at("2026-11-09 09:30"), "2026-11-09")


def test_digest_looks_a_week_ahead_or_to_the_end_of_the_month_to_come() -> None:
    assert ahead("weekly", at("2026-11-09"), "UTC") == at("2026-11-16")
    assert ahead("monthly", at("2026-01-29"), "UTC") == at("2026-03-01")
    assert ahead("monthly", at("2026-12-29"), "Asia/Kolkata") == at("2027-01-31 18:30")
