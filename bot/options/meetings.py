"""Options for what is said of a session, or of all sessions of a programme."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from bot.chat import Option
from bot.i18n import Text, languages, render, t
from bot.moments import WallTime
from bot.options.basic import Line, ListText, LongText, Number, OneOf, WebLink, YesNo
from bot.options.languages import Languages
from bot.options.people import ContactKind
from bot.options.spans import Before, Deadline
from bot.options.times import Duration
from storage.people import Member

FORMATS: Mapping[str, Text] = {
    "presentation": t("Presentation"),
    "fishbowl": t("Fishbowl"),
    "openspace": t("Open space"),
    "review": t("Peer review"),
    "visit": t("Field visit"),
    "round": t("Introduction round"),
    "workshop": t("Workshop"),
    "other": t("Other"),
}


@cache
def format_names() -> Mapping[str, str]:
    """Give the keys of formats by what they are called in any language, in small letters."""
    named = {
        render(words, code, str): key for code in languages() for key, words in FORMATS.items()
    }
    return {name.casefold(): key for name, key in named.items()} | {key: key for key in FORMATS}


Title = Annotated[str, Line(t("Title"), empty=None)]
Length = Annotated[int, Duration(t("Length"), t("For example: 90m or 1h30"))]
Description = Annotated[str, LongText(t("Description"))]
Question = Annotated[str, Line(t("Guiding question"), limit=300)]
Format = Annotated[str, OneOf(t("Format"), options=tuple(Option(k, v) for k, v in FORMATS.items()))]
Url = Annotated[str, WebLink(t("Link"), t("Where people meet: https://…"))]
Spoken = Annotated[list[str], Languages(t("Languages"), t("Separated by commas"))]
ITEMS = t("One item per line, for example: 10:00 Welcome (Sara)")
Agenda = Annotated[str, ListText(t("Agenda"), ITEMS)]
Partners = Annotated[str, Line(t("With the support of"), t("Who supports it"), limit=300)]
Where = Annotated[str, Line(t("Place"), t("Where people meet on site"), limit=300)]
Seats = Annotated[int, Number(t("Seats"), t("Leave it empty if all can come"), most=5000, empty=0)]
CLOSES = t("When nobody can answer any more, for example: 2 days before")
Closes = Annotated[int | WallTime, Deadline(t("Sign-up closes"), CLOSES)]
ClosesBefore = Annotated[int, Before(t("Sign-up closes"), CLOSES)]
Recorded = Annotated[bool, YesNo(t("Will be recorded"), t("Everyone who comes is asked"))]
CONTACT = t("Whom people can ask about access")
Contact = Annotated[Member | int, ContactKind(t("Contact for access"), CONTACT)]

CONTENT: Mapping[str, str] = {
    "title": "title",
    "duration": "minutes",
    "description": "description",
    "guiding_question": "guiding_question",
    "format": "format",
    "link": "link",
    "languages": "languages",
    "agenda": "agenda",
    "partners": "partners",
    "place": "place",
    "capacity": "capacity",
    "closes": "closes_before",
    "recorded": "recorded",
    "contact": "contact_id",
}
"""What is said of a session or a programme: the options, and the columns they are kept in."""


def content_of(meeting: object) -> dict[str, Any]:
    """Give what is said of a session or programme, by option; no limit is None."""
    kept = {option: getattr(meeting, column) for option, column in CONTENT.items()}
    return kept | {"capacity": kept["capacity"] or None, "closes": kept["closes"] or None}


def given_in(options: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was said in some options, by the columns it is kept in; nobody is None."""
    given = {
        column: options[option]
        for option, column in CONTENT.items()
        if options.get(option) is not None
    }
    if "contact_id" in given:
        contact = given["contact_id"]
        given["contact_id"] = contact.id if contact else None
    return given
