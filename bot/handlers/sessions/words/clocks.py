"""Words what clocks that are put forward or back do to the time of a session."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat import Button, Day, Moment, Paragraph, button
from bot.i18n import Text, TimeOfDay, ZoneName, joined, t
from bot.moments import WallTime, second, unusual, wall
from bot.wording.hours import other_hour
from storage.sessions import Session


def clocks(session: Session) -> tuple[Paragraph, ...]:
    """Say that the clocks skip the time for which a session was set, or show it twice."""
    zone = ZoneInfo(session.zone)
    written = datetime.fromisoformat(session.wall)
    kind = None if written.tzinfo else unusual(written, zone)
    if kind is None:
        return ()
    told = {
        "hour": TimeOfDay(written.time()),
        "zone": ZoneName(session.zone),
        "day": Day(written.date()),
    }
    if kind == "twice":
        twice = t("{hour} happens twice in {zone} on {day}: the clocks go back.", **told)
        return (Paragraph(joined((twice, t("I chose the first.")))),)
    gap = t("{hour} doesn't exist in {zone} on {day}: the clocks go forward.", **told)
    local = session.starts_at.astimezone(zone)
    same_day = local.date() == written.date()
    taken = TimeOfDay(local.time()) if same_day else Moment(session.starts_at, session.zone)
    return (Paragraph(joined((gap, t("I chose {hour}.", hour=taken)))),)


def meant(session: Session, when: WallTime | None = None) -> tuple[Button, ...]:
    """Give the button by which somebody says which time they meant, who has just said `when`."""
    later = second(session.wall, ZoneInfo(session.zone))
    if later is not None:
        again = wall(later, session.zone)
        return (button(t("I meant the second"), "session.move", session=session.id, when=again),)
    if clocks(session):
        return (button(t("Choose another time"), "session.move", session=session.id),)
    return other_hour(when, "session.move", "when", session=session.id) if when else ()


def new_rules(session: Session) -> Text:
    """Say that a session is at another moment because its zone has new rules for its clocks."""
    hour = TimeOfDay(datetime.fromisoformat(session.wall).time())
    zone = ZoneName(session.zone)
    return t(
        "The clocks in {zone} follow new rules. The session stays at {hour} there.",
        zone=zone,
        hour=hour,
    )
