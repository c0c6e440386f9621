"""Words what people need who come, and who sees it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.authored import title_of
from bot.chat import (
    Block,
    Choice,
    Context,
    Items,
    Message,
    Option,
    Paragraph,
    button,
    choice,
    said,
)
from bot.commands import person
from bot.domain.needs import SeenBy
from bot.handlers.sessions.words.shown import WHO, starts
from bot.i18n import LanguageName, Text, joined, plain, series, t
from bot.options.languages import ACCESS, NOTHING_NEEDED
from storage.people import Member
from storage.rsvps import Rsvp
from storage.sessions import Session

SEEN: Mapping[SeenBy, Text] = {
    SeenBy.HOSTS: t("Thank you. The hosts will see it."),
    SeenBy.BOTH: t(
        "Thank you. Nobody's hosting yet: whoever planned it and the coordinators will see it."
    ),
    SeenBy.PLANNER: t("Thank you. Nobody's hosting yet: whoever planned it will see it."),
    SeenBy.COORDINATORS: t("Thank you. Nobody's hosting yet: the coordinators will see it."),
    SeenBy.NOBODY: t("Thank you. Nobody's hosting yet: I'll keep this for whoever does."),
}


def need(session: Session, row: tuple[Rsvp, Member]) -> Message:
    """Tell a host what somebody needs who said so after the last reminder."""
    return _needs(
        session, t("A note for the hosts of “{title}”", title=title_of(session)), needs([row])
    )


def needs_without_host(session: Session, lines: Sequence[Text]) -> Message:
    """Tell whoever planned a session, or coordinates, what people need that no host sees."""
    title = t("“{title}” has no host yet. This is what people need:", title=title_of(session))
    return _needs(session, title, lines)


def _needs(session: Session, title: Text, lines: Sequence[Text]) -> Message:
    who = button(t("Who's coming"), "session.who", session=session.id)
    return Message(title, (Paragraph(plain(starts(session))), Items(tuple(lines))), (who,))


def needed(rows: Sequence[tuple[Rsvp, Member]]) -> tuple[Block, ...]:
    """Word what people need for those who may see it, with who else does; nothing for nothing."""
    lines = needs(rows)
    seen_by = Context(t("Only hosts, coordinators and whoever planned it see this:"))
    return (seen_by, Items(lines)) if lines else ()


def needs(rows: Sequence[tuple[Rsvp, Member]], without: Collection[str] = ()) -> tuple[Text, ...]:
    """Word what those need or bring who come or may come, `without` some languages and the like."""
    coming = [row for row in rows if row[0].answer != "no"]
    return tuple(
        _perhaps(given, words) for given, who in coming for words in _each(given, who, without)
    )


def _each(given: Rsvp, member: Member, without: Collection[str]) -> Iterator[Text]:
    who = person(member)
    if given.language and given.language not in without:
        name = LanguageName(given.language)
        yield t("{who} needs interpretation into {name}.", who=who, name=name)
    if "captions" in given.access and "captions" not in without:
        yield t("{who} needs captions.", who=who)
    if "sign" in given.access and "sign" not in without:
        yield t("{who} needs sign language.", who=who)
    if given.note:
        yield t("{who} writes: {note}", who=who, note=given.note)


def _perhaps(given: Rsvp, words: Text) -> Text:
    if given.answer == "yes":
        return words
    return joined((words, t("({answer})", answer=WHO[given.answer])))


def asking(session: Session) -> Choice:
    """Give the menu by which somebody says what they need to follow a session."""
    spoken = session.languages if len(session.languages) > 1 else ()
    options = [Option(code, plain(LanguageName(code, own=True))) for code in spoken]
    options += [Option(key, label) for key, label in ACCESS.items()]
    return choice(
        t("I need…"), "session.interpretation", "language", tuple(options), session=session.id
    )


def no_more(session: Session) -> Message:
    """Confirm that somebody needs nothing of the kind any more."""
    return Message(blocks=(Paragraph(t("I've deleted that you need it.")),))


def kept(own: Rsvp, seen_by: SeenBy) -> Message:
    """Thank for a need that was given, and say who sees it as things stand."""
    if own.answer == "no":
        return said(t("Thank you. I'll keep it in case you come after all."))
    return said(SEEN[seen_by])


def kept_need(session: Session, own: Rsvp, seen_by: SeenBy) -> Message:
    """Thank for a need of interpretation or the like, with the way back and what else there is."""
    back = button(
        t("I don't need it any more"),
        "session.interpretation",
        session=session.id,
        language=NOTHING_NEEDED,
    )
    names = [plain(LanguageName(own.language))] if own.language else []
    noted = t("You need: {details}", details=series([*names, *(ACCESS[key] for key in own.access)]))
    thanks = kept(own, seen_by)
    blocks = (Paragraph(noted), *thanks.blocks)
    return replace(thanks, blocks=blocks, buttons=(back,), choices=(asking(session),))
