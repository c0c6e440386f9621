"""Words what stays of a session: for everybody, for its hosts, for those who were there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.authored import title_of
from bot.chat import (
    Actions,
    Block,
    Button,
    Context,
    Day,
    Fields,
    Heading,
    Items,
    Link,
    Message,
    Paragraph,
    Quote,
    button,
    said,
)
from bot.commands import person
from bot.domain.consents import public_assets
from bot.i18n import Authored, Text, plain, t, tn
from bot.plain_text import shortened
from bot.wording.kept import ASSETS
from storage import Records
from storage.actions import ActionItem
from storage.assets import NOTES, Asset
from storage.people import Member
from storage.sessions import Session

SHORT = 300
"""Characters of notes that are shown where there is more to say."""
SHOWN = 10
"""How many actions are shown in one message."""


@dataclass(frozen=True, slots=True)
class Stays:
    """What stays of a session: links and notes, actions, and who does them, by id."""

    assets: Sequence[Asset] = ()
    items: Sequence[ActionItem] = ()
    owners: Mapping[int, Member] = field(default_factory=dict)

    @property
    def notes(self) -> Sequence[Asset]:
        """The pages of notes."""
        return [one for one in self.assets if one.kind == NOTES]

    def __bool__(self) -> bool:
        return bool(self.assets or self.items)


def stays_of(records: Records, session: Session) -> Stays:
    """Give what stays of a session for everybody, in a fixed number of statements."""
    items = records.actions.of(session.about)
    ids = [item.owner_id for item in items if item.owner_id]
    owners = {one.id: one for one in records.members.many(ids)} if ids else {}
    return Stays(public_assets(records, session), items, owners)


def was_there(session: Session) -> Button:
    """Give the button by which people say that they were at a session."""
    return button(t("I was there"), "session.was-there", session=session.id)


def stays(kept: Stays) -> tuple[Block, ...]:
    """Word what stays of a session."""
    if not kept:
        return ()
    pairs = tuple(
        (ASSETS[one.kind], plain(Link(one.url))) for one in kept.assets if one.kind != NOTES
    )
    notes = kept.notes[:1]
    lines = tuple(item_line(item, kept.owners) for item in kept.items[:SHOWN])
    return (
        *((Fields(pairs),) if pairs else ()),
        *(Quote(plain(Authored(shortened(one.words, SHORT)))) for one in notes),
        *((Heading(t("Actions")), Items(lines)) if lines else ()),
    )


def reading(session: Session, kept: Stays) -> tuple[Button, ...]:
    """Give the button that shows all the notes, where not all of them are shown."""
    notes = kept.notes
    if len(notes) > 1 or any(len(one.words) > SHORT for one in notes):
        return (button(t("Read the notes"), "session.notes", session=session.id),)
    return ()


def item_line(item: ActionItem, owners: Mapping[int, Member]) -> Text:
    """Word an action: who does what until when, and whether it is done."""
    owner = owners.get(item.owner_id or 0)
    who = plain(person(owner)) if owner else plain(item.name)
    what = plain(Authored(item.words))
    line = t("{who}: {what}", who=who, what=what) if owner or item.name else what
    if item.done_at is not None:
        return t("{action} (done)", action=line)
    return t("{action}, by {day}", action=line, day=Day(item.due_on)) if item.due_on else line


def what_stays(session: Session, kept: Stays, buttons: Sequence[Button]) -> Message:
    """Tell somebody once what stays of a session."""
    title = t("What stays of “{title}”", title=title_of(session))
    show = button(t("Details"), "session.show", session=session.id)
    return Message(title, stays(kept), (*reading(session, kept), *buttons, show))


def written(session: Session, lines: Sequence[Text], buttons: Sequence[Button]) -> Message:
    """Confirm to a host what is written down, and say what is still missing."""
    title = t("Thank you! I've saved what stays of “{title}”.", title=title_of(session))
    blocks = tuple(Paragraph(line) for line in lines)
    change = button(t("Change"), "session.after", session=session.id)
    more = button(t("Links, who wasn't there"), "session.after-more", session=session.id)
    notes = button(t("Add more notes"), "session.add-notes", session=session.id)
    return Message(title, blocks, (*buttons, change, more, notes))


def present(count: int) -> Text:
    """Say how many were there."""
    return tn("{count} person was there.", "{count} people were there.", count)


def to_be_told(people: int) -> Text:
    """Say how many are told what stays, and when."""
    return tn(
        "In half an hour I'll tell {count} person what stays.",
        "In half an hour I'll tell {count} people what stays.",
        people,
    )


def pages(
    session: Session, page: Asset | None, foot: Sequence[Block], more: Sequence[Button]
) -> Message:
    """Show a page of notes."""
    title = t("Notes on “{title}”", title=title_of(session))
    if page is None:
        return Message(title, (Paragraph(t("There are no notes yet.")),), (*more,))
    return Message(title, (Quote(plain(Authored(page.words))), *foot), (*more,))


def draft(session: Session, page: Asset, foot: Sequence[Block], more: Sequence[Button]) -> Message:
    """Show a page of a draft of minutes to those who edit it."""
    title = t("Draft minutes of “{title}”", title=title_of(session))
    hidden = Context(t("Nobody but hosts, whoever takes notes and the core group sees this yet."))
    edit = button(t("Edit"), "session.edit-minutes", part=page.id)
    show = button(t("Show to everyone"), "session.release-minutes", "primary", session=session.id)
    blocks = (hidden, Quote(plain(Authored(page.words))), *foot)
    return Message(title, blocks, (edit, show, *more))


def still_to_write(sessions: Sequence[Session]) -> Iterator[Block]:
    """Remind a host in their week of what is not written down yet."""
    for session in sessions:
        yield Paragraph(t("Still to write down: “{title}”.", title=title_of(session)))
        yield Actions((button(t("Write it down"), "session.after", session=session.id),))


def there(session: Session, *, there: bool) -> Message:
    """Confirm to somebody that they count as there, or not."""
    title = title_of(session)
    if there:
        undo = button(t("I wasn't there"), "session.was-there", session=session.id)
        return said(t("Thank you! You were at “{title}”.", title=title), undo)
    words = t("You don't count as there any more: “{title}”.", title=title)
    return said(words, was_there(session))
