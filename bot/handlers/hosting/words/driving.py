"""Words what the rota does by itself, and what waits for coordinators because of it."""

from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.authored import title_of
from bot.chat import (
    Actions,
    Block,
    Button,
    Day,
    Message,
    Moment,
    Option,
    Paragraph,
    Person,
    button,
    choice,
    said,
)
from bot.commands import person
from bot.handlers.hosting.words.pool import wish_to_join
from bot.handlers.hosting.words.turns import ask_somebody, found, no, who_could, yes
from bot.i18n import Text, joined, plain, t, tn
from bot.wording.of_sessions import said_of
from storage.hosting import Turn
from storage.people import Member
from storage.programmes import Programme
from storage.sessions import Session

FEW = 3
"""How many of a kind are shown with their buttons."""
Said = Callable[[Person | Text, Day], Text]
DONE: Mapping[str, Said] = {
    "open": lambda who, day: t("offered {day}", day=day),
    "proposed": lambda who, day: t("asked {who} {day}, no answer yet", who=who, day=day),
    "lapsed": lambda who, day: t("asked {who} {day}, no answer", who=who, day=day),
    "declined": lambda who, day: t("{who} said no {day}", who=who, day=day),
    "given": lambda who, day: t("{who} gave it back {day}", who=who, day=day),
}


def done(turns: Sequence[Turn], people: Mapping[int, Member], zone: str) -> Text:
    """Word what was done about a turn, and when, in one line."""
    known = [turn for turn in turns if turn.state in DONE]
    parts = []
    for turn in sorted(known, key=lambda turn: turn.changed_at):
        who = people.get(turn.member_id or 0)
        day = Day(turn.changed_at.astimezone(ZoneInfo(zone)).date())
        parts.append(DONE[turn.state](person(who) if who else Text(""), day))
    return joined(parts, " · ") if parts else t("nothing done yet")


def lapsed(session: Session, *, others: bool) -> Message:
    """Tell somebody kindly that their answer is not waited for any more; `others` are asked."""
    words = [t("You haven't answered, and that's fine.")]
    if others:
        words.append(t("I'm asking somebody else now."))
    words.append(t("If you'd like to, you can still host it."))
    title = t("Hosting “{title}”", title=title_of(session))
    blocks = (Paragraph(plain(Moment(session.starts_at))), Paragraph(joined(words)))
    return Message(title, blocks, (yes(session), no(session)))


def unfilled(session: Session, so_far: Text, days: int, *, nobody: bool) -> Message:
    """Tell a coordinator that a session so many days ahead has no host, and what can be done."""
    title = t("“{title}” has no host yet", title=title_of(session))
    ahead = tn("It begins in {count} day.", "It begins in {count} days.", days)
    if not days:
        ahead = t("It begins in less than a day.")
    blocks: list[Block] = [Paragraph(plain(Moment(session.starts_at))), Paragraph(ahead)]
    blocks.append(Paragraph(t("What happened so far: {done}.", done=so_far)))
    if nobody:
        blocks.append(Paragraph(t("There's nobody else I could ask.")))
    return Message(title, tuple(blocks), (*_ways(session), *_or_not(session)))


def filled(session: Session, hosts: Sequence[Member]) -> Message:
    """Word for a coordinator that a session has a host by now, or has begun without one."""
    if hosts:
        return found(session, hosts)
    return said_of(session, t("“{title}” has already begun.", title=title_of(session)))


def _ways(session: Session) -> tuple[Button, ...]:
    take = button(t("I'll host"), "host.take", session=session.id)
    return (ask_somebody(session), take)


def _or_not(session: Session) -> tuple[Button, ...]:
    return (
        button(t("Move"), "session.move", session=session.id),
        button(t("Cancel session…"), "session.cancel", "danger", session=session.id),
    )


def waiting(rows: Sequence[tuple[Session, Text]]) -> tuple[Block, ...]:
    """List sessions without a host, each with what was done about it and what can be."""
    blocks: list[Block] = []
    for session, so_far in rows[:FEW]:
        told = t("{title}, {when}", title=title_of(session), when=Moment(session.starts_at))
        blocks.append(Paragraph(t("{session}: no host; {done}", session=told, done=so_far)))
        blocks.append(Actions(_ways(session)))
    if len(rows) > FEW:
        blocks.append(Actions((button(t("See all turns"), "host.rota", next=12),)))
    return tuple(blocks)


def wishing_in(rows: Sequence[tuple[Member, str, Programme | None]]) -> tuple[Block, ...]:
    """List who would like to join the hosts, with the ways to answer."""
    blocks: list[Block] = []
    for member, often, programme in rows[:FEW]:
        blocks.append(Paragraph(wish_to_join(member, programme)))
        agree = button(t("Agree"), "host.admit", "primary", person=member.id, often=often)
        later = button(t("Not now"), "host.put-off", person=member.id)
        blocks.append(Actions((agree, later)))
    rest = tuple(Option(str(member.id), plain(member.name)) for member, *_ in rows[FEW:25])
    if rest:
        blocks.append(Actions(choices=(choice(t("Agree"), "host.admit", "person", rest),)))
    return tuple(blocks)


def put_off(member: Member) -> Message:
    """Confirm that somebody's wish to join the hosts does not wait any more."""
    words = t(
        "I won't list {who}'s request any more. I haven't told them: please do.", who=person(member)
    )
    return said(words)


def offer_undone(session: Session) -> Message:
    """Confirm that an offer of the rota was taken back, and that it stays so."""
    words = t("“{title}” is no longer offered.", title=title_of(session))
    return said_of(session, words, ask_somebody(session), who_could())


def stopped(session: Session) -> Message:
    """Confirm that the rota asks nobody for a session any more."""
    words = t(
        "I'm not asking anybody else to host “{title}”. If it has no host, I'll tell the "
        "coordinators before it begins.",
        title=title_of(session),
    )
    return said_of(session, words, ask_somebody(session))
