"""Words what people are told of a session: reminders, changes, what they answered."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.authored import title_of
from bot.chat import (
    Actions,
    Block,
    Button,
    Context,
    Fields,
    Items,
    Message,
    Moment,
    Paragraph,
    button,
    choice,
    said,
)
from bot.commands import person
from bot.handlers.sessions.words.calendar import ADD
from bot.handlers.sessions.words.changes import names
from bot.handlers.sessions.words.clocks import new_rules
from bot.handlers.sessions.words.lists import PLANNED, SessionsListed, line, on_now
from bot.handlers.sessions.words.needs import asking
from bot.handlers.sessions.words.shown import (
    all_dates,
    answers,
    for_organisers,
    reason_of,
    starts,
)
from bot.i18n import Text, joined, plain, t, tn
from bot.options.reminders import REMIND
from storage.community import Channel
from storage.people import Member
from storage.rsvps import WAITING
from storage.sessions import Session

NEXT = 3
NOTHING = t("You haven't said yes to any upcoming session.")


def announced(
    session: Session,
    places: Sequence[Channel],
    reminded: Sequence[Channel],
    now: datetime,
    meant: Sequence[Button] = (),
) -> Message:
    """Confirm that a session is announced, or will be, where, and when and where I remind of it.

    `meant` is for who meant another time.
    """
    at, where = session.announce_at or now, names(places)
    done = t("I'm announcing “{title}” in {channels}.", title=title_of(session), channels=where)
    if at > now:
        told = {"title": title_of(session), "channels": where, "when": Moment(at)}
        done = t("I'll announce “{title}” in {channels}: {when}.", **told)
    left = session.starts_at - at
    elsewhere = None if _ids(places) == _ids(reminded) else names(reminded)
    note = _reminders(elsewhere, twice=left > timedelta(days=1))
    find = button(t("Find a host"), "host.offer", session=session.id)
    blocks = (Paragraph(joined((done, note)) if left > timedelta(hours=1) else done),)
    return Message(blocks=blocks, buttons=(*meant, find, *for_organisers(session)))


def _ids(places: Sequence[Channel]) -> set[int]:
    return {place.id for place in places}


def _reminders(elsewhere: Text | None, *, twice: bool) -> Text:
    if elsewhere and twice:
        channel = t("I'll remind {channels} a day and an hour before.", channels=elsewhere)
    elif elsewhere:
        channel = t("I'll remind {channels} an hour before.", channels=elsewhere)
    elif twice:
        channel = t("I'll remind the channel a day and an hour before.")
    else:
        channel = t("I'll remind the channel an hour before.")
    return joined((channel, t("Everyone coming gets the reminders they chose.")))


def taken_up(session: Session, now: datetime) -> Message:
    """Tell somebody that the session they planned is announced, or when it will be."""
    at = session.announce_at or now
    title = title_of(session)
    words = t(
        "Your session “{title}” on {when} has been announced.", title=title, when=starts(session)
    )
    if at > now:
        words = t("I'll announce your session “{title}” on {when}.", title=title, when=Moment(at))
    return said(words, button(t("Show"), "session.show", session=session.id))


def _of_many(session: Session) -> bool:
    """Say whether a session has the title of its series, for which it must not be taken."""
    return session.programme_id is not None and "title" not in session.own


def _moved(session: Session, by: Member | None) -> Text:
    title = title_of(session)
    if by is None and _of_many(session):
        return t("A date of “{title}” was moved.", title=title)
    if by is None:
        return t("“{title}” was moved.", title=title)
    if _of_many(session):
        return t("{who} moved a date of “{title}”.", who=person(by), title=title)
    return t("{who} moved “{title}”.", who=person(by), title=title)


def moved(
    session: Session, before: datetime, by: Member | None = None, *, by_clocks: bool = False
) -> Message:
    """Word that a session was moved, by somebody or by new rules for the clocks of its zone."""
    pairs = ((t("New time"), plain(starts(session))), (t("Old time"), plain(Moment(before))))
    why = (Paragraph(new_rules(session)),) if by_clocks else ()
    return Message(_moved(session, by), (Fields(pairs), *why), answers(session))


def cancelled(session: Session, by: Member | None) -> Message:
    """Word that a session was cancelled, by whom if that is known."""
    words = t("It won't take place: {when}", when=starts(session))
    return Message(_cancelled(session, by), (Paragraph(words), *reason_of(session)))


def _cancelled(session: Session, by: Member | None) -> Text:
    title = title_of(session)
    if by is None and _of_many(session):
        return t("A date of “{title}” was cancelled.", title=title)
    if by is None:
        return t("“{title}” was cancelled.", title=title)
    if _of_many(session):
        return t("{who} cancelled a date of “{title}”.", who=person(by), title=title)
    return t("{who} cancelled “{title}”.", who=person(by), title=title)


def back(session: Session, by: Member | None) -> Message:
    """Word that a cancelled session takes place after all, thanks to whom if that is known."""
    told = {"title": title_of(session), "when": starts(session)}
    words = t("“{title}” on {when} is going ahead after all.", **told)
    if by is not None:
        words = t(
            "{who} reopened “{title}”: it's going ahead after all on {when}.",
            who=person(by),
            **told,
        )
    return said(words, *answers(session))


def answered(session: Session, answer: str) -> Message:
    """Tell somebody what they answered, and what they can add."""
    words = {
        "yes": t(
            "You're coming to “{title}”: {when}.", title=title_of(session), when=starts(session)
        ),
        "maybe": t(
            "You said maybe to “{title}”: {when}.",
            title=title_of(session),
            when=starts(session),
        ),
        "no": t(
            "You can't come to “{title}”. Thanks for letting me know.", title=title_of(session)
        ),
    }[answer]
    only = t("That's for this date only: {when}.", when=starts(session))
    alone = (Context(only),) if session.programme_id else ()
    if answer == "no":
        return Message(blocks=(Paragraph(words), *alone))
    note = button(t("Add a note"), "session.note", session=session.id)
    keep = button(ADD, "session.calendar", session=session.id)
    buttons = (note, keep, *all_dates(session))
    reminders = choice(t("Remind me"), "my.reminders", "before", REMIND)
    menus = (asking(session), reminders)
    return Message(blocks=(Paragraph(words), *alone), buttons=buttons, choices=menus)


def own(coming: Sequence[Session], shown: SessionsListed, now: datetime) -> tuple[Block, ...]:
    """Word what is on now, what somebody comes to, has not answered yet, and planned.

    There are buttons for the next few.
    """
    unanswered = [session for session, answer in shown.ahead if not answer]
    said_yes = tn(
        "You're coming to {count} session:", "You're coming to {count} sessions:", len(coming)
    )
    later = tuple(line(session) for session in coming[NEXT:])
    waiting = tuple(line(session) for session, answer in shown.ahead if answer == WAITING)
    still = Paragraph(t("You haven't answered yet:"))
    return (
        *_each_on(shown, now),
        Paragraph(said_yes if coming else NOTHING),
        *_each(coming),
        *((Items(later),) if later else ()),
        *((Paragraph(t("You're waiting for a seat:")), Items(waiting)) if waiting else ()),
        *((still, *_each(unanswered)) if unanswered else ()),
        *((Paragraph(PLANNED), *_planned(shown.drafts)) if shown.drafts else ()),
    )


def _each_on(shown: SessionsListed, now: datetime) -> Iterator[Block]:
    for session in shown.on:
        yield Paragraph(on_now(session, now, shown.heard))
        yield Actions((button(t("Details"), "session.show", session=session.id),))


def _planned(drafts: Sequence[Session]) -> Iterator[Block]:
    for draft in drafts[:NEXT]:
        yield Paragraph(line(draft))
        yield Actions((button(t("Show"), "session.show", session=draft.id),))


def _each(sessions: Sequence[Session]) -> Iterator[Block]:
    for session in sessions[:NEXT]:
        yield Paragraph(line(session))
        yield Actions(answers(session))
