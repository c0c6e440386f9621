"""Words closing rounds: what each takes along from a session, in one line."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.authored import title_of
from bot.chat import Block, Button, Context, Items, Message, Paragraph, button
from bot.i18n import Text, joined, plain, series, t, tn
from storage.closing import ClosingLine
from storage.community import Channel
from storage.people import Member
from storage.sessions import Session

Aloud = Sequence[tuple[ClosingLine, Member | None]]
"""The lines that may be read out, with whose they are where they wish to be named."""


@dataclass(frozen=True, slots=True)
class RoundState:
    """How a closing round stands for its reader: all lines, their own, what they may do."""

    lines: Sequence[ClosingLine]
    own: ClosingLine | None
    hosts: bool
    has_part: bool
    is_read: bool


def title(session: Session) -> Text:
    """Name the closing round of a session."""
    return t("Closing round of “{title}”", title=title_of(session))


def closing(session: Session, state: RoundState, aloud: Aloud) -> Message:
    """Word a closing round for one reader; hosts see the lines before they are read out."""
    count = len(state.lines)
    blocks: list[Block] = [Paragraph(tn("{count} line so far", "{count} lines so far", count))]
    if state.own is not None:
        blocks.append(Paragraph(t("Your line: {line}", line=state.own.words)))
    if (state.hosts or state.is_read) and aloud:
        blocks.append(Items(tuple(_line(*row) for row in aloud)))
    if state.hosts and (kept := count - len(aloud)):
        blocks.append(Context(tn("{count} is not read out.", "{count} are not read out.", kept)))
    if state.is_read:
        blocks.append(Context(t("It has been read out. Late lines join it by themselves.")))
    return Message(title(session), tuple(blocks), _buttons(session, state))


def _buttons(session: Session, state: RoundState) -> tuple[Button, ...]:
    fixed = state.own is not None and state.own.aloud and state.is_read
    mine: tuple[Button, ...] = ()
    if state.has_part and not fixed:
        label = t("Change my line") if state.own else t("Write my line")
        mine = (button(label, "session.closing-line", "primary", session=session.id),)
    if state.own and not fixed:
        mine += (button(t("Take it back"), "session.take-line-back", session=session.id),)
    if not state.hosts or state.is_read:
        return mine
    return (*mine, button(t("Read out together"), "session.read-out", session=session.id))


def would_read_out(count: int, channels: Sequence[Channel]) -> Text:
    """Say what is read out where."""
    lines = tn("I'll post {count} line", "I'll post {count} lines", count)
    if not channels:
        return joined((lines, t("Nobody is pinged.")), ". ")
    where = series(plain(f"#{channel.name}") for channel in channels)
    return t("{lines} in {channels}. Nobody is pinged.", lines=lines, channels=where)


def read_out(session: Session, aloud: Aloud) -> Message:
    """Word what is read out; a name is only written, so that nobody is pinged."""
    lines = tuple(_line(*row) for row in aloud)
    none = Paragraph(t("There's no line any more."))
    return Message(title(session), (Items(lines) if lines else none,))


def _line(line: ClosingLine, member: Member | None) -> Text:
    if member is None or not member.name:
        return plain(line.words)
    return t("{name}: {line}", name=member.name, line=line.words)
