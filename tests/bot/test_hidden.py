"""Calls all commands as all roles, on things that are hidden from most: nobody is shown more."""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from bot.app.parts import all_groups
from bot.arguments import Argument
from bot.chat import Account, Place
from bot.commands import Command
from bot.digest import digest_of
from bot.dispatcher import Dispatcher
from bot.notices import Sending
from bot.options.people import PersonKind, PlaceKind
from bot.options.references import Reference
from bot.protocol import Call
from storage import Storage
from storage.sight import ROLES
from tests.bot.options.test_basic import NOWHERE
from tests.hidden import DAY, NOW, PEOPLE, Planted, Rehearsal, plant

pytestmark = pytest.mark.slow

CANARY = re.compile(r"canary[a-z]+")
CORES = {"canarydraft", "canarywaiting", "canarycancelled", "canaryspace", "canaryroom"}
CORES |= {"canaryhandover", "canaryprogramme"}
CORES |= {"canaryminutes", "canaryrecording", "canaryconsent", "canaryinterpreter"}
CORES |= {"canarypoll"}
COORDINATORS = {"canarynote", "canaryreason"}
SEEN = {
    "gus": set[str](),
    "mia": {"canarybrings"},
    "cora": {"canarybrings"} | CORES,
    "carl": {"canarybrings"} | CORES | COORDINATORS,
}
"""What each role may be shown."""
GUESTS = {
    "my.profile", "my.hours", "my.link", "my.erase-now", "session.rsvp", "my.stop-reminders",
    "session.consent",
    "topic.want", "topic.tick", "programme.rsvp", "session.poll-say", "session.poll-say-all",
}  # fmt: skip
MEMBERS = GUESTS | {
    "session.plan",
    "session.poll",
    "session.again",
    "topic.propose",
    "host.away",
    "host.join",
}
ACTS = {"gus": GUESTS, "mia": MEMBERS}
"""What those can do who keep nothing going and have planned nothing."""
HANDLES = {
    "sessions": ("Draftword", "Waitingword", "Cancelledword"),
    "openspaces": ("Spaceword",),
    "rooms": ("Roomword",),
    "programmes": ("Programword",),
    "polls": ("Pollword",),
}
"""The words by which what is hidden could be named."""
SHARED = "word"
"""Part of all titles, also of what is not hidden."""
GIVEN = {
    "moment": "2026-11-28 15:00", "day": "2026-12-24", "number": "3", "yesno": "yes",
    "look": "en", "text": "words", "long": "more words",
}  # fmt: skip
BY_NAME = {
    "duration": "90m", "length": "90m", "quiet_from": "22:00", "quiet_to": "07:00",
    "zone": "Africa/Nairobi", "link": "https://example.org/x", "languages": "en, fr",
    "possible": "9-12", "unwelcome": "evenings", "excluded": "23-7",
}  # fmt: skip


@pytest.fixture
def hidden(sqlite_url: str) -> Iterator["Hidden"]:
    storage = Storage(sqlite_url)
    planted = plant(storage)
    storage.close()
    rehearsal = Rehearsal(sqlite_url)
    yield Hidden(rehearsal, planted)
    rehearsal.close()


class Hidden:
    """A dispatcher of all commands, and what was planted for them to find."""

    def __init__(self, storage: Rehearsal, planted: Planted) -> None:
        self.storage = storage
        self.planted = planted
        self.dispatcher = Dispatcher(storage, all_groups())

    def shown(self, call: Call) -> str:
        """Carry a call out, and give all that it answers."""
        self.storage.changed = 0
        answer = repr(self.dispatcher.execute(call))
        assert "something went wrong on my side" not in answer, (call, answer)
        return answer

    def usual(self, argument: Argument) -> str:
        """Give a value that anybody may give."""
        kind = argument.kind
        if isinstance(kind, Reference):
            return str(self.planted.open.get(kind.area, 1))
        if isinstance(kind, PersonKind):
            return str(self.planted.people["hana"])
        fixed = [option.value for option in kind.fixed(NOWHERE)] if _is_closed(argument) else []
        return [*fixed, BY_NAME.get(argument.name) or GIVEN.get(kind.widget, "general")][0]

    def everything(self, command: Command) -> dict[str, str]:
        """Give a value to each option."""
        return {argument.name: self.usual(argument) for argument in command.arguments}

    def named(self, argument: Argument) -> list[str]:
        """Give the ways to name what is hidden."""
        kind = argument.kind
        if isinstance(kind, Reference):
            ids = [*self.planted.hidden.get(kind.area, []), *self.planted.elsewhere[kind.area]]
            return [*map(str, ids), *HANDLES.get(kind.area, ()), "Elseword", SHARED]
        if isinstance(kind, PersonKind):
            return [*map(str, self.planted.elsewhere["people"]), "Elseword", "Elseword canary"]
        if isinstance(kind, PlaceKind):
            return [*map(str, self.planted.elsewhere["channels"]), "Elseword"]
        return []

    def calls(self, who: str, command: Command) -> Iterator[tuple[Call, bool]]:
        """Give calls of a command, and whether each names something hidden."""
        usual = self.everything(command)
        required = {a.name: usual[a.name] for a in command.arguments if a.required}
        for args in ({}, required, usual):
            yield _call(who, command, args), False
            yield _call(who, command, args, form="sent"), False
        for argument in command.arguments:
            for value in self.named(argument):
                one = {argument.name: value}
                if value.isdigit():
                    yield _call(who, command, required | one), True
                    yield _call(who, command, usual | one, form="sent"), True
                else:
                    typed = (f'{name}="{raw}"' for name, raw in (required | one).items())
                    yield _call(who, command, {}, words=" ".join(typed)), value != SHARED


def _is_closed(argument: Argument) -> bool:
    return argument.kind.widget in ("one", "several", "yesno")


def _call(who: str, command: Command, args: dict[str, str], **given: object) -> Call:
    account, place = Account("toy", "home", who), Place("toy", "home", "c1", "general")
    return Call(account, place, command.name, NOW, args, **given)  # type: ignore[arg-type]


def _is_higher(command: Command, who: str) -> bool:
    """Say whether a command is for roles above somebody's."""
    return ROLES.index(command.who) > ROLES.index(PEOPLE[who])


def leaks(who: str, shown: str, call: Call | None = None) -> set[str]:
    """Give the words shown that are not for somebody, without those they wrote themselves."""
    wrote = {*CANARY.findall(f"{call.args} {call.words}")} if call else set()
    return {*CANARY.findall(shown)} - SEEN[who] - wrote


@pytest.mark.parametrize(
    "who",
    ["gus", *(pytest.param(who, marks=pytest.mark.nightly) for who in ("mia", "cora", "carl"))],
)
def test_nobody_is_shown_or_does_what_is_not_theirs(hidden: Hidden, who: str) -> None:
    leaked, acted, beyond = [], set(), []
    for command in hidden.dispatcher.commands.values():
        for call, is_hidden in hidden.calls(who, command):
            seen = leaks(who, hidden.shown(call), call)
            leaked += [(call.command, call.args, call.words, seen)] if seen else []
            if hidden.storage.changed:
                acted.add(command.name)
                beyond += [(call.command, call.args, call.words)] if is_hidden else []
    assert leaked == []
    assert acted == ACTS.get(who, acted)
    assert who not in ACTS or beyond == []


@pytest.mark.parametrize("who", SEEN)
def test_completion_offers_nobody_what_is_not_theirs_to_see(hidden: Hidden, who: str) -> None:
    found = [
        (command.name, argument.name, typed, seen)
        for command in hidden.dispatcher.commands.values()
        for argument in command.arguments
        for typed in ("", "canary", "word")
        for offered in [
            hidden.dispatcher.suggestions(_call(who, command, {}), argument.name, typed)
        ]
        if (seen := leaks(who, repr(offered))) or (offered and _is_higher(command, who))
    ]
    assert found == []


@pytest.mark.parametrize("who", SEEN)
def test_drafts_of_others_are_listed_for_nobody(hidden: Hidden, who: str) -> None:
    commands = hidden.dispatcher.commands
    listed = hidden.shown(_call(who, commands["session.list"], {}))
    offered = hidden.dispatcher.suggestions(_call(who, commands["session.show"], {}), "session", "")
    assert "canarydraft" not in f"{listed} {offered}"


def digest(hidden: Hidden, who: str) -> str:
    """Give the digest of somebody after all that is hidden was touched in every way it tells of."""
    acts = {"session": ("moved", "cancelled"), "poll": ("polled",), "programme": ("started",)}
    areas = {"session": "sessions", "poll": "polls", "programme": "programmes"}
    span = {"since": (NOW - 9 * DAY).isoformat(), "until": NOW.isoformat(), "often": "monthly"}
    with hidden.storage.write() as transaction:
        member = transaction.known("toy", "home", who)
        assert member is not None
        records = transaction.records(member.community_id)
        for kind, whats in acts.items():
            for id, what in product(hidden.planted.hidden[areas[kind]], whats):
                records.log.add(f"{kind}:{id}", what, None, NOW, {"at": ""})
        held = records.sessions.get(hidden.planted.open["sessions"])
        held.starts_at, held.stays_at, member.digest = NOW - DAY, NOW, "monthly"
        records.db.flush()
        told = digest_of(all_groups(), records, Sending(0, "", NOW, 0 * DAY, member, span))
        assert told is not None
        return repr(told)


@pytest.mark.parametrize("who", SEEN)
def test_digest_tells_nobody_what_is_not_theirs(hidden: Hidden, who: str) -> None:
    told = digest(hidden, who)
    assert CANARY.findall(told) == []
    assert "Hours" in told
    assert "Open space: “{title}”" in told
    assert "From “" not in told


@pytest.mark.parametrize("who", PEOPLE)
def test_command_for_a_higher_role_is_refused(hidden: Hidden, who: str) -> None:
    higher = [one for one in hidden.dispatcher.commands.values() if _is_higher(one, who)]
    calls = [_call(who, command, hidden.everything(command)) for command in higher]
    assert all("can do that." in hidden.shown(call) for call in calls)


@pytest.mark.parametrize(
    ("who", "command", "area", "canary"),
    [
        ("orla", "session.show", "draft", "canarydraft"),
        ("orla", "session.change", "draft", "canarydraft"),
        ("cora", "session.show", "waiting", "canarywaiting"),
        ("hana", "session.show", "waiting", "canarywaiting"),
        ("hana", "session.who", "open", "canarynote"),
        ("carl", "session.who", "open", "canarynote"),
        ("hana", "host.why", "waiting", "canarywaiting"),
    ],
)
def test_those_who_prepare_it_see_it(
    hidden: Hidden, who: str, command: str, area: str, canary: str
) -> None:
    sessions = hidden.planted.hidden["sessions"]
    ids = dict(zip(("draft", "waiting", "cancelled"), sessions, strict=True))
    ids["open"] = hidden.planted.open["sessions"]
    call = _call(who, hidden.dispatcher.commands[command], {"session": str(ids[area])})
    assert canary in hidden.shown(call)
