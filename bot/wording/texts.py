"""Words what is said in several languages: which there are, what is missing, what is older."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace

from bot.authored import ANNOUNCEMENT, announcement_of, title_of
from bot.chat import (
    Button,
    Choice,
    Context,
    Heading,
    Items,
    Message,
    Option,
    Paragraph,
    Quote,
    button,
    choice,
    said,
)
from bot.domain import texts
from bot.domain.texts import Thing
from bot.i18n import (
    Authored,
    ByLanguage,
    LanguageName,
    Text,
    joined,
    languages,
    own_name,
    plain,
    t,
)
from bot.rules.agenda_lines import titles
from bot.wording.log import undo_of
from bot.wording.meetings import body
from storage import Records
from storage.log import LogEntry
from storage.sessions import Session

LABELS: Mapping[str, Text] = {
    "title": t("Title"),
    "description": t("Description"),
    "guiding_question": t("Guiding question"),
    "agenda": t("Agenda"),
    ANNOUNCEMENT: t("Announcement"),
}
MOST = 4
"""Languages that have a button; the others are in a menu."""
SHOWN = 300
"""Characters of an original that a form shows."""


def named(thing: Thing) -> tuple[str, dict[str, int]]:
    """Give the group of a thing's commands, and the option that names it."""
    kind = "session" if isinstance(thing, Session) else "programme"
    return kind, {kind: thing.id}


def own(code: str) -> Text:
    """Name a language in itself, as a button does."""
    name = own_name(code, code)
    return plain(name[:1].upper() + name[1:])


def picks(
    codes: Sequence[str], command: str, **args: object
) -> tuple[tuple[Button, ...], tuple[Choice, ...]]:
    """Give a button for each of the first languages, and a menu of the others."""
    first = tuple(button(own(code), command, "", language=code, **args) for code in codes[:MOST])
    rest = tuple(Option(code, own(code)) for code in codes[MOST:])
    more = choice(t("More languages"), command, "language", rest, **args)
    return first, (more,) if rest else ()


def with_others(message: Message, records: Records, thing: Thing, locale: str) -> Message:
    """Add to a message what leads to the languages it is not read in by readers of one."""
    original = texts.original_language(records, thing)
    codes = [original, *texts.others(thing, original)]
    shown = texts.without_region(locale) if texts.without_region(locale) in codes else original
    kind, args = named(thing)
    buttons, menus = picks([code for code in codes if code != shown], f"{kind}.read-in", **args)
    buttons, menus = (*message.buttons, *buttons), (*message.choices, *menus)
    return replace(message, buttons=buttons, choices=menus)


def ways_to(records: Records, thing: Thing) -> tuple[Button, ...]:
    """Give what leads to a thing's texts, where its community speaks several languages."""
    kind, args = named(thing)
    label = t("Texts in other languages")
    several = thing.texts or texts.languages_of(records, thing)
    return (button(label, f"{kind}.texts", "", **args),) if several else ()


def said_in(value: object, code: str) -> object:
    """Give a part of a message with what people wrote in one language for everybody."""
    if isinstance(value, Authored):
        return Authored(value.in_language(code))
    if isinstance(value, ByLanguage):
        return value.texts.get(code, Text("")) if code in languages() else Text("")
    if isinstance(value, Text):
        return replace(value, values={k: said_in(one, code) for k, one in value.values.items()})
    if isinstance(value, tuple):
        return tuple(said_in(one, code) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{p.name: said_in(getattr(value, p.name), code) for p in fields(value)}
        )
    return value


def whole_in(message: Message, code: str) -> Message:
    """Give an announcement as it is read in a language, for one reader."""
    read = said_in(Message(message.title, message.blocks, message.buttons), code)
    assert isinstance(read, Message)
    return read


def note(
    records: Records, thing: Thing, shown: Collection[str] = (*texts.WRITTEN, ANNOUNCEMENT)
) -> tuple[Context, ...]:
    """Tell those readers that they read the original who have no text in their language.

    Where not all of it is `shown`, what is missing elsewhere does not matter.
    """
    original = texts.original_language(records, thing)
    if not thing.texts and original == texts.without_region(records.community.locale):
        return ()
    told = {"own": LanguageName(""), "original": LanguageName(original)}
    none = t("There's no {own} text yet: this is the original, in {original}.", **told)
    part = t("Some of this isn't in {own} yet: it's the original, in {original}.", **told)
    by = {original: Text("")}
    for code in texts.others(thing, original):
        lacks = {*texts.missing(thing, code, original)} & {*shown}
        by[code] = part if lacks else Text("")
    return (Context(plain(ByLanguage(by, none))),)


def by_hand(records: Records, thing: Thing) -> tuple[Paragraph, ...]:
    """Give what somebody wrote for the head of an announcement."""
    if not any(ANNOUNCEMENT in kept for kept in thing.texts.values()):
        return ()
    return (Paragraph(plain(announcement_of(thing, texts.original_language(records, thing)))),)


def gaps(records: Records, thing: Thing) -> tuple[tuple[Text, ...], Sequence[str]]:
    """Say what is missing or older in each language, and in which ones something is."""
    original, lines, codes = texts.original_language(records, thing), list[Text](), list[str]()
    spoken = {texts.without_region(code) for code in records.community.languages}
    for code in texts.languages_of(records, thing):
        missing = texts.missing(thing, code, original) if code in spoken else []
        older = texts.older(thing, code, original)
        name = LanguageName(code)
        if missing:
            lines.append(t("Missing in {language}: {texts}", language=name, texts=_names(missing)))
        if older:
            words = t("Older than the original in {language}: {texts}", **_told(name, older))
            lines.append(words)
        codes += [code] if missing or older else []
    return tuple(lines), codes


def _told(name: LanguageName, columns: Sequence[str]) -> dict[str, object]:
    return {"language": name, "texts": _names(columns)}


def _names(columns: Sequence[str]) -> Text:
    return joined([LABELS[column] for column in columns], ", ")


def overview(records: Records, thing: Thing, entry: LogEntry | None = None) -> Message:
    """Word in which languages a thing is written, with what leads to each, and an undo."""
    original, title = texts.original_language(records, thing), title_of(thing)
    lines, lacking = gaps(records, thing)
    kind, args = named(thing)
    codes = dict.fromkeys((*lacking, *texts.languages_of(records, thing)))
    buttons, menus = picks([*codes], f"{kind}.text", **args)
    another = button(t("Another language…"), f"{kind}.text", "", **args)
    which = Paragraph(t("The original is in {language}.", language=LanguageName(original)))
    whole = (
        Paragraph(t("Nothing is missing."))
        if codes
        else Paragraph(t("It isn't in any other language yet."))
    )
    blocks = (which, Items(lines) if lines else whole)
    head = t("“{title}” in other languages", title=title)
    undo = (undo_of(entry),) if entry else ()
    return Message(head, blocks, (*undo, *buttons, another), menus)


def kept(
    records: Records, thing: Thing, code: str, before: Mapping[str, str], ways: Sequence[Button]
) -> Message:
    """Word a text as its readers see it, what stood there before, and what is still missing."""
    title = t("“{title}” in {language}", title=title_of(thing), language=LanguageName(code))
    shown = (Heading(plain(title_of(thing))), *by_hand(records, thing), *body(thing))
    read = whole_in(Message(blocks=shown), code).blocks
    for column, words in before.items():
        read += (Paragraph(t("{label}, as it was before:", label=LABELS[column])), _quoted(words))
    lines, codes = gaps(records, thing)
    kind, args = named(thing)
    buttons, menus = picks(codes, f"{kind}.text", **args)
    blocks = (*read, *((Items(lines),) if lines else ()))
    return Message(title, blocks, (*ways, *buttons), menus)


def _quoted(words: str) -> Quote:
    return Quote(plain(Authored(words)))


def is_the_original(records: Records, thing: Thing, code: str) -> Message:
    """Say that a text is not needed in a language, and lead to the original, or to another one."""
    kind, args = named(thing)
    told = {"title": title_of(thing), "language": LanguageName(code)}
    words = t("“{title}” is written in {language} itself. You can change it there.", **told)
    label = t("Change the session") if kind == "session" else t("Change the programme")
    change = button(label, f"{kind}.change", "", **args)
    spoken = dict.fromkeys(map(texts.without_region, records.community.languages))
    options = tuple(Option(one, own(one)) for one in spoken if one != code)
    other = choice(t("It's in another language"), f"{kind}.written-in", "language", options, **args)
    return replace(said(words, change), choices=(other,) if options else ())


def originals(thing: Thing, code: str, language: str) -> Text:
    """Word the originals for whoever writes a text of them: what is missing, what is older."""
    older = texts.older(thing, code, language)
    lines = [t("The original is in {language}.", language=LanguageName(language))]
    for column, label in LABELS.items():
        words = texts.original_of(thing, column, language)
        if words and code != language:
            told = {"label": label, "words": _short(column, words)}
            state = t("{label}: {words}", **told)
            if column in older:
                state = t("{label}: {words} (The original has changed since.)", **told)
            elif not texts.text_of(thing, column, code):
                state = t("{label}: {words} (missing)", **told)
            lines.append(state)
    return joined(lines, "\n")


def _short(column: str, words: str) -> Authored:
    if column == "agenda":
        words = " · ".join(titles(words))
    return Authored(words).shortened(SHOWN)


def now_older(
    records: Records, thing: Thing, columns: Sequence[str]
) -> tuple[tuple[Paragraph, ...], tuple[Button, ...], tuple[Choice, ...]]:
    """Say which languages are older than what was just changed, with what leads to each."""
    original = texts.original_language(records, thing)
    codes = [
        code
        for code in texts.others(thing, original)
        if {*columns} & {*texts.older(thing, code, original)}
    ]
    if not codes:
        return (), (), ()
    names = plain(tuple(plain(LanguageName(code)) for code in codes))
    kind, args = named(thing)
    buttons, menus = picks(codes, f"{kind}.text", **args)
    return (Paragraph(t("Now older than the original: {names}.", names=names)),), buttons, menus
