"""Shows hosts what colleagues ask of them and wait to hear: swaps, and to host with them."""

from itertools import groupby

from bot.chat import Actions, Block, Message, Paragraph
from bot.commands import Caller
from bot.handlers.hosting.group import host
from bot.handlers.hosting.words import roles as role_words
from bot.handlers.hosting.words import swaps as words
from storage import Records
from storage.hosting import HOST
from storage.swaps import Question


@host.week
def questions(caller: Caller, records: Records) -> tuple[Block, ...]:
    """Show somebody what they were asked by colleagues and have not answered."""
    asked = [_question(question) for question in records.swaps.questions_to(caller.member.id)]
    wishes = records.hosting.wishes_to(caller.member.id, caller.now)
    for session, rows in groupby(wishes, key=lambda row: row[0]):
        asked.append(words.wishes(session, [member for _, member in rows], ()))
    return tuple(block for message in asked for block in _in_week(message))


def _question(question: Question) -> Message:
    session, role, asker, wanted = question
    if role != HOST:
        return role_words.question(session, role, asker, wanted)
    return words.question(session, asker, wanted)


def _in_week(message: Message) -> tuple[Block, ...]:
    title = (Paragraph(message.title),) if message.title else ()
    actions = (Actions(message.buttons),) if message.buttons else ()
    return (*title, *message.blocks, *actions)
