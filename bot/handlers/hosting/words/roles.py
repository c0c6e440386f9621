"""Words the turns of roles beside hosting: asked, offered, taken, given back, swapped."""

from collections.abc import Mapping, Sequence

from bot.authored import title_of
from bot.chat import Block, Button, Items, Message, Moment, Paragraph, button, said
from bot.commands import person
from bot.handlers.hosting.words.turns import names
from bot.i18n import Text, joined, plain, t
from bot.wording.duties import DUTIES, done_by, part
from bot.wording.of_sessions import said_of
from storage.hosting import Turn
from storage.people import Member
from storage.programmes import Programme
from storage.sessions import Session

FREE = t("It's fine to say no, no reason needed.")


def _when(session: Session) -> Paragraph:
    return Paragraph(plain(Moment(session.starts_at)))


def _about(session: Session, text: Text, *buttons: Button) -> Message:
    details = button(t("Details"), "session.show", session=session.id)
    return Message(text, (_when(session),), (*buttons, details))


def own(session: Session, role: str) -> tuple[Button, ...]:
    """Give the buttons of somebody who has a role in a session."""
    return (
        button(t("Swap"), "host.swap", session=session.id),
        button(t("Offer my turn"), "host.offer", session=session.id, role=role),
        button(t("I can't do it"), "host.decline", session=session.id),
    )


def _answers(session: Session) -> tuple[Button, ...]:
    return (
        button(t("I'll do it"), "host.accept", "primary", session=session.id),
        button(t("Not this time"), "host.decline", session=session.id),
    )


def proposal(session: Session, role: str, asker: Member | None) -> Message:
    """Ask somebody to take a role in a session."""
    asks = t("{who} is asking you.", who=person(asker)) if asker else None
    title = t("{part}: would you take it on?", part=part(role, session))
    message = _about(session, title, *_answers(session))
    free = Paragraph(joined((asks, FREE)) if asks else FREE)
    return Message(message.title, (*message.blocks, free), message.buttons)


def moved(session: Session, role: str) -> Message:
    """Ask somebody whether a session's new time suits them."""
    title = t("{part}: the time has changed. Can you still do it?", part=part(role, session))
    return _about(session, title, *_answers(session))


def yours(session: Session, role: str, *, ahead: bool = True) -> Message:
    """Thank somebody who has a role, which they can change while the session is ahead."""
    title = t("{part}: it's your turn. Thank you!", part=part(role, session))
    return _about(session, title, *(own(session, role) if ahead else ()))


def no_more(session: Session, role: str) -> Message:
    """Word for somebody who was asked that they are free of it."""
    return said_of(session, t("{part}: you no longer need to do it.", part=part(role, session)))


def now(session: Session, role: str, people: Sequence[Member]) -> Message:
    """Say who has a role now."""
    if people:
        words = t("{part}: {who}", part=part(role, session), who=names(people))
    else:
        words = t("{part}: nobody yet", part=part(role, session))
    return _about(session, words)


def offers(
    session: Session,
    wanted: Sequence[str],
    taken: Mapping[str, Sequence[Member]],
    *,
    late: bool,
) -> Message:
    """Offer the roles that are `wanted` at a session, and say who took the others.

    It is `late` where the session has begun without some of them.
    """
    title = t("Who can help at “{title}”?", title=title_of(session))
    if late:
        title = t("“{title}” has already begun.", title=title_of(session))
    elif not wanted:
        title = t("No roles are on offer at “{title}” any more", title=title_of(session))
        if all(taken.values()):
            title = t("“{title}” has all the help it needs", title=title_of(session))
    buttons = [
        button(
            t("I'll do it: {role}", role=DUTIES[role]),
            "host.take",
            "primary",
            session=session.id,
            role=role,
        )
        for role in wanted
    ]
    lines = [t("{role}: nobody yet", role=DUTIES[role]) for role in wanted]
    lines += [done_by(role, people) for role, people in taken.items() if people]
    message = _about(session, title, *buttons)
    items = (Items(tuple(lines)),) if lines else ()
    return Message(message.title, (*message.blocks, *items), message.buttons)


def faster(session: Session, role: str, people: Sequence[Member]) -> Message:
    """Tell a volunteer kindly that somebody has the role already."""
    words = t("{part}: {who} was faster.", part=part(role, session), who=names(people))
    return said_of(session, joined((words, t("Thank you all the same!"))))


def declined(session: Session, role: str) -> Message:
    """Thank somebody for a no, and let them think better of it."""
    words = t("{part}: you're not doing it. Thank you for telling us.", part=part(role, session))
    return said_of(
        session, words, button(t("I'll still do it"), "host.take", session=session.id, role=role)
    )


def offering(session: Session, role: str) -> Message:
    """Confirm that a role is offered to those who take turns at it."""
    words = t("{part}: I've offered it to everyone who takes turns.", part=part(role, session))
    back = button(t("Withdraw offer"), "host.withdraw", session=session.id, role=role)
    ask = button(t("Ask somebody"), "host.ask", session=session.id, role=role)
    return said_of(session, words, ask, back)


def withdrawn(session: Session, role: str) -> Message:
    """Confirm that an offer was taken back."""
    return said_of(session, t("{part}: no longer offered.", part=part(role, session)))


def asked(session: Session, role: str, member: Member, *, at_once: bool) -> Message:
    """Confirm who was asked, with a way to take it back."""
    told = {"part": part(role, session), "who": person(member)}
    words = t("{part}: I've asked {who}.", **told)
    if not at_once:
        words = t("{part}: I'll ask {who} when their quiet hours end.", **told)
    back = t("Withdraw request")
    return said_of(
        session, words, button(back, "host.unask", session=session.id, person=member.id, role=role)
    )


def unasked(session: Session, role: str, people: Sequence[Member]) -> Message:
    """Confirm who is not asked any more."""
    words = t("{part}: I'm no longer asking {who}.", part=part(role, session), who=names(people))
    return said(words)


def cannot(session: Session, role: str, who: Member) -> Message:
    """Tell whoever asked that somebody said no."""
    words = t("{part}: {who} can't this time.", part=part(role, session), who=person(who))
    again = button(t("Ask somebody else"), "host.ask", session=session.id, role=role)
    return said(words, again)


def no_need_to_ask(member: Member, turn: Turn) -> Text:
    """Say why somebody is not to be asked to take a role."""
    if turn.state == "proposed":
        return t("{who} has already been asked.", who=member.name)
    if turn.hosts:
        return t("{who} is already doing it.", who=member.name)
    return t("{who} said they can't do it. Please ask somebody else.", who=member.name)


def nobody(role: str) -> Text:
    """Say that nobody takes turns at a role, so that nobody is asked."""
    return t("{role}: nobody takes turns at this yet, so there's nobody to ask.", role=DUTIES[role])


def full(session: Session, role: str) -> Text:
    """Say that a role is taken by as many as can have it."""
    return t("{part}: enough people are doing it already.", part=part(role, session))


def busy(session: Session) -> Text:
    """Say that somebody has another part in a session, and what they can do."""
    return t(
        "You already have another part in “{title}”, or were asked to. Say no to it first.",
        title=title_of(session),
    )


def has_other(member: Member, session: Session) -> Text:
    """Say that somebody else has another part in a session."""
    told = {"who": member.name, "title": title_of(session)}
    return t("{who} already has another part in “{title}”, or was asked to.", **told)


def reminder(session: Session, role: str) -> Message:
    """Remind somebody of their role, a day before."""
    title = t("{part}: don't forget, it's your turn.", part=part(role, session))
    return _about(session, title, button(t("I can't do it"), "host.decline", session=session.id))


def question(session: Session, role: str, asker: Member, wanted: Session | None) -> Message:
    """Ask a colleague to take a turn, in return for one of theirs or just so."""
    title = t("{who} asks you: {part}?", who=asker.name, part=part(role, session))
    blocks: list[Block] = [_when(session)]
    if wanted is not None:
        back = t("In return, they'd take yours at “{title}”.", title=title_of(wanted))
        blocks.append(Paragraph(back))
    agree = button(t("Agree"), "host.agree", "primary", session=session.id, person=asker.id)
    refuse = button(t("Not this time"), "host.refuse", session=session.id, person=asker.id)
    return Message(title, tuple(blocks), (agree, refuse))


def swap_asked(session: Session, role: str, colleague: Member) -> Message:
    """Confirm that a colleague was asked; the turn stays until they agree."""
    told = {"part": part(role, session), "who": person(colleague)}
    words = t("{part}: I've asked {who}. Until they agree, it's your turn.", **told)
    bound = {"session": session.id, "person": colleague.id}
    return said(words, button(t("Withdraw request"), "host.unswap", "", **bound))


def lapsed(session: Session, role: str, colleague: Member) -> Message:
    """Tell whoever asked for a swap that it came to nothing."""
    told = {"part": part(role, session), "who": person(colleague)}
    return said(t("{part}: {who} hasn't answered, so it's still your turn.", **told))


def traded(session: Session, role: str, other: Session | None, colleague: Member) -> Message:
    """Tell somebody what they do now, and what their colleague does."""
    message = yours(session, role)
    if other is None:
        return message
    words = t("{part}: {who}", part=part(role, other), who=person(colleague))
    return Message(message.title, (*message.blocks, Paragraph(words)), message.buttons)


def agreed(session: Session, role: str, other: Session | None, colleague: Member) -> Message:
    """Tell whoever asked that a colleague agreed."""
    title = t("{who} agreed", who=colleague.name)
    blocks = [Paragraph(t("{part}: {who}", part=part(role, session), who=person(colleague)))]
    if other is not None:
        blocks.append(Paragraph(t("{part}: it's your turn. Thank you!", part=part(role, other))))
    return Message(title, tuple(blocks), own(other, role) if other is not None else ())


def regret(session: Session, role: str, colleague: Member) -> Message:
    """Tell whoever asked for a swap that it does not suit."""
    told = {"part": part(role, session), "who": person(colleague)}
    words = t("{part}: {who} can't this time, so it's still your turn.", **told)
    return said(words, *own(session, role))


def joined_now(role: str, *, again: bool) -> Message:
    """Welcome somebody among those who take turns at a role."""
    told = t("{role}: you're on the rota now. Thank you! You can always say no.", role=DUTIES[role])
    words = t("{role}: you already take turns.", role=DUTIES[role]) if again else told
    return said(words, button(t("See next turns"), "host.rota", role=role))


def leaving(role: str, sessions: Sequence[Session], programme: Programme | None) -> Message:
    """Say what happens to the turns of somebody who is about to leave."""
    words = t("{role}: you still have turns. When you leave, I'll offer them.", role=DUTIES[role])
    only = {} if programme is None else {"programme": programme.id}
    go = t("Leave and offer turns")
    leave = button(go, "host.leave", "danger", sure="yes", role=role, **only)
    items = tuple(
        t("{title}: {when}", title=title_of(one), when=Moment(one.starts_at)) for one in sessions
    )
    return Message(blocks=(Paragraph(words), Items(items)), buttons=(leave,))


def left(role: str) -> Message:
    """Say good-bye to somebody who takes turns at a role no more."""
    words = t("{role}: you're off the rota now. Thank you for everything!", role=DUTIES[role])
    return said(words, button(t("Join again"), "host.join", role=role))


def not_in(role: str) -> Text:
    """Say that somebody does not take turns at a role."""
    return t("{role}: you're not on this rota.", role=DUTIES[role])


def week(turn: Turn, session: Session) -> tuple[Text, tuple[Button, ...]]:
    """Show somebody a turn of theirs, with what they can do about it."""
    told = {"part": part(turn.role, session), "when": Moment(session.starts_at)}
    if turn.state == "proposed":
        return t("{part}: would you take it on? {when}", **told), _answers(session)
    if turn.agreed_to != session.starts_at:
        words = t("{part}: the time has changed. Can you still do it? {when}", **told)
        return words, _answers(session)
    if turn.state == "offered":
        keep = button(t("I'll keep it"), "host.accept", session=session.id)
        drop = button(t("I can't do it"), "host.decline", session=session.id)
        return t("{part}: yours until somebody takes over. {when}", **told), (keep, drop)
    return t("{part}: it's your turn. {when}", **told), own(session, turn.role)
