"""Words lists of sessions: those on now and to come, and what somebody planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.authored import title_of
from bot.chat import Actions, Block, Button, Items, Link, Message, Moment, Paragraph, button, choice
from bot.commands import person
from bot.handlers.sessions.words.agenda import now_and_next
from bot.handlers.sessions.words.shown import starts
from bot.i18n import LanguageName, Text, joined, plain, t
from bot.options.answers import ANSWERED, ON_LIST
from bot.options.references import session_option
from bot.wording.pages import PER_PAGE, paged
from storage.people import Member
from storage.sessions import Session


def soonest(drafts: Sequence[Session]) -> Sequence[Session]:
    """Put what somebody planned in the order in which it is held."""
    return sorted(drafts, key=lambda session: session.starts_at)


@dataclass(frozen=True, slots=True)
class SessionsListed:
    """What a list of sessions shows its reader.

    That is what is on now, what is to come with what they answered, and what they planned. With a
    `language` only what is held in that; `several`: the community speaks more than one.
    `heard` says where the reader listens to what is on, by the ids of sessions.
    """

    on: Sequence[Session]
    ahead: Sequence[tuple[Session, str]]
    drafts: Sequence[Session]
    language: str = ""
    several: bool = False
    heard: Mapping[int, Sequence[Text]] = field(default_factory=dict)

    @property
    def all(self) -> list[Session]:
        """Give all of them in the order in which they are shown."""
        return [*self.on, *(session for session, _ in self.ahead), *self.drafts]


def listed(shown: SessionsListed, now: datetime, number: int = 1, *, past: bool = False) -> Message:
    """Word a page of the sessions on now and to come, and of what the reader planned.

    Where there were any, a button leads to the `past` ones.
    """
    ahead = (line(session, answer) for session, answer in shown.ahead)
    lines = [*(on_now(session, now, shown.heard) for session in shown.on), *ahead]
    public = len(lines)
    lines += map(line, shown.drafts)
    if shown.several:
        rows = zip(shown.all, lines, strict=True)
        lines = [joined([told, *spoken(session)], " · ") for session, told in rows]
    page = paged([*zip(shown.all, lines, strict=True)], number)
    begin = (page.number - 1) * PER_PAGE
    words = tuple(told for _, told in page.things)
    out, planned = words[: max(public - begin, 0)], words[max(public - begin, 0) :]
    blocks: list[Block] = [Items(out)] if out else []
    if planned:
        blocks += [Paragraph(PLANNED), Items(planned)]
    options = tuple(session_option(session) for session, _ in page.things)
    show = choice(t("Show"), "session.show", "session", options)
    title = t("Current and upcoming sessions") if shown.on else t("Upcoming sessions")
    args = {"language": shown.language} if shown.language else {}
    buttons = (*page.turns("session.list", **args), *((past_ones(),) if past else ()))
    return Message(title, (*blocks, *page.foot), buttons, (show,))


def past_ones() -> Button:
    """Give the button that leads to past sessions."""
    return button(t("Past sessions"), "session.list", past="yes")


def spoken(session: Session) -> tuple[Text, ...]:
    """Name the languages of a session, if any are said."""
    names = [plain(LanguageName(code)) for code in session.languages]
    return (joined(names, ", "),) if names else ()


Heard = Mapping[int, Sequence[Text]]


def on_now(session: Session, now: datetime, heard: Heard | None = None) -> Text:
    """Word a session that is on `now`: where people meet, where one listens, what is on in it."""
    until = Moment(session.ends_at, style="full" if session.is_span else "hour")
    words = t("On now, until {end}: {title}", end=until, title=title_of(session))
    at = [*([Link(session.link)] if session.link else []), *filter(None, [session.place])]
    listening = (heard or {}).get(session.id, ())
    return joined((words, *map(plain, at), *listening, *now_and_next(session, now)), " · ")


FEW = 3
"""How many suggestions are shown with their buttons."""


def suggested(rows: Sequence[tuple[Session, Member | None]]) -> tuple[Block, ...]:
    """List what members would like to have announced, with buttons to do so."""
    blocks: list[Block] = []
    for draft, organiser in rows[:FEW]:
        told = line(draft)
        if organiser is not None:
            told = t("{who} suggests {session}", who=person(organiser), session=told)
        now = button(t("Announce now"), "session.announce", "primary", session=draft.id)
        show = button(t("Show"), "session.show", session=draft.id)
        blocks += [Paragraph(told), Actions((now, show))]
    rest = tuple(session_option(draft) for draft, _ in rows[FEW:25])
    if rest:
        blocks.append(Actions(choices=(choice(t("Show"), "session.show", "session", rest),)))
    return tuple(blocks)


PLANNED = t("You planned this, and it isn't announced yet:")


def line(session: Session, answer: str = "") -> Text:
    """Word a session on one line, with what somebody answered."""
    told = t("{title}: {when}", title=title_of(session), when=starts(session))
    shown = ANSWERED.get(answer, ON_LIST)
    return joined((told, t("({answer})", answer=shown))) if answer else told
