"""Changes what is kept of people and of their community, and gives people roles."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain import finding
from bot.domain.telling import USUAL, tell, usual_of
from bot.i18n import AMERICAN, SOURCE, regional
from bot.moments import HourSpan, Reminding
from bot.moments.places import zones_of
from storage import Records
from storage.community import Community
from storage.deliveries import Wanted
from storage.guests import MAIL
from storage.log import Actor, LogEntry
from storage.people import Member

SET_UP, RUNS = "set_up", "rota_runs"
"""The columns that say that a community was set up, and that its rota runs by itself."""
HOURS = "possible", "unwelcome", "excluded"
"""What people say of hours, the least strict first."""
ALIKE = {
    **dict.fromkeys(("quiet_from", "quiet_to"), "quiet"),
    **dict.fromkeys(("about_us", "how_to_join"), "public_page"),
    **dict.fromkeys(("rota_offer", "rota_ask", "rota_answer", "rota_warn", "rota_ahead"), "rota"),
}
"""Columns that the log keeps under one name."""


def reads_in(member: Member, platform_locale: str, zone: str, home: Community) -> str:
    """Give the locale somebody reads and writes in: the one they chose, else the platform's.

    Both platforms say `en-US` of whoever chose nothing, so that counts in the United States alone.
    """
    locale = member.locale or regional(platform_locale, home.locale)
    spoken_there = locale != AMERICAN or zone in zones_of("US")
    return locale if member.locale or spoken_there else SOURCE


def change(
    records: Records, thing: Member | Community, given: Mapping[str, object], now: datetime
) -> Sequence[str]:
    """Change columns of somebody, or of the community; what is None stays.

    Gives the columns that are other than they were.
    """
    if isinstance(thing, Member) and given.get("name") not in (None, thing.name):
        finding.forget_name(records, thing, now)
    others = [n for n, value in given.items() if value not in (None, getattr(thing, n))]
    for column in others:
        setattr(thing, column, given[column])
    records.touched.add(thing)
    return others


def log_settings(records: Records, names: Sequence[str], by: Actor) -> None:
    """Keep which settings of the community somebody changed, if any."""
    home = records.community
    shown = [name for name in names if name not in (RUNS, SET_UP)]
    if shown or SET_UP in names:
        entry = records.log.add(home.about, "set up", by.member, by.now)
        kinds = dict.fromkeys(ALIKE.get(name, name) for name in shown)
        entry.after = {} if SET_UP in names else {"settings": [*kinds]}
    if RUNS in names:
        what = "switched on" if home.rota_runs else "switched off"
        records.log.add(home.about, what, by.member, by.now)


def has_address(member: Member) -> bool:
    """Say whether somebody can be written to by mail."""
    return any(one.platform == MAIL and one.left_at is None for one in member.accounts)


def choose_mail(records: Records, member: Member, what: str) -> None:
    """Have mail bring somebody what they choose: nothing, their digest alone, or everything."""
    member.reached_by = what
    records.touched.add(member)


def choose_alarms(records: Records, member: Member, minutes: Sequence[int]) -> None:
    """Have somebody's own calendar ring some minutes before each session."""
    member.alarms = [*minutes]
    records.touched.add(member)


def choose_reminders(
    records: Records, member: Member, chosen: Reminding | None, maybe: bool | None
) -> None:
    """Keep when somebody wants to be reminded, and whether of what they said maybe to as well."""
    if chosen is not None:
        offsets = USUAL if chosen.offsets is None else tuple(chosen.offsets)
        member.reminders = None if offsets == usual_of(member) else [*offsets]
        member.reminds_at = chosen.at
    if maybe is not None:
        member.reminds_maybe = maybe
    records.touched.add(member)


def say_hours(
    records: Records, member: Member, said: Mapping[str, Sequence[HourSpan] | None]
) -> None:
    """Keep at which hours somebody can come, would rather not, and cannot; what is None stays."""
    given = {kind: [list(span) for span in spans] for kind, spans in said.items() if spans}
    kept = {kind: spans for kind, spans in member.hours.items() if said.get(kind) is None}
    member.hours = {kind: both[kind] for kind in HOURS if kind in (both := kept | given)}
    records.touched.add(member)


def spoken(home: Community, first: str | None, languages: list[str] | None) -> list[str]:
    """List the languages of a community, with that of its public posts among them.

    Where none other was chosen, the list follows that language.
    """
    before = [] if home.languages == [home.locale] else home.languages
    others, first = before if languages is None else languages, first or home.locale
    return list(others) if first in others else [first, *others]


def give_role(records: Records, person: Member, role: str, by: Actor) -> LogEntry:
    """Give somebody another role, and tell them."""
    before, after = {"role": person.role}, {"role": role}
    entry = records.log.add(person.about, "given a role", by.member, by.now, before)
    entry.after, person.role = after, role
    if person.id != by.id:
        one = Wanted(f"{role}:{by.now.isoformat()}", by.now, args={"entry": entry.id})
        (row,) = tell(records, person.about, "community.role_told", one, [person])
        entry.told_at = row.due_at
    return entry
