"""Declares the one thing the drill says: a message with a number that can be counted."""

from bot.chat import Message, said
from bot.groups import Group
from bot.i18n import Text
from bot.notices import Sending
from storage import Records

toy = Group("drill", Text("Drill"))


@toy.notice(Text("A toy"))
def told(records: Records, sending: Sending) -> Message:
    """Tell a number."""
    return said(Text("Delivery {number}.", {"number": sending.kind}))
