"""Plans programmes, and announces them as a series."""

from typing import Annotated
from zoneinfo import ZoneInfo

from bot.authored import title_of
from bot.chat import Place
from bot.commands import CORE, Caller
from bot.domain import programmes as domain
from bot.domain.announcing import channel_of
from bot.domain.discarding import of_another
from bot.errors import FieldError, UserError
from bot.handlers.programmes import words
from bot.handlers.programmes.group import (
    PASSED,
    Ahead,
    Count,
    First,
    Rule,
    Until,
    end_of,
    may_change,
    placed_rule,
    programme,
)
from bot.handlers.programmes.showing import preview
from bot.i18n import t
from bot.options.meetings import (
    Agenda,
    ClosesBefore,
    Contact,
    Description,
    Format,
    Length,
    Partners,
    Question,
    Recorded,
    Seats,
    Spoken,
    Title,
    Url,
    Where,
    given_in,
)
from bot.options.people import PlaceKind
from bot.options.things import ProgrammeOption
from bot.protocol import Change, Reply, Say
from bot.wording import discarding
from bot.wording.discarding import Sure
from storage import Records
from storage.community import Channel
from storage.programmes import DRAFT, Programme

HOUR = 60
"""Minutes a date takes where nobody says how long."""
FORTNIGHT = 14 * 24 * 60
"""Minutes before a date at which it is announced where nobody says when."""


@programme.command(title=t("Plan a programme"), submit=t("Preview"), who=CORE, adds=True)
def plan(
    caller: Caller,
    records: Records,
    title: Title,
    rule: Rule,
    duration: Length | None = None,
    first: First | None = None,
    count: Count | None = None,
    until: Until | None = None,
    announce_ahead: Ahead | None = None,
    description: Description = "",
    guiding_question: Question = "",
    format: Format = "",
    link: Url = "",
    languages: Spoken | None = None,
    agenda: Agenda = "",
    partners: Partners = "",
    place: Where = "",
    capacity: Seats = 0,
    closes: ClosesBefore = 0,
    recorded: Recorded = False,
    contact: Contact | None = None,
) -> Reply:
    """Plan a series of sessions; you'll see its dates before anyone else does."""
    given = locals()
    if until is not None and until < caller.now.astimezone(ZoneInfo(rule.zone)).date():
        raise FieldError("until", PASSED)
    placed = placed_rule(caller, rule, first, end_of(count, until))
    fixed = {"minutes": duration or rule.minutes or HOUR, "languages": languages or []}
    content = given_in(given) | fixed
    planned = Programme(
        created_at=caller.now,
        organiser_id=caller.member.id,
        announce_ahead=FORTNIGHT if announce_ahead is None else announce_ahead,
        **content,
    )
    domain.plan(records, planned, placed, channel_of(records, caller.place))
    return Say(preview(caller, records, planned))


@programme.command(title=t("Announce a programme"), submit=t("Announce"), who=CORE)
def start(
    caller: Caller,
    records: Records,
    programme: ProgrammeOption,
    channel: Annotated[Place, PlaceKind(t("Channel"))] | None = None,
) -> Reply:
    """Announce a planned programme as a series; from then on its dates are made by themselves."""
    if programme.state != DRAFT:
        raise UserError(t("“{title}” is already announced.", title=title_of(programme)))
    if not domain.coming_dates(records, programme, caller.now, 1):
        raise UserError(t("All its dates have passed. Change when it meets first."))
    places = _places(caller, records, programme, channel)
    domain.start(records, programme, places, caller.actor)
    places = [*records.channels.many(records.channels.beside([place.id for place in places]))]
    return Change(words.started(programme, places))


def _places(
    caller: Caller, records: Records, planned: Programme, channel: Place | None
) -> list[Channel]:
    if channel is not None:
        named = (channel.platform, channel.workspace, channel.channel, channel.name)
        return [records.channels.meet(*named)]
    ids = records.placements.of(planned.about) or channel_of(records, caller.place)
    places = [*(records.channels.announcing() or records.channels.many(ids))]
    if not places:
        raise FieldError("channel", t("Which channel should I announce it in?"))
    return places


@programme.command(title=t("Discard a draft"), submit=t("Discard"), may=may_change, listed=False)
def discard(
    caller: Caller,
    records: Records,
    programme: ProgrammeOption,
    sure: Annotated[bool, Sure] = False,
) -> Reply:
    """Discard a programme that isn't announced yet; I'll ask first."""
    if programme.state != DRAFT:
        raise UserError(t("It's already announced. You can end it instead."))
    whose = of_another(records, programme, caller.actor)
    title = title_of(programme)
    if not sure:
        what = discarding.would_discard(title, whose)
        return Change(discarding.asked(what, "programme", "programme", programme.id))
    domain.discard(records, programme, caller.actor)
    return Change(discarding.discarded(title, whose))


@programme.farewell
def unplan(caller: Caller, records: Records) -> None:
    """Drop what somebody who is erased planned and did not announce."""
    domain.erase(records, caller.member, caller.now)
