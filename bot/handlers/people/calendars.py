"""Lets people have their sessions in their own calendar, which follows by itself or is a file."""

from collections.abc import Mapping
from typing import Annotated, Any

from bot.commands import EVERYONE, Caller
from bot.domain import calendars as domain
from bot.domain.people import choose_alarms
from bot.errors import FieldError
from bot.handlers.people.group import my
from bot.handlers.people.words import calendars as words
from bot.i18n import t
from bot.moments import Reminding
from bot.options.reminders import RemindingKind
from bot.protocol import Change, Reader, Reply, Say
from bot.wording.calendars import (
    address_of,
    calendar_files,
    calendar_items,
    calendar_name,
    member_reading,
)
from storage import Records

Alarms = Annotated[
    Reminding, RemindingKind(t("Alarms"), t("For example: 1 day, 30 minutes; empty: none"))
]


@my.command(title=t("My calendar"), submit=t("Show"), who=EVERYONE, reads=True)
def calendar_(caller: Caller, records: Records) -> Reply:
    """Have your sessions in your own calendar."""
    feeds = records.calendars.feeds(caller.member.id)
    return Say(words.own_calendar(caller.member, feeds, caller.now, web=bool(caller.web_address)))


@my.command(title=t("Get my calendar"), submit=t("Get it"), who=EVERYONE, listed=False, secret=True)
def feed(caller: Caller, records: Records) -> Reply:
    """Get a private address your calendar app reads, and all your sessions as a file."""
    member = records.members.get(caller.member.id)
    reader = member_reading(member, Reader(caller.locale, caller.zone), caller.now)
    scope = domain.scope(caller.now, member=member.id)
    items = calendar_items(records, scope, reader)
    files = calendar_files(calendar_name(records, scope), items, reader)
    if not caller.web_address:
        return Say(words.file_alone(files))
    token = domain.new_address(records, member, caller.now)
    return Say(words.address(address_of(caller.web_address, token), files))


@my.command(title=t("Switch off my addresses"), submit=t("Check first"), who=EVERYONE, listed=False)
def feed_off(caller: Caller, records: Records) -> Reply:
    """Switch off the addresses your calendar is read at; I'll ask first."""
    return Say(words.about_to_close(len(records.calendars.feeds(caller.member.id))))


@my.command(title=t("Switch off now"), submit=t("Switch off"), who=EVERYONE, listed=False)
def close_feeds(caller: Caller, records: Records) -> Reply:
    """Switch off all the addresses your calendar is read at."""
    member = records.members.get(caller.member.id)
    return Change(words.closed(domain.close_addresses(records, member)))


def _as_chosen(caller: Caller, records: Records) -> Mapping[str, Any]:
    return {"before": Reminding(tuple(caller.member.alarms))}


@my.command(
    title=t("Calendar alarms"),
    submit=t("Save"),
    who=EVERYONE,
    fill=_as_chosen,
)
def alarms(caller: Caller, records: Records, before: Alarms) -> Reply:
    """Choose when your own calendar rings before a session."""
    if before.at is not None or before.offsets is None:
        raise FieldError("before", t("Say how long before: 1 day, 2 hours, 30 minutes."))
    member = records.members.get(caller.member.id)
    choose_alarms(records, member, before.offsets)
    followed = bool(records.calendars.feeds(member.id))
    return Say(words.alarms(member, followed=followed))
