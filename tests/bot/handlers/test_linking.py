"""Shows how somebody joins two accounts of theirs, and that everything of both is then theirs."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    UniqueConstraint,
    func,
    insert,
    select,
    text,
    update,
)

from bot.domain.mailing import followed, new_link
from storage.joining import join
from storage.joins import JoinedMembers, part_members
from storage.log import LogEntry
from storage.people import KnownAccount, Member
from storage.personal import references
from storage.tables import Instant, Thing, new_id
from tests.chatting import Chat

VALUES = {int: 7, str: "x", bool: True, date: date(2026, 1, 1), time: time(9)}


@pytest.fixture
def ann(attended: Chat) -> Chat:
    """Have somebody answer as a guest by mail, and then come on the chat."""
    attended.say("amina", "/community invite email=ann@example.org name=ann")
    attended.join("ann", locale="en", mail="ann@example.org")
    attended.say("ann", "/session rsvp Hello yes")
    attended.join("anna", zone="Europe/London", locale="en", role="member")
    attended.say("anna", "/session rsvp Hello yes")
    return attended


def code_of(chat: Chat, name: str) -> str:
    found = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", chat.say(name, "/my link").text)
    assert found is not None
    return found[0]


def test_accounts_become_one_and_nobody_is_counted_or_told_twice(ann: Chat) -> None:
    code = code_of(ann, "ann")
    shown = ann.say("anna", f"/my link code={code.lower()}")
    assert "Guest" in shown
    assert "undo it for a day" in shown
    assert "Your accounts are linked" in ann.press("anna", "Join them")
    who = ann.say("amina", "/session who Hello").text
    assert "anna" in who
    assert "ann," not in who
    assert ann.say("amina", "/people find ann").text.count("ann") == 1
    told = ann.time("2026-11-05T15:30Z")
    assert not told.to("@ann")
    assert ["Hello" in one.title for one in told.to("@anna")] == [True, True]
    assert "anna linked their accounts" in ann.say("amina", "/community log").text.replace("@", "")
    assert "I don't know this code" in ann.say("bruno", f"/my link code={code}")


def test_joining_is_undone_for_a_day(ann: Chat) -> None:
    before = ann.say("amina", "/session who Hello").text
    ann.say("anna", f"/my link code={code_of(ann, 'ann')}")
    ann.press("anna", "Join them")
    assert "Undo joining" in ann.say("anna", "/my link").labels
    assert "apart again" in ann.press("anna", "Undo joining")
    assert ann.say("amina", "/session who Hello").text == before
    assert "can do that." in ann.say("ann", "/people find ann")  # a guest again
    told = ann.time("2026-11-05T15:30Z")
    assert (len(told.to("@ann")) > 0, len(told.to("@anna")) > 0) == (True, True)
    assert "nothing to undo" in ann.forge("anna", "my.part-accounts")


def test_who_is_apart_again_is_told_nothing_once_more(ann: Chat) -> None:
    ann.say("amina", '/session plan title=Seeds when="2026-11-20 15:00"', "#general")
    assert "Seeds" in ann.press("amina", "Announce now", "Seeds").to("@ann")
    ann.say("anna", f"/my link code={code_of(ann, 'ann')}")
    ann.press("anna", "Join them")
    told = ann.press("anna", "Undo joining")
    assert not [*told.to("@ann"), *ann.time("+30m").to("@ann")]


def test_joining_stands_after_a_day(ann: Chat) -> None:
    ann.say("anna", f"/my link code={code_of(ann, 'ann')}")
    ann.press("anna", "Join them")
    ann.time("+25h")
    assert "Undo joining" not in ann.say("anna", "/my link").labels
    assert "nothing to undo" in ann.forge("anna", "my.part-accounts")


def test_who_has_both_chooses_what_comes_by_mail(ann: Chat) -> None:
    assert "don't know an address" in ann.say("bruno", "/my reminders mail=all").text
    ann.say("anna", f"/my link code={code_of(ann, 'ann')}")
    ann.press("anna", "Join them")
    assert "All of this comes by e-mail" in ann.say("anna", "/my reminders mail=all").text
    told = ann.time("2026-11-05T15:30Z")
    assert (len(told.to("@ann")), len(told.to("@anna"))) == (1, 0)
    assert "by e-mail" not in ann.say("anna", "/my reminders mail=none").text


def test_code_is_for_another_account_and_for_an_hour(ann: Chat) -> None:
    code = code_of(ann, "anna")
    assert "this same account" in ann.say("anna", f"/my link code={code}")
    ann.time("+61m")
    assert "I don't know this code" in ann.say("ann", f"/my link code={code}")


def test_codes_are_not_guessed(ann: Chat) -> None:
    code = code_of(ann, "ann")
    for number in range(10):
        assert "I don't know this code" in ann.say(
            "bruno", f"/my link code=AAAA-AAA{number % 8 + 2}"
        )
    assert "too many wrong codes" in ann.say("bruno", f"/my link code={code}")
    assert "too many wrong codes" in ann.forge("bruno", "my.link-now", "", code=code)
    ann.say("anna", f"/my link code={code}")  # nobody else is kept waiting
    assert "Your accounts are linked" in ann.press("anna", "Join them")
    ann.time("+61m")
    assert "Join this account?" in ann.say("bruno", f"/my link code={code_of(ann, 'anna')}")


def test_role_of_nobody_is_lowered_nor_lifted_by_a_guest(ann: Chat) -> None:
    code = code_of(ann, "ann")
    ann.say("anna", f"/my link code={code}")
    ann.press("anna", "Join them")
    assert "can do that." in ann.say("anna", "/community log")
    assert "can do that." not in ann.say("anna", "/people find ann")
    assert "can do that." not in ann.say("ann", "/people find ann")


def filled(column: Column[Any], others: dict[str, Any]) -> Any:
    """Give a value that a column may hold."""
    if column.name in others or column.nullable:
        return others.get(column.name)
    if isinstance(column.type, JSON):
        return {}
    if isinstance(column.type, Instant):
        return datetime(2026, 11, 1, tzinfo=UTC)
    allowed = column.info.get("one_of") or ()
    return next(iter(allowed), VALUES.get(column.type.python_type))


def add(connection: Connection, column: Column[Any], member: int, home: int) -> None:
    """Add a row of a member: the same as another's where there may be one of each member only."""
    table = column.table
    own: dict[str, Any] = {"id": new_id(), "community_id": home, column.name: member}
    rules: list[Any] = [*table.constraints, *table.indexes]
    for rule in rules:
        if isinstance(rule, UniqueConstraint) or getattr(rule, "unique", False):
            others = [one for one in rule.columns if one.name not in own]
            if column not in set(rule.columns):
                is_number = others[-1].type.python_type is int
                own[others[-1].name] = new_id() if is_number else f"{column.name}|member:{member}|"
    connection.execute(insert(table), {one.name: filled(one, own) for one in table.c})


def rows(connection: Connection) -> dict[str, Any]:
    """Give all that is kept of people, by table and id."""
    tables = {table for table, _, _ in references()} - {Thing.metadata.tables["joined_members"]}
    return {
        table.name: {row["id"]: dict(row) for row in connection.execute(select(table)).mappings()}
        for table in (*tables, Thing.metadata.tables["members"])
    }


def test_every_row_that_refers_to_somebody_goes_over_and_back(ann: Chat) -> None:
    with ann.storage.write() as open:
        connection = open.db.connection()
        ids = {name: id for id, name in connection.execute(select(Member.id, Member.name))}
        home = connection.scalar(select(Member.community_id)) or 0
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        for table, column, _ in references():
            for name in ("ann", "anna"):
                connection.execute(table.delete().where(column == ids[name]))
                add(connection, column, ids[name], home)
        about = LogEntry.by_id == ids["ann"]
        connection.execute(update(LogEntry).where(about).values(about=f"member:{ids['ann']}"))
        before = rows(connection)
        joined = JoinedMembers(open.db, home).add(
            join(connection, ids["anna"], ids["ann"], ann.now)
        )
        for table, column, _ in references():
            count = select(func.count()).select_from(table)
            assert connection.scalar(count.where(column == ids["ann"])) == 0, (table.name, column)
            assert connection.scalar(count.where(column == ids["anna"])), (table.name, column)
        assert part_members(open.db, joined) == (ids["ann"], 0)
        after = rows(connection)
        assert {name: after[name] for name in before} == before
        open.db.rollback()


def test_mail_that_came_while_accounts_were_joined_is_answered_after(ann: Chat) -> None:
    ann.say("anna", f"/my link code={code_of(ann, 'ann')}")
    ann.press("anna", "Join them")
    with ann.storage.write() as open:
        mail = open.db.query(KnownAccount).filter_by(platform="mail").one()
        known = (mail.platform, mail.workspace, mail.account)
        secret = new_link(open, known, ["my.week"], ann.now)
    ann.forge("anna", "my.part-accounts")
    with ann.storage.read() as open:
        there = followed(open, secret, ann.now)
        assert there is not None
        assert there[1].member.name == "ann"
