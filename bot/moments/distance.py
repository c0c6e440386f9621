"""Reads by how many days something comes before or after a day, as people write it."""

import re

from bot.moments.words import canonical, fold

MOST = 366
_DAYS = {"Ud": 1, "Uw": 7, "UM": 30}
_NUMBER = r"(?:(?:con|with|;|THE|IN) )*(?:(\d{1,3}) (U[dwM])|(?P<one>U[wM]))"
BEFORE = (
    r"before(?:hand)?|prior(?: to)?|earlier|ahead|antes|(?:OF )?avant|in advance|IN advance|"
    r"anterior(?:es)?|(?:con|IN|OF|de) (?:antelacion|anticipacion)|a l avance|"
    r"AT (?:; )?avance|auparavant|plus tot|precedente?s?"
)
_AFTER = r"AFTER|despues|apres|later|afterwards|luego|mas tarde|plus tard|siguientes?|suivants?"
_MEETING = (
    r"session|sesion|encuentro|meeting|reunion|seance|rencontre|event|evento|evenement|"
    r"start|inicio|debut|date|fecha"
)
OF_WHAT = rf"(?: (?:OF|THE|;|de|del|du|the|it|{_MEETING}))*"
_COUNTED = re.compile(rf"{_NUMBER} (?:(?P<b>{BEFORE})|(?:{_AFTER})){OF_WHAT}")
_SHORT = re.compile(r"[jdt] ?([-+–−]) ?(\d{1,3})", re.IGNORECASE)
_NEXT_TO = {
    -1: "the day before|day before|el dia antes|dia antes|el dia anterior|un dia antes|la veille|"
    "veille|la vispera|vispera|le jour avant|le jour precedent|the evening before",
    1: "the day after|day after|the next day|next day|the following day|el dia siguiente|"
    "al dia siguiente|dia siguiente|el dia despues|dia despues|le lendemain|lendemain|"
    "au lendemain|le jour suivant|le jour d apres|the morning after",
    0: "on the day|same day|the same day|on the same day|on the day itself|"
    "el mismo dia|mismo dia|ese mismo dia|el propio dia|le jour meme|le jour j|jour j|"
    "le meme jour|d day|jour meme",
}
_OF_IT = {"the day": 0, "day": 0, "el dia": 0, "le jour": 0}
"""What is a distance where the day of what is said."""
_NAMED = {words: days for days, listed in _NEXT_TO.items() for words in listed.split("|")}
_BEHIND = re.compile(rf" (?:{BEFORE}){OF_WHAT}$")
_WHICH = re.compile(rf"(?<= )(?:de |del |du |of |the |la |l |el |le )*(?:{_MEETING})$")


def read_distance(raw: str) -> int | None:
    """Read "14 days before", "la veille" or "el mismo día" as a number of days; None: it is none.

    What comes before is negative. A month is taken for thirty days.
    """
    if len(raw) > 60:
        return None
    folded = " ".join(fold(raw.strip().strip("()[].,;:")).replace("-", " - ").split())
    bare = _WHICH.sub("", folded).strip()
    if bare != folded and bare in _OF_IT:
        return _OF_IT[bare]
    for words in (folded, bare):
        if words in _NAMED:
            return _NAMED[words]
    short = _SHORT.fullmatch(raw.strip().strip("()[].,;:"))
    if short:
        return _within(int(short[2]) * (1 if short[1] == "+" else -1))
    return _counted(folded)


def bare_length(raw: str) -> str:
    """Cut the "before" behind a length: "3 horas antes" becomes "3 horas"."""
    return _BEHIND.sub("", " ".join(fold(raw).split()))


def _counted(folded: str) -> int | None:
    counted = _COUNTED.fullmatch(canonical(folded, "en"))
    if counted is None:
        return None
    days = int(counted[1] or 1) * _DAYS[counted[2] or counted["one"]]
    return _within(-days if counted["b"] else days)


def _within(days: int) -> int | None:
    return days if abs(days) <= MOST else None
