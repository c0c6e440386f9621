"""Has somebody live among others, with traces wherever a person can leave them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, select

from bot.app.local import LocalStore
from bot.chat import Account, Place
from bot.protocol import Answer, Call
from storage import metadata
from storage.personal import references
from tests.chatting import Chat, chatting

CANARIES = ("zuleika", "Quetzalfund", "Xochiregion", "brings-vexil", "seeks-vexil", "note-vexil")
Rows = Mapping[str, Mapping[int, Mapping[str, Any]]]


@contextmanager
def kept(url: str) -> Iterator[Chat]:
    """Open a chat that keeps its messages in the database as well."""
    with chatting(url) as chat:
        chat.local.platform.store = LocalStore(chat.storage)
        chat.runner.run(chat.local.start())
        yield chat


def lived(chat: Chat) -> None:
    """Have somebody leave traces wherever a person can."""
    chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
    chat.join("bruno", zone="Africa/Nairobi", locale="es", role="core")
    chat.join("zuleika", zone="Africa/Nairobi", locale="en", role="core")
    chat.say(
        "zuleika", '/my profile organisation=Quetzalfund region=Xochiregion brings="brings-vexil"'
    )
    chat.say("zuleika", '/my profile seeks="seeks-vexil"')
    for number, title in enumerate(("Soil", "Water")):
        words = f'/session plan title={title} when="2026-11-1{number} 15:00" languages="en, es"'
        chat.say("amina", words, "#general")
        chat.press("amina", "Announce now")
    chat.say("zuleika", '/session plan title=Secretdraft when="2026-11-12 15:00"', "#general")
    chat.say("zuleika", "hello to all", "#general")
    for name in ("bruno", "zuleika"):
        chat.say(name, "/host join")
        chat.say(name, "/session rsvp session=Soil answer=yes")
    chat.say("zuleika", '/session note session=Soil note="note-vexil"')
    chat.say("zuleika", "/host take Water")
    chat.say("bruno", "/host take Soil")
    chat.say("zuleika", "/host away 2026-12-01 2026-12-05")
    chat.say("amina", "/people show @zuleika")
    chat.say("amina", "/session who Soil")
    called(chat, "amina", "community.role", "e1", person="<@zuleika|zuleika>", role="core")
    called(chat, "zuleika", "session.rsvp", "e3", session="Soil", answer="maybe")


def called(chat: Chat, name: str, command: str, event: str, **args: str) -> Answer:
    """Call as a platform does that sends an event twice."""
    call = Call(
        Account("local", "local", name),
        Place("local", "local", "general"),
        command,
        chat.now,
        args,
        event=event,
        name=name,
    )
    return chat.runner.run(chat.local.dispatcher.answer(call))


def rows(engine: Engine) -> Rows:
    """Give all rows of all tables, by their ids, but for how posts read, which follows."""
    with engine.connect() as connection:
        return {
            table.name: {
                row["id"]: _kept(row) for row in connection.execute(select(table)).mappings()
            }
            for table in metadata.sorted_tables
        }


def _kept(row: Mapping[Any, Any]) -> dict[Any, Any]:
    return {name: value for name, value in row.items() if name != "digest"}


def member_of(found: Rows, name: str) -> int:
    """Give the id of the member of a name."""
    (id,) = [id for id, row in found["members"].items() if row["name"] == name]
    return id


FOLLOWS = ("deliveries", "timers")
"""The tables whose rows follow from others."""


def is_left_alone(after: Rows, table: str, id: int, row: Mapping[str, Any]) -> bool:
    """Say whether a row is as it was; sessions are found by those who still host them."""
    found = {"search_words": row["search_words"]} if table == "sessions" else {}
    return {**after[table].get(id, {}), **found} == row


def others(found: Rows, gone: int) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
    """Give what is kept of everybody but one member: table, id and row."""
    columns = {one.table.name: one.column.name for one in references()}
    drafts = found["sessions"].values()
    own = {f"session:{row['id']}" for row in drafts if row["organiser_id"] == gone}
    for table, kept_rows in found.items():
        if table in FOLLOWS or table in ("local_things", "key_values", "events", "tombstones"):
            continue
        for id, row in kept_rows.items():
            if gone not in (row["id"], row.get(columns.get(table, "")), row.get("organiser_id")):
                if table == "placements" and row["about"] in own:
                    continue
                yield table, id, row
