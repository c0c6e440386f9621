"""Words offers of several turns in one message."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.authored import title_of
from bot.chat import Items, Message, Moment, button, choice, said
from bot.handlers.hosting.words.turns import names
from bot.i18n import Text, t
from bot.options.references import session_option
from storage.people import Member
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A session whose turn was offered: who hosts it now, and whether it still is open."""

    session: Session
    hosts: Sequence[Member]
    is_open: bool


def offers(lines: Sequence[OfferLine]) -> Message:
    """Offer several turns to all, a line for each, with a menu of those that are open."""
    options = tuple(session_option(line.session) for line in lines if line.is_open)
    menus = (choice(t("I'll take…"), "host.take", "session", options),) if options else ()
    title = t("Who can host these sessions?") if options else t("These turns aren't open any more")
    return Message(title, (Items(tuple(map(_offered, lines))),), choices=menus)


def _offered(line: OfferLine) -> Text:
    session = line.session
    told = t("{title}, {when}", title=title_of(session), when=Moment(session.starts_at))
    if line.is_open:
        return t("{session}: nobody yet", session=told)
    if line.hosts and session.state == "announced":
        return t("{session}: {who}", session=told, who=names(line.hosts))
    return t("{session}: no longer offered", session=told)


def outdated() -> Message:
    """Word that a newer message took the place of this one."""
    words = t("This offer is out of date: there's a newer one.")
    return said(words, button(t("See next turns"), "host.rota"))
