"""Keeps who is who: each one's own profile, and the way to find others."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.commands import COORDINATORS, EVERYONE, Caller
from bot.domain.people import change
from bot.handlers.people.group import my, people
from bot.handlers.people.words import profiles as words
from bot.i18n import AMERICAN, supported_language, t
from bot.options.basic import Line, LongText, Sought
from bot.options.languages import Languages, Speech, language_called
from bot.options.things import PersonOption
from bot.options.times import Zone
from bot.protocol import Change, Reply, Say
from bot.wording import log as log_words
from bot.wording.pages import LISTED, Page
from storage import Records

SHORT = 100


def _as_it_is(caller: Caller, records: Records) -> Mapping[str, Any]:
    member = records.members.get(caller.member.id)
    return {
        "name": member.name,
        "zone": caller.zone,
        "language": caller.locale
        if caller.locale == AMERICAN
        else supported_language(caller.locale),
        "organisation": member.organisation,
        "region": member.region,
        "languages": member.languages,
        "brings": member.brings,
        "seeks": member.seeks,
    }


@my.command(title=t("Change my profile"), submit=t("Save"), who=EVERYONE, fill=_as_it_is)
def profile(
    caller: Caller,
    records: Records,
    name: Annotated[str, Line(t("Name"), limit=SHORT, empty=None)] | None = None,
    zone: Annotated[str, Zone(t("Time zone"), t("For example: Africa/Nairobi"))] | None = None,
    language: Annotated[str, Speech(t("Language for messages"), regions=(AMERICAN,))] | None = None,
    organisation: Annotated[str, Line(t("Organisation"), limit=SHORT)] | None = None,
    region: Annotated[str, Line(t("Region"), limit=SHORT)] | None = None,
    languages: Annotated[list[str], Languages(t("Languages"), t("Separated by commas"))]
    | None = None,
    brings: Annotated[str, LongText(t("What I offer"), limit=1000)] | None = None,
    seeks: Annotated[str, LongText(t("What I'm looking for"), limit=1000)] | None = None,
) -> Reply:
    """See and change your profile: name, time zone, language, what you offer."""
    given = {
        "name": name,
        "zone": zone,
        "locale": language,
        "organisation": organisation,
        "region": region,
        "languages": languages,
        "brings": brings,
        "seeks": seeks,
    }
    member = records.members.get(caller.member.id)
    change(records, member, given, caller.now)
    caller.locale, caller.zone = member.locale or caller.locale, member.zone or caller.zone
    return Say(words.saved(member))


@people.command(title=t("See a profile"), submit=t("View"), reads=True, on="person")
def show(caller: Caller, records: Records, person: PersonOption) -> Reply:
    """Show somebody's profile."""
    told = words.profile(person, own=person.id == caller.member.id)
    if not caller.is_at_least(COORDINATORS):
        return Say(told)
    role = records.log.last([person.about], "given a role")
    given = [role] if role and role.undone_by_id is None else []
    acts, undo = log_words.acts(records, given, given)
    return Say(replace(told, blocks=(*told.blocks, *acts), buttons=(*told.buttons, *undo)))


@people.command(title=t("Find people"), submit=t("Search"), reads=True)
def find(
    caller: Caller,
    records: Records,
    called: Annotated[str, Sought(t("Name, language or topic"), limit=SHORT)] = "",
    page: Page = 0,
) -> Reply:
    """Find people by name, organisation, region, language, or by what they offer or need."""
    language = language_called(called)
    found = records.members.matching(called, caller.sight, LISTED, language=language)
    told = words.found(found, called, page)
    return Change(told) if page else Say(told)
