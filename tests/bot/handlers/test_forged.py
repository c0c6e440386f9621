"""Shows that no command that only buttons lead to believes what it is given."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import select

from bot.app.parts import all_groups
from bot.arguments import Argument
from bot.commands import Command
from bot.options.people import PersonKind
from bot.options.references import Reference
from storage import metadata
from storage.actions import ActionItem
from storage.assets import NOTES, Asset
from storage.consents import TO_RECORD, Consent
from storage.drafts import Draft
from storage.feedback import Feedback
from storage.imports import Import
from storage.interpreters import CAPTIONS, DECLINED, Interpreter
from storage.wrong_guesses import WrongGuess
from tests.chatting import Chat
from tests.openspaces import elsewhere, with_board
from tests.programmes import WEEKLY
from tests.scenes import scene

HIDDEN = {
    command.name: command
    for group in all_groups()
    for command in group.commands.values()
    if not command.listed
}
NONSENSE = ("", "-1", "0", "9" * 40, "1.5", "null", "[[{", "2027-13-45 99:99", "x" * 5000, "а́\x00")
WRITTEN = ("community.public-page",)
"""Commands that take any words, since they are about nothing."""
TABLES = {
    "sessions": "sessions",
    "openspaces": "open_spaces",
    "topics": "topics",
    "programmes": "programmes",
    "checklists": "checklist_items",
    "slots": "slots",
    "rooms": "rooms",
    "log": "log_entries",
    "undelivered": "deliveries",
    "lost_posts": "deliveries",
    "timers": "timers",
    "jobs": "jobs",
    "members": "members",
    "actions": "actions",
    "assets": "assets",
    "consents": "consents",
    "polls": "polls",
    "poll_dates": "poll_dates",
    "interpreters": "interpreters",
    "imports": "imports",
}
"""The tables of what arguments refer to, by the area of the records."""


@pytest.fixture
@scene
def world(chat: Chat) -> Chat:
    """Have one of everything that arguments refer to."""
    with_board(chat)
    chat.say("maria", '/session plan title="Budgets" when="2026-11-10 15:00"', "#general")
    chat.press("maria", "Announce now")
    chat.say("maria", '/session move Budgets "2026-11-12 15:00"')
    chat.say("maria", "/community role @bruno core")
    chat.say("maria", f"/programme plan {WEEKLY} count=2", "#general")
    chat.press("maria", "Announce the series")
    chat.say("maria", "/session poll Sowing", "#general")
    chat.say("maria", "/host checklist")
    chat.press("maria", "Change")
    chat.fill("maria", items="Test the link: 1 day before")
    _keep_what_stays(chat)
    return chat


def _keep_what_stays(chat: Chat) -> None:
    """Keep an action, notes, a consent and feedback of a session."""
    with chat.storage.write() as transaction:
        maria = transaction.known("local", "local", "maria")
        assert maria is not None
        records = transaction.records(maria.community_id)
        (session,) = records.sessions.named("Budgets", maria.sight, chat.now)
        item = ActionItem(about=session.about, words="Write", created_at=chat.now)
        records.actions.add(item)
        records.assets.add(Asset(about=session.about, kind=NOTES, at=chat.now, words="Words"))
        records.consents.add(Consent(about=session.about, purpose=TO_RECORD, asked_at=chat.now))
        task = Interpreter(
            session_id=session.id, kind=CAPTIONS, language="en", asked_at=chat.now, state=DECLINED
        )
        records.interpreters.add(task)
        records.imports.add(Import(created_at=chat.now, content="", summary={"rows": 0}))
        records.feedback.add(Feedback(session_id=session.id, score=4))


def kept(chat: Chat) -> Mapping[str, list[Any]]:
    """Give all rows of all tables but for the forms that are asked and what is counted."""
    with chat.storage.read() as transaction:
        return {
            table.name: [
                tuple(row) for row in transaction.db.execute(select(table).order_by(table.c.id))
            ]
            for table in metadata.sorted_tables
            if table.name not in (Draft.__tablename__, WrongGuess.__tablename__)
        }


def area_of(argument: Argument) -> str:
    """Give the area of the records that an argument refers to, if it does."""
    if isinstance(argument.kind, PersonKind):
        return "members"
    return argument.kind.area if isinstance(argument.kind, Reference) else ""


def ids(chat: Chat) -> Mapping[str, str]:
    """Give the id of something of each area, of the community of the chat."""
    rows = kept(chat)
    home = min(row[0] for row in rows["communities"])
    tables = metadata.tables
    own: dict[str, str] = {}
    for area, name in TABLES.items():
        at = list(tables[name].c.keys()).index("community_id")
        own[area] = str(next(row[0] for row in rows[name] if row[at] == home))
    return own


def forgeries(command: Command, known: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Give nonsense for all arguments, for those that refer to nothing, and ids of other things."""
    areas = {argument.name: area_of(argument) for argument in command.arguments}
    meant = {name: known[area] for name, area in areas.items() if area}
    for words in NONSENSE:
        yield dict.fromkeys(areas, words)
        if words and len(meant) < len(areas):
            yield {name: meant.get(name, words) for name in areas}
    for area, id in known.items():
        if area not in areas.values():
            yield dict.fromkeys(areas, id)


@pytest.mark.parametrize(
    "name", [name for name, command in HIDDEN.items() if command.arguments and name not in WRITTEN]
)
def test_forged_arguments_are_refused_kindly_and_change_nothing(world: Chat, name: str) -> None:
    known, before = ids(world), kept(world)
    for args in forgeries(HIDDEN[name], known):
        shown = world.forge("maria", name, "#open-space", **args)
        assert shown, args
        assert "this number" not in shown, args
    assert kept(world) == before


def reaching(*areas: str) -> list[str]:
    """Name the commands with an argument that refers to one of some areas."""
    reached = {name: set(map(area_of, command.arguments)) for name, command in HIDDEN.items()}
    return [name for name, named in reached.items() if named & set(areas)]


@pytest.mark.parametrize("name", reaching("openspaces", "topics"))
def test_things_of_another_community_are_out_of_reach(world: Chat, name: str) -> None:
    space, topic = elsewhere(world)
    known, before = ids(world), kept(world)
    command = HIDDEN[name]
    foreign = {**known, "openspaces": space, "topics": topic}
    areas = {argument.name: area_of(argument) for argument in command.arguments}
    shown = world.forge(
        "maria", name, **{one: foreign.get(area, "") for one, area in areas.items()}
    )
    assert "this number" not in shown
    assert kept(world) == before


@pytest.mark.parametrize("name", reaching("log"))
def test_what_was_done_in_another_community_is_out_of_reach(world: Chat, name: str) -> None:
    space, topic = elsewhere(world)
    with world.storage.write() as transaction:
        there = transaction.community_at("local", "elsewhere", world.now, "en", "UTC")
        log = transaction.records(there.id).log
        acts = {"topic": ("withdrawn", topic), "openspace": ("advanced", space)}
        kind = name.partition(".")[0]
        what, id = acts.get(kind, ("moved", topic))
        entry = log.add(f"{kind}:{id}", what, None, world.now).id
    before = kept(world)
    assert "isn't here any more" in world.forge("maria", name, entry=str(entry))
    assert kept(world) == before
