"""Words what people need who come, and who sees it."""

from collections.abc import Mapping, Sequence

from bot.authored import title_of
from bot.chat import Items, Message, Paragraph, button, said
from bot.domain.needs import SeenBy
from bot.handlers.sessions.words.shown import needs, starts
from bot.i18n import Text, plain, t
from storage.people import Member
from storage.rsvps import Rsvp
from storage.sessions import Session

SEEN: Mapping[SeenBy, Text] = {
    SeenBy.HOSTS: t("Thank you. The hosts will see it."),
    SeenBy.BOTH: t(
        "Thank you. Nobody's hosting yet: whoever planned it and the coordinators will see it."
    ),
    SeenBy.PLANNER: t("Thank you. Nobody's hosting yet: whoever planned it will see it."),
    SeenBy.COORDINATORS: t("Thank you. Nobody's hosting yet: the coordinators will see it."),
    SeenBy.NOBODY: t("Thank you. Nobody's hosting yet: I'll keep this for whoever does."),
}


def need(session: Session, row: tuple[Rsvp, Member]) -> Message:
    """Tell a host what somebody needs who said so after the last reminder."""
    return _needs(session, t("A note for the hosts of “{title}”", title=title_of(session)), [row])


def needs_without_host(session: Session, rows: Sequence[tuple[Rsvp, Member]]) -> Message:
    """Tell whoever planned a session, or coordinates, what people need that no host sees."""
    title = t("“{title}” has no host yet. This is what people need:", title=title_of(session))
    return _needs(session, title, rows)


def _needs(session: Session, title: Text, rows: Sequence[tuple[Rsvp, Member]]) -> Message:
    who = button(t("Who's coming"), "session.who", session=session.id)
    return Message(title, (Paragraph(plain(starts(session))), Items(needs(rows))), (who,))


def kept(own: Rsvp, seen_by: SeenBy) -> Message:
    """Thank for a need that was given, and say who sees it as things stand."""
    if own.answer == "no":
        return said(t("Thank you. I'll keep it in case you come after all."))
    return said(SEEN[seen_by])
