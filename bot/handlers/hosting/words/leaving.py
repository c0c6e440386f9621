"""Words for coordinators who left, and what became of their turns."""

from collections.abc import Sequence

from bot.authored import title_of
from bot.chat import Block, Items, Message, Moment, Paragraph, button, said
from bot.commands import person
from bot.handlers.hosting.words.turns import ask_somebody
from bot.i18n import Text, t
from storage.people import Member
from storage.sessions import Session


def gone(member: Member, offered: Sequence[Session], alone: Sequence[Session]) -> Message:
    """Tell who left, which of their turns are `offered`, and which are left `alone`."""
    words = t(
        "{who} has left, so I no longer count them as coming or suggest them as host.",
        who=person(member),
    )
    blocks: list[Block] = [Paragraph(words)]
    done = t("I'm offering their turns to all hosts:")
    lack = t("Nobody's hosting these now, and I found nobody to ask:")
    for told, sessions in ((done, offered), (lack, alone)):
        if sessions:
            blocks += [Paragraph(told), Items(tuple(map(_line, sessions)))]
    ask = [ask_somebody(one) for one in (*offered, *alone)][:1]
    return Message(blocks=tuple(blocks), buttons=(*ask, button(t("See next turns"), "host.rota")))


def _line(session: Session) -> Text:
    return t("{title}: {when}", title=title_of(session), when=Moment(session.starts_at))


def back(member: Member) -> Message:
    """Tell that somebody who had left is back."""
    words = t(
        "{who} had left and is back. They have their turns again, except those somebody else took.",
        who=person(member),
    )
    return said(words, button(t("See next turns"), "host.rota"))
