"""Words who hosts when, who could, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.authored import title_of
from bot.chat import (
    Actions,
    Block,
    Button,
    Choice,
    Day,
    Fields,
    Items,
    Message,
    Moment,
    Paragraph,
    Place,
    button,
    choice,
    said,
)
from bot.commands import person
from bot.handlers.hosting.words.asking import taking_back
from bot.handlers.hosting.words.turns import names, no, yes
from bot.i18n import Text, joined, plain, t, tn
from bot.options.references import session_option
from bot.rules.rotation import Standing
from bot.wording.coming_up import none_ahead
from storage.community import Channel
from storage.hosting import Stay
from storage.people import Member
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class RotaRow:
    """A session of the rota: its hosts, those who are asked, or who could be."""

    session: Session
    hosts: Sequence[Member]
    asked: Sequence[Member]
    offered: bool
    proposed: Member | None
    partner: Member | None

    @property
    def is_open(self) -> bool:
        """Whether it has no host, nobody was asked and it is not offered yet."""
        return not (self.hosts or self.asked or self.offered)


TITLE = t("Who's hosting the next sessions")


def no_rota(*, ever: bool) -> Message:
    """Say that there is no session to host; `ever`: there were some."""
    words, buttons = none_ahead(ever=ever)
    return Message(TITLE, (Paragraph(words),), buttons)


def rota(rows: Sequence[RotaRow], ahead: int, seal: str, *, changed: bool = False) -> Message:
    """Show the next sessions with their hosts; with a `seal`, let the reader fill the gaps."""
    blocks: list[Block] = [Items(tuple(_row(row) for row in rows))]
    if changed:
        blocks.insert(0, Paragraph(t("Something has changed since. Here's how it stands now:")))
    gaps = [row for row in rows if row.proposed]
    if seal and (gaps or any(row.is_open for row in rows)):
        blocks.append(
            Paragraph(t("Volunteers first: offer open turns to all hosts before you ask anybody."))
        )
    buttons = _buttons(rows, ahead, seal)
    offered = [row.session for row in rows if row.offered and seal]
    asked = [row.session for row in rows if row.asked and seal and not row.hosts]
    whys = _whys([row for row in rows if not row.hosts])
    menus = (*whys, *_taking_back(offered), *taking_back(asked))
    return Message(TITLE, tuple(blocks), buttons, menus)


def _taking_back(offered: Sequence[Session]) -> tuple[Choice, ...]:
    """Give the menu by which an offer is withdrawn, whoever made it."""
    options = tuple(session_option(session) for session in offered)
    return (choice(t("Withdraw offer"), "host.withdraw", "session", options),) if options else ()


def _buttons(rows: Sequence[RotaRow], ahead: int, seal: str) -> tuple[Button, ...]:
    offer = button(t("Offer open turns…"), "host.offer-open", "primary", next=ahead)
    ask = button(t("Ask them"), "host.ask-them", next=ahead, seen=seal)
    buttons = (
        (offer, any(row.is_open for row in rows)),
        (ask, any(row.proposed for row in rows)),
    )
    return tuple(one for one, needed in buttons if needed and seal)


def _whys(rows: Sequence[RotaRow]) -> tuple[Choice, ...]:
    options = tuple(session_option(row.session) for row in rows if row.proposed or row.asked)
    return (choice(t("Why?"), "host.why", "session", options),) if options else ()


def _row(row: RotaRow) -> Text:
    told = t("{title}, {when}", title=title_of(row.session), when=Moment(row.session.starts_at))
    if row.hosts and row.offered:
        who = names(row.hosts)
        return t("{session}: {who}, until somebody takes over", session=told, who=who)
    if row.hosts:
        return t("{session}: {who}", session=told, who=names(row.hosts))
    if row.asked:
        return t("{session}: waiting for {who} to answer", session=told, who=names(row.asked))
    return _gap(row, told)


def _gap(row: RotaRow, told: Text) -> Text:
    if row.proposed is None:
        if row.offered:
            return t(
                "{session}: offered to all hosts, and I found nobody else to ask", session=told
            )
        return t("{session}: nobody yet, and I found nobody to ask", session=told)
    who = person(row.proposed)
    words = t("{session}: nobody yet; {who} could be asked", session=told, who=who)
    if row.offered:
        words = t("{session}: offered to all hosts; {who} could be asked", session=told, who=who)
    if row.partner is None:
        return words
    return joined(
        (words, t("(it'd be their first time, maybe with {who})", who=person(row.partner)))
    )


def asked_all(rows: Sequence[RotaRow], reader: int) -> Message:
    """Confirm whom the rota made the bot ask, and show the reader the turns that are theirs."""
    own = [row for row in rows if row.proposed and row.proposed.id == reader]
    others = [row for row in rows if row not in own]
    people = {row.proposed.id for row in others if row.proposed}
    blocks: list[Block] = []
    if people:
        words = tn("I've asked {count} person:", "I've asked {count} people:", len(people))
        hint = Paragraph(t("They can say no. I'll tell you if somebody does."))
        blocks = [Paragraph(words), Items(tuple(_asked(row) for row in others)), hint]
    for row in own:
        blocks += [Paragraph(_own(row.session)), Actions((yes(row.session), no(row.session)))]
    return Message(blocks=tuple(blocks), choices=taking_back([row.session for row in others]))


def _own(session: Session) -> Text:
    when = Moment(session.starts_at)
    return t("It would be your turn to host “{title}”: {when}", title=title_of(session), when=when)


def _asked(row: RotaRow) -> Text:
    who = person(row.proposed) if row.proposed else ""
    told = {"title": title_of(row.session), "when": Moment(row.session.starts_at)}
    return t("{session}: {who}", session=t("{title}, {when}", **told), who=who)


def before_offering(rows: Sequence[RotaRow], channels: Sequence[Channel], ahead: int) -> Message:
    """Show before anything is offered which turns those are, and where they will be."""
    where = joined(
        [plain(Place(c.platform, c.workspace, c.channel, c.name)) for c in channels], ", "
    )
    words = tn(
        "I'll offer this turn to each host:", "I'll offer these turns to each host:", len(rows)
    )
    if channels:
        words = tn(
            "I'll offer this turn in {channels}:",
            "I'll offer these turns in {channels}:",
            len(rows),
            channels=where,
        )
    go = button(t("Offer"), "host.offer-open", "primary", next=ahead, sure="yes")
    return Message(blocks=(Paragraph(words), _titles(rows)), buttons=(go,))


def _titles(rows: Sequence[RotaRow]) -> Items:
    lines = (
        t("{title}: {when}", title=title_of(row.session), when=Moment(row.session.starts_at))
        for row in rows
    )
    return Items(tuple(lines))


def offered_all(rows: Sequence[RotaRow]) -> Message:
    """Confirm which turns are being offered to all."""
    if not rows:
        return said(t("There are no open turns any more."))
    words = tn("I'm offering {count} turn:", "I'm offering {count} turns:", len(rows))
    back = _taking_back([row.session for row in rows])
    return Message(blocks=(Paragraph(words), _titles(rows)), choices=back)


PASSED: Mapping[str, Text] = {
    "neighbour": t("Hosting right before or after"),
    "more": t("More turns so far, given how long they've been hosts"),
    "region": t("Same region as the hosts right before or after"),
    "later": t("Hosted or joined more recently"),
    "even": t("Equally placed, but newer in the community"),
    "resting": t("Too close to another turn, by their own choice"),
    "busy": t("Hosting another session at that time"),
    "away": t("Away that day"),
    "declined": t("Said no to this session"),
    "lapsed": t("Asked for this session, without an answer"),
}
"""Why somebody is not the one to be asked, in the order in which it is told."""


def why(
    session: Session,
    ranked: Sequence[Standing],
    people: Mapping[int, Member],
    asked: Sequence[Member],
    joined_at: Mapping[int, datetime],
    silent: Sequence[Member] = (),
) -> Message:
    """Say what speaks for somebody, and why the others were passed over, `silent` ones as such."""
    free = [one for one in ranked if one.passed is None]
    chosen = {member.id for member in asked} or {one.host for one in free}
    blocks: list[Block] = [
        Items(_standing(one, people[one.host], joined_at[one.host]))
        for one in ranked
        if one.host in chosen
    ]
    others = [one for one in ranked if one.host not in chosen]
    if others:
        blocks += [Paragraph(t("The others")), Fields(_passed(others, people, silent))]
    who = names([people[id] for id in chosen])
    title = t("Why {who} for “{title}”?", who=who, title=title_of(session))
    if not chosen:
        title = t("Nobody is free for “{title}”", title=title_of(session))
    note = t("I count turns over the days each person could be asked. Saying no costs nothing.")
    return Message(title, (*blocks, Paragraph(note)))


def _standing(one: Standing, member: Member, since: datetime) -> tuple[Text, ...]:
    share = round(one.share, 1)
    count = tn(
        "{who} has {count} turn since {when}, upcoming ones included. An even share "
        "would be {share}.",
        "{who} has {count} turns since {when}, upcoming ones included. An even share "
        "would be {share}.",
        one.turns,
        who=person(member),
        when=Day(since.date()),
        share=share,
    )
    last = t("The one before this: {when}.", when=Moment(one.last)) if one.last else None
    return (count, last) if last else (count,)


def _passed(
    others: Sequence[Standing], people: Mapping[int, Member], silent: Sequence[Member]
) -> tuple[tuple[Text, Text], ...]:
    pairs = []
    waited = {member.id for member in silent}
    whys = {
        one.host: "lapsed" if one.passed == "declined" and one.host in waited else one.passed
        for one in others
    }
    for kind, label in PASSED.items():
        found = [people[id] for id, passed in whys.items() if passed == kind]
        if found:
            pairs.append((label, names(sorted(found, key=lambda one: one.name.casefold()))))
    return tuple(pairs)


def history(
    rows: Sequence[tuple[Member, int, datetime | None]], pool: Mapping[int, Stay]
) -> Message:
    """Show how often each has hosted, in the order of the names."""
    title = t("Who has hosted")
    if not rows:
        join = button(t("Join the hosts"), "host.join")
        return Message(title, (Paragraph(t("Nobody takes turns hosting yet.")),), (join,))
    items = Items(tuple(_hosted(*row, pool.get(row[0].id)) for row in rows))
    return Message(title, (items,), (button(t("See next turns"), "host.rota"),))


def _hosted(member: Member, count: int, last: datetime | None, stay: Stay | None) -> Text:
    who = person(member)
    if last is None:
        none = t("{who}: no turns yet", who=who)
        since = (
            t("one of the hosts since {since}", since=Day(stay.joined_at.date())) if stay else None
        )
        return joined((none, since), ", ") if since else none
    return tn(
        "{who}: {count} turn, the last one {when}",
        "{who}: {count} turns, the last one {when}",
        count,
        who=who,
        when=Moment(last),
    )
