"""Names of places and clocks, by which people say in what zone they mean an hour."""

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from bot.moments.places import bare_places, keys, known_zones, places, several_zones
from bot.moments.words import table

# A name stands for the clock of that place, summer or winter: "15:00 CET" said of a day in July
# means what the clocks there show. CST is left out: China and Chicago both use it.
CLOCKS = """
Europe/Brussels: cet cest
Europe/Helsinki: eet eest
Europe/Lisbon: wet
Europe/London: bst
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
Australia/Sydney: aest aedt
America/New_York: est edt
America/Denver: mst mdt
America/Los_Angeles: pst pdt
America/Bogota: cot
America/Lima: pet
America/Sao_Paulo: brt
America/Argentina/Buenos_Aires: art
"""

ABBREVIATIONS = table(CLOCKS)
_AHEAD = r"(0?\d|1[0-4])(?::?([0-5]\d))?(?![\w:])"
_OFFSET = re.compile(rf"(?:(?<![a-z])(?:utc|gmt)(?: ?([+-]) ?{_AHEAD})?|(?<=\d) ?z)(?![\w:])")
# A bare minus is no offset: "10:00 -12:00" is how people write from ten to twelve.
_PLUS = re.compile(rf"(?<=:\d\d) ?(\+){_AHEAD}")
_DISTANCE = re.compile(rf"(?:utc|gmt)? ?([+-]) ?{_AHEAD}")
_IN = {"in", "en", "a", "at"}
_PLACE = re.compile(
    r"(?<![a-z])(?:(?:heure (?:de|du|des|d)(?![a-z])|hora(?: del?)?(?![a-z])) ?(?P<after>[a-z /]+)"
    r"|(?P<before>[a-z /]+) time(?![a-z])|(?P<key>[a-z]+/[a-z /]+)"
    r"|\((?!heure|hora)(?P<apart>[a-z /]+?)(?: time)?\))"
)


def cut_zone(text: str, own: ZoneInfo, now: datetime) -> tuple[tzinfo | None, str]:
    """Return the zone that folded text names, or None, and the text without it."""
    text = re.sub(r"(?<= [ap]m) +([emp])t(?![a-z])", r" \1st", text)  # not "3 h et quart"
    for read in (_offset, _place):
        zone, rest = read(text)
        if zone:
            return zone, rest
    for word in re.findall(r"(?<![a-z])[a-z]{3,4}(?![a-z]| apres)", text):  # but "cet après-midi"
        if zone := _abbreviated(word, own, now):
            return zone, re.sub(rf"(?<![a-z]){word}(?![a-z])", " ", text, count=1)
    return _bare(text)


def zone_called(text: str, own: ZoneInfo, now: datetime) -> str | None:
    """Give the IANA name of the zone that folded text is the name of; None if unknown.

    A distance from UTC is ahead of it after a plus, as people write it, and not as in `Etc/GMT+3`.
    It gives "" for a distance that is no zone's, and for a country that has several.
    """
    if ahead := _DISTANCE.fullmatch(text):
        sign, hours, minutes = ahead.groups()
        return _standing(sign, int(hours)) if not int(minutes or 0) else ""
    if zone := _abbreviated(text, own, now):
        return zone.key
    if several_zones(text):
        return ""
    there, rest = _place(text)
    named = there.key if isinstance(there, ZoneInfo) and not rest.strip() else None
    return named or keys().get(text) or _zone_of(text)


def _standing(sign: str, hours: int) -> str:
    """Name the zone always so many hours from UTC: its POSIX name has the other sign."""
    key = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
    return key if key in known_zones() else ""


def _abbreviated(word: str, own: ZoneInfo, now: datetime) -> ZoneInfo | None:
    names = {str(datetime(now.year, month, 1, tzinfo=own).tzname()).lower() for month in (1, 7)}
    if word in names and word != own.key.lower():  # the zone "EST" has no summer, New York has
        return own
    return ZoneInfo(ABBREVIATIONS[word]) if word in ABBREVIATIONS else None


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
    return places().get(name) or places().get(name.removeprefix("la "))


def _bare(text: str) -> tuple[tzinfo | None, str]:
    """Find a place that is named at the end, with "in" or "à" before it or nothing."""
    words = text.split(" ")
    for start in range(len(words)):
        if key := bare_places().get(" ".join(words[start:]).removeprefix("la ")):
            left = words[: start - 1] if start and words[start - 1] in _IN else words[:start]
            return ZoneInfo(key), " ".join(left)
    return None, text
