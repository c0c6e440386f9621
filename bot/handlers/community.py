"""Sets a community up, says who keeps it going and tells coordinators what went wrong."""

from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from typing import Annotated, Any, Literal

from bot.calls import Change, Reply, Say
from bot.chat import Message, Option, Place
from bot.commands import COORDINATORS, EVERYONE, Caller, Group
from bot.domain.telling import awake
from bot.errors import UserError
from bot.i18n import t
from bot.kinds import Line, Number, OneOf, YesNo
from bot.mentions import PlaceKind
from bot.notices import Sending
from bot.options import (
    NOTHING_TO_UNDO,
    EntryOption,
    Hour,
    Languages,
    PersonOption,
    Speech,
    Zone,
)
from bot.references import Unnamed
from bot.undoing import lasting, thing_of, to_undo, undone
from bot.wording import backlog
from bot.wording import community as words
from bot.wording import log as log_words
from bot.wording.people import ROLES
from storage import Records
from storage.community import Channel
from storage.deliveries import Delivery, Wanted
from storage.log import LogEntry
from storage.people import Member

DAY = timedelta(days=1)
community = Group("community", t("Set up and look after the community"), 7)

Chosen = Place | Literal[""] | None
"""A channel for a purpose: one, none any more (empty), or as it is (None)."""
Quiet = t("Nobody is reminded during these hours of their own day")


def _as_it_is(caller: Caller, records: Records) -> Mapping[str, Any]:
    home, channels = records.community, records.channels
    chosen = {
        "announcements": channels.announcing(),
        "core_channel": channels.of_core(),
        "reminders": channels.reminding(),
    }
    return {
        "name": home.name,
        "zone": home.zone if home.set_up else caller.zone,
        "language": home.locale,
        "languages": home.languages,
        "quiet_from": home.quiet_from,
        "quiet_to": home.quiet_to,
        "alternate_regions": home.alternate_regions,
        **{name: place for name, found in chosen.items() for place in _own(caller, found)[:1]},
    }


def _own(caller: Caller, channels: Sequence[Channel]) -> list[Place]:
    """Give those of the space of the caller, from which they can choose."""
    here = (caller.account.platform, caller.account.space)
    own = [one for one in channels if (one.platform, one.space) == here]
    return [Place(one.platform, one.space, one.channel, one.name) for one in own]


@community.command(who=COORDINATORS, fill=_as_it_is, shared=True)
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
    core_channel: Annotated[Chosen, PlaceKind(t("Channel of the core group"), empty="")] = None,
    reminders: Annotated[Chosen, PlaceKind(t("Channel for reminders"), empty="")] = None,
    alternate_regions: Annotated[bool, YesNo(t("Let regions take turns hosting"))] | None = None,
) -> Reply:
    """Set the community up: name, time zone, languages, quiet hours, channels."""
    home = records.community
    given = {
        "name": name,
        "zone": zone or (None if home.set_up else caller.zone),
        "locale": language,
        "languages": languages,
        "quiet_from": quiet_from,
        "quiet_to": quiet_to,
        "alternate_regions": alternate_regions,
    }
    for column, value in given.items():
        if value is not None:
            setattr(home, column, value)
    home.set_up = True
    chosen = {"announces": announcements, "core": core_channel, "reminds": reminders}
    _choose(caller, records, chosen)
    records.touched.add(home)
    return Say(words.summary(home, records.channels.in_use(), changes=True))


def _choose(caller: Caller, records: Records, chosen: Mapping[str, Chosen]) -> None:
    for purpose, place in chosen.items():
        if place == "":
            records.channels.choose_none(purpose, caller.account.platform, caller.account.space)
        elif place is not None:
            channel = records.channels.meet(place.platform, place.space, place.channel, place.name)
            channel.lost = ""
            records.channels.choose(purpose, channel)


@community.command(reads=True)
def show(caller: Caller, records: Records) -> Reply:
    """Show how the community is set up."""
    changes = caller.is_at_least(COORDINATORS)
    return Say(words.summary(records.community, records.channels.in_use(), changes=changes))


@community.command(who=EVERYONE, reads=True)
def team(caller: Caller, records: Records) -> Reply:
    """Show who coordinates and who is of the core group."""
    return Say(words.people(records.members.with_role("coordinator", "core")))


Role = Annotated[str, OneOf(t("Role"), options=tuple(Option(k, v) for k, v in ROLES.items()))]


@community.command(who=COORDINATORS)
def role(caller: Caller, records: Records, person: PersonOption, role: Role) -> Reply:
    """Give somebody a role: guest, member, core group or coordinator."""
    entry = _give(caller, records, person, role)
    return Say(words.role_given(person, *(log_words.undo_of(one) for one in (entry,) if one)))


def _give(caller: Caller, records: Records, person: Member, role: str) -> LogEntry | None:
    """Give somebody another role, and tell them; None when it is theirs already."""
    coordinators = records.members.with_role("coordinator")
    if role != "coordinator" and [member.id for member in coordinators] == [person.id]:
        raise UserError(t("A community needs a coordinator. Make somebody else one first."))
    if role == person.role:
        return None
    before, after = {"role": person.role}, {"role": role}
    entry = records.log.add(person.about, "given a role", caller.member, caller.now, before)
    entry.after, person.role = after, role
    if person.id != caller.member.id:
        entry.told_at = awake(records, person, caller.now, caller.now + DAY)
        kind = f"{role}:{caller.now.isoformat()}"
        told = Wanted(kind, entry.told_at, member_id=person.id, args={"entry": entry.id})
        records.deliveries.send(person.about, "community.role_told", told)
    return entry


@community.command(who=COORDINATORS, listed=False)
def undo(caller: Caller, records: Records, entry: EntryOption) -> Reply:
    """Give somebody back the role they had."""
    person = thing_of(entry, "member", records.members)
    to_undo(records, entry)
    if entry.what != "given a role" or person.role != entry.after["role"]:
        raise UserError(NOTHING_TO_UNDO)
    _give(caller, records, person, entry.before["role"])
    undone(records, entry, caller.now)
    return Change(words.role_given(person))


Page = Annotated[int, Number(t("Page"), least=1, most=1000)]
LINES = 20


@community.command(who=COORDINATORS, reads=True)
def log(caller: Caller, records: Records, page: Page = 1) -> Reply:
    """See who did what, the latest first, and undo it where that is possible."""
    found = records.log.latest((page - 1) * LINES, LINES + 1)
    entries = found[:LINES]
    known = log_words.known(records, entries)
    undoable = lasting(records, entries)
    shown = log_words.listed(entries, known, undoable, page, more=len(found) > LINES)
    return Say(shown) if page == 1 else Change(shown)


NOT_FAILED = t("This message did not fail, or it is on its way already.")
DeliveryOption = Annotated[Delivery, Unnamed(t("Message"), area="backlog")]


@community.command(who=COORDINATORS, reads=True)
def deliveries(caller: Caller, records: Records) -> Reply:
    """See what waits to be sent, and what could not be."""
    return Say(backlog.queue(records))


@community.command(who=COORDINATORS, listed=False)
def send_again(caller: Caller, records: Records, delivery: DeliveryOption) -> Reply:
    """Send a message again that did not go out."""
    if not records.backlog.again(delivery, caller.now):
        raise UserError(NOT_FAILED)
    _try_anew(records, delivery)
    return Change(backlog.queue(records, t("I am sending it again.")))


@community.command(who=COORDINATORS, listed=False)
def send_elsewhere(
    caller: Caller,
    records: Records,
    delivery: DeliveryOption,
    channel: Annotated[Place, PlaceKind(t("Channel"))],
) -> Reply:
    """Send a message in another channel that did not go out in its own."""
    there = records.channels.meet(channel.platform, channel.space, channel.channel, channel.name)
    there.lost = ""
    told = records.deliveries.is_told(delivery, there.id)
    if not records.backlog.elsewhere(delivery, there.id, caller.now):
        raise UserError(NOT_FAILED)
    return Say(backlog.queue(records, backlog.sent_elsewhere(there, told=told)))


@community.command(who=COORDINATORS, listed=False)
def send_all_again(caller: Caller, records: Records) -> Reply:
    """Send all messages again that did not go out."""
    deliveries = records.backlog.all_again(caller.now)
    _try_anew(records, *deliveries)
    return Change(backlog.queue(records, backlog.sent_again(len(deliveries))))


def _try_anew(records: Records, *deliveries: Delivery) -> None:
    """Forget that a place or a person could not be reached: they may have been let in again."""
    places = {id for one in deliveries for id in (one.channel_id, one.fallback_id) if id}
    for channel in records.channels.in_use():
        channel.lost = "" if channel.id in places else channel.lost
    people = {one.member_id for one in deliveries if one.member_id}
    for member in records.members.many(list(people)):
        for account in member.accounts:
            account.closed = False


@community.command(who=COORDINATORS, listed=False)
def drop(caller: Caller, records: Records, delivery: DeliveryOption) -> Reply:
    """Drop a message that is not to be sent."""
    if not records.backlog.drop(delivery):
        raise UserError(
            t("It is too late to drop this message: it has gone out, or is just going.")
        )
    return Change(backlog.queue(records, t("I dropped it.")))


@community.command(who=COORDINATORS, listed=False)
def drop_all(
    caller: Caller, records: Records, sure: Annotated[bool, YesNo(t("Drop all of them"))] = False
) -> Reply:
    """Drop all messages that did not go out."""
    if not sure:
        return Change(backlog.drop_all(records))
    return Change(backlog.queue(records, backlog.dropped(records.backlog.drop_failed())))


@community.notice
def role_told(records: Records, sending: Sending) -> Message | None:
    """Tell somebody which role they were given."""
    member = sending.member
    if member is None or not sending.kind.startswith(member.role):
        return None
    return words.role_told(member, log_words.author(records, sending.args.get("entry")))


@community.notice
def trouble(records: Records, sending: Sending) -> Message | None:
    """Tell a coordinator what could not be delivered."""
    return backlog.trouble(sending.args)


@community.notice
def canary(records: Records, sending: Sending) -> Message | None:
    """Say something in a channel to see whether it arrives."""
    return words.canary()
