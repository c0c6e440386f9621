"""Words whom a change of a session concerns: what it would do, and who is told of it."""

from collections.abc import Sequence

from bot.authored import title_of
from bot.chat import Place
from bot.handlers.sessions.words.shown import starts
from bot.i18n import Text, joined, plain, t, tn
from storage.community import Channel
from storage.sessions import Session


def names(places: Sequence[Channel]) -> Text:
    """Name some channels, one behind the other."""
    return joined([plain(Place(c.platform, c.workspace, c.channel, c.name)) for c in places], ", ")


def would_cancel(session: Session, people: int, channels: Sequence[Channel]) -> Text:
    """Say before a session is cancelled what that would do, and who would be told."""
    if session.state == "draft":
        return t("Nobody else has seen “{title}” yet. I'll discard it.", title=title_of(session))
    what = t("“{title}” on {when} won't take place.", title=title_of(session), when=starts(session))
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


def telling(people: int, channels: int, *, held: bool = False) -> Text:
    """Say to whoever changed a session who else is told of it, so that nobody does it again.

    `held` says that they are told a little later.
    """
    if held and (people or channels):
        later = t(
            "I'll do that in a minute, unless you undo it. The announcement shows it right away."
        )
        return joined((telling(people, channels), later))
    if not people:
        return t("I'll tell the channel.") if channels else t("There's nobody else to tell.")
    if not channels:
        return tn("I'll tell {count} person.", "I'll tell {count} people.", people)
    return tn(
        "I'll tell the channel and {count} person.",
        "I'll tell the channel and {count} people.",
        people,
    )
