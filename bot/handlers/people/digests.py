"""Stops digests and has them come again, and looks whether there is one when its morning comes."""

from datetime import datetime
from typing import Annotated

from bot.commands import EVERYONE, Caller
from bot.domain import digests as domain
from bot.handlers.people.group import my
from bot.handlers.people.words import digests as words
from bot.i18n import t
from bot.options.basic import OneOf
from bot.protocol import Change, Reply, Say
from storage import Records

OFF = "none"
Digest = Annotated[str, OneOf(t("Digest of what's new and next"), options=words.OFTEN)]


def choose(caller: Caller, records: Records, often: str) -> None:
    """Keep how often somebody wants a digest."""
    member = records.members.get(caller.member.id)
    domain.choose(records, member, "" if often == OFF else often, caller.now)


@my.command(title=t("Stop my digest"), submit=t("Stop"), who=EVERYONE, listed=False)
def stop_digest(caller: Caller, records: Records) -> Reply:
    """Stop sending you a digest."""
    before = records.members.get(caller.member.id).digest
    choose(caller, records, OFF)
    return Say(words.stopped(before))


@my.command(title=t("Send my digest again"), submit=t("Send"), who=EVERYONE, listed=False)
def digest_again(caller: Caller, records: Records, digest: Digest) -> Reply:
    """Send you a digest again as before; what you've chosen since stays."""
    member = records.members.get(caller.member.id)
    if digest != OFF:
        domain.resume(records, member, digest, caller.now)
    return Change(words.chosen(member, domain.next_of(records, member, caller.now)))


@my.timer(t("Digest"))
def digest(records: Records, member_id: int, now: datetime) -> None:
    """Want somebody's digest when its morning has come."""
    member = records.members.find(member_id)
    if member is not None:
        domain.look(records, member, now)
