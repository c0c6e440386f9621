"""Words what is told of action items."""

from collections.abc import Iterator, Sequence

from bot.authored import title_of
from bot.chat import Actions, Block, Button, Items, Message, Paragraph, button, said
from bot.commands import person
from bot.handlers.sessions.words.after import item_line
from bot.i18n import Authored, Text, plain, t, tn
from storage.actions import ActionItem
from storage.people import Member
from storage.sessions import Session

NEXT = 3
"""How many of somebody's actions stand in their week with buttons."""


def ways(item: ActionItem) -> tuple[Button, ...]:
    """Give what the owner of an action can do with it."""
    return (
        button(t("Done"), "session.action-done", "primary", item=item.id),
        button(t("Pass on"), "session.action-pass", item=item.id),
        button(t("Put off"), "session.action-put-off", item=item.id),
    )


def due(session: Session, item: ActionItem) -> Message:
    """Remind somebody on its day of what they took on."""
    title = t("Today: {action}", action=plain(Authored(item.words)))
    words = t("You took this on at “{title}”.", title=title_of(session))
    return Message(title, (Paragraph(words),), ways(item))


def passed(session: Session, item: ActionItem, by: Member | None) -> Message:
    """Tell somebody that something is theirs to do now, and who passed it on."""
    named = {"title": title_of(session), "action": plain(Authored(item.words))}
    words = t("Something from “{title}” is yours to do now: {action}", **named)
    if by is not None:
        words = t("{who} passed on to you from “{title}”: {action}", who=person(by), **named)
    return Message(blocks=(Paragraph(words),), buttons=ways(item))


def changed(words: Text, item: ActionItem, owners: dict[int, Member]) -> Message:
    """Confirm what was done with an action."""
    return Message(blocks=(Paragraph(words), Items((item_line(item, owners),))))


def done(item: ActionItem, *, fresh: bool) -> Message:
    """Confirm that something is done."""
    named = {"action": plain(Authored(item.words))}
    if fresh:
        return said(t("Thank you! I've marked it as done: {action}", **named))
    return said(t("It was marked as done already: {action}", **named))


def week(items: Sequence[ActionItem]) -> Iterator[Block]:
    """Show somebody what they have still to do."""
    if not items:
        return
    many = len(items)
    yield Paragraph(tn("You took on {count} action:", "You took on {count} actions:", many))
    for item in items[:NEXT]:
        yield Paragraph(item_line(item, {}))
        yield Actions(ways(item))
    later = tuple(item_line(item, {}) for item in items[NEXT:])
    if later:
        yield Items(later)
