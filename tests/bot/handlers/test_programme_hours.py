"""Shares the hours of a series between regions: proposed, adopted, undone, borne and told."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.hours import spread
from storage.hours import Burden
from storage.people import Member
from tests.chatting import Chat
from tests.programmes import WEEKLY, community, started

TURNS = "With these hours no region carries more than"


def said(chat: Chat, name: str, **hours: list[list[str]]) -> None:
    """Have somebody say something of their hours."""
    with chat.storage.write() as transaction:
        member = transaction.db.scalars(select(Member).where(Member.name == name)).one()
        member.hours = dict(hours)


def burdens(chat: Chat) -> list[Any]:
    """List what is kept of hours that were borne."""
    with chat.storage.read() as transaction:
        return [burden.zones for burden in transaction.db.scalars(select(Burden))]


@pytest.fixture
def draft(chat: Chat) -> Chat:
    """Have a weekly series planned by maria in Amsterdam, with people from Bogotá to Tokyo."""
    community(chat)
    chat.join("yuki", zone="Asia/Tokyo", locale="en")
    chat.say("maria", f"/programme plan {WEEKLY} count=6 announce_ahead=3d", "#cop")
    return chat


@pytest.fixture
def running(chat: Chat) -> Chat:
    """Have that series announced, to all dates of which amina comes."""
    chat.join("yuki", zone="Asia/Tokyo", locale="en")
    started(chat, f"{WEEKLY} count=6 announce_ahead=3d")
    chat.press("amina", "Coming to all dates")
    return chat


def test_proposal_says_what_each_region_bears_and_is_adopted_before_the_series(draft: Chat) -> None:
    shown = draft.say("maria", "/programme hours Circle")
    assert TURNS in shown
    assert "Asia (1 person): " in shown
    assert "Africa (2 people): " in shown
    assert "hours.png" in shown.files
    preview = draft.press("maria", "Adopt these hours")
    assert "This is a preview" in preview
    assert "hours are fair as they are" in draft.say("maria", "/programme hours Circle")
    again = draft.say("maria", '/programme change Circle rule="every Thursday at 10:00"')
    assert "its own hour" not in again


def test_adopted_hours_are_those_of_the_dates_and_told_once(running: Chat) -> None:
    running.say("maria", "/programme hours Circle")
    running.press("maria", "Adopt these hours")
    heard = running.time("+2m").to("@amina")
    assert len(heard) == 1
    shown = running.say("amina", "/programme show Circle")
    assert "Each date below has its own hour" in shown or "every Thursday" in shown.text.lower()
    assert "hours are fair as they are" in running.say("maria", "/programme hours Circle")


def test_undone_in_time_nobody_hears_of_other_hours(running: Chat) -> None:
    before = running.say("amina", "/programme show Circle").text
    running.say("maria", "/programme hours Circle")
    running.press("maria", "Adopt these hours")
    running.press("maria", "Undo")
    assert not running.time("+3m").to("@amina")
    assert running.say("amina", "/programme show Circle").text == before


def test_usual_hour_is_that_of_all_dates_that_can_change_again(running: Chat) -> None:
    running.say("maria", "/programme hours Circle")
    running.press("maria", "Adopt these hours")
    running.say("maria", "/programme hours Circle")
    running.press("maria", "One hour again")
    assert "26 Nov 2026, 16:00" in running.say("maria", "/programme show Circle")
    heard = running.time("+3m").to("@amina")
    assert len(heard) == 1
    assert "26 Nov 2026, 18:00" in heard


def test_hour_of_one_date_alone_is_adopted(running: Chat) -> None:
    shown = running.say("maria", "/programme hours Circle")
    (menu,) = shown[-1].choices
    running.choose("maria", "Adopt for one date", menu.options[0].label)
    text = running.say("maria", "/programme show Circle").text
    assert "Each date below has its own hour" in text


def test_date_that_is_announced_or_was_moved_stays_at_its_hour(running: Chat) -> None:
    running.time("+4h")  # the first date is announced
    running.say("maria", '/session move "Circle, 19 Nov" when="2026-11-19 11:11"')
    running.say("maria", "/programme hours Circle")
    running.press("maria", "Adopt these hours")
    shown = running.say("maria", "/programme show Circle")
    assert "5 Nov 2026, 16:00" in shown  # announced three days before
    assert "19 Nov 2026, 11:11" in shown


def test_others_see_who_bears_what_and_adopt_nothing(running: Chat) -> None:
    shown = running.say("amina", "/programme hours Circle")
    assert "As planned, no region carries more than" in shown
    assert not shown.labels
    running.say("maria", "/programme hours Circle")
    name, _, args = running.seen("maria")[-1].buttons[0].command.partition("?")
    given = dict(pair.split("=") for pair in args.split("&"))
    assert "can do that" in running.forge("amina", name, **given)


def test_proposal_of_another_series_is_not_adopted(running: Chat) -> None:
    running.say(
        "maria", '/programme plan title="Other" rule="every Monday at 9:00" count=3', "#cop"
    )
    running.press("maria", "Announce the series")
    running.say("maria", "/programme hours Circle")
    name, _, args = running.seen("maria")[-1].buttons[0].command.partition("?")
    job = dict(pair.split("=") for pair in args.split("&"))["job"]
    shown = running.forge("maria", name, programme="Other", job=job, plan="fair")
    assert "have changed since" in shown


def test_what_was_held_is_borne_by_those_who_lived_there_then(running: Chat) -> None:
    running.time("2026-11-05T17:00Z")
    kept = burdens(running)
    assert len(kept) == 1
    assert ["142", "Asia/Tokyo", 1, 10.0] in kept[0]
    running.say("yuki", "/my profile zone=Europe/London")
    running.time("+1d")
    assert burdens(running) == kept
    shown = running.say("maria", "/programme hours Circle")
    assert "Asia (0 people)" not in shown
    assert "of them so far" in shown


def test_adopted_hours_stay_fair_while_nothing_changes(chat: Chat) -> None:
    chat.join("yuki", zone="Asia/Tokyo", locale="en")
    started(chat, f'{WEEKLY} first="2026-11-12" announce_ahead=2d')
    chat.say("maria", "/programme hours Circle")
    chat.press("maria", "Adopt these hours")
    chat.time("+5d")  # a date later than those shown is made, at the usual hour
    assert "hours are fair as they are" in chat.say("maria", "/programme hours Circle")


def test_one_region_is_named_once_however_it_was_written_when_dates_were_held(
    running: Chat,
) -> None:
    running.time("2026-11-05T17:00Z")  # yuki said no region
    running.say("yuki", "/my profile region=asia")
    shown = running.say("maria", "/programme hours Circle")
    assert shown.text.lower().count("- asia") == 1


def test_hours_from_before_count_and_are_entered_once(draft: Chat) -> None:
    draft.say("maria", "/programme hours Circle")
    draft.press("maria", "Earlier hours…")
    draft.fill("maria", held="16h × 10, 9:00 x 2")
    shown = draft.say("maria", "/programme hours Circle")
    assert "of them so far" in shown
    form = draft.press("maria", "Earlier hours…").form
    assert form.fields[0].value == "09:00 × 2, 16:00 × 10"
    shown = draft.fill("maria", held="25:00 × 3")
    assert "25:00 × 3" in shown
    draft.fill("maria", held="9:00 × 1")
    assert [len(zones) > 0 for zones in burdens(draft)] == [True]
    draft.press("maria", "Earlier hours…")
    assert "I don't count any earlier" in draft.fill("maria", held="9:00 × 0")
    assert not burdens(draft)


def test_hour_somebody_excluded_is_not_proposed_and_all_excluded_is_said(draft: Chat) -> None:
    said(draft, "yuki", excluded=[["1234567", "22:00", "07:00"]])
    shown = draft.say("maria", "/programme hours Circle")
    assert "At the hours there are now, some people can't come" in shown
    assert "instead of" not in shown.text.split("\n")[2]
    draft.press("maria", "Adopt these hours")
    shown = draft.say("maria", "/programme hours Circle")
    assert "some people can't come" not in shown
    for name in ("yuki", "amina", "maria", "bruno", "claire"):
        said(draft, name, excluded=[["1234567", "00:00", "00:00"]])
    shown = draft.say("maria", "/programme hours Circle")
    assert "some people can't come: " in shown


def test_twin_series_is_a_draft_that_asks_nobody(draft: Chat) -> None:
    for name in ("yuki", "amina", "maria", "bruno", "claire"):
        said(draft, name, excluded=[["1234567", "20:00", "08:00"]])
    shown = draft.say("maria", "/programme hours Circle")
    assert "Two sessions a date" in shown
    second = draft.press("maria", "Plan a twin series")
    assert "Circle (2)" in second
    assert "still needs hosts" in second
    draft.press("maria", "Plan a twin series")
    assert draft.say("maria", "/programme list").text.count("Circle (2)") == 1
    draft.press("maria", "Move the first series")
    assert "Circle (2)" in draft.say("maria", "/programme list")


def test_nobody_with_a_zone_is_said(draft: Chat) -> None:
    with draft.storage.write() as transaction:
        for member in transaction.db.scalars(select(Member)):
            member.zone = ""
            for account in member.accounts:
                account.zone = ""
        records = transaction.records(member.community_id)
        where = spread(records)
        assert (where.groups, where.unknown) == ([], 5)
    assert "4 people without a time zone aren't counted" in draft.say(
        "maria", "/programme hours Circle"
    )


def dates(chat: Chat) -> list[str]:
    """List the lines in which a series says when its dates are."""
    shown = chat.say("maria", "/programme show Circle").text
    return [line for line in shown.splitlines() if line.startswith("- ")]


def adopted(chat: Chat) -> Chat:
    """Have the fair hours be adopted."""
    chat.say("maria", "/programme hours Circle")
    chat.press("maria", "Adopt these hours")
    return chat


def test_usual_hour_is_that_of_all_dates_again(running: Chat) -> None:
    before = dates(running)
    assert dates(adopted(running)) != before
    running.forge("maria", "programme.usual-hours", programme="Circle")
    assert dates(running)[1:] == before[1:]  # the first is announced, and stays
    assert "already" in running.forge("maria", "programme.usual-hours", programme="Circle")


def test_pressed_twice_hours_are_adopted_and_told_once(running: Chat) -> None:
    adopted(running)
    assert "at these hours already" in running.press("maria", "Adopt these hours")
    assert len(running.time("+2m").to("@amina")) == 1


def test_change_before_one_that_is_undone_is_told_all_the_same(running: Chat) -> None:
    adopted(running)
    running.forge("maria", "programme.usual-hours", programme="Circle")
    running.press("maria", "Undo")
    assert "changed when “Circle” meets" in running.time("+2m").to("#cop")


def test_another_rule_ends_the_hours_adopted_and_its_undo_brings_them_back(running: Chat) -> None:
    shared = dates(adopted(running))
    running.say("maria", '/programme change Circle rule="every Thursday at 10:00"')
    assert all("10:00" in line for line in dates(running))
    assert "its own hour" not in running.say("amina", "/programme show Circle")
    running.press("maria", "Undo")
    assert dates(running) == shared


def test_date_moved_since_stays_when_adopted_hours_are_undone(running: Chat) -> None:
    adopted(running)
    undo = next(b for b in running.last("@maria").buttons if b.command.startswith("programme.undo"))
    running.say("maria", '/session move "Circle, 19 Nov" when="2026-11-19 11:11"')
    name, _, args = undo.command.partition("?")
    running.forge("maria", name, **dict(pair.split("=") for pair in args.split("&")))
    text = "\n".join(dates(running))
    assert "19 Nov 2026, 11:11" in text
    assert "12 Nov 2026, 16:00" in text


def test_region_written_otherwise_keeps_what_it_bore(running: Chat) -> None:
    running.time("+10d")
    before = running.say("maria", "/programme hours Circle").text
    assert "Asia (1 person): " in before
    running.say("yuki", '/my profile region="Far East"')
    after = running.say("maria", "/programme hours Circle").text
    assert after == before.replace("Asia", "Far East")


def test_dates_after_those_announced_are_open_however_close_together(chat: Chat) -> None:
    community(chat)
    chat.say("maria", '/programme plan title="Once" rule="every Thursday at 16:00" count=1', "#cop")
    chat.press("maria", "Announce the series")
    shown = chat.say("maria", "/programme hours Once")
    assert "none has been held yet" in shown
    assert "What each region carries" not in shown
    chat.say("maria", '/programme plan title="Daily" rule="every day at 22:00"', "#cop")
    chat.press("maria", "Announce the series")
    assert "Adopt these hours" in chat.say("maria", "/programme hours Daily").labels
