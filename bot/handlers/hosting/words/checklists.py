"""Words checklists, what is left to do for a session, and handovers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.authored import title_of
from bot.chat import (
    Actions,
    Block,
    Button,
    Context,
    Day,
    Heading,
    Items,
    Message,
    Moment,
    Option,
    Paragraph,
    Quote,
    button,
    choice,
    said,
)
from bot.commands import person
from bot.i18n import Authored, Text, joined, plain, t
from bot.options.checklists import day
from bot.wording.checklists import handovers, menu, ticking, to_do, what
from storage.checklists import ChecklistItem, Handover
from storage.people import Member
from storage.programmes import Programme
from storage.sessions import Session

TITLE = 70
"""Characters of a programme's title in a menu."""
FOR_ALL = t("For all sessions")
NOTHING_YET = t("There's nothing on this checklist yet.")


def dated(item: ChecklistItem) -> Text:
    """Say what is to be done, and when from the start."""
    return t("{item}: {day}", item=what(item), day=day(item.days))


def _listed(items: Sequence[ChecklistItem]) -> Block:
    return Items(tuple(map(dated, items))) if items else Paragraph(NOTHING_YET)


def overview(
    general: Sequence[ChecklistItem],
    own: Sequence[tuple[Programme, Sequence[ChecklistItem]]],
    programmes: Sequence[Programme],
) -> Message:
    """Show the checklist of all sessions, and those programmes have besides."""
    change = Actions((button(t("Change"), "host.checklist-for-all"),))
    blocks: list[Block] = [Heading(FOR_ALL), _listed(general), change]
    for programme, items in own:
        edit = button(t("Change"), "host.checklist-for", programme=programme.id)
        blocks += [Heading(plain(title_of(programme))), _listed(items), Actions((edit,))]
    has_one = [programme for programme, _ in own]
    others = [one for one in programmes if one not in has_one]
    options = tuple(Option(str(one.id), plain(title_of(one).shortened(TITLE))) for one in others)
    label = t("Add one for a programme")
    menus = (choice(label, "host.checklist-for", "programme", options),) if options else ()
    return Message(t("What hosts have to do"), (*blocks, HINT), choices=menus)


HINT = Context(t("I'll remind the hosts of each item once. Any of them can mark it as done."))


def of_programme(
    programme: Programme, items: Sequence[ChecklistItem], general: Sequence[ChecklistItem]
) -> Message:
    """Show the checklist of a programme, and what holds for all sessions."""
    title = t("What hosts of “{title}” have to do", title=title_of(programme))
    blocks: list[Block] = [_listed(items)]
    if general:
        blocks += [Heading(FOR_ALL), Items(tuple(map(dated, general)))]
    change = button(t("Change"), "host.checklist-for", programme=programme.id)
    return Message(title, (*blocks, HINT), (change,))


def saved(programme: Programme | None, items: Sequence[ChecklistItem]) -> Message:
    """Confirm a checklist, as it was read."""
    words = t("The checklist for all sessions:")
    edit = button(t("Change"), "host.checklist-for-all")
    if programme is not None:
        words = t("The checklist of “{title}”:", title=title_of(programme))
        edit = button(t("Change"), "host.checklist-for", programme=programme.id)
    if not items:
        words = t("I've saved it: the checklist is empty.")
        return said(words, edit)
    return Message(blocks=(Paragraph(words), _listed(items), HINT), buttons=(edit,))


@dataclass(frozen=True, slots=True)
class Worklist:
    """What is left to do for a session, what was done by whom, and handovers.

    Days are those of the reader, in their `zone`.
    """

    zone: ZoneInfo
    items: Sequence[ChecklistItem]
    done: Sequence[tuple[ChecklistItem, Member | None]]
    received: Sequence[Handover] = ()
    own: Handover | None = None
    begun: bool = False


def of_session(session: Session, left: Worklist, note: Text | None = None) -> Message:
    """Show what is to be done for a session, with menus to mark it as done or not."""
    title = t("To do for “{title}”", title=title_of(session))
    blocks: list[Block] = [Paragraph(note)] if note else []
    blocks += (
        [Items(tuple(_on(session, item, left.zone) for item in left.items))] if left.items else []
    )
    if left.done:
        blocks += [Heading(t("Done")), Items(tuple(_done(*row) for row in left.done))]
    if not (left.items or left.done):
        blocks.append(Paragraph(NOTHING_YET))
    elif not left.items:
        blocks.append(Paragraph(t("Everything is done. Thank you!")))
    blocks += handovers(left.received)
    if left.own is not None:
        blocks += [Paragraph(t("For the next host:")), Quote(plain(Authored(left.own.words)))]
    undo = menu(t("Mark as not done"), "host.untick", session, [item for item, _ in left.done])
    buttons, menus = ticking(session, left.items)
    return Message(title, tuple(blocks), (*buttons, *_hand_over(session, left)), (*menus, *undo))


def _hand_over(session: Session, left: Worklist) -> tuple[Button, ...]:
    label = t("Change the handover") if left.own else t("Write a handover")
    return (button(label, "host.handover", session=session.id),) if left.begun else ()


def _on(session: Session, item: ChecklistItem, zone: ZoneInfo) -> Text:
    when = Day((session.starts_at + timedelta(days=item.days)).astimezone(zone).date())
    return t("{item}: {day} ({when})", item=what(item), day=day(item.days), when=when)


def _done(item: ChecklistItem, by: Member | None) -> Text:
    return t("{item}: {who}", item=what(item), who=person(by)) if by else what(item)


def ticked(item: ChecklistItem, *, news: bool) -> Text:
    """Confirm that something is done."""
    if news:
        return t("Done: {item}. Thank you!", item=what(item))
    return t("“{item}” was already done.", item=what(item))


def unticked(item: ChecklistItem) -> Text:
    """Confirm that something is not done."""
    return t("“{item}” is to be done again.", item=what(item))


def reminder(session: Session, days: int, items: Sequence[ChecklistItem]) -> Message:
    """Remind a host of what is to be done so long before or after the start of a session."""
    title = t("You're hosting “{title}”: here's what to do now", title=title_of(session))
    if days > 0:
        title = t("You hosted “{title}”: here's what's left to do", title=title_of(session))
    when = Paragraph(plain(Moment(session.starts_at)))
    buttons, menus = ticking(session, items)
    return Message(title, (when, to_do(items)), (*buttons, _all(session)), menus)


def _all(session: Session) -> Button:
    return button(t("See the whole list"), "host.to-do", session=session.id)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a host is asked after a session: what stays of it, what the next ones should know."""

    stays: bool
    handover: bool


def after(session: Session, items: Sequence[ChecklistItem], asked: Asked) -> Message:
    """Ask a host after a session what stays and what there is to hand over, and say what is left.

    What stays is written down in one form.
    """
    if not asked.stays and not asked.handover:
        return reminder(session, 1, items)
    title = t("Thank you for hosting “{title}”!", title=title_of(session))
    blocks: list[Block] = []
    buttons: list[Button] = []
    if session.programme_id:
        blocks.append(Paragraph(plain(Moment(session.starts_at))))
    if asked.stays:
        blocks.append(Paragraph(STAYS))
        buttons.append(_write_down(session))
    if asked.handover:
        question = t("What should the next host know? Links, who helped, what took longer…")
        blocks += [Paragraph(question), Context(WHO_READS)]
        buttons.append(button(t("Write a handover"), "host.handover", session=session.id))
    if items:
        blocks += [Paragraph(t("Left to do:")), to_do(items)]
    ticks, menus = ticking(session, items)
    return Message(title, tuple(blocks), (*buttons, *ticks), menus)


STAYS = t("What stays of it? Who was there, recording, slides, notes, who does what next…")


def _write_down(session: Session) -> Button:
    return button(t("Write it down"), "session.after", "primary", session=session.id)


def over_unhosted(session: Session) -> Message:
    """Ask whoever planned a session that nobody hosted what stays of it."""
    title = t("“{title}” is over.", title=title_of(session))
    when = (Paragraph(plain(Moment(session.starts_at))),) if session.programme_id else ()
    return Message(title, (*when, Paragraph(STAYS)), (_write_down(session),))


WHO_READS = t("Only hosts and the core group will see it.")


def written(session: Session, *, last: bool) -> Message:
    """Confirm a handover, and say when the next hosts read it."""
    kept = t("Thank you! I've saved it.")
    next_one = t("Whoever hosts next will read it.")
    if last:
        next_one = t("Whoever hosts next will read it, once there's another session.")
    change = button(t("Change"), "host.handover", session=session.id)
    return said(joined((kept, next_one)), change)


def beginning(
    session: Session, received: Sequence[Handover], items: Sequence[ChecklistItem], *, more: bool
) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """Give what somebody reads who takes a turn: the handovers, and what is due already."""
    blocks: tuple[Block, ...] = handovers(received)
    if items:
        blocks = (*blocks, Paragraph(t("To be done by now:")), to_do(items))
    return blocks, (_all(session),) if more else ()


def week(
    left: Sequence[tuple[Session, Sequence[ChecklistItem]]], zone: ZoneInfo
) -> tuple[Block, ...]:
    """Show a host what is to be done this week, or still is, by session."""
    blocks: list[Block] = []
    for session, items in left:
        if items:
            words = t("To do for “{title}”:", title=title_of(session))
            lines = Items(tuple(_on(session, item, zone) for item in items))
            blocks += [Paragraph(words), lines, Actions(*ticking(session, items))]
    return tuple(blocks)
