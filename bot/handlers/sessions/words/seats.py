"""Words seats: who has one and who waits, who comes, and answers given for somebody."""

from collections.abc import Mapping, Sequence

from bot.authored import title_of
from bot.chat import Button, Fields, Message, Paragraph, Person, button, said
from bot.commands import person
from bot.handlers.sessions.words.limits import counted
from bot.handlers.sessions.words.needs import needed
from bot.handlers.sessions.words.shown import WHO, answers, facts, starts
from bot.i18n import Text, joined, plain, t, tn
from bot.options.answers import ANSWERED, ON_LIST
from bot.wording.pages import Paged
from storage.people import Member
from storage.rsvps import WAITING, Rsvp
from storage.sessions import Session

NAMED = 50
"""People on a page of who comes."""
LISTS = {"yes": WHO["yes"], WAITING: ON_LIST, **WHO}
"""What stands above the names of those who answered so, in this order."""


def place_on_list(count: int) -> Text:
    """Say how many wait for a seat before somebody."""
    if count == 1:
        return t("You're the first on it.")
    return tn("{count} person is before you.", "{count} people are before you.", count - 1)


def waits(session: Session, place: int) -> Message:
    """Tell somebody who said yes that they are on the waiting list, and how it goes on."""
    words = t("“{title}” is full: you're on the waiting list.", title=title_of(session))
    more = t("I'll tell you when there's a seat for you.")
    when = Paragraph(plain(starts(session)))
    blocks = (Paragraph(words), when, Paragraph(joined((place_on_list(place), more))))
    return Message(blocks=blocks, buttons=(_leaving(session),))


def _leaving(session: Session) -> Button:
    return button(t("Leave the list"), "session.rsvp", session=session.id, answer="no")


def seated(session: Session, hosts: Sequence[Member]) -> Message:
    """Tell somebody who waited that they have a seat, and let them give it back."""
    title = t("There's a seat for you: “{title}”", title=title_of(session))
    back = button(t("Give my seat back"), "session.rsvp", session=session.id, answer="no")
    show = button(t("Details"), "session.show", session=session.id)
    return Message(title, (Paragraph(plain(starts(session))), *facts(session, hosts)), (back, show))


def unseated(session: Session, place: int) -> Message:
    """Tell somebody who had a seat that there are fewer now."""
    title = t("“{title}” has fewer seats now", title=title_of(session))
    when = Paragraph(plain(starts(session)))
    words = t("You're on the waiting list now.")
    more = t("I'll tell you when there's a seat for you.")
    lines = (when, Paragraph(joined((words, place_on_list(place), more))))
    return Message(title, lines, (_leaving(session),))


def nudge(session: Session) -> Message:
    """Ask somebody who came to earlier dates whether they come to this one."""
    title = t("Are you coming to “{title}”?", title=title_of(session))
    stop = button(t("Don't ask again"), "my.reminders", before="none")
    when = Paragraph(plain(starts(session)))
    return Message(title, (when, *facts(session, ())), (*answers(session), stop))


def answered_for(session: Session, own: Rsvp, by: Person | Text, place: int) -> Message:
    """Tell somebody what another answered for them, with the buttons to answer otherwise."""
    told = {"who": by, "title": title_of(session), "when": starts(session)}
    words = {
        "yes": t("{who} said for you that you're coming to “{title}”: {when}.", **told),
        "maybe": t("{who} said maybe for you to “{title}”: {when}.", **told),
        "no": t("{who} said for you that you can't come to “{title}”: {when}.", **told),
    }[own.answer]
    full = joined((t("It's full: you're on the waiting list."), place_on_list(place or 1)))
    more = (Paragraph(full),) if place else ()
    return Message(blocks=(Paragraph(words), *more), buttons=answers(session))


def kept_for(session: Session, member: Member, answer: str, place: int) -> Message:
    """Confirm to whoever answered for somebody what is kept, and that they are told."""
    told = {"who": person(member), "title": title_of(session), "answer": ANSWERED[answer]}
    words = t("I've noted for {who}, “{title}”: {answer}. I'll tell them it was you.", **told)
    full = Paragraph(t("It's full: they're on the waiting list."))
    who = button(t("Who's coming"), "session.who", session=session.id)
    return Message(blocks=(Paragraph(words), *((full,) if place else ())), buttons=(who,))


def same_for(session: Session, member: Member, answer: str) -> Message:
    """Say that somebody has answered so already, and that nothing has changed."""
    told = {"who": person(member), "title": title_of(session), "answer": ANSWERED[answer]}
    return said(t("Nothing's changed: {who} had already answered “{title}”: {answer}.", **told))


def who(
    session: Session,
    page: Paged[tuple[Rsvp, Member]],
    counts: Mapping[str, int],
    hosting: bool,
) -> Message:
    """Word a page of who answered what; for those `hosting` also what they need."""
    title = t("Who's coming to “{title}”", title=title_of(session))
    if not page.things:
        return Message(title, (Paragraph(t("Nobody has answered yet.")),))
    names: dict[str, list[Text]] = {}
    for place, (own, member) in enumerate(page.things, (page.number - 1) * NAMED + 1):
        waits = own.answer == "yes" and 0 < session.capacity < place
        names.setdefault(WAITING if waits else own.answer, []).append(plain(person(member)))
    pairs = ((LISTS[key], joined(who, ", ")) for key, who in names.items())
    private = needed(page.things) if hosting else ()
    many = (counted(session, counts),) if page.count > 1 else ()
    turns = page.turns("session.who", session=session.id)
    blocks = (*many, Fields(tuple(pairs)), *private, *page.foot)
    return Message(title, blocks, turns)
