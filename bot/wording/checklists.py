"""Words what hosts have to do and the handovers to them."""

from collections.abc import Sequence

from bot.chat import Block, Button, Choice, Items, Option, Paragraph, Quote, button, choice
from bot.i18n import Authored, Text, plain, t
from bot.plain_text import shortened
from storage.checklists import ChecklistItem, Handover
from storage.sessions import Session

LABEL = 70
"""Characters of an item in a menu."""


def what(item: ChecklistItem) -> Text:
    """Give what is to be done."""
    return plain(Authored(item.words))


def to_do(items: Sequence[ChecklistItem]) -> Items:
    """List what is to be done."""
    return Items(tuple(what(item) for item in items))


def ticking(
    session: Session, items: Sequence[ChecklistItem]
) -> tuple[tuple[Button, ...], tuple[Choice, ...]]:
    """Give the button, or the menu, by which something is ticked off."""
    if len(items) == 1:
        item = items[0].id
        return (button(t("Mark as done"), "host.tick", session=session.id, item=item),), ()
    return (), menu(t("Mark as done"), "host.tick", session, items)


def menu(
    label: Text, command: str, session: Session, items: Sequence[ChecklistItem]
) -> tuple[Choice, ...]:
    """Give the menu of some items of a session, if there are any."""
    options = tuple(Option(str(item.id), plain(shortened(item.words, LABEL))) for item in items)
    return (choice(label, command, "item", options, session=session.id),) if options else ()


def handovers(known: Sequence[Handover]) -> tuple[Block, ...]:
    """Show what the last hosts have the next ones know."""
    if not known:
        return ()
    quoted = tuple(Quote(plain(Authored(one.words))) for one in known)
    return (Paragraph(t("From the last host, for you:")), *quoted)
