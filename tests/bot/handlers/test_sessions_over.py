"""Shows that the announcement of a session says so once the session is over, wherever it moved."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene

OVER = "This session is over."
LEFT = ["I was there", "Who's coming", "Plan another like this"]


@pytest.fixture
@scene
def announced(three: Chat) -> Chat:
    """Have a session announced that takes ninety minutes, from noon UTC."""
    plan = '/session plan title="Locally led" when="2026-11-10 15:00" duration=90m'
    three.say("amina", plan, "#general")
    three.press("amina", "Announce now")
    return three


def edited(chat: Chat) -> bool:
    """Say whether what was shown last in the channel is that the session is over."""
    return OVER in chat.last("#general").text


def test_announcement_says_that_the_session_is_over(announced: Chat) -> None:
    announced.time("2026-11-10T13:29Z")
    assert not edited(announced)
    announced.time("+2m")
    assert edited(announced)
    assert [one.label for one in announced.last("#general").buttons] == LEFT


def test_end_of_a_session_is_posted_nowhere_anew(announced: Chat) -> None:
    screen = announced.time("2026-11-10T13:31Z").to("#general")
    assert [shown.edits is not None for shown in screen if OVER in shown.text] == [True]


def test_end_moves_with_the_session(announced: Chat) -> None:
    announced.say("amina", '/session move "Locally led" when="2026-11-11 15:00"', "#general")
    announced.time("2026-11-10T14:00Z")
    assert OVER not in announced.seen("bruno")
    announced.time("2026-11-11T13:31Z")
    assert OVER in announced.seen("bruno")


def test_cancelled_session_is_never_over(announced: Chat) -> None:
    announced.say("amina", '/session cancel "Locally led" reason="Rain"', "#general")
    announced.time("2026-11-10T14:00Z")
    assert OVER not in announced.seen("bruno")


def test_session_that_takes_place_after_all_ends(announced: Chat) -> None:
    announced.say("amina", '/session cancel "Locally led" reason="Rain"', "#general")
    announced.press("amina", "Undo")
    announced.time("2026-11-10T13:31Z")
    assert OVER in announced.seen("bruno")


def test_session_that_is_shown_after_its_end_takes_no_answers(announced: Chat) -> None:
    announced.time("2026-11-10T13:31Z")
    screen = announced.forge("bruno", "session.show", session=_id(announced))
    assert "Coming" not in screen.labels


def test_session_that_is_shown_after_its_end_cannot_be_moved_any_more(announced: Chat) -> None:
    announced.time("+9d")
    assert announced.forge("amina", "session.show", session=_id(announced)).labels == [
        *LEFT,
        "Write it down",
    ]


def _id(chat: Chat) -> str:
    [who] = [one for one in chat.last("#general").buttons if one.label == "Who's coming"]
    return who.command.partition("session=")[2]
