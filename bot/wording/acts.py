"""Words each act that the log keeps: who did what to which thing, and why."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.authored import title_of
from bot.chat import Moment, Person
from bot.commands import person
from bot.i18n import Authored, Text, joined, plain, series, t, tn
from bot.wording.duties import DUTIES
from bot.wording.interpreters import INTERPRETING, in_log
from bot.wording.kept import KEPT
from bot.wording.phases import NAMES
from bot.wording.polls import POLLS
from bot.wording.roles import ROLES
from bot.wording.settings import SETTINGS
from storage import Records
from storage.hosting import HOST
from storage.interpreters import Interpreter
from storage.log import LogEntry
from storage.people import Member
from storage.tables import Kept

SOMEBODY = t("Somebody")
GONE = t("something that's not here any more")
Value = Text | Person


@dataclass(frozen=True, slots=True)
class Known:
    """What some log entries refer to: members by id, titles by the kind and id of a thing.

    Whose a turn is that somebody was asked to take is known by its id. Sessions of a series, which
    share their title, are named with when they are. Who interprets is known by their task.
    """

    people: Mapping[int, Member]
    titles: Mapping[tuple[str, int], Authored]
    turns: Mapping[int, int | None] = field(default_factory=dict)
    dates: Mapping[int, datetime] = field(default_factory=dict)
    tasks: Mapping[int, Interpreter] = field(default_factory=dict)

    def who(self, id: int | None) -> Value:
        """Name a member, or somebody whom nobody knows any more."""
        found = self.people.get(id or 0)
        return person(found) if found else SOMEBODY

    def called(self, kind: str, id: int) -> Text:
        """Give the title of a thing, where it is still there."""
        title = self.titles.get((kind, id))
        if title is None:
            return GONE
        if kind == "session" and id in self.dates:
            return t("{title}, {when}", title=title, when=Moment(self.dates[id]))
        return plain(title)


def known(records: Records, entries: Sequence[LogEntry]) -> Known:
    """Look up what some entries refer to, in a fixed number of statements."""
    things = [one for entry in entries for one in _things(entry)]
    ids = [entry.by_id for entry in entries if entry.by_id]
    ids += [id for kind, id in things if kind == "member"]
    asked = [entry.after["turn"] for entry in entries if "turn" in entry.after]
    turns = {turn.id: turn.member_id for turn in records.hosting.many(asked)} if asked else {}
    ids += [id for id in turns.values() if id]
    interpreting = [entry.after["interpreter"] for entry in entries if "interpreter" in entry.after]
    tasks = {one.id: one for one in records.interpreters.many(interpreting)} if interpreting else {}
    ids += [one.member_id for one in tasks.values() if one.member_id]
    people = {one.id: one for one in records.members.many(ids)} if ids else {}
    sessions = [id for kind, id in things if kind == "session"]
    dated = records.sessions.many(sessions) if sessions else ()
    dates = {one.id: one.starts_at for one in dated if one.programme_id is not None}
    return Known(people, titles(records, things), turns, dates, tasks)


def titles(
    records: Records, things: Collection[tuple[str, int]]
) -> Mapping[tuple[str, int], Authored]:
    """Look up the titles of things by their kind and id, in a fixed number of statements."""
    by_kind = {kind: [id for named, id in things if named == kind] for kind, _ in things}
    areas: Mapping[str, Kept[Any]] = {
        "session": records.sessions,
        "openspace": records.openspaces,
        "topic": records.topics,
        "programme": records.programmes,
        "poll": records.polls,
    }
    return {
        (kind, one.id): title_of(one)
        for kind, area in areas.items()
        for one in (area.many(by_kind[kind]) if kind in by_kind else ())
    }


def _things(entry: LogEntry) -> Iterable[tuple[str, int]]:
    kind, id = entry.thing
    yield ("session" if kind == "host" else kind), id
    if "session" in entry.after:
        yield "session", entry.after["session"]
    if "into" in entry.after:
        yield kind, entry.after["into"]


def _at(kept: Mapping[str, str]) -> Moment:
    return Moment(datetime.fromisoformat(kept["at"]))


def _moved(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    told = {"title": title, "before": _at(entry.before), "after": _at(entry.after)}
    if entry.by_id is None:
        return t("“{title}” was moved from {before} to {after}.", **told)
    return t("{who} moved “{title}” from {before} to {after}.", who=who, **told)


def _changed(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    """Name a topic as it was called before, where that was changed and is still kept."""
    before, after = (kept.get("title") for kept in (entry.before, entry.after))
    if before in (None, after) or entry.thing[0] != "topic":
        return t("{who} changed “{title}”.", who=who, title=title)
    return t("{who} renamed “{before}” to “{after}”.", who=who, before=before, after=after)


def _phase(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    told = {"who": who, "title": title, "phase": NAMES[entry.after["phase"]]}
    if entry.what == "advanced":
        return t("{who} moved “{title}” on to this phase: {phase}.", **told)
    return t("{who} moved “{title}” back to this phase: {phase}.", **told)


def _placed(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    return t("{who} moved “{title}” on the board.", who=who, title=title)


def _merged(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    other = known.called("topic", entry.after["into"])
    return t("{who} merged “{title}” into “{other}”.", who=who, title=title, other=other)


def _role(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    told = {"person": known.who(entry.thing[1]), "role": ROLES[entry.after["role"]]}
    return t("{who} gave {person} this role: {role}.", who=who, **told)


def _invited(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    return t("{who} invited {person} as a guest.", who=who, person=known.who(entry.thing[1]))


def _asked(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    asked = known.who(known.turns.get(entry.after["turn"]))
    return t("I asked {who} to host “{title}”.", who=asked, title=title)


def _given_back(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    role = entry.after.get("role", HOST)
    if role == HOST:
        return t("{who} gave back the turn to host “{title}”.", who=who, title=title)
    part = t("{role} at “{title}”", role=DUTIES[role], title=title)
    return t("{who} gave back a turn: {part}.", who=who, part=part)


def _set_up(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    changed = entry.after.get("settings", ())
    names = [label for name, label in SETTINGS.items() if name in changed]
    if not names:
        return t("{who} set the community up.", who=who)
    return t("{who} changed settings: {settings}.", who=who, settings=series(names))


def _switched(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    if entry.what == "switched on":
        return t("{who} has me look for hosts by myself.", who=who)
    return t("{who} has me look for no hosts by myself.", who=who)


def _answered_for(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    session = known.called("session", entry.after["session"])
    told = {"who": who, "person": known.who(entry.thing[1]), "title": session}
    return t("{who} answered “{title}” for {person}.", **told)


def _interprets(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    row = known.tasks.get(entry.after["interpreter"])
    outside = row is not None and row.member_id is None and row.name
    person = plain(row.name) if row and outside else known.who(row.member_id if row else None)
    task = entry.after["kind"], entry.after["language"]
    return in_log(entry.what, task, {"who": who, "person": person, "title": title})


def _imported(entry: LogEntry, who: Value, title: Text, known: Known) -> Text:
    count = entry.after["made"]
    return tn("{who} imported {count} entry.", "{who} imported {count} entries.", count, who=who)


SAID: Mapping[str, Callable[[Value, Text], Text]] = {
    "planned": lambda who, title: t("{who} planned “{title}”.", who=who, title=title),
    "read out": lambda who, title: t(
        "{who} had the closing round of “{title}” read out.", who=who, title=title
    ),
    "named": lambda who, title: t(
        "{who} named who contributes to “{title}”.", who=who, title=title
    ),
    "announced": lambda who, title: t("{who} announced “{title}”.", who=who, title=title),
    "cancelled": lambda who, title: t("{who} cancelled “{title}”.", who=who, title=title),
    "reopened": lambda who, title: t("{who} reopened “{title}”.", who=who, title=title),
    "offered": lambda who, title: t(
        "{who} offered all hosts the turn for “{title}”.", who=who, title=title
    ),
    "linked": lambda who, title: t("{who} linked their accounts.", who=who),
    "unlinked": lambda who, title: t("{who} has separate accounts again.", who=who),
    "signed up": lambda who, title: t("{who} signed up as a guest.", who=who),
    "left": lambda who, title: t("{who} left.", who=who),
    "back": lambda who, title: t("{who} came back.", who=who),
    "opened": lambda who, title: t("I offered the turn for “{title}” to all hosts.", title=title),
    "closed": lambda who, title: t(
        "{who} withdrew the offer of the turn for “{title}”.", who=who, title=title
    ),
    "unasked": lambda who, title: t(
        "{who} had me ask nobody else to host “{title}”.", who=who, title=title
    ),
    "alerted": lambda who, title: t(
        "I told the coordinators that “{title}” has no host.", title=title
    ),
    "withdrawn": lambda who, title: t("{who} withdrew “{title}”.", who=who, title=title),
    "restored": lambda who, title: t("{who} brought “{title}” back.", who=who, title=title),
    "started": lambda who, title: t(
        "{who} announced the programme “{title}”.", who=who, title=title
    ),
    "rescheduled": lambda who, title: t(
        "{who} changed when “{title}” meets.", who=who, title=title
    ),
    "given hours": lambda who, title: t(
        "{who} changed the hours of “{title}”.", who=who, title=title
    ),
    "entered hours": lambda who, title: t(
        "{who} entered earlier hours of “{title}”.", who=who, title=title
    ),
    "ended": lambda who, title: t("{who} ended “{title}”.", who=who, title=title),
    "renewed": lambda who, title: t("{who} renewed “{title}”.", who=who, title=title),
    "contact changed": lambda who, title: t(
        "{who} changed whom people ask about access to “{title}”.", who=who, title=title
    ),
    "import undone": lambda who, title: t("{who} undid an import.", who=who),
    "put back": lambda who, title: t(
        "{who} put the dates of “{title}” back.", who=who, title=title
    ),
    "separated": lambda who, title: t(
        "{who} made “{title}” a separate topic again.", who=who, title=title
    ),
    **KEPT,
    **POLLS,
}
IN_DETAIL: Mapping[str, Callable[[LogEntry, Value, Text, Known], Text]] = {
    "set up": _set_up,
    "switched on": _switched,
    "switched off": _switched,
    "moved": _moved,
    "changed": _changed,
    "advanced": _phase,
    "taken back": _phase,
    "merged": _merged,
    "placed": _placed,
    "swapped": _placed,
    "asked": _asked,
    "given back": _given_back,
    "answered for": _answered_for,
    "given a role": _role,
    "invited": _invited,
    "imported": _imported,
    **dict.fromkeys(INTERPRETING, _interprets),
}


def _did_something(who: Value, title: Text) -> Text:
    """Word an act of which only a newer version knows more."""
    return t("{who} changed “{title}”.", who=who, title=title)


def act(entry: LogEntry, known: Known) -> Text:
    """Word what was done, by whom, and why if that was said."""
    kind, id = entry.thing
    if entry.what == "moved":  # its line has both times
        known = replace(known, dates={})
    title, who = known.called("session" if kind == "host" else kind, id), known.who(entry.by_id)
    detailed = IN_DETAIL.get(entry.what)
    said = SAID.get(entry.what, _did_something)
    told = detailed(entry, who, title, known) if detailed else said(who, title)
    return joined((told, plain(entry.reason))) if entry.reason else told
