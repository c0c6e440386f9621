"""Counts the links and codes that somebody tried and nobody had given, for all processes alike."""

from datetime import datetime

from sqlalchemy import UniqueConstraint, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.tables import Privacy, Thing, days, new_id

ANYBODY = 0
"""Stands for whoever guesses without being known, as visitors of pages do."""


class WrongGuess(Thing):
    """How often a member guessed wrong, or anybody on the web, in the time that began at `since`.

    `guesser` is the id of a member, or `ANYBODY`.
    """

    __tablename__ = "wrong_guesses"
    privacy = Privacy(
        "Wrong guesses",
        "How many links and codes were tried that nobody had been given",
        "Nobody, but who runs the bot",
        days(1, "since", "they began"),
    )
    __table_args__ = (UniqueConstraint("guesser", "since"),)

    guesser: Mapped[int]
    since: Mapped[datetime] = mapped_column(index=True)
    number: Mapped[int]


def guessed(session: Session, guesser: int, since: datetime) -> int:
    """Count one more; gives how many there are in the time that began at an instant."""
    embedded = session.get_bind().dialect.name == "sqlite"
    first = (sqlite if embedded else postgresql).insert(WrongGuess)
    more = first.values(id=new_id(), guesser=guesser, since=since, number=1).on_conflict_do_update(
        index_elements=["guesser", "since"], set_={"number": WrongGuess.number + 1}
    )
    return int(session.scalar(more.returning(WrongGuess.number)) or 0)


def guesses(session: Session, guesser: int, after: datetime) -> int:
    """Say how often somebody guessed wrong after an instant."""
    theirs = WrongGuess.guesser == guesser, WrongGuess.since > after
    return int(session.scalar(select(func.sum(WrongGuess.number)).where(*theirs)) or 0)
