"""Names of the calendar within a sentence, as each language writes them: weekdays, months, days."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_date, format_skeleton

from bot.i18n.locales import AMERICAN, SOURCE, supported_language

_SUFFIXES = {"one": "st", "two": "nd", "few": "rd", "other": "th"}
_LEAP = 2000
"""A year that has all days."""


class CalendarName(ABC):
    """A name that is worded in the language of whoever reads it."""

    @abstractmethod
    def read_in(self, locale: str) -> str:
        """Name it in the language of a reader."""


@dataclass(frozen=True, slots=True)
class WeekdayName(CalendarName):
    """A day of the week; 0 is Monday."""

    weekday: int

    def read_in(self, locale: str) -> str:
        """Name it in full."""
        return str(_babel(locale).days["format"]["wide"][self.weekday])


class Weekdays(WeekdayName):
    """A day of the week that comes again and again, which is many days in Spanish."""

    def read_in(self, locale: str) -> str:
        """Name it in full, as it stands behind “los” in Spanish: martes, sábados."""
        name = super().read_in(locale)
        return f"{name}s" if supported_language(locale) == "es" and name[-1] != "s" else name


class WeekdayShort(WeekdayName):
    """A day of the week where there is little room."""

    def read_in(self, locale: str) -> str:
        """Name it in short: Mon, lun, lun."""
        return str(_babel(locale).days["format"]["abbreviated"][self.weekday])


@dataclass(frozen=True, slots=True)
class MonthName(CalendarName):
    """A month, 1 to 12."""

    month: int

    def read_in(self, locale: str) -> str:
        """Name it in full."""
        return str(_babel(locale).months["format"]["wide"][self.month])


@dataclass(frozen=True, slots=True)
class DayOfMonth(CalendarName):
    """A day of any month by its number: 15th, 15, 1er."""

    day: int

    def read_in(self, locale: str) -> str:
        """Write the number."""
        language = supported_language(locale)
        if language == SOURCE:
            return f"{self.day}{_SUFFIXES[Locale(SOURCE).ordinal_form(self.day)]}"
        return "1er" if language == "fr" and self.day == 1 else str(self.day)


@dataclass(frozen=True, slots=True)
class DayOfYear(CalendarName):
    """A day that comes each year: 5 May."""

    month: int
    day: int

    def read_in(self, locale: str) -> str:
        """Write the day and the month."""
        day = date(_LEAP, self.month, self.day)
        words = str(format_skeleton("MMMMd", day, locale=_written(locale)))
        return _first(words, day, locale)


@dataclass(frozen=True, slots=True)
class DateInFull(CalendarName):
    """A date without its weekday: 30 June 2027."""

    date: date

    def read_in(self, locale: str) -> str:
        """Write the day, the month and the year."""
        return _first(format_date(self.date, "long", locale=_written(locale)), self.date, locale)


def _babel(locale: str) -> Locale:
    return Locale(supported_language(locale))


def _written(locale: str) -> str:
    """Give babel's name of how a reader writes dates."""
    language = supported_language(locale)
    return "en_GB" if language == SOURCE and locale != AMERICAN else language


def _first(words: str, day: date, locale: str) -> str:
    begins = supported_language(locale) == "fr" and day.day == 1
    return words.replace("1 ", "1er ", 1) if begins else words
