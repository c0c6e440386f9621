"""Words what somebody chose of digests."""

from datetime import datetime

from bot.chat import Block, Button, Message, Moment, Option, Paragraph, button, said
from bot.i18n import Text, t
from storage.people import MONTHLY, WEEKLY, Member

OFTEN = (
    Option("none", t("No digest")),
    Option(WEEKLY, t("Weekly")),
    Option(MONTHLY, t("Before each month")),
)
CALLED = {option.value: option.label for option in OFTEN}
NONE = t("I won't send you a digest.")


def chosen(member: Member, next: datetime | None) -> Message:
    """Say how often somebody gets a digest, with the ways to choose otherwise."""
    return Message(blocks=sentence(member, next) or (Paragraph(NONE),), buttons=ways_on(member))


def sentence(member: Member, next: datetime | None) -> tuple[Block, ...]:
    """Say when somebody's digests come, and the next one; nothing where none does."""
    if next is None:
        return ()
    words = t("I'll send you a digest before each month. The next one: {when}.", when=Moment(next))
    if member.digest == WEEKLY:
        words = t("I'll send you a digest every Monday. The next one: {when}.", when=Moment(next))
    return (Paragraph(words), Paragraph(t("If nothing is new or coming up, I'll send nothing.")))


def ways_on(member: Member) -> tuple[Button, ...]:
    """Give the button by which somebody stops their digest."""
    return (button(t("Stop digest"), "my.stop-digest"),) if member.digest else ()


def stopped(before: str) -> Message:
    """Say that no digest comes any more, with the way back to what was chosen."""
    undo = (button(t("Undo"), "my.digest-again", digest=before),) if before else ()
    return said(NONE, *undo)


def often(member: Member) -> tuple[tuple[Text, Text], ...]:
    """Give what a profile says of somebody's digest."""
    return ((t("Digest"), CALLED[member.digest]),) if member.digest else ()
