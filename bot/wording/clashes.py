"""Says in a preview what whoever plans may not know: what is held then, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.authored import title_of
from bot.chat import Block, Context, Items, Paragraph
from bot.i18n import Text, t, tn
from bot.wording.meetings import PlacedMeeting
from bot.wording.spans import span
from storage.sessions import Session

FEW = 3


@dataclass(frozen=True, slots=True)
class Clashes:
    """What else is held while something that is planned lasts, and what has the same title."""

    at_once: Sequence[Session] = ()
    namesakes: Sequence[Session] = ()


def warned(planned: PlacedMeeting, clashes: Clashes) -> tuple[Block, ...]:
    """Say what may have been overlooked; nothing of it forbids anything."""
    online = "" in (planned.link, planned.place) and planned.link == planned.place
    lacks = (Context(t("It has no link yet.")),) if online else ()
    return (*_at_once(clashes.at_once), *_namesakes(clashes), *lacks)


def _at_once(sessions: Sequence[Session]) -> tuple[Block, ...]:
    if not sessions:
        return ()
    lines = [_line(session) for session in sessions[:FEW]]
    if more := len(sessions) - FEW:
        lines += [tn("and {count} more", "and {count} more", more)] if more > 0 else []
    return (Paragraph(t("At the same time:")), Items(tuple(lines)))


def _namesakes(clashes: Clashes) -> tuple[Block, ...]:
    said = {session.id for session in clashes.at_once[:FEW]}
    others = [session for session in clashes.namesakes if session.id not in said]
    if not others:
        return ()
    when = span(others[0])
    return (Paragraph(t("There's already a session with this title: {when}.", when=when)),)


def _line(session: Session) -> Text:
    words = {"title": title_of(session), "when": span(session)}
    if session.state == "draft":
        return t("{title}: {when} (not announced yet)", **words)
    return t("{title}: {when}", **words)
