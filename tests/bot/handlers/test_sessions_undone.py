"""Shows that the undo of a move brings back all that the move changed, and nothing of others."""

from zoneinfo import available_timezones

import pytest
from sqlalchemy import select

from bot.chat import MAX_BUTTON
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
    return next(one.command for one in shown.buttons if one.label == "Undo")


def test_undo_brings_back_hour_length_and_zone(planned: Chat) -> None:
    undo = move(planned, "bruno", 'when="2026-11-12 09:00" duration=2h')
    assert "Tue, Nov 10" in planned.press("bruno", undo).to("#general")
    shown = planned.say("amina", "/session show Budgets").text
    assert "3:00\u202fPM (Nairobi)" in shown
    assert "Length: 1 h 30" in shown
    with planned.storage.read() as transaction:
        [kept] = transaction.session.scalars(select(Session)).all()
    assert (kept.wall, kept.zone) == ("2026-11-10 15:00", "Africa/Nairobi")


def test_undo_leaves_a_later_move_of_somebody_else_alone(planned: Chat) -> None:
    undo = move(planned, "amina", 'when="2026-11-12 15:00"')
    move(planned, "bruno", 'when="2026-11-13 07:00"')
    assert "nothing to undo any more" in planned.press("amina", undo)
    assert "Fri, Nov 13" in planned.say("amina", "/session show Budgets")


def test_undo_leaves_a_length_that_was_changed_since_alone(planned: Chat) -> None:
    undo = move(planned, "amina", 'when="2026-11-12 15:00" duration=2h')
    planned.say("bruno", "/session change Budgets duration=45m")
    assert "nothing to undo any more" in planned.press("amina", undo)


@pytest.mark.parametrize("was", ["", "x", "1.2.3", "1c05db8.5a.1.5a.Nowhere", "-1.1.1.1.UTC"])
def test_forged_undo_undoes_nothing(planned: Chat, was: str) -> None:
    id = move(planned, "amina", 'when="2026-11-12 15:00"').split("session=")[1].split("&")[0]
    planned.forge("amina", "session.undo", session=id, was=was)
    assert "Thu, Nov 12" in planned.say("amina", "/session show Budgets")


def test_undo_fits_on_a_button_in_the_zone_of_the_longest_name(planned: Chat) -> None:
    zone = max(available_timezones(), key=len)
    planned.say("amina", f"/me zone={zone}")
    move(planned, "amina", 'when="2026-11-12 15:00" duration=24h')
    assert len(move(planned, "amina", 'when="2036-11-12 15:00"')) <= MAX_BUTTON
