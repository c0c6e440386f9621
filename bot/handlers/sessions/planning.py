"""Plans sessions and announces them, now, later or through the core group."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from bot.authored import title_of
from bot.chat import Button, Message, Place, said
from bot.commands import CORE, Caller
from bot.domain import sessions as domain
from bot.domain.agenda import later
from bot.domain.announcing import announce as announce_in
from bot.domain.announcing import announce_again, channel_of
from bot.domain.discarding import of_another
from bot.domain.reminders import channels_for
from bot.domain.sessions import to_be_announced
from bot.domain.telling import suggest_to, suggestion_of
from bot.domain.texts import COLUMNS
from bot.errors import FieldError, UserError
from bot.handlers.sessions import words
from bot.handlers.sessions.group import (
    Channel,
    Like,
    Until,
    When,
    closing,
    content,
    in_future,
    may_change,
    preview,
    session,
    span,
    still_open,
)
from bot.i18n import Text, t
from bot.moments import WallTime
from bot.options.meetings import (
    CONTENT,
    Agenda,
    Closes,
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
from bot.options.things import SessionOption
from bot.options.times import WallTimeKind
from bot.protocol import Change, Reply, Say
from bot.wording import discarding
from bot.wording.discarding import Sure
from bot.wording.hours import other_hour
from storage import Records
from storage.community import Channel as Stored
from storage.sessions import Session

HOUR = 60
"""Minutes a session takes where nobody says how long."""


def _as_before(
    caller: Caller, records: Records, like: Session | None = None, session: Session | None = None
) -> Mapping[str, Any]:
    before = like or session
    return content(before) if before else {}


@session.command(title=t("Plan a session"), submit=t("Preview"), adds=True, fill=_as_before)
def plan(
    caller: Caller,
    records: Records,
    title: Title,
    when: When,
    duration: Length | None = None,
    description: Description | None = None,
    guiding_question: Question | None = None,
    format: Format | None = None,
    link: Url | None = None,
    languages: Spoken | None = None,
    agenda: Agenda | None = None,
    partners: Partners | None = None,
    place: Where | None = None,
    capacity: Seats | None = None,
    closes: Closes | None = None,
    recorded: Recorded | None = None,
    contact: Contact | None = None,
    until: Until | None = None,
    like: Like | None = None,
) -> Reply:
    """Plan a session; you'll see a preview before anyone else does."""
    return _plan(caller, records, when, like, locals())


@session.command(
    title=t("Plan another like this"),
    submit=t("Preview"),
    adds=True,
    listed=False,
    fill=_as_before,
)
def again(
    caller: Caller,
    records: Records,
    session: SessionOption,
    title: Title,
    when: When,
    duration: Length | None = None,
    description: Description | None = None,
    guiding_question: Question | None = None,
    format: Format | None = None,
    link: Url | None = None,
    languages: Spoken | None = None,
    agenda: Agenda | None = None,
    partners: Partners | None = None,
    place: Where | None = None,
    capacity: Seats | None = None,
    closes: Closes | None = None,
    recorded: Recorded | None = None,
    contact: Contact | None = None,
    until: Until | None = None,
) -> Reply:
    """Plan another session like this one; only the date is missing."""
    return _plan(caller, records, when, session, locals())


def _plan(
    caller: Caller,
    records: Records,
    when: WallTime,
    before: Session | None,
    given: Mapping[str, Any],
) -> Reply:
    """Plan a session; what was not given is as in the one `before`, if it is like one."""
    in_future(caller, when.at)
    as_before = {
        column: getattr(before, column) for column in (*CONTENT.values(), *COLUMNS) if before
    }
    given = {**given, "closes": closing(when.at, given["closes"])}
    until, length = given["until"], given["duration"] or when.minutes
    values = as_before | given_in(given)
    minutes = span(when.at, until) if until else length or as_before.get("minutes", HOUR)
    if before and values["agenda"] == before.agenda:
        values["agenda"] = later(before, when, minutes)
    planned = Session(
        starts_at=when.at,
        wall=when.wall,
        zone=when.zone,
        created_at=caller.now,
        organiser_id=caller.member.id,
        **(values | {"minutes": minutes}),
    )
    domain.plan(records, planned, channel_of(records, caller.place))
    return Say(preview(caller, records, planned, when))


@session.command(title=t("Announce a session"), submit=t("Announce"), who=CORE)
def announce(
    caller: Caller, records: Records, session: SessionOption, channel: Channel | None = None
) -> Reply:
    """Announce a planned session now."""
    return _announce(caller, records, session, channel, None)


@session.command(title=t("Announce elsewhere"), submit=t("Announce"), who=CORE, listed=False)
def announce_elsewhere(
    caller: Caller, records: Records, session: SessionOption, channel: Channel
) -> Reply:
    """Announce a session in another channel when it couldn't be announced in its own."""
    return _announce(caller, records, session, channel, None)


@session.command(title=t("Schedule an announcement"), submit=t("Schedule"), who=CORE)
def announce_later(
    caller: Caller,
    records: Records,
    session: SessionOption,
    at: Annotated[WallTime, WallTimeKind(t("When to announce it"))],
    channel: Channel | None = None,
) -> Reply:
    """Announce a planned session at a time you choose."""
    if not caller.now < at.at < session.starts_at:
        raise FieldError(
            "at", t("I can only announce it between now and the session. Choose another time.")
        )
    return _announce(caller, records, session, channel, at)


def _announce(
    caller: Caller,
    records: Records,
    planned: Session,
    channel: Place | None,
    later: WallTime | None,
) -> Reply:
    still_open(planned, caller.now)
    if planned.starts_at <= caller.now:
        raise UserError(t("“{title}” has already begun.", title=title_of(planned)))
    out = planned.state == "announced" and not to_be_announced(planned, caller.now)
    if out and later is None and records.undelivered.of(planned.about):
        elsewhere = _places(caller, records, planned, channel)[0] if channel else None
        places = announce_again(records, planned, caller.actor, elsewhere)
    elif out and records.undelivered.is_out(planned.about):
        raise UserError(t("“{title}” is already announced.", title=title_of(planned)))
    else:
        places = _places(caller, records, planned, channel)
        announce_in(records, planned, places, caller.actor, later)
    reminded = [records.channels.get(id) for id in channels_for(records, planned)]
    meant = _meant(planned, later, places[0].id if channel else None)
    places = records.channels.many(records.channels.beside([place.id for place in places]))
    return Change(words.announced(planned, places, reminded, caller.now, meant))


def _meant(planned: Session, later: WallTime | None, channel: int | None) -> Sequence[Button]:
    """Give the button for who meant the other hour, where that still is before the session."""
    if later is None or later.other is None or later.other >= planned.starts_at:
        return ()
    there = {} if channel is None else {"channel": channel}
    return other_hour(later, "session.announce-later", "at", session=planned.id, **there)


def _places(
    caller: Caller, records: Records, planned: Session, channel: Place | None
) -> Sequence[Stored]:
    if channel is not None:
        place = records.channels.meet(
            channel.platform, channel.workspace, channel.channel, channel.name
        )
        domain.place(records, planned, [place.id])
        return [place]
    announcing = records.channels.announcing()
    if not announcing and not records.placements.of(planned.about):
        domain.place(records, planned, channel_of(records, caller.place))
    own = records.channels.many(records.placements.of(planned.about))
    if not announcing and not own:
        raise FieldError("channel", t("Which channel should I announce it in?"))
    return announcing or own


@session.command(title=t("Suggest a session"), submit=t("Suggest"), may=may_change, listed=False)
def suggest(caller: Caller, records: Records, session: SessionOption) -> Reply:
    """Ask the core group to announce a session you planned."""
    core = records.channels.of_core()
    people = [] if core else records.members.with_role("core", "coordinator")
    if not core and not people:
        raise UserError(
            t("This community has no core group yet. Ask whoever manages your workspace or server.")
        )
    later = suggest_to(records, session, core, people, caller.now)
    named = {"title": title_of(session)}
    done = t("I've asked the core group to announce “{title}”.", **named)
    if later:
        done = t("I'll ask the core group to announce “{title}” when its quiet hours end.", **named)
    return Change(said(done))


@session.command(title=t("Discard a draft"), submit=t("Discard"), may=may_change, listed=False)
def discard(
    caller: Caller, records: Records, session: SessionOption, sure: Annotated[bool, Sure] = False
) -> Reply:
    """Discard a session that isn't announced yet; I'll ask first."""
    if session.state != "draft":
        raise UserError(t("It's already announced. You can cancel it instead."))
    if not sure:
        what = would_discard(caller, records, session)
        return Change(discarding.asked(what, "session", "session", session.id))
    return Change(discarded(caller, records, session))


def would_discard(caller: Caller, records: Records, planned: Session) -> Text:
    """Say before a draft is discarded what that would do, and who else is told."""
    whose = of_another(records, planned, caller.actor)
    asked = records.interpreters.of(planned.id)
    suggested = bool(asked or records.deliveries.about(suggestion_of(planned)))
    return discarding.would_discard(title_of(planned), whose, seen=suggested)


def discarded(caller: Caller, records: Records, planned: Session, reason: str = "") -> Message:
    """Discard a draft, and say so; somebody else whose it was is told, and why."""
    title, whose = title_of(planned), of_another(records, planned, caller.actor)
    domain.discard(records, planned, caller.actor, reason)
    return discarding.discarded(title, whose)
