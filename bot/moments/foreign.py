"""Moments in languages that have no words here, read by dateparser."""

import re
from datetime import datetime
from typing import Any, Literal

from bot.moments.phrase import Unclear

OWN_LANGUAGES = ("en", "es", "fr")


def foreign(text: str, locale: str, now: datetime, period: Literal["time", "day"]) -> datetime:
    """Read another language with dateparser, which drops what it does not understand.

    So "às 15h" would be lost: every number has to be found again in what it returns. Raises
    Unclear.
    """
    language = re.split("[-_]", locale)[0].lower()
    if language in OWN_LANGUAGES:
        raise Unclear("unreadable")
    from dateparser.date import DateDataParser  # slow to import

    try:
        parser = DateDataParser(languages=[language], settings=_settings(now))
        parsed = parser.get_date_data(text)
    except ValueError:
        raise Unclear("unreadable") from None
    moment = parsed.date_obj
    if moment is None or not _numbers(text) <= _numbers(f"{moment:%Y %y %m %d %H %I %M}"):
        raise Unclear("unreadable")
    if parsed.period != period:
        raise Unclear("no_time" if period == "time" else "unreadable")
    return moment


def _settings(now: datetime) -> dict[str, Any]:
    return {
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "REQUIRE_PARTS": ["day"],
        "RETURN_TIME_AS_PERIOD": True,
    }


def _numbers(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", text)}
