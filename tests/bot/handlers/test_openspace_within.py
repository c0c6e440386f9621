"""Shows what becomes of an open space inside a session that is moved or cancelled."""

import pytest

from storage.openspace import OpenSpace
from tests.chatting import Chat
from tests.scenes import scene

WHEN = "2026-11-10 15:00"
ALONG = "Its open space moves with it."


@pytest.fixture
@scene
def within(three: Chat) -> Chat:
    """Have an open space inside a session in Nairobi, with a topic in its only slot."""
    three.say("amina", f'/session plan title=Seeds when="{WHEN}" duration=3h', "#general")
    three.press("amina", "Announce now")
    three.say("amina", "/openspace open What now? session=Seeds", "#general")
    three.press("amina", "Open now")
    three.say("amina", f'/openspace dates marketplace="2026-11-06 9:00" running="{WHEN}"')
    three.say("amina", '/openspace slots "2026-11-10 15:15" 1 30m')
    three.say("amina", "/openspace rooms Garden")
    three.say("bruno", "/topic propose Water")
    return three


def dates(chat: Chat) -> list[str]:
    """Give when the marketplace, the space and its slots begin, in UTC."""
    with chat.storage.read() as transaction:
        space = transaction.db.query(OpenSpace).one()
        slots = transaction.records(space.community_id).slots.of(space.id)
        begins = (space.marketplace_at, space.running_at, *(one.starts_at for one in slots))
        return [f"{at:%d %H:%M}" for at in begins]


def test_open_space_moves_along_with_its_session(within: Chat) -> None:
    assert ALONG in within.say("amina", '/session move Seeds "2026-11-12 10:00"').to("@amina")
    assert dates(within) == ["06 06:00", "12 07:00", "12 07:15"]


def test_undo_of_a_move_takes_the_open_space_back(within: Chat) -> None:
    before = dates(within)
    within.say("amina", '/session move Seeds "2026-11-12 10:00"')
    assert ALONG in within.press("amina", "Undo").to("@amina")
    assert dates(within) == before


def test_undo_takes_back_what_a_move_put_into_the_past(within: Chat) -> None:
    within.time("2026-11-10T11:30Z")
    within.say("amina", '/openspace dates running="2026-11-10 14:50"')
    before = dates(within)
    within.say("amina", '/session move Seeds "2026-11-10 14:35"')
    within.press("amina", "Undo")
    assert dates(within) == before


def test_what_had_begun_before_a_move_stays_also_after_its_undo(within: Chat) -> None:
    within.time("2026-11-10T12:20Z")
    before = dates(within)
    assert ALONG not in within.say("amina", '/session move Seeds "2026-11-10 17:00"')
    within.press("amina", "Undo")
    assert dates(within) == before


def test_session_without_an_open_space_moves_alone(within: Chat) -> None:
    within.say("amina", '/session plan title=Alone when="2026-11-11 15:00"', "#general")
    within.press("amina", "Announce now")
    assert ALONG not in within.say("amina", '/session move Alone "2026-11-12 10:00"')


def test_open_space_of_a_cancelled_session_says_nothing_by_itself(within: Chat) -> None:
    within.say("amina", '/session cancel Seeds reason="Rain"')
    assert "Marketplace" not in within.time("2026-11-11T12:00Z").text


def test_open_space_of_a_session_that_takes_place_after_all_goes_on(within: Chat) -> None:
    within.say("amina", '/session cancel Seeds reason="Rain"')
    within.press("amina", "Undo")
    assert "Marketplace: What now?" in within.time("2026-11-06T06:01Z").to("#general")


def test_phase_that_somebody_begins_is_announced_though_the_session_is_cancelled(
    within: Chat,
) -> None:
    within.say("amina", '/session cancel Seeds reason="Rain"')
    within.say("amina", "/openspace next")
    assert "Marketplace: What now?" in within.press("amina", "Continue").to("#general")


def posted(chat: Chat) -> str:
    """Give what the space says in the channel."""
    newest = [shown for shown in chat.everything if "Open space: What now?" in shown.title]
    return next(shown.text for shown in reversed(newest) if shown.to == "#general")


def test_channel_sees_in_which_session_the_space_is_held(within: Chat) -> None:
    assert "Session: Seeds: Tue 10 Nov" in posted(within)
    within.say("amina", '/session move Seeds "2026-11-12 10:00"')
    assert "Session: Seeds: Thu 12 Nov" in posted(within)


def test_channel_sees_what_the_session_of_a_space_is_called_now(within: Chat) -> None:
    within.say("amina", '/session change Seeds title="Seeds and soil"')
    assert "Session: Seeds and soil: " in posted(within)


def test_channel_sees_that_the_session_of_a_space_is_cancelled(within: Chat) -> None:
    within.say("amina", '/session cancel Seeds reason="Rain"')
    assert "This session has been cancelled." in posted(within)
    within.press("amina", "Undo")
    assert "This session has been cancelled." not in posted(within)


def test_session_that_is_announced_later_is_not_named_before(three: Chat) -> None:
    three.say("amina", '/session plan title=Secret when="2026-11-10 15:00"', "#general")
    three.say("amina", '/session announce-later Secret at="2026-11-05 09:00"')
    three.say("amina", "/openspace open What now? session=Secret", "#general")
    screen = three.press("amina", "Open now")
    assert "Secret" not in screen.to("#general")
    assert "Secret" not in three.say("bruno", "/openspace show")
    assert "Secret" in three.say("amina", "/openspace show")
    edited = [one for one in three.time("+4d").to("#general") if one.edits]
    assert any("Secret" in one.text for one in edited)


def test_slots_beyond_the_session_are_asked_about(within: Chat) -> None:
    assert "Is that" not in within.say("amina", '/openspace slots "2026-11-10 15:15" 2 60m')
    assert "Is that what" in within.say("amina", '/openspace slots "2026-11-10 15:15" 3 60m')
