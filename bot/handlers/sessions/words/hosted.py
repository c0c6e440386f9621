"""Words what the hosts of a session are reminded of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.authored import agenda_of, title_of
from bot.chat import Block, Context, Items, Message, Paragraph, button
from bot.handlers.sessions.words.needs import needs
from bot.handlers.sessions.words.shown import facts
from bot.handlers.sessions.words.soon import soon
from bot.i18n import Text, joined, t, tn
from bot.wording.checklists import handovers, ticking, what
from bot.wording.duties import assistants
from bot.wording.spans import span
from storage.checklists import ChecklistItem, Handover
from storage.people import Member
from storage.rsvps import Rsvp
from storage.sessions import Session

DAY = timedelta(days=1)
NOBODY = t("Nobody has said yes yet.")


@dataclass(frozen=True, slots=True)
class HostsWork:
    """What a host has before them: whether others share it, what is to be done, and was said."""

    shared: bool
    items: Sequence[ChecklistItem] = ()
    received: Sequence[Handover] = ()
    helping: Sequence[tuple[str, Member]] = ()
    order: Sequence[Block] = ()


def host_reminder(
    session: Session,
    now: datetime,
    answered: Sequence[tuple[Rsvp, Member]],
    work: HostsWork,
) -> Message:
    """Word a reminder to a host, with what is to be done and what those need who come."""
    coming = sum(1 for given, _ in answered if given.answer == "yes")
    title = t("You're hosting “{title}” {soon}.", title=title_of(session), soon=soon(session, now))
    waiting = max(0, coming - session.capacity) if session.capacity else 0
    coming -= waiting
    people = tn("{count} person is coming.", "{count} people are coming.", coming)
    own = map(what, work.items)
    shared = work.shared or bool(work.helping)
    lines = (*own, *_checks(session, now, shared=shared), *needs(answered))
    blocks: tuple[Block, ...] = (
        Paragraph(span(session)),
        *facts(session, ()),
        *assistants(work.helping),
        Context(joined((people, *_waiting(waiting)), " · ") if coming else NOBODY),
        *((Items(lines),) if lines else ()),
        *work.order,
        *handovers(work.received),
    )
    buttons, menus = ticking(session, work.items)
    details = button(t("Details"), "session.show", session=session.id)
    return Message(title, blocks, (details, *buttons), menus)


def _waiting(count: int) -> tuple[Text, ...]:
    return (t("Waiting list: {count}", count=count),) if count else ()


def _checks(session: Session, now: datetime, *, shared: bool) -> Iterator[Text]:
    """Say what a host looks at once more, as far as there is such a thing."""
    if session.link:
        yield t("Try the link.")
    if shared:
        yield t("Agree on who welcomes people, who keeps time and who takes notes.")
    elif session.starts_at - now > DAY:  # later there is nobody to be found
        yield t("Find somebody to welcome people, keep time and take notes.")
    if agenda_of(session):
        yield t("Go through the agenda once more.")
