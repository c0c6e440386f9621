"""Words who interprets, captions or signs: the overview, the question, and what came of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.authored import title_of
from bot.chat import (
    Actions,
    Block,
    Button,
    Choice,
    Fields,
    Items,
    Message,
    Option,
    Paragraph,
    Person,
    button,
    choice,
    said,
)
from bot.commands import person
from bot.domain.gaps import served
from bot.handlers.sessions.words.soon import soon
from bot.i18n import LanguageName, Text, joined, plain, series, t, tn
from bot.options.answers import ANSWERED
from bot.options.languages import ACCESS
from bot.wording.interpreters import need_called, task
from bot.wording.pages import paged
from bot.wording.spans import span
from storage.interpreters import ASKED, CAPTIONS, CONFIRMED, DECLINED, SIGN, Interpreter
from storage.people import Member
from storage.sessions import Session

People = Mapping[int, Member]
STATES: Mapping[str, Text] = {
    ASKED: t("(asked, no answer yet)"),
    CONFIRMED: t("(confirmed)"),
    DECLINED: t("(can't)"),
}


def who(row: Interpreter, people: People) -> Text | Person:
    """Name whoever does a task: a member, or somebody from outside."""
    member = people.get(row.member_id or 0)
    return person(member) if member else (plain(row.name) if row.name else t("somebody"))


def what_is_done(row: Interpreter) -> Text:
    """Name a task; of sign language which it is, where that was said."""
    words = task(row.kind, row.language)
    more = row.kind == SIGN and row.listen_on
    return joined((words, t("({details})", details=row.listen_on))) if more else words


@dataclass(frozen=True, slots=True)
class Arranged:
    """Who was asked to interpret in a session, and how many need what."""

    rows: Sequence[Interpreter]
    people: People
    needs: Mapping[str, int] = field(default_factory=dict)

    def of(self, what: str) -> list[Interpreter]:
        """List who was asked for one language, or for captions or sign language."""
        return [row for row in self.rows if served(row) == what]


def overview(session: Session, arranged: Arranged, number: int = 1) -> Message:
    """Word a page of what is offered in a session: who does it, who needs it, where it is heard."""
    rows = arranged.rows
    offered = dict.fromkeys([*session.languages, *map(served, rows), *arranged.needs])
    page = paged([_line(what, arranged) for what in offered], number)
    title = t("Who interprets at “{title}”", title=title_of(session))
    nothing = Paragraph(t("No language has been named for it yet."))
    lines = (Items(tuple(page.things)),) if page.things else (nothing,)
    buttons = (*page.turns("session.interpreter", session=session.id), add(session))
    menus = _menus([row for row in rows if row.state != DECLINED], rows, arranged.people)
    return Message(title, (Paragraph(span(session)), *lines, *page.foot), buttons, menus)


def add(session: Session) -> Button:
    """Give the button that asks one more person."""
    return button(t("Add an interpreter…"), "session.add-interpreter", session=session.id)


def _menus(
    there: Sequence[Interpreter], rows: Sequence[Interpreter], people: People
) -> tuple[Choice, ...]:
    where = tuple(_option(row, people) for row in there)
    out = tuple(_option(row, people) for row in rows)
    heard = choice(t("Listening channel…"), "session.listening", "part", where)
    remove = choice(t("Remove"), "session.remove-interpreter", "part", out)
    return (*((heard,) if where else ()), *((remove,) if out else ()))


def _option(row: Interpreter, people: People) -> Option:
    label = t("{who}: {task}", who=who(row, people), task=task(row.kind, row.language))
    return Option(str(row.id), label)


def _line(what: str, arranged: Arranged) -> Text:
    rows, count = arranged.of(what), arranged.needs.get(what, 0)
    is_there = any(row.state == CONFIRMED for row in rows)
    told = _asked_of(rows, arranged.people)
    told += [] if is_there or not count else [t("missing")]
    told += [] if rows or count else [t("no interpreter")]
    told += [_needed(count)] if count else []
    told += [plain(words) for words in dict.fromkeys(row.listen_on for row in rows) if words]
    return t("{name}: {details}", name=need_called(what), details=joined(told, " · "))


def _asked_of(rows: Sequence[Interpreter], people: People) -> list[Text]:
    return [joined((plain(who(row, people)), STATES[row.state])) for row in rows]


def _needed(count: int) -> Text:
    return tn("{count} person needs it", "{count} people need it", count)


def asked_now(row: Interpreter, people: People, *, fresh: bool, hosts: bool) -> Iterator[Paragraph]:
    """Say what came of naming somebody; one who also hosts has much to do at once."""
    told = {"who": who(row, people), "task": task(row.kind, row.language)}
    if not fresh:
        yield Paragraph(t("{who} was asked before: {task}", **told))
    elif row.state == CONFIRMED:
        yield Paragraph(t("I've noted {who}: {task}", **told))
    else:
        yield Paragraph(t("I'm asking {who}: {task}", **told))
    if hosts:
        words = t("{who} also hosts this session. Doing both at once is hard.", who=told["who"])
        yield Paragraph(words)


def asked(
    session: Session, rows: Sequence[Interpreter], by: Member | None, now: datetime
) -> Message:
    """Ask somebody to interpret, or show what they answered, with the way to answer otherwise."""
    waits = any(row.state == ASKED for row in rows)
    told = {"title": title_of(session)}
    title = t("Your part in “{title}”", **told)
    if waits:
        title = t("Could you help at “{title}”?", **told)
        if by is not None:
            title = t("{who} asks: could you help at “{title}”?", who=person(by), **told)
    blocks: list[Block] = [Paragraph(span(session))]
    ended = session.state == "cancelled" or session.ends_at <= now
    if session.state == "cancelled":
        blocks.append(Paragraph(t("This session has been cancelled.")))
    for row in rows:
        blocks += [Paragraph(_standing(row)), *(() if ended else (Actions(_answers(row)),))]
    details = button(t("Details"), "session.show", session=session.id)
    return Message(title, tuple(blocks), (details,) if session.state == "announced" else ())


def _standing(row: Interpreter) -> Text:
    told = what_is_done(row)
    heard = row.listen_on if row.kind != SIGN and row.state == CONFIRMED else ""
    return {
        ASKED: told,
        CONFIRMED: joined(
            (t("You've agreed: {item}", item=told), *([plain(heard)] if heard else [])), " · "
        ),
        DECLINED: t("You said you can't: {item}", item=told),
    }[row.state]


def _answers(row: Interpreter) -> tuple[Button, ...]:
    yes = button(t("I'll do it"), "session.interpret", "primary", part=row.id, answer="yes")
    no = cannot(row)
    return {ASKED: (yes, no), CONFIRMED: (no,), DECLINED: (yes,)}[row.state]


def cannot(row: Interpreter) -> Button:
    """Give the button by which somebody declines, or withdraws."""
    return button(t("I can't interpret"), "session.interpret", part=row.id, answer="no")


def coming(session: Session) -> Button:
    """Give the button by which whoever interprets says that they come, and is reminded."""
    return button(ANSWERED["yes"], "session.rsvp", session=session.id, answer="yes")


def out(session: Session) -> Message:
    """Tell somebody that they are not needed any more."""
    words = t("You aren't needed as an interpreter at “{title}” any more.", title=title_of(session))
    return Message(blocks=(Paragraph(words), Paragraph(span(session))))


def answered(session: Session, row: Interpreter, people: People, *, left: bool) -> Message:
    """Tell whoever asked what somebody answered; whether nobody is `left`, where they can't."""
    told = {"who": who(row, people), "title": title_of(session), "task": what_is_done(row)}
    if row.state == CONFIRMED:
        return said(t("{who} agreed for “{title}”: {task}", **told), see(session))
    words = t("{who} can't do it at “{title}”: {task}", **told)
    gone = () if left else (Paragraph(t("Nobody else has confirmed.")),)
    return Message(blocks=(Paragraph(words), *gone), buttons=(add(session), see(session)))


def see(session: Session) -> Button:
    """Give the button that shows who interprets."""
    return button(t("Interpretation"), "session.interpreter", session=session.id)


def offered(rows: Iterable[Interpreter], people: People) -> tuple[Block, ...]:
    """Name in public who interprets into what, captions or signs: only those who confirmed."""
    there = [row for row in rows if row.state == CONFIRMED]
    groups = dict.fromkeys(served(row) for row in there)
    spoken = [_named(what, there, people) for what in groups if what not in ACCESS]
    pairs = [(t("Interpretation"), joined(spoken, ", "))] if spoken else []
    pairs += [(ACCESS[what], _named(what, there, people)) for what in groups if what in ACCESS]
    return (Fields(tuple(pairs)),) if pairs else ()


def _named(what: str, rows: Sequence[Interpreter], people: People) -> Text:
    names = [plain(who(row, people)) for row in rows if served(row) == what]
    if what in ACCESS:
        more = [row.listen_on for row in rows if served(row) == what and row.kind == SIGN]
        return joined((series(names), *(t("({details})", details=one) for one in more[:1] if one)))
    return t("{language} ({who})", language=LanguageName(what), who=series(names))


def listening(wishes: Iterable[str], rows: Iterable[Interpreter], people: People) -> list[Text]:
    """Say to somebody where to listen to what they need; nothing of what nobody has confirmed."""
    there = [row for row in rows if row.state == CONFIRMED]
    return [
        _heard(what, own, people)
        for what in wishes
        if (own := [row for row in there if served(row) == what])
    ]


def _heard(what: str, rows: Sequence[Interpreter], people: People) -> Text:
    names = series([plain(who(row, people)) for row in rows])
    channel = next((row.listen_on for row in rows if row.listen_on), "")
    told = {"language": need_called(what), "channel": channel, "who": names}
    if not channel:
        return t("{language}: {who}", **told)
    if what in ACCESS:
        return t("{language}: {who} ({channel})", **told)
    return t("{language} is on {channel} ({who})", **told)


def lacking(wishes: Iterable[str], rows: Iterable[Interpreter]) -> list[Text]:
    """Say to somebody what they need and nobody has confirmed yet."""
    there = {served(row) for row in rows if row.state == CONFIRMED}
    return [
        t("Nobody has confirmed yet: {name}", name=need_called(what))
        for what in wishes
        if what not in there
    ]


def gap(session: Session, lacks: Mapping[str, int], arranged: Arranged, now: datetime) -> Message:
    """Tell whoever can do something about it what is missing, and who was asked for it."""
    told = {"title": title_of(session), "soon": soon(session, now)}
    title = t("“{title}” begins {soon}, and nobody has confirmed:", **told)
    lines = [
        joined([lack(what, count), *_asked_of(arranged.of(what), arranged.people)], " · ")
        for what, count in lacks.items()
    ]
    blocks = (Paragraph(span(session)), Items(tuple(lines)))
    return Message(title, blocks, (replace(add(session), style="primary"), see(session)))


def lack(what: str, count: int) -> Text:
    """Say how many need something that nobody has confirmed."""
    if what == CAPTIONS:
        return tn("{count} person needs captions", "{count} people need captions", count)
    if what == SIGN:
        return tn("{count} person needs sign language", "{count} people need sign language", count)
    return tn(
        "{count} person needs interpretation into {name}",
        "{count} people need interpretation into {name}",
        count,
        name=LanguageName(what),
    )


def lacks_of(session: Session, lacks: Mapping[str, int]) -> Text:
    """Say in a line what is missing in a session."""
    missing = joined([lack(what, count) for what, count in lacks.items()], " · ")
    return t("{title}: {details}", title=title_of(session), details=missing)
