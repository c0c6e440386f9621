"""Sets a community up and shows who keeps it going."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Annotated, Any, Literal

from bot.chat import Place
from bot.commands import COORDINATORS, EVERYONE, Caller
from bot.domain.announcing import spread
from bot.domain.people import change, log_settings, spoken
from bot.handlers.community.group import community
from bot.handlers.community.words import setting_up as words
from bot.i18n import t
from bot.options.basic import Line, YesNo
from bot.options.languages import Languages, Speech
from bot.options.people import PlaceKind
from bot.options.times import Hour, Zone
from bot.protocol import Reply, Say
from storage import Records
from storage.community import Channel

Chosen = Place | Literal[""] | None
"""A channel for a purpose: one, none any more (empty), or as it is (None)."""
Own = t("Leave it empty if it needs none of its own")
Quiet = t("No reminders during these hours, in each person's own time zone")


def _as_it_is(caller: Caller, records: Records) -> Mapping[str, Any]:
    home, channels = records.community, records.channels
    chosen = {
        "announcements": channels.announcing(),
        "core_channel": channels.of_core(),
        "reminders": channels.reminding(),
    }
    return {
        "name": home.name,
        "zone": home.zone if home.set_up else records.members.usual_zone(caller.zone),
        "language": home.locale,
        "languages": home.languages,
        "quiet_from": home.quiet_from,
        "quiet_to": home.quiet_to,
        "alternate_regions": home.alternate_regions,
        **{name: place for name, found in chosen.items() for place in _own(caller, found)[:1]},
    }


def _own(caller: Caller, channels: Sequence[Channel]) -> list[Place]:
    """Give those of the workspace of the caller, from which they can choose."""
    here = (caller.account.platform, caller.account.workspace)
    own = [one for one in channels if (one.platform, one.workspace) == here]
    return [Place(one.platform, one.workspace, one.channel, one.name) for one in own]


@community.command(
    title=t("Set up the community"), submit=t("Save"), who=COORDINATORS, fill=_as_it_is, shared=True
)
def setup(
    caller: Caller,
    records: Records,
    name: Annotated[str, Line(t("Name"), limit=100, empty=None)] | None = None,
    zone: Annotated[str, Zone(t("Time zone"), t("For example: Africa/Nairobi"))] | None = None,
    language: Annotated[str, Speech(t("Language of public posts"))] | None = None,
    languages: Annotated[list[str], Languages(t("Languages"), t("Separated by commas"))]
    | None = None,
    quiet_from: Annotated[time, Hour(t("Quiet from"), Quiet)] | None = None,
    quiet_to: Annotated[time, Hour(t("Quiet until"), Quiet)] | None = None,
    announcements: Annotated[Chosen, PlaceKind(t("Channel for announcements"), empty="")] = None,
    core_channel: Annotated[Chosen, PlaceKind(t("Channel for the core group"), empty="")] = None,
    reminders: Annotated[Chosen, PlaceKind(t("Channel for reminders"), empty="")] = None,
    alternate_regions: Annotated[bool, YesNo(t("Alternate hosts between regions"))] | None = None,
) -> Reply:
    """Set the community up: name, time zone, languages, quiet hours, channels."""
    home = records.community
    given = {
        "name": name,
        "zone": zone or (None if home.set_up else records.members.usual_zone(caller.zone)),
        "locale": language,
        "languages": spoken(home, language, languages),
        "quiet_from": quiet_from,
        "quiet_to": quiet_to,
        "alternate_regions": alternate_regions,
    }
    others = change(records, home, {**given, "set_up": True}, caller.now)
    chosen = {"announces": announcements, "core": core_channel, "reminds": reminders}
    before = _purposes(records)
    _choose(caller, records, chosen)
    after = _purposes(records)
    others = [*others, *(name for name in after if after[name] != before[name])]
    log_settings(records, others, caller.actor)
    places = tuple(dict.fromkeys(place for place in chosen.values() if isinstance(place, Place)))
    return Say(words.summary(home, records.channels.in_use(), changes=True), chosen=places)


def _purposes(records: Records) -> Mapping[str, Sequence[int]]:
    """Give the channels that have each purpose, by id."""
    channels = records.channels.in_use()
    purposes = ("announces", "core", "reminds")
    return {name: [one.id for one in channels if getattr(one, name)] for name in purposes}


def _choose(caller: Caller, records: Records, chosen: Mapping[str, Chosen]) -> None:
    for purpose, place in chosen.items():
        if place == "":
            records.channels.choose_none(purpose, caller.account.platform, caller.account.workspace)
        elif place is not None:
            channel = records.channels.meet(
                place.platform, place.workspace, place.channel, place.name
            )
            channel.lost = ""
            records.channels.choose(purpose, channel)


@community.command(
    title=t("Language of a channel"), submit=t("Save"), who=COORDINATORS, listed=False
)
def channel_language(
    caller: Caller,
    records: Records,
    channel: Annotated[Place, PlaceKind(t("Channel"))],
    language: Annotated[str, Speech(t("Language"), Own, empty="")] = "",
) -> Reply:
    """Choose a channel that gets every announcement in a language of its own."""
    known = (channel.platform, channel.workspace, channel.channel, channel.name)
    place = records.channels.meet(*known)
    before, place.locale, place.lost = place.locale, language, ""
    if before != language:
        spread(records, place, caller.now)
        log_settings(records, ["channel_locale"], caller.actor)
    home, channels = records.community, records.channels.in_use()
    return Say(words.summary(home, channels, changes=True), chosen=(channel,))


@community.command(title=t("See the settings"), submit=t("View"), reads=True)
def show(caller: Caller, records: Records) -> Reply:
    """Show how the community is set up."""
    changes = caller.is_at_least(COORDINATORS)
    return Say(words.summary(records.community, records.channels.in_use(), changes=changes))


@community.command(title=t("See the team"), submit=t("View"), who=EVERYONE, reads=True)
def team(caller: Caller, records: Records) -> Reply:
    """Show who coordinates and who's in the core group."""
    return Say(words.people(records.members.with_role("coordinator", "core")))
