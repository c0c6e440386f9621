"""Keeps what was written down at a session, as it was handed in with a file."""

from storage import Records
from storage.assets import NOTES, Asset
from storage.log import Actor
from storage.sessions import Session


def add(records: Records, session: Session, words: str, by: Actor) -> None:
    """Keep the text of a file as notes of a session, beside those there are."""
    records.assets.add(Asset(about=session.about, kind=NOTES, at=by.now, words=words, by_id=by.id))
    records.touched.add(session)
