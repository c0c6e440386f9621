"""Words who is in the pool of hosts, who joins, who is away and who leaves."""

from collections.abc import Mapping, Sequence

from bot.authored import title_of
from bot.chat import (
    Actions,
    Block,
    Button,
    Day,
    Fields,
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
from bot.handlers.hosting.words import roles
from bot.handlers.hosting.words.turns import no, own, yes
from bot.i18n import Text, joined, t, tn
from storage.hosting import Away, Turn
from storage.people import Member
from storage.programmes import Programme
from storage.sessions import Session

OFTEN: Mapping[str, tuple[Text, int]] = {
    "any": (t("Whenever needed"), 0),
    "fortnight": (t("Every two weeks at most"), 14),
    "month": (t("Once a month at most"), 28),
    "two_months": (t("Every two months at most"), 56),
    "quarter": (t("Once a quarter at most"), 91),
}
"""How often somebody hosts at most, with the days that lie between two turns at least."""


def joined_now(rest_days: int, programme: Programme | None = None, *, again: bool) -> Message:
    """Welcome somebody among the hosts, of a programme or of all, or tell what is kept of them."""
    often = next((label for label, days in OFTEN.values() if days == rest_days), None)
    words = t("You're one of the hosts now. Thank you! You can always say no to a turn.")
    if programme is not None:
        words = t(
            "You're one of the hosts of “{title}” now. Thank you! You can always say no to a turn.",
            title=title_of(programme),
        )
    if again:
        words = t("You're one of the hosts.")
    kept = (_how_often(often),) if again and often else ()
    options = tuple(Option(name, label) for name, (label, _) in OFTEN.items())
    menu = choice(t("How often at most"), "host.join", "often", options)
    buttons = (
        button(t("See next turns"), "host.rota"),
        button(t("I'll be away…"), "host.away"),
    )
    return Message(blocks=(Paragraph(words), *kept), buttons=buttons, choices=(menu,))


def _how_often(often: Text) -> Fields:
    return Fields(((t("How often"), often),))


def asked_to_join(often: str) -> Message:
    """Tell a member that the coordinators were asked, and how often they would host."""
    words = t("Thank you! I'm asking the coordinators. I'll tell you when they agree.")
    return Message(blocks=(Paragraph(words), _how_often(OFTEN[often][0])))


def wish_to_join(member: Member, programme: Programme | None) -> Text:
    """Say that somebody would like to join the hosts, of all sessions or of a programme."""
    if programme is None:
        return t("{who} would like to join the hosts.", who=person(member))
    named = {"who": person(member), "title": title_of(programme)}
    return t("{who} would like to join the hosts of “{title}”.", **named)


def wants_in(member: Member, often: str, programme: Programme | None = None) -> Message:
    """Ask a coordinator whether a member may join the hosts."""
    words = wish_to_join(member, programme)
    more = t("They'd also be part of the core group.")
    agree = button(t("Agree"), "host.admit", "primary", person=member.id, often=often)
    who = button(t("See profile"), "people.show", person=member.id)
    return said(joined((words, more)), agree, who)


def admitted(member: Member) -> Message:
    """Confirm that somebody is among the hosts."""
    return said(t("{who} is one of the hosts now.", who=person(member)))


def leaving(hosted: Sequence[Session], programme: Programme | None = None) -> Message:
    """Say what happens to the turns of somebody who is about to leave."""
    words = tn(
        "You're still hosting {count} session. When you leave, I'll offer it to all hosts.",
        "You're still hosting {count} sessions. When you leave, I'll offer them to all hosts.",
        len(hosted),
    )
    label, call = t("Leave and offer turns"), "host.leave"
    leave = button(label, call, "danger", sure="yes")
    if programme is not None:
        leave = button(label, call, "danger", sure="yes", programme=programme.id)
    items = Items(tuple(_line(session) for session in hosted))
    return Message(blocks=(Paragraph(words), items), buttons=(leave,))


def _line(session: Session) -> Text:
    return t("{title}: {when}", title=title_of(session), when=Moment(session.starts_at))


def left(
    offered: Sequence[Session], alone: Sequence[Session], programme: Programme | None = None
) -> Message:
    """Say good-bye to a host, which of their turns are `offered`, and which are left `alone`.

    Nobody was there to be asked to host those.
    """
    words = t("You've left the hosts. Thank you for everything you did!")
    if programme is not None:
        words = t(
            "You've left the hosts of “{title}”. Thank you for everything you did!",
            title=title_of(programme),
        )
    done = t("I'm offering these turns to all hosts:")
    lack = t("Nobody's hosting these now, and I found nobody to ask. Please tell a coordinator:")
    blocks: list[Block] = [Paragraph(words)]
    for told, sessions in ((done, offered), (lack, alone)):
        if sessions:
            blocks += [Paragraph(told), Items(tuple(map(_line, sessions)))]
    return Message(blocks=tuple(blocks), buttons=(button(t("Join again"), "host.join"),))


def absences(aways: Sequence[Away]) -> list[Block]:
    """List when somebody is away, each with a button to take it back."""
    blocks: list[Block] = []
    for one in aways:
        back = button(t("I'm not away"), "host.there", first=one.first.isoformat())
        blocks += [Paragraph(_days(one)), Actions((back,))]
    return blocks


def _days(one: Away) -> Text:
    if one.first == one.last:
        return t("You're away on {day}.", day=Day(one.first))
    return t("You're away from {first} to {last}.", first=Day(one.first), last=Day(one.last))


def away(aways: Sequence[Away], hit: Sequence[tuple[Turn, Session]]) -> Message:
    """Tell when somebody is away, and ask what becomes of their turns in that time."""
    blocks = absences(aways)
    if hit:
        words = t("You have turns on those days. What should I do with them?")
        blocks = [*blocks, Paragraph(words), *turns(hit)]
    return Message(t("I won't suggest you as host while you're away"), tuple(blocks))


def there(one: Away) -> Message:
    """Confirm that somebody is not away."""
    if one.first == one.last:
        return said(t("You're available again on {day}.", day=Day(one.first)))
    days = {"first": Day(one.first), "last": Day(one.last)}
    return said(t("You're available again from {first} to {last}.", **days))


def turns(rows: Sequence[tuple[Turn, Session]]) -> list[Block]:
    """List somebody's turns, each with what they can do about it."""
    blocks: list[Block] = []
    for turn, session in rows:
        words, buttons = _turn(turn, session)
        blocks += [Paragraph(words), Actions(buttons)]
    return blocks


def helping(rows: Sequence[tuple[Turn, Session]]) -> list[Block]:
    """List somebody's turns in roles beside hosting, each with what they can do about it."""
    blocks: list[Block] = []
    for turn, session in rows:
        words, buttons = roles.week(turn, session)
        blocks += [Paragraph(words), Actions(buttons)]
    return blocks


def _turn(turn: Turn, session: Session) -> tuple[Text, tuple[Button, ...]]:
    when = Moment(session.starts_at)
    if turn.state == "proposed":
        words = t("You've been asked to host “{title}”: {when}", title=title_of(session), when=when)
        return words, (yes(session), no(session))
    if turn.agreed_to != session.starts_at:
        words = t(
            "You're hosting “{title}”, which was moved: {when}. Can you still host it?",
            title=title_of(session),
            when=when,
        )
        return words, (yes(session, t("Yes, I'll host")), no(session, t("No, I can't")))
    if turn.state == "offered":
        words = t(
            "You're hosting “{title}” until somebody takes over: {when}",
            title=title_of(session),
            when=when,
        )
        keep = button(t("I'll keep it"), "host.accept", session=session.id)
        return words, (keep, no(session, t("I can't host")))
    return t("You're hosting “{title}”: {when}", title=title_of(session), when=when), own(session)


def week(
    rows: Sequence[tuple[Turn, Session]], aways: Sequence[Away], in_pool: bool
) -> tuple[Block, ...]:
    """Show somebody their turns as host, and when they are away."""
    if rows or aways:
        return (*turns(rows), *absences(aways))
    if in_pool:
        return (Paragraph(t("You have no turns as host at the moment.")),)
    return ()
