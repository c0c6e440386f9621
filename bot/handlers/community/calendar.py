"""Gives all sessions for people's own calendars, and lets everybody on the web read them."""

from dataclasses import replace
from typing import Annotated

from bot.commands import COORDINATORS, EVERYONE, Caller
from bot.domain.calendars import publish, scope
from bot.handlers.community.group import community
from bot.handlers.community.words import calendar as words
from bot.i18n import t
from bot.options.basic import YesNo
from bot.protocol import Change, Reader, Reply, Say
from bot.wording.calendars import member_reading, public_address, shared_calendar
from storage import Records


@community.command(title=t("Calendar of sessions"), submit=t("Get it"), who=EVERYONE, reads=True)
def calendar(caller: Caller, records: Records) -> Reply:
    """Get all sessions for your calendar."""
    reader = member_reading(caller.member, Reader(caller.locale, caller.zone), caller.now)
    url = public_address(caller.web_address, records)
    message = shared_calendar(records, scope(caller.now), reader, url)
    if not (caller.is_at_least(COORDINATORS) and caller.web_address):
        return Say(message)
    switch = words.switch(public=records.community.public_calendar)
    return Say(replace(message, buttons=(*message.buttons, *switch)))


@community.command(
    title=t("Public calendar"), submit=t("Check first"), who=COORDINATORS, listed=False
)
def public_calendar(caller: Caller, records: Records) -> Reply:
    """Let everybody on the web read when your sessions are; I'll say first what they see."""
    return Say(words.about_to_publish(web=bool(caller.web_address)))


@community.command(
    title=t("Publish the calendar"), submit=t("Publish"), who=COORDINATORS, listed=False
)
def publish_calendar(
    caller: Caller, records: Records, public: Annotated[bool, YesNo(t("For everybody"))]
) -> Reply:
    """Let everybody on the web read when your sessions are, or nobody any more."""
    publish(records, public=public, by=caller.actor)
    return Change(words.published(public_address(caller.web_address, records), public=public))
