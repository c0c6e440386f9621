"""Holds which hours a poll proposes, and which of its hours is the best."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.rules.hours import Dwellers, OwnHours
from bot.rules.polls import closes, meanings, proposed, ranked

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
ALWAYS = OwnHours(excluded=(("1234567", 0, 0),))
NAIROBI = Dwellers("Africa", "Africa/Nairobi")


def hours(people: list[Dwellers], zone: str = "Africa/Nairobi") -> list[str]:
    starts = proposed(people, NOW, zone, 60)
    return [f"{at.astimezone(ZoneInfo(zone)):%a %H:%M}" for at in starts]


def test_people_of_one_zone_have_a_choice_of_working_hours() -> None:
    assert hours([NAIROBI]) == ["Mon 09:00", "Tue 10:00", "Wed 12:00", "Thu 14:00", "Fri 16:00"]


def test_two_people_twelve_hours_apart_share_the_odd_hours() -> None:
    people = [Dwellers("A", "Etc/GMT-6"), Dwellers("B", "Etc/GMT+6")]
    assert {hour[4:] for hour in hours(people, "Etc/GMT-6")} == {"09:00", "21:00"}


def test_where_nobody_has_a_zone_the_hours_are_those_of_whoever_asks() -> None:
    assert hours([]) == hours([NAIROBI])


def test_an_excluded_hour_is_proposed_only_where_there_is_no_other() -> None:
    mornings = OwnHours(excluded=(("12345", 0, 14 * 60),))
    assert all(hour[4:] >= "14:00" for hour in hours([NAIROBI, Dwellers("B", "UTC", 1, mornings)]))
    mondays = OwnHours(excluded=(("1", 0, 0),))
    assert not any("Mon" in hour for hour in hours([Dwellers("A", "Africa/Nairobi", 1, mondays)]))


def test_where_everybody_excluded_everything_the_clock_decides() -> None:
    assert hours([Dwellers("A", "Africa/Nairobi", 2, ALWAYS)]) == hours([NAIROBI])


def test_meaning_names_the_worst_zone_of_a_region_and_counts_who_cannot() -> None:
    people = [Dwellers("Asia", "Asia/Manila"), Dwellers("Asia", "Asia/Kolkata"), NAIROBI]
    at = NOW + timedelta(hours=6)
    (meant,) = meanings([*people, Dwellers("X", "UTC", 3, ALWAYS)], [at], 60)
    assert [(odd.when, odd.zone) for odd in meant.burdened] == [("late", "Asia/Manila")]
    assert meant.left_out == 3


def test_best_is_most_good_then_possible_then_no_then_cheap_then_early() -> None:
    def best(*counts: tuple[int, int, int], apart: int = 24) -> int:
        starts = [NOW + timedelta(hours=apart * n) for n in range(len(counts))]
        order = ranked([NAIROBI], dict(zip(starts, counts, strict=True)), 60)
        return starts.index(order[0])

    assert best((1, 9, 0), (2, 0, 9)) == 1
    assert best((2, 0, 0), (2, 1, 9)) == 1
    assert best((2, 1, 2), (2, 1, 1)) == 1
    assert best((1, 0, 0), (1, 0, 0), apart=12) == 0  # at eleven, not in the night
    assert best((1, 0, 0), (1, 0, 0)) == 0


def test_a_poll_closes_well_before_its_first_hour() -> None:
    day = timedelta(days=1)
    assert [closes(NOW, NOW + n * day) - NOW for n in (1, 3, 9)] == [day / 2, 2 * day, 3 * day]
