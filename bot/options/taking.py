"""Says what a command takes from a typed line, and refuses what is none of that."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.folding import folded
from bot.i18n import Text, joined, languages, render, t
from bot.options.basic import Kind, Line, Sought, WebLink
from bot.options.command_line import Taken, Takes
from bot.options.references import Reference


def takes(kinds: Mapping[str, Kind], required: Sequence[str]) -> Takes:
    """Say what options take by their kinds.

    Where none is required, only what is looked up is given without its name.
    """
    ends = required[-1] if required and kinds[required[-1]].ends else ""
    looked_up = [name for name, kind in kinds.items() if isinstance(kind, Reference | Sought)]
    return Takes(
        names=written(kinds),
        bare=required or looked_up[:1],
        people=[name for name, kind in kinds.items() if kind.widget == "person"],
        running={name for name, kind in kinds.items() if _is_text(kind)},
        ends=ends,
    )


def _is_text(kind: Kind) -> bool:
    return isinstance(kind, Line) and not isinstance(kind, WebLink)


def written(options: Iterable[str]) -> dict[str, str]:
    """Give options by their names in every language; a name that two of them share is of none."""
    called: defaultdict[str, set[str]] = defaultdict(set)
    for option in options:
        for locale in languages():
            name = folded(render(Text(f"{option}="), locale, str).strip("="))
            called[name.replace("-", "_")].add(option)
    shared = {name: next(iter(of)) for name, of in called.items() if len(of) == 1}
    return shared | {option: option for option in options}


def refusal(taken: Taken, takes: Takes) -> Text | None:
    """Refuse what no option takes, by name and with what there is instead; None: all is taken."""
    if taken.unknown:
        return _unknown(taken.unknown[0], takes)
    if not taken.stray:
        return None
    words = " ".join(taken.stray)
    if not takes.names:
        return t("I don't know what “{words}” is here. This command takes no options.", words=words)
    return t(
        "I don't know what “{words}” is here. Options are written like `name=…`, and several words "
        "in quotes: {options}.",
        words=words,
        options=_listed(takes),
    )


def _unknown(name: str, takes: Takes) -> Text:
    if near := takes.near(name):
        meant = Text(f"{near}=")
        return t("I don't know `{name}` here. Did you mean `{near}`?", name=name, near=meant)
    if not takes.names:
        return t("I don't know `{name}` here. This command takes no options.", name=name)
    listed = _listed(takes)
    return t("I don't know `{name}` here. The options are: {options}.", name=name, options=listed)


def _listed(takes: Takes) -> Text:
    """Name the options as they are typed, each reader's in their own language."""
    return joined([Text(f"{name}=") for name in dict.fromkeys(takes.names.values())], ", ")
