"""Gives all sessions for people's own calendars, and publishes page and calendars."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from bot.commands import COORDINATORS, EVERYONE, Caller
from bot.domain.calendars import publish, scope
from bot.domain.people import change, log_settings
from bot.handlers.community.group import community
from bot.handlers.community.words import calendar as words
from bot.i18n import t
from bot.options.basic import LongText, YesNo
from bot.protocol import Change, Reader, Reply, Say
from bot.wording.calendars import member_reading, public_address, shared_calendar
from bot.wording.public_pages import page_address
from storage import Records

ABOUT = t("For people who don't know you yet; web addresses become links")
JOIN = t("For example: whom to write to, or where to sign up")


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


@community.command(title=t("Public page"), submit=t("Check first"), who=COORDINATORS, listed=False)
def public_calendar(caller: Caller, records: Records) -> Reply:
    """Have a page and calendars for everybody on the web; I'll say first what they see."""
    return Say(words.about_to_publish(web=bool(caller.web_address)))


@community.command(title=t("Publish the page"), submit=t("Publish"), who=COORDINATORS, listed=False)
def publish_calendar(
    caller: Caller, records: Records, public: Annotated[bool, YesNo(t("For everybody"))]
) -> Reply:
    """Let everybody on the web read your page and calendars, or nobody any more."""
    publish(records, public=public, by=caller.actor)
    page = page_address(caller.web_address, records)
    calendar = public_address(caller.web_address, records)
    return Change(words.published(page, calendar, public=public))


def _as_it_is(caller: Caller, records: Records) -> Mapping[str, str]:
    home = records.community
    return {"about_us": home.about_us, "how_to_join": home.how_to_join}


@community.command(
    title=t("Write the public page"),
    submit=t("Save"),
    who=COORDINATORS,
    listed=False,
    shared=True,
    fill=_as_it_is,
)
def public_page(
    caller: Caller,
    records: Records,
    about_us: Annotated[str, LongText(t("What your community is"), ABOUT)] | None = None,
    how_to_join: Annotated[str, LongText(t("How to join"), JOIN)] | None = None,
) -> Reply:
    """Write what the page for everybody says of your community, and how people join."""
    given = {"about_us": about_us, "how_to_join": how_to_join}
    log_settings(records, change(records, records.community, given, caller.now), caller.actor)
    return Say(words.written(page_address(caller.web_address, records)))
