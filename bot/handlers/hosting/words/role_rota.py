"""Words who has which role beside hosting when, and who could be asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.authored import title_of
from bot.chat import Actions, Block, Items, Message, Moment, Paragraph, button
from bot.commands import person
from bot.handlers.hosting.words.roles import week
from bot.handlers.hosting.words.rota import RotaRow
from bot.handlers.hosting.words.turns import names
from bot.i18n import Text, t
from bot.wording.duties import DUTIES, part
from storage.hosting import Turn


@dataclass(frozen=True, slots=True)
class RotaShown:
    """Of which role a rota is shown, how far ahead, and a seal of what it proposes."""

    role: str
    ahead: int
    seal: str


def rota(rows: Sequence[RotaRow], shown: RotaShown, *, changed: bool = False) -> Message:
    """Show who has a role at the next sessions; with a seal, let the reader ask for the gaps."""
    blocks: list[Block] = [Items(tuple(map(_row, rows)))]
    if changed:
        blocks.insert(0, Paragraph(t("Something has changed since. Here's how it stands now:")))
    title = t("{role}: whose turn it is at the next sessions", role=DUTIES[shown.role])
    bound = {"next": str(shown.ahead), "seen": shown.seal, "role": shown.role}
    gaps = shown.seal and any(row.proposed for row in rows)
    ask = button(t("Ask them"), "host.ask-them", "", **bound)
    join = button(t("Join"), "host.join", role=shown.role)
    return Message(title, tuple(blocks), (*((ask,) if gaps else ()), join))


def _row(row: RotaRow) -> Text:
    told = t("{title}, {when}", title=title_of(row.session), when=Moment(row.session.starts_at))
    if row.hosts and row.offered:
        return t("{session}: {who}, until somebody takes over", session=told, who=names(row.hosts))
    if row.hosts:
        return t("{session}: {who}", session=told, who=names(row.hosts))
    if row.asked:
        return t("{session}: waiting for {who} to answer", session=told, who=names(row.asked))
    if row.proposed is None:
        return t("{session}: nobody yet, and I found nobody to ask", session=told)
    who = person(row.proposed)
    return t("{session}: nobody yet; {who} could be asked", session=told, who=who)


def asked_all(rows: Sequence[RotaRow], role: str, reader: int) -> Message:
    """Confirm who was asked, and show the reader the turns that would be theirs."""
    blocks: list[Block] = []
    for row in rows:
        if row.proposed is not None and row.proposed.id == reader:
            state = Turn(session_id=row.session.id, state="proposed", role=role,
                         changed_at=row.session.starts_at)  # fmt: skip
            words, buttons = week(state, row.session)
            blocks += [Paragraph(words), Actions(buttons)]
        elif row.proposed is not None:
            told = {"part": part(role, row.session), "who": person(row.proposed)}
            blocks.append(Paragraph(t("{part}: I've asked {who}.", **told)))
    return Message(blocks=tuple(blocks))
