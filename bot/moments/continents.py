"""Names the part of the world a time zone is in, by its UN M49 code."""

from collections.abc import Mapping

AFRICA, AMERICAS, ASIA, EUROPE, OCEANIA, WORLD = "002", "019", "142", "150", "009", "001"
_AREAS: Mapping[str, str] = {
    "Africa": AFRICA,
    "America": AMERICAS,
    "Asia": ASIA,
    "Europe": EUROPE,
    "Australia": OCEANIA,
    "Pacific": OCEANIA,
    "Atlantic": EUROPE,
    "Arctic": EUROPE,
    "Indian": AFRICA,
}
_ELSEWHERE: Mapping[str, str] = {
    "Atlantic/Bermuda": AMERICAS,
    "Atlantic/South_Georgia": AMERICAS,
    "Atlantic/Stanley": AMERICAS,
    "Atlantic/Cape_Verde": AFRICA,
    "Atlantic/St_Helena": AFRICA,
    "Indian/Chagos": ASIA,
    "Indian/Christmas": ASIA,
    "Indian/Cocos": ASIA,
    "Indian/Maldives": ASIA,
    "Pacific/Easter": AMERICAS,
    "Pacific/Galapagos": AMERICAS,
}


def continent_of(zone: str) -> str:
    """Give the code of the continent of an IANA zone, the world's for one that is nowhere."""
    return _ELSEWHERE.get(zone) or _AREAS.get(zone.partition("/")[0], WORLD)
