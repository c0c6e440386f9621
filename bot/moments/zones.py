"""Names of places and clocks, by which people say in what zone they mean an hour."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from bot.moments.places import CLOCKS_OF, bare_places, keys, known_zones, places, several_zones
from bot.moments.words import table

# A name stands for the clock of that place, summer or winter: "15:00 CET" said of a day in July
# means what the clocks there show.
CLOCKS = """
Europe/Brussels: cet cest
Europe/Helsinki: eet eest
Europe/Lisbon: wet
Europe/London: bst uk
UTC: tu
Europe/Moscow: msk
Africa/Lagos: wat
Africa/Maputo: cat
Africa/Nairobi: eat
Africa/Johannesburg: sast
Asia/Kolkata: ist
Asia/Karachi: pkt
Asia/Kathmandu: npt
Asia/Manila: pht
Asia/Jakarta: wib
Asia/Tokyo: jst
Asia/Singapore: sgt
Asia/Hong_Kong: hkt
Asia/Seoul: kst
Asia/Dubai: gst
Asia/Dhaka: bdt
Asia/Bangkok: ict
Europe/Istanbul: trt
Australia/Sydney: aest aedt
Australia/Perth: awst
Pacific/Auckland: nzst nzdt
Pacific/Honolulu: hst
America/New_York: est edt nyc
America/Mexico_City: cdmx
America/Santiago: clt clst
America/Caracas: vet
America/La_Paz: bot
America/Asuncion: pyt
America/Montevideo: uyt
America/Denver: mst mdt
America/Los_Angeles: pst pdt
America/Bogota: cot
America/Lima: pet
America/Sao_Paulo: brt
America/Argentina/Buenos_Aires: art
"""

ABBREVIATIONS = table(CLOCKS)
_CHICAGO_OR_SHANGHAI = ("America/Chicago", "Asia/Shanghai")
_KINSHASA_OR_LUBUMBASHI = ("Africa/Kinshasa", "Africa/Lubumbashi")
TWOFOLD = {
    "cst": _CHICAGO_OR_SHANGHAI,
    "cdt": _CHICAGO_OR_SHANGHAI,
    "drc": _KINSHASA_OR_LUBUMBASHI,
    "rdc": _KINSHASA_OR_LUBUMBASHI,
}
"""Names that mean either of two zones: it is asked which."""
BY_OFFSET = table("""
Asia/Tehran: +3:30
Asia/Kabul: +4:30
Asia/Kolkata: +5:30
Asia/Kathmandu: +5:45
Asia/Yangon: +6:30
Australia/Eucla: +8:45
Australia/Darwin: +9:30
America/St_Johns: -3:30
""")
"""Zones by a distance from UTC that no `Etc/GMT` has."""
_AHEAD = r"(0?\d|1[0-4])(?::?([0-5]\d))?(?![\w:])"
_OFFSET = re.compile(rf"(?:(?<![a-z])(?:utc|gmt)(?: ?([+-]) ?{_AHEAD})?|(?<=\d) ?z)(?![\w:])")
# A bare minus is no offset: "10:00 -12:00" is how people write from ten to twelve.
_PLUS = re.compile(rf"(?<=:\d\d) ?(\+){_AHEAD}")
_DISTANCE = re.compile(rf"(?:utc|gmt)? ?([+-]) ?{_AHEAD}")
_HOUR = re.compile(r"\d[\d:.h]*|[ap]m|h")
_IN = {"in", "en", "a", "at"}
# "3 pm ET" and "15:00 ET", but not "3 h et quart".
_SHORT = re.compile(r"(?:(?<= [ap]m)|(?<=:\d\d)) +([cemp])t(?![a-z])(?! (?:quart|demi))")
_PLACE = re.compile(
    r"(?<![a-z])(?:(?:heure (?:de|du|des|d)(?![a-z])|hora(?: del?)?(?![a-z])) ?(?P<after>[a-z /]+)"
    r"|(?P<before>[a-z /]+) time(?![a-z])|(?P<key>[a-z]+/[a-z /]+)"
    r"|\((?!heure|hora)(?P<apart>[a-z /]+?)(?: time)?\))"
)


@dataclass(frozen=True, slots=True)
class ZoneNamed:
    """The zones that a text may name, none or one mostly, and what is left of the text.

    `abbreviation` is the name it is known by there, which says whether it is summer.
    """

    zones: tuple[tzinfo, ...]
    rest: str
    abbreviation: str = ""


def cut_zone(text: str, own: ZoneInfo, now: datetime) -> ZoneNamed:
    """Find the zone that folded text names, and give the text without it."""
    text = _SHORT.sub(r" \1st", text)
    zone, rest = _offset(text)
    if zone:
        return ZoneNamed((zone,), _bare(rest, now)[1])  # "(UTC+01:00) Amsterdam, Berlin"
    zone, rest = _place(text)
    if zone:
        return ZoneNamed((zone,), rest)
    for word in re.findall(r"(?<![a-z])[a-z]{2,4}(?![a-z]| apr)", text):  # but "cet après-midi"
        zones = _abbreviated(word, own, now)
        if zones:
            rest = re.sub(rf"(?<![a-z]){word}(?![a-z])", " ", text, count=1)
            return ZoneNamed(zones, rest, word.upper())
    zone, rest = _bare(text, now)
    return ZoneNamed((zone,) if zone else (), rest)


def place_within(text: str) -> ZoneNamed:
    """Find the place that folded text names behind an hour, with more to follow."""
    words = text.split(" ")
    for hour in range(len(words)):
        if _HOUR.fullmatch(words[hour]):
            start = hour + 2 if _IN.intersection(words[hour + 1 : hour + 2]) else hour + 1
            for end in range(min(start + 4, len(words)), start, -1):
                if key := bare_places().get(" ".join(words[start:end])):
                    return ZoneNamed((ZoneInfo(key),), " ".join([*words[: hour + 1], *words[end:]]))
    return ZoneNamed((), text)


def zone_called(text: str, own: ZoneInfo, now: datetime) -> str | None:
    """Give the IANA name of the zone that folded text is the name of; None if unknown.

    A distance from UTC is ahead of it after a plus, as people write it, and not as in `Etc/GMT+3`.
    It gives "" for a distance that is no zone's, and for a country that has several.
    """
    if ahead := _DISTANCE.fullmatch(text):
        sign, hours, minutes = ahead.groups()
        if int(minutes or 0):
            return BY_OFFSET.get(f"{sign}{int(hours)}:{minutes}", "")
        return _standing(sign, int(hours))
    zones = _abbreviated(text, own, now)
    if len(zones) == 1:
        return zones[0].key
    if zones or several_zones(text):
        return ""
    there, rest = _place(text)
    named = there.key if isinstance(there, ZoneInfo) and not rest.strip() else None
    return named or keys().get(text) or _zone_of(text)


def _standing(sign: str, hours: int) -> str:
    """Name the zone always so many hours from UTC: its POSIX name has the other sign."""
    key = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
    return key if key in known_zones() else ""


def _abbreviated(word: str, own: ZoneInfo, now: datetime) -> tuple[ZoneInfo, ...]:
    names = {str(datetime(now.year, month, 1, tzinfo=own).tzname()).lower() for month in (1, 7)}
    if word in names and word != own.key.lower():  # the zone "EST" has no summer, New York has
        return (own,)
    if word in TWOFOLD:
        return tuple(ZoneInfo(key) for key in TWOFOLD[word])
    return (ZoneInfo(ABBREVIATIONS[word]),) if word in ABBREVIATIONS else ()


def _offset(text: str) -> tuple[tzinfo | None, str]:
    found = _OFFSET.search(text) or _PLUS.search(text)
    if not found:
        return None, text
    return fixed_zone(*found.groups()), f"{text[: found.start()]} {text[found.end() :]}"


def fixed_zone(sign: str | None, hours: str | None, minutes: str | None) -> timezone:
    """Return the zone so many hours and minutes ahead of UTC, or behind it after a minus."""
    ahead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return timezone(-ahead if sign == "-" else ahead)


def _place(text: str) -> tuple[tzinfo | None, str]:
    found = _PLACE.search(text)
    if not found:
        return None, text
    words = (found["after"] or found["before"] or found["key"] or found["apart"]).split()
    for count in range(len(words), 0, -1):
        name, rest = words[:count], words[count:]
        if found["before"]:
            rest, name = words[:-count], words[-count:]
        if key := _zone_of(" ".join(name)):
            between = " ".join(rest)
            return ZoneInfo(key), f"{text[: found.start()]} {between} {text[found.end() :]}"
    return None, text


def _zone_of(name: str) -> str | None:
    return CLOCKS_OF.get(name) or places().get(name) or places().get(name.removeprefix("la "))


def _bare(text: str, now: datetime) -> tuple[tzinfo | None, str]:
    """Find the places that are named at the end, with "in" or "à" before them or nothing.

    Several are those of one clock: "Amsterdam, Berlin, Rome", "Nairobi, Kenya".
    """
    clocks = set()
    place, rest = _last_place(text)
    zone, left = place, text
    while place:
        clocks.add(now.astimezone(place).utcoffset())
        zone, left = place, rest
        place, rest = _last_place(left)
    return (zone, left) if len(clocks) == 1 else (None, text)


def _last_place(text: str) -> tuple[ZoneInfo | None, str]:
    words = text.split(" ")
    for start in range(len(words)):
        if key := bare_places().get(" ".join(words[start:]).removeprefix("la ")):
            left = words[: start - 1] if start and words[start - 1] in _IN else words[:start]
            return ZoneInfo(key), " ".join(left)
    return None, text
