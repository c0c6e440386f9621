"""Words what two colleagues ask of each other: to swap, to take over, to host together."""

from collections.abc import Sequence

from bot.authored import title_of
from bot.chat import (
    Actions,
    Block,
    Button,
    Fields,
    Message,
    Moment,
    Paragraph,
    Style,
    button,
    choice,
    said,
)
from bot.commands import person
from bot.handlers.hosting.words.turns import hosted_by, own
from bot.i18n import Text, plain, t
from bot.options.references import session_option
from storage.people import Member
from storage.sessions import Session


def _line(session: Session) -> Text:
    return t("“{title}”, {when}", title=title_of(session), when=Moment(session.starts_at))


def _bound(label: Text, call: str, session: Session, who: Member, style: Style = "") -> Button:
    return button(label, call, style, session=session.id, person=who.id)


def which(session: Session, colleague: Member, theirs: Sequence[Session]) -> Message:
    """Let somebody choose which turn of a colleague they would like in return."""
    words = t("Which of {who}'s turns would you like in return?", who=person(colleague))
    options = tuple(session_option(one) for one in theirs[:25])
    give = _bound(t("Just give mine"), "host.give", session, colleague)
    bound = {"session": session.id, "person": colleague.id}
    menu = choice(t("Their session"), "host.swap", "turn", options, **bound)
    return Message(blocks=(Paragraph(words),), buttons=(give,), choices=(menu,))


def _withdraw(session: Session, colleague: Member) -> Button:
    return _bound(t("Withdraw request"), "host.unswap", session, colleague, "")


def asked(session: Session, colleague: Member, *, again: bool, at_once: bool = True) -> Message:
    """Confirm that a colleague is asked; the turn stays until they agree."""
    withdraw = _withdraw(session, colleague)
    named = {"who": person(colleague), "title": title_of(session)}
    if again:
        words = t("I've already asked {who}. Until they agree, you're hosting “{title}”.", **named)
    elif at_once:
        words = t("I've asked {who}. Until they agree, you're hosting “{title}”.", **named)
    else:
        words = t(
            "I'll ask {who} when their quiet hours end. "
            "Until they agree, you're hosting “{title}”.",
            **named,
        )
    return said(words, withdraw)


def unasked(session: Session, colleague: Member) -> Message:
    """Confirm to whoever asked for a swap that it is withdrawn."""
    words = t(
        "I'm no longer asking {who}. You're still hosting {session}.",
        who=person(colleague),
        session=_line(session),
    )
    return said(words, *own(session))


def waiting(rows: Sequence[tuple[Session, Member]]) -> list[Block]:
    """List the swaps somebody has asked for, each with a way to withdraw it."""
    blocks: list[Block] = []
    for session, colleague in rows:
        named = {"who": person(colleague), "title": title_of(session)}
        words = t("You've asked {who} to take “{title}”. They haven't answered yet.", **named)
        blocks += [Paragraph(words), Actions((_withdraw(session, colleague),))]
    return blocks


def lapsed(session: Session, wanted: Session | None, colleague: Member) -> Message:
    """Tell whoever asked for a swap that it came to nothing.

    Theirs is to be hosted all the same; what they would have had in return is named when that was
    the reason.
    """
    named = {"who": person(colleague), "session": _line(session)}
    if wanted is None:
        words = t("{who} hasn't answered, so you're hosting {session}.", **named)
        return said(words)
    words = t(
        "{who} can no longer give you “{title}” in return, so you're still hosting {session}.",
        title=title_of(wanted),
        **named,
    )
    return said(words, *own(session))


def question(session: Session, host: Member, wanted: Session | None) -> Message:
    """Ask a colleague to take a turn, in return for one of theirs or just so."""
    title = t("{who} asks: could you host “{title}”?", who=host.name, title=title_of(session))
    pairs = [(t("You would host"), _line(session))]
    if wanted is not None:
        title = t("{who} would like to swap turns", who=host.name)
        pairs.append((t("{who} would host", who=person(host)), _line(wanted)))
    agree = _bound(t("Agree"), "host.agree", session, host, "primary")
    refuse = _bound(t("Not this time"), "host.refuse", session, host)
    return Message(title, (Fields(tuple(pairs)),), (agree, refuse))


def settled(state: str, asker: Member | None = None) -> Message:
    """Word a question that has been answered or withdrawn, or that the turns have overtaken."""
    if state == "withdrawn" and asker is not None:
        return said(t("{who} no longer asks you for this turn.", who=person(asker)))
    if state == "agreed":
        return said(t("You agreed to take this turn. Thank you!"))
    return said(t("This question about a turn no longer needs an answer."))


def traded(session: Session, other: Session | None, colleague: Member) -> Message:
    """Tell somebody what they host now, and what their colleague does."""
    blocks: list[Block] = [Paragraph(t("You're now hosting {session}.", session=_line(session)))]
    if other is not None:
        words = t("{who} is now hosting {session}.", who=person(colleague), session=_line(other))
        blocks.append(Paragraph(words))
    blocks.append(Paragraph(t("Thank you!")))
    return Message(blocks=tuple(blocks), buttons=own(session))


def agreed(session: Session, other: Session | None, colleague: Member) -> Message:
    """Tell whoever asked that a colleague agreed."""
    words = t("{who} is now hosting {session}.", who=person(colleague), session=_line(session))
    blocks = [Paragraph(words)]
    if other is not None:
        blocks.append(Paragraph(t("You're now hosting {session}.", session=_line(other))))
    title = t("{who} agreed", who=colleague.name)
    return Message(title, tuple(blocks), own(other) if other is not None else ())


def regret(session: Session, colleague: Member) -> Message:
    """Tell whoever asked for a swap that it does not suit, and what else they can do."""
    words = t(
        "{who} can't this time, so you're still hosting {session}.",
        who=person(colleague),
        session=_line(session),
    )
    return said(words, *own(session))


def alone(session: Session, host: Member) -> Message:
    """Tell somebody who would have hosted with others that it is not needed this time."""
    words = t(
        "{who} isn't adding another host to “{title}” this time. Thank you for offering!",
        who=person(host),
        title=title_of(session),
    )
    return said(words, button(t("See other turns"), "host.rota"))


def refused(colleague: Member) -> Message:
    """Confirm a no to a colleague."""
    return said(t("I'll tell {who} that you can't this time.", who=person(colleague)))


def let_in(session: Session, colleague: Member) -> Message:
    """Confirm that somebody hosts with the reader."""
    words = t(
        "{who} is hosting “{title}” with you.", who=person(colleague), title=title_of(session)
    )
    return said(words)


def wishes(session: Session, people: Sequence[Member], hosts: Sequence[Member]) -> Message:
    """Ask a host whether others may host with them."""
    title = t("Co-hosts for “{title}”", title=title_of(session))
    blocks: list[Block] = [Paragraph(plain(Moment(session.starts_at)))]
    for one in people:
        agree = _bound(t("Yes, let's"), "host.agree", session, one, "primary")
        refuse = _bound(t("Not this time"), "host.refuse", session, one)
        words = t("{who} would like to host it with you.", who=person(one))
        blocks += [Paragraph(words), Actions((agree, refuse))]
    if not people:
        blocks.append(
            Paragraph(hosted_by(hosts))
            if hosts
            else Paragraph(t("There's nothing to answer here any more."))
        )
    return Message(title, tuple(blocks))
