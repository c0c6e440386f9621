"""Shows that the undo of a move brings back all that the move changed, and nothing of others."""

import re

import pytest
from sqlalchemy import select

from storage.sessions import Session
from tests.chatting import Chat
from tests.scenes import scene


@pytest.fixture
@scene
def planned(three: Chat) -> Chat:
    """Have a session of 90 minutes announced in Nairobi, with a second coordinator in Bogotá."""
    three.say("amina", "/community role @bruno coordinator")
    words = '/session plan title="Budgets" when="2026-11-10 15:00" duration=90m'
    three.say("amina", words, "#general")
    three.press("amina", "Announce now")
    return three


def move(chat: Chat, name: str, how: str) -> str:
    """Move it, and give the button that undoes this."""
    shown = chat.say(name, f"/session move Budgets {how}")[0]
    if "to this time?" in shown.title:
        shown = chat.press(name, "session.move-to").to(f"@{name}")[0]
    return next(one.command for one in shown.buttons if one.label == "Undo")


def test_undo_brings_back_hour_length_and_zone(planned: Chat) -> None:
    undo = move(planned, "bruno", 'when="2026-11-12 09:00" duration=2h')
    assert "Tue 10 Nov" in planned.press("bruno", undo).to("#general")
    shown = planned.say("amina", "/session show Budgets").text
    assert "15:00 (Nairobi)" in shown
    assert "\n1 h 30" in shown
    with planned.storage.read() as transaction:
        [kept] = transaction.db.scalars(select(Session)).all()
    assert (kept.wall, kept.zone) == ("2026-11-10 15:00", "Africa/Nairobi")


def test_undo_leaves_a_later_move_of_somebody_else_alone(planned: Chat) -> None:
    undo = move(planned, "amina", 'when="2026-11-12 15:00"')
    move(planned, "bruno", 'when="2026-11-13 07:00"')
    assert "nothing to undo any more" in planned.press("amina", undo)
    assert "Fri 13 Nov" in planned.say("amina", "/session show Budgets")


def test_undo_leaves_a_length_that_was_changed_since_alone(planned: Chat) -> None:
    undo = move(planned, "amina", 'when="2026-11-12 15:00" duration=2h')
    planned.say("bruno", "/session change Budgets duration=45m")
    assert "nothing to undo any more" in planned.press("amina", undo)


@pytest.mark.parametrize("entry", ["", "x", "-1", "0", "9" * 40, "was=1c05db8.5a.1.5a.Nowhere"])
def test_forged_undo_undoes_nothing(planned: Chat, entry: str) -> None:
    move(planned, "amina", 'when="2026-11-12 15:00"')
    planned.forge("amina", "session.undo", entry=entry)
    assert "Thu 12 Nov" in planned.say("amina", "/session show Budgets")


def test_undo_that_is_typed_believes_nothing_it_is_told(planned: Chat) -> None:
    move(planned, "amina", 'when="2026-11-12 15:00"')
    for words in ("", " Budgets", ' session="Budgets" was=1c05db8.-5a.1.5a.UTC'):
        assert not planned.say("amina", f"/session undo{words}")[0].form
    assert "Thu 12 Nov" in planned.say("amina", "/session show Budgets")


def test_undo_does_not_undo_what_was_done_to_another_kind_of_thing(planned: Chat) -> None:
    undo = planned.say("amina", "/community role @claire core")[0].buttons[0].command
    entry = undo.partition("=")[2]
    for command in ("session.undo", "topic.undo", "openspace.undo"):
        assert "isn't here any more" in planned.forge("amina", command, entry=entry)
    assert "claire: Core group" in planned.say("amina", "/community team")


def test_undo_is_for_those_who_may_move(planned: Chat) -> None:
    undo = move(planned, "amina", 'when="2026-11-12 15:00"')
    entry = undo.partition("=")[2]
    refused = planned.forge("claire", "session.undo", entry=entry)
    assert "peuvent le faire" in refused.text.replace("\xa0", " ")
    assert "Undo" not in planned.say("claire", "/session show Budgets").labels


def test_undo_works_once(planned: Chat) -> None:
    undo = move(planned, "amina", 'when="2026-11-12 15:00"')
    planned.press("amina", undo)
    entry = undo.partition("=")[2]
    assert "nothing to undo any more" in planned.forge("amina", "session.undo", entry=entry)


def test_undo_carries_the_entry_and_nothing_else(planned: Chat) -> None:
    undo = move(planned, "amina", 'when="2026-11-12 15:00" duration=24h')
    assert re.fullmatch(r"session\.undo\?entry=\d+", undo)


def test_everybody_who_may_move_finds_who_did_and_the_undo_from_the_session(planned: Chat) -> None:
    move(planned, "amina", 'when="2026-11-12 15:00"')
    shown = planned.say("bruno", "/session show Budgets")
    assert "@amina moved “Budgets” from Tue 10 Nov" in shown
    planned.press("bruno", "Undo")
    assert "mar. 10 nov." in planned.say("claire", "/session show Budgets")


def test_cancelled_session_can_be_reopened_by_others_who_may_from_the_session(
    planned: Chat,
) -> None:
    cancelled = planned.say("amina", '/session cancel Budgets reason="No venue"')
    assert "@amina cancelled “" in cancelled.to("#general").text
    assert "@amina cancelled “Budgets”. No venue" in planned.say("bruno", "/session show Budgets")
    back = planned.press("bruno", "Undo")
    assert (
        "@bruno reopened “Budgets”: it's going ahead after all on Tue 10 Nov"
        in back.to("#general").text
    )
    assert "Undo" not in planned.say("bruno", "/session show Budgets").labels


def test_cancelled_session_can_be_reopened_by_its_name(planned: Chat) -> None:
    assert "isn't cancelled" in planned.say("amina", "/session reopen Budgets")
    planned.say("amina", '/session cancel Budgets reason="Rain"')
    assert "is going ahead after all" in planned.say("amina", "/session reopen Budgets")


def test_change_can_be_undone_unless_it_was_changed_on(planned: Chat) -> None:
    planned.say("amina", '/session change Budgets title="Money" duration=2h')
    first = planned.last("@amina").buttons[0].command
    planned.say("bruno", "/session change Money duration=45m")
    assert "nothing to undo any more" in planned.press("amina", first)
    planned.press("bruno", "Undo")
    shown = planned.say("amina", "/session show Money")
    assert "\n2 h" in shown
    assert "@bruno changed “Money”." in shown


def test_undone_change_brings_back_all_that_was_changed(planned: Chat) -> None:
    planned.say("amina", '/session change Budgets title="Money" duration=2h')
    planned.press("amina", "Undo")
    assert "\n1 h 30" in planned.say("amina", "/session show Budgets")


def test_move_into_the_past_by_now_is_not_undone(planned: Chat) -> None:
    undo = move(planned, "amina", 'when="2026-11-12 15:00"')
    planned.time("2026-11-10T12:00Z")
    assert "nothing to undo any more" in planned.press("amina", undo)


def test_move_of_a_session_that_is_over_is_not_undone(planned: Chat) -> None:
    undo = move(planned, "bruno", 'when="2026-11-05 09:00"')
    planned.time("2026-11-06T12:00Z")
    assert "nothing to undo" in planned.press("bruno", undo)
