"""Words what was changed of a session or a programme: how it was, and how it is now."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.chat import Block, Fields, Items, Link
from bot.i18n import Authored, LanguageName, Text, format_minutes, joined, plain, t
from bot.options.meetings import FORMATS
from bot.rules.agenda_lines import bare

NONE = t("none")
WITHOUT = {"capacity": t("no limit")}
"""What a value is that is not given, where that is not none: without a number all have seats."""
LINES = 5
"""How many lines of an agenda are shown that are other ones."""


def _before(minutes: int) -> Text:
    days, rest = divmod(minutes, 24 * 60)
    length = format_minutes(minutes) if rest else t("{days} d", days=days)
    return t("{length} before the start", length=length)


def _languages(codes: Sequence[str]) -> Text:
    return joined([plain(LanguageName(code)) for code in codes], ", ")


def _authored(words: str) -> Text:
    return plain(Authored(words))


SHORT: Mapping[str, tuple[Text, Callable[[Any], Text]]] = {
    "title": (t("Title"), _authored),
    "link": (t("Link"), lambda url: plain(Link(url))),
    "place": (t("Place"), _authored),
    "minutes": (t("Length"), format_minutes),
    "format": (t("Format"), lambda key: FORMATS.get(key, plain(key))),
    "languages": (t("Languages"), _languages),
    "partners": (t("With the support of"), _authored),
    "capacity": (t("Seats"), plain),
    "closes_before": (t("Sign-up closes"), _before),
}
"""What is shown as it was and as it is: what it is called, and how a value is worded."""
LONG: Mapping[str, Text] = {
    "description": t("The description has changed."),
    "guiding_question": t("The guiding question has changed."),
    "texts": t("Its words in other languages have changed."),
}
ORIGINAL = t("The language of the original has changed.")
RECORDED = {True: t("It will be recorded."), False: t("It won't be recorded.")}
FOLLOWED = {
    True: t("The channel doesn't see any more what's on now and next."),
    False: t("The channel sees what's on now and next."),
}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Block, ...]:
    """Show what was changed: how it was, and how it is; of long texts only that they are others."""
    both = [name for name in SHORT if name in after and name in before]
    pairs = tuple((SHORT[name][0], _became(name, before, after)) for name in both)
    lines = [words for name, words in LONG.items() if name in after]
    lines += [ORIGINAL] if "written_in" in after and "texts" not in after else []
    lines += [RECORDED[after["recorded"]]] if "recorded" in after else []
    lines += [FOLLOWED[after["agenda_off"]]] if "agenda_off" in after else []
    if "agenda" in after:
        lines += _agenda(before.get("agenda", ""), after["agenda"])
    listed = (Items(tuple(lines)),) if lines else ()
    return (*((Fields(pairs),) if pairs else ()), *listed)


def _became(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Text:
    """Word how something was, and how it is."""
    says, absent = SHORT[name][1], WITHOUT.get(name, NONE)
    was, becomes = (says(kept[name]) if kept[name] else absent for kept in (before, after))
    return t("{before} → {after}", before=was, after=becomes)


def _agenda(before: str, after: str) -> Iterator[Text]:
    """Say what is new in an agenda and what is gone, without those who contribute."""
    was, becomes = bare(before), bare(after)
    fresh = [line for line in becomes if line not in was]
    gone = [line for line in was if line not in becomes]
    if not 0 < len(fresh) + len(gone) <= LINES:
        yield t("The agenda has changed.")
        return
    yield from (t("New in the agenda: {item}", item=Authored(line)) for line in fresh)
    yield from (t("No longer in the agenda: {item}", item=Authored(line)) for line in gone)
