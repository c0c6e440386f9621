"""Words how many seats a session has, until when people answer, and how many answered what."""

from collections.abc import Mapping
from datetime import datetime

from bot.chat import Block, Context, Fields, Moment
from bot.i18n import Text, joined, plain, t, tn
from storage.sessions import Session


def limits(session: Session, now: datetime | None = None) -> tuple[Block, ...]:
    """Say how many seats there are, and until when people can answer."""
    closes = session.closes_at
    if now is not None and closes is not None and closes <= now:
        over = now >= session.ends_at
        return () if over else (Context(t("Sign-up is closed.")),)
    pairs: list[tuple[Text, Text]] = []
    if session.capacity and now is None:
        pairs.append((t("Seats"), plain(session.capacity)))
    if closes is not None:
        pairs.append((t("Sign-up closes"), plain(Moment(closes))))
    return (Fields(tuple(pairs)),) if pairs else ()


def counted(session: Session, counts: Mapping[str, int]) -> Context:
    """Say how many answered what, and how many wait for a seat."""
    if not any(counts.values()):
        free = tn("{count} seat", "{count} seats", session.capacity)
        nobody = t("Nobody has answered yet.")
        return Context(joined((free, nobody), " · ") if session.capacity else nobody)
    yes, seats = counts.get("yes", 0), session.capacity
    coming = t("Coming: {yes}", yes=yes)
    if seats:
        coming = t("Coming: {yes} of {seats}", yes=min(yes, seats), seats=seats)
    waiting = [t("Waiting list: {count}", count=yes - seats)] if seats and yes > seats else []
    rest = (
        t("Maybe: {count}", count=counts.get("maybe", 0)),
        t("Can't come: {count}", count=counts.get("no", 0)),
    )
    return Context(joined((coming, *waiting, *rest), " · "))
