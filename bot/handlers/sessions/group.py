"""Holds the group of sessions with what its commands share."""

from datetime import date, datetime
from typing import Annotated, Any

from bot.authored import title_of
from bot.chat import Message, Moment, Place
from bot.commands import CORE, Caller
from bot.errors import FieldError, NotAllowed, UserError
from bot.groups import Group
from bot.handlers.sessions import words
from bot.i18n import t
from bot.moments import WallTime
from bot.options.meetings import content_of
from bot.options.people import PlaceKind
from bot.options.references import LastOf
from bot.options.times import WallTimeKind, WallTimeOrDay, past
from bot.wording.clashes import Clashes, warned
from storage import Records
from storage.people import Member
from storage.sessions import LONGEST, Session

session = Group(
    "session", t("Plan, announce and join sessions"), 1, ("list", "plan", "rsvp", "show")
)

When = Annotated[WallTime, WallTimeKind(t("When"), t("For example: next Wednesday 3pm"))]
NewTime = Annotated[
    WallTime | date,
    WallTimeOrDay(t("When"), t("For example: next Wednesday 3pm, or just a day")),
]
Until = Annotated[WallTime, WallTimeKind(t("Until"), t("If it takes several days: when it ends"))]
Channel = Annotated[Place, PlaceKind(t("Channel"))]


def content(planned: Session) -> dict[str, Any]:
    """Give what is said of a session, by option; several days have no length that can be typed."""
    return content_of(planned) | ({"duration": None} if planned.is_span else {})


Like = Annotated[Session, LastOf(t("Like"), t("A session to copy everything but the date from"))]


def changes(caller: Caller, planned: Session) -> bool:
    """Say whether the caller may change a session: its organiser and the core group may."""
    return planned.organiser_id == caller.member.id or caller.is_at_least(CORE)


def may_change(caller: Caller, records: Records, session: Session) -> None:
    """Let only the organiser and the core group pass. Raises NotAllowed."""
    if not changes(caller, session):
        raise NotAllowed(t("Only whoever planned the session and the core group can do that."))


def still_open(planned: Session, now: datetime) -> None:
    """Let only sessions pass that are neither cancelled nor over. Raises UserError."""
    if planned.state == "cancelled":
        raise UserError(t("“{title}” was cancelled.", title=title_of(planned)))
    if planned.ends_at <= now:
        raise UserError(t("“{title}” is over.", title=title_of(planned)))


def not_closed(planned: Session, now: datetime) -> None:
    """Let only sessions pass to which one can still say yes or maybe. Raises UserError."""
    closed = planned.closes_at
    if closed is not None and closed <= now:
        told = {"title": title_of(planned), "when": Moment(closed)}
        raise UserError(t("Sign-up for “{title}” closed: {when}. You can ask its hosts.", **told))


def in_future(caller: Caller, when: datetime) -> None:
    """Refuse a moment that has passed. Raises FieldError."""
    if when <= caller.now:
        raise past("when", when)


def span(begin: datetime, until: WallTime) -> int:
    """Give the minutes until an encounter ends. Raises FieldError."""
    if until.at <= begin:
        raise FieldError("until", t("It would end before it begins. Choose a later end."))
    if until.at - begin > LONGEST:
        words = t("It can take {count} days at most. Choose an earlier end.", count=LONGEST.days)
        raise FieldError("until", words)
    return round((until.at - begin).total_seconds() / 60)


def closing(begin: datetime, closes: int | WallTime | None) -> int | None:
    """Give how many minutes before it begins a session closes. Raises FieldError."""
    if not isinstance(closes, WallTime):
        return closes
    minutes = round((begin - closes.at).total_seconds() / 60)
    if minutes <= 0:
        raise FieldError("closes", t("That's after it begins. Choose an earlier time."))
    return minutes


def preview(
    caller: Caller, records: Records, planned: Session, when: WallTime | None = None
) -> Message:
    """Show a session as it would be announced: its time where it was set, and for its readers.

    The reader's own zone stands in the first line, unless it is only assumed to be theirs.
    """
    assumed = not caller.member.effective_zone
    zones = [planned.zone, "UTC", records.community.zone]
    zones = [zone for zone in zones if assumed or zone != caller.zone]
    may = caller.is_at_least(CORE)
    notes = warned(planned, clashes(caller, records, planned))
    shown = words.Preview(zones, may, when, core=may or has_core_group(records), notes=notes)
    return words.preview(records, planned, shown)


def clashes(caller: Caller, records: Records, planned: Session) -> Clashes:
    """Find what else the caller sees that is held when a session is, or has its title."""
    kept, eyes, now = records.sessions, caller.sight, caller.now
    at_once = kept.at_once([(planned.starts_at, planned.ends_at)], eyes, now)
    namesakes = kept.called(planned.title, eyes, now)
    return Clashes(
        *([one for one in some if one.id != planned.id] for some in (at_once, namesakes))
    )


def has_core_group(records: Records) -> bool:
    """Say whether anybody can be asked to announce a session."""
    some = records.channels.of_core() or records.members.with_role("core", "coordinator")
    return bool(some)


def still_here(person: Member) -> None:
    """Let only people pass who have not left. Raises FieldError."""
    if person.left_at is not None:
        words = t("{who} has left. Please choose somebody else.", who=person.name)
        raise FieldError("person", words)


def no_draft(planned: Session) -> None:
    """Let only sessions pass that are more than a draft. Raises UserError."""
    if planned.state == "draft":
        raise UserError(t("“{title}” isn't announced yet.", title=title_of(planned)))
