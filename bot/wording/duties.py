"""Names what people do for a session beside hosting it, and says who does it."""

from collections.abc import Iterable, Mapping

from bot.authored import title_of
from bot.chat import Paragraph
from bot.commands import person
from bot.i18n import Text, joined, plain, series, t
from storage.people import Member
from storage.sessions import Session

DUTIES: Mapping[str, Text] = {
    "scribe": t("Notes"),
    "welcome": t("Welcome"),
    "tech": t("Technical help"),
}
"""What stands for each role; hosting itself is none of them."""


def part(role: str, session: Session) -> Text:
    """Name a role in a session."""
    return t("{role} at “{title}”", role=DUTIES[role], title=title_of(session))


def done_by(role: str, people: Iterable[Member]) -> Text:
    """Say who does something."""
    who = series(plain(person(one)) for one in people)
    return t("{role}: {who}", role=DUTIES[role], who=who)


def assistants(rows: Iterable[tuple[str, Member]]) -> tuple[Paragraph, ...]:
    """Say in a line who does what for a session, if anybody does."""
    by_role: dict[str, list[Member]] = {}
    for role, member in rows:
        by_role.setdefault(role, []).append(member)
    lines = [done_by(role, people) for role, people in by_role.items()]
    return (Paragraph(joined(lines, " · ")),) if lines else ()
