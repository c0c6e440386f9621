"""Places by whose name people mean a zone: cities in three languages, and countries of one zone."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from zoneinfo import available_timezones

from babel import Locale

from bot.moments.words import WORDS, fold, table

# Cities people name although their zone has the name of another one.
CITIES = table("""
Africa/Casablanca: rabat
Africa/Douala: yaounde
Africa/Johannesburg: pretoria cape_town le_cap ciudad_del_cabo
Africa/Lagos: abuja
Africa/Lubumbashi: goma bukavu
America/Bogota: medellin cali
America/Guayaquil: quito
America/La_Paz: cochabamba
America/Lima: cusco cuzco
America/Los_Angeles: san_francisco seattle
America/New_York: washington boston
America/Sao_Paulo: brasilia rio_de_janeiro
America/Toronto: ottawa
Asia/Karachi: islamabad
Asia/Hebron: palestine palestina ramallah
Asia/Kolkata: delhi new_delhi nueva_delhi mumbai bangalore chennai pune
Asia/Manila: cebu
Asia/Shanghai: beijing pekin
Asia/Ho_Chi_Minh: hanoi
Europe/Amsterdam: the_hague la_haye la_haya utrecht
Europe/Belgrade: kosovo
Europe/Berlin: bonn
Europe/Istanbul: ankara
Europe/London: england scotland wales great_britain
Europe/Madrid: barcelona barcelone
Europe/Paris: lyon
Europe/Zurich: geneva geneve ginebra bern berne berna
""")
# Names that are a zone's only beside "time", "hora" or "heure".
CLOCKS_OF = table("""
UTC: greenwich_mean universal
Africa/Lagos: west_africa
Africa/Maputo: central_africa
Africa/Nairobi: east_africa
America/Argentina/Buenos_Aires: argentina argentine
America/Denver: mountain
America/Los_Angeles: pacific
America/Mexico_City: mexico mexique
America/New_York: eastern
Europe/Brussels: central_european europe_centrale central_europea europa_central
Europe/Helsinki: eastern_european
Europe/London: uk
""")
LANGUAGES = ("en", "es", "fr")
# Names that mean another place as well: a state of the USA, a city of Spain, a neighbour.
UNCLEAR = {"congo", "georgia", "georgie", "granada", "samoa"}
# Names that are no place to most who write them, as in "15:00 réunion" or Australia/West.
WORDLIKE = {"north", "south", "east", "west", "center", "general", "christmas", "easter"}
WORDLIKE |= {"midway", "oral", "reunion", "salta", "troll", "wake"}


@cache
def known_zones() -> frozenset[str]:
    """Give the IANA names of all zones; to look them up takes some milliseconds."""
    return frozenset(available_timezones())


@cache
def keys() -> dict[str, str]:
    """Give every zone by its folded IANA name."""
    return {fold(key): key for key in sorted(known_zones(), reverse=True)}


@cache
def places() -> dict[str, str]:
    """Give zones by the folded names of places in them, those of IANA before others."""
    names = {name: key for name, key in keys().items() if "/" in key}
    cities = {name.rpartition("/")[2]: key for name, key in names.items()}
    single = {name: zones[0] for name, zones in _countries().items() if len(zones) == 1}
    found = single | CITIES | _translated() | cities | names
    return {name: key for name, key in found.items() if name not in UNCLEAR}


@cache
def bare_places() -> dict[str, str]:
    """Give the places that are understood without "time" or "hora de" beside them."""
    unclear = WORDLIKE | set(WORDS) | {name for name in places() if len(name) < 4}
    return {name: key for name, key in places().items() if name not in unclear and "/" not in name}


@cache
def zones_of(country: str) -> frozenset[str]:
    """Give the zones of a country, by its two letters (ISO 3166)."""
    return frozenset(key for code, key in _listed() if code == country)


def several_zones(name: str) -> bool:
    """Tell whether a folded name is that of a country with more than one zone."""
    return len(_countries().get(name, ())) > 1


def _translated() -> dict[str, str]:
    """Give zones by the names of their cities, which the name of a large country is not."""
    known = known_zones()
    named = {
        fold(zone["city"]): str(key)
        for language in LANGUAGES
        for key, zone in Locale(language).time_zones.items()
        if "city" in zone and key in known and not key.startswith("Etc/")
    }
    return {name: key for name, key in named.items() if not several_zones(name)}


@cache
def _countries() -> dict[str, list[str]]:
    """Give the zones of each country by its folded names."""
    zones: dict[str, list[str]] = {}
    for code, key in _listed():
        zones.setdefault(code, []).append(key)
    names = ((code, Locale(language).territories) for language in LANGUAGES for code in zones)
    return {fold(str(territories[code])): zones[code] for code, territories in names}


def _listed() -> Iterator[tuple[str, str]]:
    """Give the countries with their zones as IANA lists them."""
    listed = resources.files("tzdata") / "zoneinfo" / "zone.tab"
    for line in listed.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            code, _, key = line.split("\t")[:3]
            yield code, key
