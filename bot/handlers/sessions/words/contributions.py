"""Words who contributes to a session: the question, what came of it, and who is meant."""

from collections.abc import Sequence
from datetime import datetime

from bot.authored import item_called, title_of
from bot.chat import (
    Actions,
    Block,
    Button,
    Choice,
    Context,
    Items,
    Message,
    Moment,
    Option,
    Paragraph,
    button,
    choice,
    said,
)
from bot.commands import person
from bot.domain.contributions import NamedAt
from bot.handlers.sessions.words.agenda import places, read, style_of
from bot.i18n import Authored, Text, joined, plain, t
from bot.wording.spans import span
from storage.contributions import ASKED, CONFIRMED, DECLINED, OUT, Contribution
from storage.people import Member
from storage.sessions import Session


def asked_for(rows: Sequence[tuple[Contribution, Member]]) -> tuple[Block, ...]:
    """List for those who change a session who hasn't agreed to contribute, and why not."""
    lines = []
    for row, who in rows:
        told = {"who": person(who), "item": Authored(row.item)}
        if row.state == ASKED:
            lines.append(t("{who} hasn't answered yet: {item}", **told))
        elif row.state == DECLINED:
            lines.append(t("{who} can't contribute: {item}", **told))
    note = Context(t("Only those who can change the session see this:"))
    return (note, Items(tuple(lines))) if lines else ()


def which(
    session: Session, names: Sequence[NamedAt]
) -> tuple[tuple[Paragraph, ...], tuple[Choice, ...]]:
    """Ask who is meant by names that several members have."""
    told, menus = list[Paragraph](), list[Choice]()
    for place, one in enumerate(names[:5]):
        words = t(
            "Several people are called {name}. Who contributes “{item}”?",
            name=one.name,
            item=item_called(session, one.item),
        )
        told.append(Paragraph(words))
        options = tuple(Option(str(who.id), _apart(who)) for who in one.people)
        menu = choice(
            plain(one.name),
            "session.contributor",
            "person",
            options,
            session=session.id,
            item=place,
        )
        menus.append(menu)
    return tuple(told), tuple(menus)


def _apart(who: Member) -> Text:
    """Name somebody so that others of their name are not taken for them."""
    more = who.organisation or who.region or who.accounts[-1].account
    return joined((plain(who.name), t("({details})", details=more)))


def asked(
    session: Session, rows: Sequence[Contribution], by: Member | None, now: datetime
) -> Message:
    """Ask somebody to contribute to a session, or say what they answered."""
    show = button(t("Agenda"), "session.agenda", session=session.id)
    if session.state == "cancelled" or session.ends_at <= now:
        return said(_past(session), show)
    waiting = [row for row in rows if row.state == ASKED]
    times = {item.key: item.begins for item in read(session).items}
    blocks: list[Block] = [Paragraph(span(session)), *places(session)]
    for row in rows:
        blocks.append(Paragraph(_answered(session, row, times.get(row.item))))
        if row.state == ASKED and len(waiting) > 1:
            blocks.append(Actions(_yes_or_no(session, row)))
    buttons = _change_mind(session, rows) if not waiting else ()
    if len(waiting) == 1:
        buttons = _yes_or_no(session, waiting[0])
    title = _asks(session, by) if waiting else _stands(session, rows)
    return Message(title, tuple(blocks), (*buttons, show))


def _past(session: Session) -> Text:
    if session.state == "cancelled":
        return t("“{title}” was cancelled.", title=title_of(session))
    return t("“{title}” is over.", title=title_of(session))


def _asks(session: Session, by: Member | None) -> Text:
    if by is None:
        return t("You're asked to contribute to “{title}”.", title=title_of(session))
    named = {"who": person(by), "title": title_of(session)}
    return t("{who} asks you to contribute to “{title}”.", **named)


def _stands(session: Session, rows: Sequence[Contribution]) -> Text:
    if all(row.state in (DECLINED, OUT) for row in rows):
        return t("You said you can't contribute to “{title}”.", title=title_of(session))
    return t("You're on the agenda of “{title}”.", title=title_of(session))


def _answered(session: Session, row: Contribution, at: datetime | None) -> Text:
    item = plain(item_called(session, row.item))
    if at is not None:
        item = joined((plain(Moment(at, style=style_of(session))), item))
    return {
        ASKED: item,
        CONFIRMED: t("You contribute: {item}", item=item),
        DECLINED: t("You said you can't: {item}", item=item),
        OUT: t("You aren't on the agenda any more: {item}", item=item),
    }[row.state]


def _yes_or_no(session: Session, row: Contribution) -> tuple[Button, ...]:
    command, id, item = "session.contribute", session.id, row.id
    return (
        button(t("I'll do it"), command, "primary", session=id, item=item, answer="yes"),
        button(t("I can't"), command, session=id, item=item, answer="no"),
    )


def _change_mind(session: Session, rows: Sequence[Contribution]) -> tuple[Button, ...]:
    """Give the button by which somebody takes back what they answered last."""
    given = [row for row in rows if row.state in (CONFIRMED, DECLINED)]
    return _yes_or_no(session, given[-1])[given[-1].state == CONFIRMED :][:1] if given else ()


def out(session: Session, rows: Sequence[Contribution]) -> Message | None:
    """Tell somebody that they contribute no more."""
    if not rows:
        return None
    title = t("The agenda of “{title}” has changed.", title=title_of(session))
    show = button(t("Agenda"), "session.agenda", session=session.id)
    lines = tuple(Paragraph(_answered(session, row, None)) for row in rows)
    return Message(title, (Paragraph(span(session)), *lines), (show,))


def chosen(session: Session, who: Member, left: Sequence[NamedAt]) -> Message:
    """Confirm who is meant, and go on with the next name."""
    words = t("I'll ask {who}.", who=person(who))
    told, menus = which(session, left)
    return Message(blocks=(Paragraph(words), *told), choices=menus)


def cannot(session: Session, row: Contribution, who: Member) -> Message:
    """Tell whoever named somebody that they cannot contribute."""
    told = {"who": person(who), "title": title_of(session), "item": item_called(session, row.item)}
    words = t("{who} can't contribute to “{title}”: {item}", **told)
    change = button(t("Change the agenda"), "session.change", session=session.id)
    return said(words, change, button(t("Agenda"), "session.agenda", session=session.id))
