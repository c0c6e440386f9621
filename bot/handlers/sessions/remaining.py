"""Words what people are told once of what stays of a session."""

from bot.chat import Button, Message, button
from bot.domain import attendance, consents
from bot.handlers.sessions.group import session
from bot.handlers.sessions.words import after as words
from bot.handlers.sessions.words.consents import keep_out
from bot.i18n import t
from bot.notices import Sending
from storage import Records
from storage.assets import RECORDING
from storage.sessions import Session


@session.notice(t("What stays of a session"), live=True)
def kept(records: Records, sending: Sending) -> Message | None:
    """Tell somebody what stays of a session who answered or was there, as it is now."""
    found = sending.once(f"session {sending.about}", lambda: records.sessions.find(sending.about))
    if found is None or found.state != "announced" or sending.member is None:
        return None
    stays = sending.once(f"stays {found.id}", lambda: words.stays_of(records, found))
    if not stays and sending.kind != "refresh":
        return None
    present = sending.once(f"present {found.id}", lambda: attendance.present(records, found))
    known = sending.member.id in present.rows
    there = known or sending.member.id in present.ids
    asks = () if there else (words.was_there(found),)
    asked = sending.once(f"consents {found.id}", lambda: consents.all_of(records, found))
    shown = any(one.kind == RECORDING for one in stays.assets)
    unasked = there and shown and sending.member.id not in asked
    out = (keep_out(found),) if unasked else ()
    return words.what_stays(found, stays, (*asks, *out, *_feedback(found, there=there)))


def _feedback(held: Session, *, there: bool) -> tuple[Button, ...]:
    """Give the button by which those who were there say how it was, where that is asked."""
    feedback = session.commands.get("feedback")
    if feedback is None or not there:
        return ()
    return (button(t("Give feedback"), feedback, session=held.id),)
