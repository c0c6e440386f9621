"""Names what is done to make a session understood, and words in the log who does it."""

from collections.abc import Mapping

from bot.chat import Person
from bot.i18n import LanguageName, Text, plain, t
from bot.options.languages import ACCESS
from storage.interpreters import CAPTIONS, INTERPRETATION, SIGN

Value = Text | Person
KINDS: Mapping[str, Text] = {
    INTERPRETATION: t("Interpretation"),
    CAPTIONS: ACCESS["captions"],
    SIGN: ACCESS["sign"],
}
"""What is done, by what it is kept as."""


def need_called(what: str) -> Text:
    """Name what somebody needs: a language, captions, sign language."""
    return ACCESS.get(what) or plain(LanguageName(what))


def task(kind: str, language: str) -> Text:
    """Name what somebody does."""
    if kind == INTERPRETATION:
        return t("Interpretation into {language}", language=LanguageName(language))
    if kind == CAPTIONS:
        return t("Captions in {language}", language=LanguageName(language))
    return KINDS[SIGN]


def _named(kind: str, told: Mapping[str, Value], language: str) -> Text:
    if kind == INTERPRETATION:
        return t(
            "{who} said {person} interprets into {language} at “{title}”.",
            **told,
            language=LanguageName(language),
        )
    if kind == CAPTIONS:
        return t("{who} said {person} writes captions at “{title}”.", **told)
    return t("{who} said {person} interprets into sign language at “{title}”.", **told)


INTERPRETING = tuple(
    f"interpreter {what}" for what in ("named", "asked", "confirmed", "declined", "removed")
)
"""The acts of the log about who interprets."""


def in_log(what: str, task_of: tuple[str, str], told: Mapping[str, Value]) -> Text:
    """Word what was done about who interprets: `told` has who did it, the person and the title."""
    if what == "interpreter named":
        return _named(task_of[0], told, task_of[1])
    named = {**told, "task": task(*task_of)}
    return {
        "interpreter asked": t("{who} asked {person} for “{title}”: {task}", **named),
        "interpreter confirmed": t("{who} agreed for “{title}”: {task}", **named),
        "interpreter declined": t("{who} can't do it at “{title}”: {task}", **named),
        "interpreter removed": t("{who} took this off “{title}”: {task}", **named),
    }[what]
