"""Words single turns: asked, offered, taken, declined, moved."""

from collections.abc import Sequence

from bot.authored import question_of, title_of
from bot.chat import Block, Button, Context, Message, Paragraph, Quote, button, said
from bot.commands import person
from bot.i18n import Text, joined, plain, series, t, tn
from bot.wording.of_sessions import said_of
from bot.wording.spans import length, span
from storage.people import Member
from storage.sessions import Session


def names(members: Sequence[Member]) -> Text:
    """Name some people in a sentence."""
    return series(plain(person(member)) for member in members)


def _buttons(session: Session, *more: Button) -> tuple[Button, ...]:
    return (*more, button(t("Details"), "session.show", session=session.id))


def yes(session: Session, label: Text | None = None) -> Button:
    """Give the button by which somebody says yes to a turn."""
    return button(label or t("I'll host"), "host.accept", "primary", session=session.id)


def no(session: Session, label: Text | None = None) -> Button:
    """Give the button by which somebody says no to a turn."""
    return button(label or t("Not this time"), "host.decline", session=session.id)


def ask_somebody(session: Session) -> Button:
    """Give the button by which somebody is asked to host a session."""
    return button(t("Ask somebody"), "host.ask", session=session.id)


def who_could() -> Button:
    """Give the button that leads to the hosts and their turns."""
    return button(t("See who's free"), "host.rota")


def own(session: Session) -> tuple[Button, ...]:
    """Give the buttons of somebody who hosts a session."""
    return (
        button(t("Swap"), "host.swap", session=session.id),
        button(t("Offer my turn"), "host.offer", session=session.id),
        button(t("I can't host"), "host.decline", session=session.id),
    )


def over(session: Session) -> Message:
    """Word that nobody is needed for a session any more, as it does not take place."""
    words = t("“{title}” was cancelled, so nobody needs to host it.", title=title_of(session))
    return said_of(session, words)


def replaced(session: Session) -> Message:
    """Word that a message counts no more, as it was asked or offered anew."""
    words = t("This message about “{title}” is out of date.", title=title_of(session))
    return said(words, *_buttons(session))


def _body(session: Session) -> tuple[Block, ...]:
    asked = (Quote(plain(question_of(session))),) if question_of(session) else ()
    return (Paragraph(span(session)), *map(Context, length(session)), *asked)


def proposal(
    session: Session, asker: Member | None, hosts: Sequence[Member], *, rota: bool = False
) -> Message:
    """Ask somebody to host a session, alone or beside its hosts; by themselves, the `rota` does."""
    title = t("Would you host “{title}”?", title=title_of(session))
    if hosts:
        title = t("Would you co-host “{title}”?", title=title_of(session))
    blocks = [*_body(session), *((Paragraph(hosted_by(hosts)),) if hosts else ())]
    free = t("It's fine to say no, no reason needed.")
    asks = joined((t("{who} is asking you.", who=person(asker)), free)) if asker else free
    if rota:
        asks = joined((t("By the rota, it's your turn."), free))
    blocks.append(Paragraph(asks))
    more = () if hosts else (button(t("Why me?"), "host.why", session=session.id),)
    return Message(title, tuple(blocks), _buttons(session, yes(session), no(session), *more))


def moved(session: Session, by: Member | None) -> Message:
    """Ask a host whether a session's new time suits them; it was moved by somebody, or nobody."""
    title = t(
        "“{title}” was moved. Can you still host it?",
        title=title_of(session),
    )
    if by is not None:
        told = {"who": person(by), "title": title_of(session)}
        title = t("{who} moved “{title}”. Can you still host it?", **told)
    buttons = (yes(session, t("Yes, I'll host")), no(session, t("No, I can't")))
    return Message(title, _body(session), _buttons(session, *buttons))


def agreed(session: Session, ahead: bool) -> Message:
    """Word for a host that they host a session, which they can change while it is ahead."""
    title = t("You're hosting “{title}”. Thank you!", title=title_of(session))
    return Message(title, _body(session), _buttons(session, *(own(session) if ahead else ())))


def no_more(session: Session, hosts: Sequence[Member], *, answered: bool = True) -> Message:
    """Word for somebody who was asked that they are free of it, or `answered` nothing in time."""
    words = t("You no longer need to host “{title}”.", title=title_of(session))
    if not answered:
        words = t("“{title}” has begun. You no longer need to answer.", title=title_of(session))
    if not hosts:
        return said_of(session, words)
    return Message(blocks=(*said_of(session, words).blocks, Paragraph(hosted_by(hosts))))


def hosted_by(hosts: Sequence[Member]) -> Text:
    """Say who hosts."""
    return tn("{who} is hosting it.", "{who} are hosting it.", len(hosts), who=names(hosts))


def offer(session: Session, handing: Sequence[Member], by: Member | None) -> Message:
    """Offer a turn to all: one that nobody has, or one of its host's that somebody offered."""
    title = t("Who can host “{title}”?", title=title_of(session))
    blocks = _body(session)
    if handing:
        blocks = (*blocks, Paragraph(_handed_over(handing, by)))
    take = button(t("I'll take it"), "host.take", "primary", session=session.id)
    return Message(title, blocks, _buttons(session, take))


def _handed_over(handing: Sequence[Member], by: Member | None) -> Text:
    """Say whose turn is offered, and by whom where that was not its host."""
    whose = names(handing)
    if by is None or not by.name:
        return t("So far, it's {who}'s turn.", who=whose)
    if by in handing:
        return t("{who} offered their turn.", who=person(by))
    return t("{by} offered {who}'s turn.", by=person(by), who=whose)


def found(session: Session, hosts: Sequence[Member]) -> Message:
    """Word an offer that has ended: somebody took it, or it was taken back."""
    if not hosts:
        return said_of(session, t("“{title}” is no longer offered.", title=title_of(session)))
    title = t("“{title}” has a host now", title=title_of(session))
    return Message(title, (*_body(session), Paragraph(hosted_by(hosts))), _buttons(session))


def changed(
    session: Session,
    hosts: Sequence[Member],
    by: Member | None = None,
    *,
    offered: bool,
    mine: bool,
) -> Message:
    """Tell who hosts a session now, and by whom; `mine`: the reader is one of them."""
    took = not offered and list(hosts) == [by]
    title = _changed_by(session, by, took=took, offered=offered and bool(hosts))
    left = t("Nobody's hosting it at the moment.")
    who = () if took else (hosted_by(hosts) if hosts else left,)
    blocks: list[Block] = [*_body(session), *map(Paragraph, who)]
    if offered:
        blocks.append(Paragraph(t("It's offered to all hosts.")))
    more = own(session) if mine else ()
    if not hosts and not offered:
        more = (ask_somebody(session), who_could())
    return Message(title, tuple(blocks), _buttons(session, *more))


def _changed_by(session: Session, by: Member | None, *, took: bool, offered: bool) -> Text:
    if by is None or not by.name:
        return t("Change of host: “{title}”", title=title_of(session))
    who, title = person(by), title_of(session)
    if offered:
        return t("{who} offered “{title}” to all hosts.", who=who, title=title)
    if took:
        return t("{who} is hosting “{title}”.", who=who, title=title)
    return t("{who} changed who's hosting “{title}”.", who=who, title=title)


def cannot(session: Session, who: Member, offered: bool) -> Message:
    """Tell whoever asked that somebody said no."""
    words = t("{who} can't host “{title}” this time.", who=person(who), title=title_of(session))
    if offered:
        words = joined((words, t("It's offered to all hosts.")))
    return Message(
        blocks=(Paragraph(words), *_body(session)), buttons=_buttons(session, who_could())
    )


def offering(session: Session, by_host: bool, again: bool) -> Message:
    """Confirm an offer; a host keeps the turn until somebody takes it."""
    words = t("I've offered “{title}” to all hosts.", title=title_of(session))
    if again:
        words = t("“{title}” is already offered to all hosts.", title=title_of(session))
    if by_host:
        keeps = t("Nothing changes until somebody takes it.")
        words = joined((words, keeps))
    back = button(t("Withdraw offer"), "host.withdraw", session=session.id)
    return said_of(session, words, *(() if by_host else (ask_somebody(session),)), back)


def withdrawn(session: Session) -> Message:
    """Confirm that an offer was taken back."""
    return said_of(session, t("“{title}” is no longer offered.", title=title_of(session)))


def hosting(
    session: Session, partner: Member | None = None, *, in_pool: bool = True, again: bool = False
) -> Message:
    """Thank a host, and suggest an experienced partner to one who does it for the first time."""
    words = t("You're hosting “{title}”. Thank you!", title=title_of(session))
    if again:
        words = t("You're already hosting “{title}”.", title=title_of(session))
    blocks: list[Block] = [Paragraph(words), *_body(session)]
    buttons: list[Button] = []
    if partner is not None:
        who = person(partner)
        first = t(
            "It's your first time. {who} has hosted before: would you like to ask "
            "them to join you?",
            who=who,
        )
        blocks.append(Paragraph(first))
        ask = t("Ask {name}", name=partner.name)
        buttons.append(button(ask, "host.ask", session=session.id, person=partner.id))
    if not in_pool:
        blocks.append(Paragraph(t("You're not in the hosts' rota yet.")))
        buttons.append(button(t("Join the hosts"), "host.join"))
    return Message(blocks=tuple(blocks), buttons=(*buttons, *own(session)))


def faster(session: Session, hosts: Sequence[Member], full: bool) -> Message:
    """Tell a volunteer kindly that somebody hosts it already."""
    thanks = t(
        "{who} was faster and is hosting “{title}”.", who=names(hosts), title=title_of(session)
    )
    if len(hosts) > 1:
        thanks = t(
            "{who} were faster and are hosting “{title}”.",
            who=names(hosts),
            title=title_of(session),
        )
    words = joined((thanks, t("Thank you all the same!")))
    ask = _together(session)
    return said_of(
        session, words, *(() if full else (ask,)), button(t("See other turns"), "host.rota")
    )


def _together(session: Session) -> Button:
    return button(t("Ask to co-host"), "host.together", session=session.id)


def too_late(session: Session, *, over: bool) -> Message:
    """Thank a volunteer for a session that has begun."""
    words = t("“{title}” has already begun.", title=title_of(session))
    if over:
        words = t("“{title}” is over.", title=title_of(session))
    thanks = joined((words, t("Thank you all the same!")))
    return said_of(session, thanks, button(t("See other turns"), "host.rota"))


def join_first(session: Session) -> Message:
    """Tell a member who would like to host how one becomes a host."""
    words = t("Thank you! The core group hosts the sessions. Would you like to join it?")
    return said(words, button(t("Join the hosts"), "host.join", "primary"))


def declined(session: Session, *, again: bool, alone: bool, offered: bool) -> Message:
    """Thank somebody for a no, and let them think better of it where they may host `again`."""
    words = t("You're not hosting “{title}”. Thank you for telling us.", title=title_of(session))
    if offered:
        words = joined((words, t("It's offered to all hosts.")))
    back = button(t("I'll still host"), "host.take", session=session.id)
    if not alone:
        back = _together(session)
    return said_of(session, words, *((back,) if again else ()))


def wishing(session: Session, hosts: Sequence[Member]) -> Message:
    """Confirm that the hosts were asked to let somebody in."""
    words = t("I've asked {who} if you can co-host it.", who=names(hosts))
    return said(words, button(t("Withdraw request"), "host.decline", session=session.id))
