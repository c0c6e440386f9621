"""Works fair hours out, and draws them: the whole of a job, from plain data to plain data."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.documents.hours_picture import HoursPicture, RegionRow, drawn, explained
from bot.i18n import format_number, format_time, region_name, zone_label
from bot.rules.fair_hours import hours_of
from bot.rules.hours import Dwellers, own_hours
from bot.rules.hours_proposals import proposed

MOST = 12
"""Regions in a picture: those with most people."""


def worked_out(given: Mapping[str, Any]) -> dict[str, Any]:
    """Propose hours for a series, with a `picture` of them: a PNG in base 64.

    Beside what is `proposed`, `drawn` is given: the `locale` and `zone` of its reader, the `day` it
    shows, for each of its `regions` how many people it has and the zone of most of them, and how
    many are `unknown`: without a zone. `named` are regions that are drawn as a number.
    """
    result = proposed(given)
    picture = _picture(given, result)
    image = b64encode(drawn(picture)).decode() if picture.regions else ""
    regions = given["drawn"]["regions"]
    return result | {
        "picture": image,
        "named": explained(picture),
        "people": {region: number for region, (number, _) in regions.items()},
        "unknown": given["drawn"]["unknown"],
    }


def _picture(given: Mapping[str, Any], result: Mapping[str, Any]) -> HoursPicture:
    reader = given["drawn"]
    locale, zone = reader["locale"], ZoneInfo(reader["zone"])
    day = date.fromisoformat(reader["day"])
    hours = [datetime.combine(day, time(hour), zone) for hour in range(24)]
    return HoursPicture(
        [format_time(at.time(), locale) for at in hours],
        [*_regions(given, result, hours)],
        sorted(_marked(given, result, zone)),
        zone_label(reader["zone"], locale),
        format_number(0.5, locale)[1],
    )


def _regions(
    given: Mapping[str, Any], result: Mapping[str, Any], hours: Sequence[datetime]
) -> Iterator[RegionRow]:
    """Give a row for each region: what each hour of the day costs, and what it carries."""
    people = [Dwellers(r, zone, n, own_hours(said)) for r, zone, n, said in given["people"]]
    weighed = hours_of(people, [hours], given["minutes"], {}) if people else None
    fair = result["plans"][0]["loads"] if result["plans"] else {}
    now = result["now"]["loads"] if result["now"] else given["borne"]
    reader = given["drawn"]
    for region in sorted(reader["regions"], key=lambda r: -reader["regions"][r][0])[:MOST]:
        number = weighed.regions.index(region) if weighed else 0
        clock = ZoneInfo(reader["regions"][region][1])
        yield RegionRow(
            region_name(region, reader["locale"]),
            [format_time(at.astimezone(clock).time(), reader["locale"]) for at in hours],
            [cost.regions[number] / 1000 for cost in weighed.cells[0]] if weighed else [],
            now.get(region, 0.0),
            fair.get(region) if fair != now else None,
        )


def _marked(given: Mapping[str, Any], result: Mapping[str, Any], zone: ZoneInfo) -> set[int]:
    """Give the hours of the reader's day in which the hours begin that are proposed."""
    clocks = result["plans"][0]["hours"].items() if result["plans"] else ()
    there = ZoneInfo(given["zone"])
    walls = (datetime.fromisoformat(f"{name[:10]} {clock}") for name, clock in clocks)
    return {wall.replace(tzinfo=there).astimezone(zone).hour for wall in walls}
