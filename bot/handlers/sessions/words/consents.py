"""Words what people are asked before a session is recorded, and what keeps the recording back."""

from collections.abc import Mapping
from dataclasses import replace

from bot.authored import title_of
from bot.chat import Block, Button, Context, Message, Paragraph, button, said
from bot.commands import person
from bot.domain.consents import RecordingStanding
from bot.i18n import Authored, Text, plain, t, tn
from storage.consents import NO, YES, Consent
from storage.people import Member
from storage.sessions import Session


def recorded(session: Session, *, over: bool) -> tuple[Context, ...]:
    """Say in small print that a session is recorded."""
    if not session.recorded:
        return ()
    if over:
        return (Context(t("This session was recorded.")),)
    ask = t("This session will be recorded. I'll ask everyone coming whether they agree.")
    return (Context(ask),)


def question(*, over: bool = False) -> tuple[Block, ...]:
    """Ask somebody whether they may be recorded."""
    ask = t("This session will be recorded. Is it all right for you to be heard and seen in it?")
    if over:
        ask = t("This session was recorded. Is it all right for you to be heard and seen in it?")
    return (Paragraph(ask), Context(t("You can change your answer any time.")))


def answers(session: Session) -> tuple[Button, ...]:
    """Give the buttons by which people say whether they may be recorded."""
    return (agree(session), disagree(session))


def agree(session: Session) -> Button:
    """Give the button by which somebody agrees to be recorded."""
    return button(t("You may record me"), "session.consent", session=session.id, answer=YES)


def disagree(session: Session) -> Button:
    """Give the button by which somebody does not agree to be recorded."""
    return button(t("Please don't record me"), "session.consent", session=session.id, answer=NO)


def keep_out(session: Session) -> Button:
    """Give the button by which somebody who was not asked says no to a recording that is there."""
    return button(t("I'd rather not be in it"), "session.consent", session=session.id, answer=NO)


def with_question(message: Message, session: Session) -> Message:
    """Add to a message the question whether its reader may be recorded."""
    blocks = (*message.blocks, *question())
    return replace(message, blocks=blocks, buttons=(*message.buttons, *answers(session)))


def own(
    session: Session, consent: Consent | None, *, over: bool
) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """Show somebody what they said about being recorded, with the way to change it."""
    answer = consent.answer if consent else ""
    if answer == YES:
        return (Paragraph(t("You agreed to be recorded.")),), (disagree(session),)
    if answer == NO:
        return (Paragraph(t("You didn't agree to be recorded.")),), (agree(session),)
    return question(over=over), answers(session)


def given(session: Session, answer: str) -> Message:
    """Confirm what somebody said about being recorded."""
    title = title_of(session)
    if answer == YES:
        words = t(
            "Thank you. You may be heard and seen in the recording of “{title}”.", title=title
        )
        return said(words, disagree(session))
    words = t(
        "All right. The recording of “{title}” isn't shown with you in it: the hosts take care.",
        title=title,
    )
    return said(words, agree(session))


def held(standing: RecordingStanding, people: Mapping[int, Member]) -> list[Text]:
    """Say to the hosts what keeps a recording with them."""
    lines = []
    for consent in standing.speakers:
        member = people.get(consent.member_id or 0)
        who = person(member) if member else plain(Authored(consent.name))
        if consent.answer == NO:
            lines.append(t("{who} doesn't agree: only hosts see the link.", who=who))
        else:
            lines.append(t("{who} hasn't agreed yet: only hosts see the link.", who=who))
    if standing.others:
        lines.append(_others(len(standing.others)))
    return lines


def _others(count: int) -> Text:
    return tn(
        "{count} person doesn't agree to be recorded. Cut them out, or don't publish it: "
        "only hosts see the link until you say that they can't be heard or seen.",
        "{count} people don't agree to be recorded. Cut them out, or don't publish it: "
        "only hosts see the link until you say that they can't be heard or seen.",
        count,
    )


def for_hosts(session: Session, standing: RecordingStanding, reader: int) -> tuple[Button, ...]:
    """Give a host what they can do for a recording that is kept back."""
    mine = any(one.member_id == reader and not one.answer for one in standing.speakers)
    guests = [one for one in standing.speakers if one.member_id is None and one.name]
    ticks = [
        button(t("{name} agrees", name=one.name), "session.consent-for", consent=one.id, answer=YES)
        for one in guests[:3]
    ]
    cut = button(t("Nobody of them is in it"), "session.recording-cut", session=session.id)
    own_answers = answers(session) if mine else ()
    return (*own_answers, *ticks, *((cut,) if standing.others else ()))


def cleared(session: Session, count: int) -> Message:
    """Confirm that those who said no can neither be heard nor seen."""
    title = title_of(session)
    if not count:
        return said(t("Nobody who took part in “{title}” said no.", title=title))
    return said(t("Thank you. I've noted that for “{title}”.", title=title))


def given_for(session: Session, consent: Consent) -> Message:
    """Confirm what a speaker without an account said to a host."""
    named = {"name": Authored(consent.name), "title": title_of(session)}
    if consent.answer == YES:
        return said(t("I've noted that {name} agrees to the recording of “{title}”.", **named))
    return said(t("I've noted that {name} doesn't agree to the recording of “{title}”.", **named))
