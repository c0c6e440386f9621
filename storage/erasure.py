"""Erases somebody, whole or not at all: what stays leads to a member who is nobody any more."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    DefaultClause,
    Engine,
    String,
    Table,
    case,
    cast,
    delete,
    false,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session as DbSession
from sqlalchemy.sql.elements import SQLCoreOperations

from storage.deliveries import Delivery
from storage.drafts import Draft
from storage.events import Event
from storage.finding import forgotten
from storage.hosting import Stay, Turn
from storage.key_values import KeyValue
from storage.local import LocalThing
from storage.log import LogEntry
from storage.people import Address, KnownAccount, Member
from storage.personal import addresses, holds, local_things_of, local_to, references
from storage.sessions import Session
from storage.sqlite import rewritten
from storage.tables import Thing, new_id
from storage.timers import Timer
from storage.tombstones import Grave, adopt, bury, graves, risen
from storage.traces import Traces

LEFT = ("id", "community_id", "joined_at", "erased_at")
"""What is left of a member."""
AT_A_TIME = 200
"""Deliveries that are deleted in one transaction, so that nobody waits long for it."""
TO = Thing.metadata.tables[Delivery.__tablename__].c.member_id
"""To whom a delivery goes: those are deleted some at a time, once nothing else is known."""
UNSCRUBBED = "privacy:unscrubbed"
"""The memo that says that what was erased may still be on pages of the file."""
NAMES, OWN = ("name", "account"), ("organisation", "region", "brings", "seeks")
"""Columns of members and accounts whose words are looked for wherever they may be repeated."""


def erase_member(session: DbSession, community_id: int, member_id: int, now: datetime) -> None:
    """Erase a member in the transaction that is open, in which all is read anew after that."""
    session.flush()
    erase(session.connection(), community_id, member_id, now)
    session.expire_all()


def erase(connection: Connection, community_id: int, member_id: int, now: datetime) -> None:
    """Erase a member in the transaction that is open."""
    where, traces = addresses(connection, member_id), traces_of(connection, member_id)
    bury(connection, community_id, where, now)
    _leave(connection, member_id, now)
    _forget_forms(connection, community_id, member_id, where)
    _forget_copies(connection, community_id, where, traces)
    connection.execute(forgotten(member_id))
    _forget_texts(connection, community_id, member_id)
    _forget_rows(connection, community_id, member_id)
    _empty(connection, member_id, now)
    connection.execute(delete(KeyValue).where(KeyValue.name == UNSCRUBBED))
    connection.execute(insert(KeyValue).values(id=new_id(), name=UNSCRUBBED, at=now, words="yes"))


def forget_some(connection: Connection) -> int:
    """Delete some of the deliveries to those who were erased; gives how many.

    Nothing that tells of anybody is left in them by then, and they may be tens of thousands.
    """
    gone = select(Member.id).where(Member.erased_at.is_not(None))
    left = select(Delivery.id).where(Delivery.member_id.in_(gone)).limit(AT_A_TIME)
    return connection.execute(delete(Delivery).where(Delivery.id.in_(left))).rowcount


def scrub(engine: Engine) -> bool:
    """Delete what is left of those who were erased, if that is due.

    In a SQLite file it is overwritten wherever it may still stand. Says whether it is done; what is
    in the way of it now may be gone in an hour.
    """
    due = select(KeyValue.id).where(KeyValue.name == UNSCRUBBED)
    with engine.connect() as connection:
        if connection.scalar(due) is None:
            return True
    more = 1
    while more:
        with engine.execution_options(writing=True).begin() as connection:
            more = forget_some(connection)
    if engine.dialect.name == "sqlite" and not rewritten(engine):
        return False
    with engine.execution_options(writing=True).begin() as connection:
        connection.execute(delete(KeyValue).where(KeyValue.name == UNSCRUBBED))
    return True


def erase_again(connection: Connection, known: Sequence[Grave] = ()) -> int:
    """Erase those once more who came back with old rows; gives how many.

    `known` are those of whom another database knows that they were erased.
    """
    adopt(connection, known)
    back = list(risen(connection, graves(connection)))
    for member_id, community_id, at in back:
        erase(connection, community_id, member_id, at)
    return len(back)


def traces_of(connection: Connection, member_id: int) -> Traces:
    """Gather the names and ids of somebody, and what they wrote in rows that go."""
    own, known = Member.id == member_id, KnownAccount.member_id == member_id
    names = _words(connection, Member.name, where=own)
    names += _words(connection, KnownAccount.name, KnownAccount.account, where=known)
    texts = _words(connection, *(getattr(Member, name) for name in OWN), where=own)
    for table, column, personal in references():
        if personal.on_erase == "delete" and personal.words:
            columns = (table.c[name] for name in personal.words)
            texts += _words(connection, *columns, where=column == member_id)
    return Traces(names, texts, str(member_id))


def _words(
    connection: Connection, *columns: SQLCoreOperations[str], where: ColumnElement[bool]
) -> list[str]:
    rows = connection.execute(select(*columns).where(where))
    return [str(words) for row in rows for words in row if words]


def _leave(connection: Connection, member_id: int, now: datetime) -> None:
    """Let somebody leave the hosts, and be free of turns to come."""
    stays = update(Stay).where(Stay.member_id == member_id, Stay.left_at.is_(None))
    connection.execute(stays.values(left_at=now))
    to_come = select(Session.id).where(Session.starts_at > now)
    turns = update(Turn).where(Turn.member_id == member_id, Turn.session_id.in_(to_come))
    freed = case((Turn.state == "proposed", "declined"), else_="given")
    some = turns.where(Turn.state.in_(("accepted", "offered", "proposed", "wished")))
    connection.execute(some.values(state=freed, changed_at=now))


def _forget_forms(
    connection: Connection, community_id: int, member_id: int, where: Sequence[Address]
) -> None:
    """Forget the forms of others that name somebody: by an account, or as a member."""
    connection.execute(delete(LocalThing).where(local_things_of(where)))
    named = [f"<@{json.dumps(one.account)[1:-1]}|" for one in where] + [f'"{member_id}"']
    columns = [cast(column, String) for column in (Draft.given, Draft.filled)]
    naming = or_(*(holds(column, words) for column in columns for words in named))
    connection.execute(delete(Draft).where(Draft.community_id == community_id, naming))


def _forget_copies(
    connection: Connection, community_id: int, where: Sequence[Address], traces: Traces
) -> None:
    """Take traces out of what was put into words for others and is kept for a while."""
    for one in where:
        begins = f"{one.platform}|{one.workspace}|"
        here = Event.key.startswith(begins, autoescape=True) & (Event.answer != "")
        tells = or_(false(), *(holds(Event.answer, words) for words in traces.written()))
        connection.execute(update(Event).where(here, tells).values(answer=""))
    _take_out_of_errors(connection, community_id, traces)
    if any(one.platform == "local" for one in where):
        _forget_talk(connection, where)
        _take_out_of_talk(connection, where, traces)


def _take_out_of_errors(connection: Connection, community_id: int, traces: Traces) -> None:
    """Take names and ids out of what a platform said when it did not take a message."""
    # What is told of it to coordinators is about the community; both are found by an index.
    told = (Delivery.about == f"community:{community_id}", cast(Delivery.args, String))
    for where, words in ((text("error <> ''"), Delivery.error), told):
        holding = or_(false(), *(holds(words, one) for one in traces.names))
        some = select(Delivery.id, Delivery.error, Delivery.args).where(
            Delivery.community_id == community_id, where, holding
        )
        for id, error, args in connection.execute(some).all():
            clean = {n: traces.taken_out(v) if n == "error" else v for n, v in args.items()}
            change = update(Delivery).where(Delivery.id == id)
            connection.execute(change.values(error=traces.taken_out(error), args=clean))


def _take_out_of_talk(connection: Connection, where: Sequence[Address], traces: Traces) -> None:
    """Take traces out of what others of the same workspaces see in the local chat."""
    holding = [holds(LocalThing.content, words) for words in traces.written()]
    there = or_(false(), *(local_to(one) for one in where))
    some = select(LocalThing.id, LocalThing.content).where(or_(false(), *holding), there)
    for id, content in connection.execute(some).all():
        clean = json.dumps(traces.taken_out(json.loads(content)))
        connection.execute(update(LocalThing).where(LocalThing.id == id).values(content=clean))


def _forget_talk(connection: Connection, where: Sequence[Address]) -> None:
    """Forget what somebody said aloud in the local chat."""
    for one in where:
        before = f'"parts": [{json.dumps(one.account + ": ")[:-1]}'  # as it was kept until 0.1
        for said in (f'"by": {json.dumps(one.account)}', before):
            theirs = holds(LocalThing.content, said)
            connection.execute(delete(LocalThing).where(theirs, local_to(one)))


def _forget_texts(connection: Connection, community_id: int, member_id: int) -> None:
    """Empty what the log keeps of texts, wherever it may be by somebody: it is not undone then."""
    own = select(LogEntry.about).where(LogEntry.by_id == member_id, LogEntry.what == "changed")
    planned = select(literal("session:").concat(cast(Session.id, String))).where(
        Session.organiser_id == member_id
    )
    texts = update(LogEntry).where(
        LogEntry.community_id == community_id,
        LogEntry.what == "changed",
        or_(LogEntry.about.in_(own), LogEntry.about.in_(planned)),
    )
    connection.execute(texts.values(before={}, after={}))


def _forget_rows(connection: Connection, community_id: int, member_id: int) -> None:
    """Do with each row that refers to somebody what is declared of it."""
    for kind in (Delivery, LogEntry, Timer):  # what was done to them, who was told, what is next
        named = kind.about == f"member:{member_id}"
        connection.execute(delete(kind).where(kind.community_id == community_id, named))
    for table, column, personal in references():
        mine = column == member_id
        if personal.on_erase == "delete":
            if column is not TO:
                connection.execute(delete(table).where(mine))
            continue
        values: dict[str, Any] = {name: _nothing(table, name) for name in personal.words}
        if personal.on_erase == "empty":
            values[column.name] = None
        if values:
            connection.execute(update(table).where(mine).values(values))


def _empty(connection: Connection, member_id: int, now: datetime) -> None:
    table: Table = Member.metadata.tables[Member.__tablename__]
    blank = {column.name: _nothing(table, column.name) for column in table.c}
    values = {name: value for name, value in blank.items() if name not in LEFT}
    row = values | {"erased_at": now, "role": "member"}
    connection.execute(update(table).where(table.c.id == member_id).values(row))


def _nothing(table: Table, name: str) -> object:
    """Give what stands in a column that says nothing."""
    column = table.c[name]
    if column.nullable:
        return None
    if isinstance(column.type, JSON):
        default = column.server_default
        return json.loads(str(default.arg)) if isinstance(default, DefaultClause) else []
    return False if column.type.python_type is bool else ""
