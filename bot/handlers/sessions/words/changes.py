"""Words whom a change of a session concerns: what it would do, and who is told of it."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.authored import title_of
from bot.chat import Fields, Message, Moment, Paragraph, Place, button
from bot.handlers.sessions.words.shown import starts
from bot.i18n import Text, ZoneName, joined, plain, series, t, tn
from bot.moments import WallTime
from bot.wording.hours import other_hour
from bot.wording.telling import telling
from storage.community import Channel
from storage.sessions import Session


def names(places: Sequence[Channel]) -> Text:
    """Name some channels in a sentence."""
    return series(plain(Place(c.platform, c.workspace, c.channel, c.name)) for c in places)


def would_cancel(session: Session, people: int, channels: Sequence[Channel]) -> Text:
    """Say before a session is cancelled what that would do, and who would be told."""
    named = {"title": title_of(session), "when": starts(session)}
    what = t("You're about to cancel “{title}” on {when}.", **named)
    if not channels:
        return joined((what, telling(people, 0)))
    where = names(channels)
    if not people:
        return joined((what, t("I'll tell {channels}.", channels=where)))
    whom = tn(
        "I'll tell {channels} and {count} person.",
        "I'll tell {channels} and {count} people.",
        people,
        channels=where,
    )
    return joined((what, whom))


class MoveZones(NamedTuple):
    """The zone a session is set in, and that of whoever moves it."""

    session: str
    mover: str


def before_moving(
    session: Session, when: WallTime, minutes: int, zones: MoveZones, told: Text
) -> Message:
    """Show a new time by the clocks of a session, and of whoever moves it from elsewhere."""
    title = t("Move “{title}” to this time?", title=title_of(session))
    pairs = tuple(
        (t("Time in {zone}", zone=ZoneName(zone)), plain(Moment(when.at, zone))) for zone in zones
    )
    more = {"duration": f"{minutes}m"} if minutes else {}
    go = button(
        t("Move"),
        "session.move-to",
        "primary",
        session=session.id,
        when=f"{when.at:%Y-%m-%dT%H:%MZ}",
        **more,
    )
    meant = other_hour(when, "session.move", "when", session=session.id)
    return Message(title, (Fields(pairs), Paragraph(told)), (go, *meant))
